//! Loads the loader of the widget, which defines the element.

use std::cell::Cell;

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Url, console};

use crate::TAG;

// The address of a script is a sink of Trusted Types, which would need a policy. An import needs none.
#[wasm_bindgen(inline_js = "export function importModule(address) { return import(address); }")]
extern "C" {
    #[wasm_bindgen(js_name = importModule, catch)]
    async fn import_module(address: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    static STARTED: Cell<bool> = const { Cell::new(false) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
}

/// Loads the loader from an address relative to the page, once per page. Does nothing if the element is defined. After a failure, which is reported to
/// the console, the next call tries again.
pub(crate) fn load(src: &str) {
    if STARTED.get() || !window().custom_elements().get(TAG).is_undefined() {
        return;
    }
    STARTED.set(true);
    let address = address(src);
    spawn_local(async move {
        let loaded = match address {
            Ok(address) => import_module(&address).await,
            Err(error) => Err(error),
        };
        if let Err(error) = loaded {
            STARTED.set(false);
            FAILURES.set(FAILURES.get() + 1);
            console::error_2(&"Doorstep:".into(), &error);
        }
    });
}

/// Returns the absolute address. Browsers can remember a module that did not load, so a retry has another address.
fn address(src: &str) -> Result<String, JsValue> {
    let base = document().base_uri()?.unwrap_or_default();
    let url = Url::new_with_base(src, &base)?;
    let failures = FAILURES.get();
    if failures > 0 {
        url.search_params().set("retry", &failures.to_string());
    }
    Ok(url.href())
}
