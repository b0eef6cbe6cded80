//! Sends HTTP requests through the loader (`embed/network.ts`) and reads the responses. The loader ensures that no cookie is
//! sent, nothing is cached and the address of the host page is not disclosed.

use std::rc::Rc;

use doorstep_contract::Value;
use doorstep_core::client::{MAX_BODY_BYTES, Request, Response, RetryAfter, Unreachable};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{clock, json, object, task};

/// Functions of the loader that send HTTP requests to the backend.
#[derive(Clone, Default)]
pub(crate) struct Network {
    send: JsValue,
    pub(super) stream: JsValue,
}

impl Network {
    /// Takes the functions from the loader's `MountConfig`.
    pub(crate) fn new(config: &JsValue) -> Self {
        let function = |name| object::field(config, name).unwrap_or_default();
        Self { send: function("send"), stream: function("stream") }
    }
}

/// Abort signal for HTTP requests; dropping it aborts them.
pub(crate) struct AbortOnDrop(Option<AbortController>);

impl Default for AbortOnDrop {
    fn default() -> Self {
        Self(AbortController::new().ok())
    }
}

impl AbortOnDrop {
    pub(crate) fn signal(&self) -> JsValue {
        self.0.as_ref().map(|controller| controller.signal().into()).unwrap_or_default()
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Answer to the first request for the order, which the loader has sent. The loader names the two kinds differently, because a
/// page can give every promise the fields of a response.
pub(crate) enum EarlyAnswer {
    /// The response, which came with the first page.
    Response(JsValue),
    /// The promise of a response.
    Promise(JsValue),
}

impl EarlyAnswer {
    /// Takes the answer from the loader's `MountConfig`; None if the loader has sent no request.
    pub(crate) fn of(config: &JsValue) -> Option<Self> {
        let response = object::field(config, "response").map(Self::Response);
        response.or_else(|| object::field(config, "answer").map(Self::Promise))
    }
}

/// Sends an HTTP request and calls `answered` with the response. If no response came, or if the response cannot be read, calls it
/// with `Unreachable`. If there is an early answer, sends nothing. An early response is passed to `answered` before this function
/// returns.
pub(crate) fn send(
    network: &Network,
    request: &Request,
    early: Option<EarlyAnswer>,
    signal: JsValue,
    answered: impl FnOnce(Result<Response, Unreachable>) + 'static,
) {
    let promise = match early {
        Some(EarlyAnswer::Response(response)) => return answered(read(&response).ok_or(Unreachable)),
        Some(EarlyAnswer::Promise(promise)) => Some(promise),
        None => None,
    };
    let promise = promise.or_else(|| {
        let mut headers = request.headers.clone();
        let body = request.body.as_ref().map(|body| {
            headers.push(("Content-Type", "application/json".to_owned()));
            json::text(body)
        });
        object::call(
            &network.send,
            &[request.url.as_str().into(), request.method.into(), list(&headers), body.unwrap_or_default(), signal],
        )
    });
    task::spawn(async move {
        let answer = match promise {
            Some(promise) => JsFuture::from(Promise::resolve(&promise)).await.ok(),
            None => None,
        };
        answered(answer.and_then(|answer| read(&answer)).ok_or(Unreachable));
    });
}

/// Returns header fields in the form that the loader expects: an array of pairs.
pub(crate) fn list(headers: &[(&'static str, String)]) -> JsValue {
    let pairs = headers.iter().map(|(name, value)| JsValue::from(Array::of2(&(*name).into(), &value.as_str().into())));
    pairs.collect::<Array>().into()
}

/// Reads a response in the form that the loader returns. If the value has no status, returns None: it is a promise or no
/// response.
fn read(answer: &JsValue) -> Option<Response> {
    let text = |name| object::field(answer, name).and_then(|text| text.as_string());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status has three digits")]
    let status = object::field(answer, "status")?.as_f64()? as u16;
    Some(Response {
        status,
        etag: text("etag"),
        retry_after: text("retryAfter").and_then(|text| RetryAfter::read(&text, clock::date)),
        date: text("date").and_then(|text| clock::date(&text)),
        // The loader has already parsed the document that came with a first page.
        body: object::field(answer, "json").map(|json| Rc::new(json::read(&json))).or_else(|| body(text("text"))),
    })
}

/// Reads the response to a photo upload, with its text. If there is no response, returns None. The value comes from the loader,
/// so its type is not checked. A check would use the page's `Response`, which the page may have replaced.
pub(crate) fn read_photo_answer(result: &JsValue) -> Option<Response> {
    let response = gloo_net::http::Response::from(object::field(result, "response")?.unchecked_into::<web_sys::Response>());
    let retry_after = response.headers().get("Retry-After");
    Some(Response {
        status: response.status(),
        etag: None,
        retry_after: retry_after.and_then(|text| RetryAfter::read(&text, clock::date)),
        date: None,
        body: body(object::field(result, "text").and_then(|text| text.as_string())),
    })
}

fn body(text: Option<String>) -> Option<Rc<Value>> {
    text.filter(|text| text.len() <= MAX_BODY_BYTES).and_then(|text| json::parse(&text)).map(Rc::new)
}
