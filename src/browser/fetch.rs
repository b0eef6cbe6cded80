//! Sends one request and reads its answer. No cookie travels, nothing is cached, no address of the host page leaks.

use std::rc::Rc;

use doorstep_core::client::{MAX_BODY_BYTES, Request, Response, RetryAfter, Unreachable};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials};

use super::{clock, json};

/// Aborts what was sent with its signal when it is dropped.
pub(crate) struct AbortOnDrop(Option<AbortController>);

impl Default for AbortOnDrop {
    fn default() -> Self {
        Self(AbortController::new().ok())
    }
}

impl AbortOnDrop {
    pub(crate) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends a request, or takes the answer that is on its way already, and reports the answer.
pub(crate) fn send(
    request: &Request,
    early: Option<Promise>,
    signal: Option<AbortSignal>,
    answered: impl FnOnce(Result<Response, Unreachable>) + 'static,
) {
    let built = if early.is_none() { build(request, signal.as_ref()) } else { Err(Unreachable) };
    spawn_local(async move {
        let response = match early {
            Some(promise) => early_answer(promise).await,
            None => match built {
                Ok(request) => request.send().await.map_err(|_| Unreachable),
                Err(unreachable) => Err(unreachable),
            },
        };
        answered(match response {
            Ok(response) => read(response).await,
            Err(unreachable) => Err(unreachable),
        });
    });
}

/// A request as the browser sends it.
pub(crate) fn build(request: &Request, signal: Option<&AbortSignal>) -> Result<gloo_net::http::Request, Unreachable> {
    let method = if request.method == "POST" { Method::POST } else { Method::GET };
    let builder = RequestBuilder::new(&request.url)
        .method(method)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal);
    let builder = request.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    match &request.body {
        None => builder.build(),
        Some(body) => builder.header("Content-Type", "application/json").body(json::text(body)),
    }
    .map_err(|_| Unreachable)
}

async fn early_answer(promise: Promise) -> Result<gloo_net::http::Response, Unreachable> {
    let response = JsFuture::from(promise).await.map_err(|_| Unreachable)?;
    response.dyn_into::<web_sys::Response>().map(gloo_net::http::Response::from).map_err(|_| Unreachable)
}

async fn read(response: gloo_net::http::Response) -> Result<Response, Unreachable> {
    let headers = response.headers();
    let length = headers.get("Content-Length").and_then(|length| length.parse::<usize>().ok());
    let too_long = length.is_some_and(|length| length > MAX_BODY_BYTES);
    let body = if too_long { String::new() } else { response.text().await.map_err(|_| Unreachable)? };
    Ok(Response {
        status: response.status(),
        etag: headers.get("ETag"),
        retry_after: headers.get("Retry-After").and_then(|text| RetryAfter::read(&text, clock::date)),
        date: headers.get("Date").and_then(|text| clock::date(&text)),
        body: if body.len() > MAX_BODY_BYTES { None } else { json::parse(&body).map(Rc::new) },
    })
}
