//! Sends one request at a time, each with a time limit. Keeps every refusal for the checks in `problems.rs`.

use std::time::Duration;

use doorstep_core::client::{self, MAX_BODY_BYTES};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::report::CheckResult;
use crate::failure::Failure;

/// Maximum time until the head of a response has come, and again until its body is complete.
pub(super) const TIME: Duration = Duration::from_secs(10);

/// A request, with its name in the report.
#[derive(Clone)]
pub(super) struct CheckRequest {
    name: String,
    method: &'static str,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl CheckRequest {
    /// Creates a request with the method, address and headers of a request of the widget, without a body.
    pub(super) fn of(name: &str, request: client::Request) -> Self {
        let client::Request { method, url, headers, body: _ } = request;
        Self { name: name.to_owned(), method, url, headers, body: Vec::new() }
    }

    /// Creates a request without headers.
    pub(super) fn plain(name: &str, method: &'static str, url: String) -> Self {
        Self { name: name.to_owned(), method, url, headers: Vec::new(), body: Vec::new() }
    }

    /// Turns the request into a `POST` of JSON.
    pub(super) fn post(self, body: &Value) -> Self {
        self.with_body("application/json", body.to_string().as_bytes())
    }

    /// Turns the request into a `POST` of these bytes.
    pub(super) fn with_body(mut self, media_type: &str, bytes: &[u8]) -> Self {
        (self.method, self.body) = ("POST", bytes.to_vec());
        self.with("Content-Type", media_type)
    }

    /// Sets a header, in place of any that the request had under this name.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sets the body to this text, which need not be JSON.
    pub(super) fn with_text_body(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }

    /// Appends a text to the address.
    pub(super) fn at(mut self, end: &str) -> Self {
        self.url.push_str(end);
        self
    }

    fn into_request(self) -> Result<hyper::Request<Full<Bytes>>, String> {
        let mut request = hyper::Request::builder().method(self.method).uri(self.url);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Full::from(self.body)).map_err(|error| error.to_string())
    }
}

/// The response to a request, or the reason for which there is none.
#[derive(Clone)]
pub(super) struct Answer {
    /// Name of the request.
    pub(super) name: String,
    /// Status code; 0 if there was no response.
    pub(super) status: u16,
    headers: HeaderMap,
    /// Body of the response.
    pub(super) text: String,
    /// Reason for which there is no response; empty otherwise.
    pub(super) trouble: String,
}

impl Answer {
    fn none(name: String, trouble: String) -> Self {
        Self { name, status: 0, headers: HeaderMap::new(), text: String::new(), trouble }
    }

    /// Returns the value of a header, or an empty text if the header is missing. Several headers of one name are joined by
    /// commas.
    pub(super) fn header(&self, name: &str) -> String {
        let values: Vec<&str> = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        values.join(", ")
    }

    /// Returns the media type of the body, without parameters.
    pub(super) fn media_type(&self) -> String {
        media_type(&self.header("content-type"))
    }

    /// Returns the body as JSON, or None if the body is not JSON.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.text).ok()
    }

    /// Returns the code of a problem, or an empty text if the body has no `code`.
    pub(super) fn code(&self) -> String {
        let json = self.json().unwrap_or_default();
        json.get("code").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Returns the body without the fields that differ from request to request.
    pub(super) fn comparable(&self) -> String {
        let Some(mut json) = self.json() else { return self.text.clone() };
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
            fields.remove("instance");
        }
        json.to_string()
    }

    /// Describes the response in a few words.
    pub(super) fn describe(&self) -> String {
        if self.status == 0 {
            return format!("no answer: {}", self.trouble);
        }
        let (code, kind) = (self.code(), self.media_type());
        match (code.is_empty(), kind.is_empty()) {
            (false, _) => format!("{}, `{code}`", self.status),
            (true, false) => format!("{}, {kind}", self.status),
            (true, true) => self.status.to_string(),
        }
    }

    /// Passes if the condition is true. Otherwise fails, or is skipped if the response is 429 (too many requests).
    pub(super) fn passes_if(&self, condition: bool) -> CheckResult {
        match (condition, self.status) {
            (true, _) => CheckResult::Passed,
            (false, 429) => CheckResult::limited(),
            (false, _) => CheckResult::Failed(self.describe()),
        }
    }

    /// Passes if the response has this status.
    pub(super) fn passes_with(&self, status: u16) -> CheckResult {
        self.passes_if(self.status == status)
    }
}

/// Returns the media type of a `Content-Type` header, without parameters.
pub(super) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// An HTTP client that keeps the refusals.
pub(super) struct Client {
    http: hyper_util::client::legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// Responses with a status of 400 or higher, in the order in which they came.
    pub(super) refusals: Vec<Answer>,
}

impl Client {
    pub(super) fn new() -> Result<Self, Failure> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        let https = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| Failure::new(format!("no certificates of this machine: {error}"), "install ca-certificates"))?;
        let connector = https.https_or_http().enable_http1().wrap_connector(http);
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { http, refusals: Vec::new() })
    }

    /// Sends a request and reads the complete response.
    pub(super) async fn send(&mut self, ask: CheckRequest) -> Answer {
        let answer = self.asked(ask).await;
        if answer.status >= 400 {
            self.refusals.push(answer.clone());
        }
        answer
    }

    /// Sends a request and returns the response with its body still unread. Fails with a description if no response comes in
    /// time.
    pub(super) async fn open(&self, ask: CheckRequest) -> Result<hyper::Response<Incoming>, String> {
        let request = ask.into_request()?;
        let response = tokio::time::timeout(TIME, self.http.request(request)).await;
        response.map_err(|_| format!("nothing within {} seconds", TIME.as_secs()))?.map_err(|error| reason(&error))
    }

    async fn asked(&self, ask: CheckRequest) -> Answer {
        let name = ask.name.clone();
        match self.open(ask).await {
            Ok(response) => read(name, response).await,
            Err(trouble) => Answer::none(name, trouble),
        }
    }
}

/// Reads the body, with a limit on its length and its time.
async fn read(name: String, response: hyper::Response<Incoming>) -> Answer {
    let (head, body) = response.into_parts();
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    match tokio::time::timeout(TIME, body).await {
        Ok(Ok(body)) => Answer {
            name,
            status: head.status.as_u16(),
            headers: head.headers,
            text: String::from_utf8_lossy(&body.to_bytes()).into_owned(),
            trouble: String::new(),
        },
        Ok(Err(error)) => Answer::none(name, format!("the body broke off or is longer than {MAX_BODY_BYTES} bytes: {error}")),
        Err(_) => Answer::none(name, format!("the body did not end within {} seconds", TIME.as_secs())),
    }
}

/// Describes an error with its causes.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
