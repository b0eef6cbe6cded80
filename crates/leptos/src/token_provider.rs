//! The function with which the element gets a fresh token.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::future_to_promise;

type Token = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Returns a fresh token for the order, or None if there is none. Called if the order has no token, and if the backend refuses the token.
///
/// Every async function without arguments becomes one, so that the component takes `token_provider=move || async move { … }`.
#[derive(Clone)]
pub struct TokenProvider(Arc<dyn Fn() -> Token + Send + Sync>);

impl TokenProvider {
    /// Returns the provider as a function of JavaScript. The browser frees it with the element.
    pub(crate) fn into_js(self) -> JsValue {
        let call = move || -> Promise {
            let token = (self.0)();
            future_to_promise(async move { Ok(token.await.map_or(JsValue::NULL, JsValue::from)) })
        };
        Closure::<dyn Fn() -> Promise>::new(call).into_js_value()
    }
}

impl<F, Fut> From<F> for TokenProvider
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Option<String>> + 'static,
{
    fn from(provider: F) -> Self {
        Self(Arc::new(move || Box::pin(provider())))
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenProvider")
    }
}
