//! A server in the place of AfterShip's API. It answers in the documented format, knows the numbers that were registered, and records
//! every request. Answers can be given in advance, also in the formats of other providers.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// An answer that is given once, in place of the usual one.
#[derive(Clone)]
pub(crate) enum Scripted {
    /// Status, `Retry-After` in seconds, and body.
    Answer(u16, Option<u32>, Value),
    /// The number is registered, and no answer is sent.
    Silence,
}

/// A request that arrived.
#[derive(Clone)]
pub(crate) struct Heard {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

#[derive(Clone, Default)]
pub(crate) struct ProviderApi {
    scripted: Arc<Mutex<VecDeque<Scripted>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
    registered: Arc<Mutex<BTreeSet<String>>>,
}

impl ProviderApi {
    /// Listens on this machine. Returns the provider and its address.
    pub(crate) async fn open(scripted: &[Scripted]) -> (Self, String) {
        let api = Self { scripted: Arc::new(Mutex::new(scripted.iter().cloned().collect())), ..Self::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(api.clone());
        let never = tokio_util::sync::CancellationToken::new();
        tokio::spawn(doorstep_backend::server::serve(listener, router, never));
        (api, url)
    }

    /// Gives this answer to the next request that has none in advance.
    pub(crate) fn will(&self, scripted: Scripted) {
        self.scripted.lock().unwrap().push_back(scripted);
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Returns the numbers of the requests, in order of arrival.
    pub(crate) fn numbers(&self) -> Vec<String> {
        self.heard().iter().map(|heard| heard.body["tracking_number"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Returns the numbers that the provider has.
    pub(crate) fn registered(&self) -> BTreeSet<String> {
        self.registered.lock().unwrap().clone()
    }

    /// Waits until this number of requests has arrived.
    pub(crate) async fn hears(&self, requests: usize) {
        while self.heard().len() < requests {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

async fn answer(State(api): State<ProviderApi>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let number = body["tracking_number"].as_str().unwrap_or_default().to_owned();
    api.heard.lock().unwrap().push(Heard { path: uri.to_string(), headers, body });
    let scripted = api.scripted.lock().unwrap().pop_front();
    if let Some(Scripted::Answer(status, retry_after_s, body)) = &scripted {
        let mut response = (StatusCode::from_u16(*status).unwrap(), body.to_string()).into_response();
        response.headers_mut().extend(retry_after_s.map(|seconds| (header::RETRY_AFTER, seconds.into())));
        return response;
    }
    let is_new = api.registered.lock().unwrap().insert(number.clone());
    if scripted.is_some() {
        std::future::pending::<()>().await;
    }
    let (status, answer) = if is_new {
        (StatusCode::CREATED, json!({ "meta": { "code": 201 }, "data": { "id": "trk", "tracking_number": number } }))
    } else {
        (StatusCode::BAD_REQUEST, error(4003))
    };
    (status, answer.to_string()).into_response()
}

/// Returns AfterShip's body of an error with this code.
pub(crate) fn error(code: u32) -> Value {
    json!({ "meta": { "code": code, "type": "BadRequest", "message": "as documented" }, "data": {} })
}
