//! Builds HTTP requests as data, interprets the responses, and computes the wait before the next request.
//!
//! The widget's shell sends the requests. A response is a status code, headers and a body; its interpretation is an
//! [`OrderAnswer`] or a [`LookupOutcome`].

mod delay;

pub use delay::{MAX_RETRY_AFTER_MS, RetryAfter, backoff_ms, poll_ms};

use std::rc::Rc;

use chrono::{DateTime, Utc};

use doorstep_contract::{Lenient, LookupAnswer, LookupRequest, Map, Order, Value, concat, digits};

/// Largest body in bytes that is read as an order document.
pub const MAX_BODY_BYTES: usize = 8_000_000;

/// One HTTP request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// URL of the request.
    pub url: String,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body; the shell serializes it.
    pub body: Option<Value>,
}

/// One HTTP response, reduced to the parts that are used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// `ETag` header.
    pub etag: Option<String>,
    /// `Retry-After` header.
    pub retry_after: Option<RetryAfter>,
    /// `Date` header, parsed by the shell.
    pub date: Option<DateTime<Utc>>,
    /// Body, where it is JSON. The shell parses it, because a browser already has a parser.
    pub body: Option<Rc<Value>>,
}

/// Failure of a request that got no response: no connection, blocked by the browser, or interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable;

/// Location of the backend, and the order with its token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderEndpoint {
    /// Base URL, with or without a slash at its end.
    pub api: String,
    /// Id of the order.
    pub order: String,
    /// Capability token. Without a token, the backend decides which data it sends.
    pub token: Option<String>,
}

/// Meaning of a response to a request for the order.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderAnswer {
    /// The current order with its document and ETag. The backend also sends them when it refuses an outdated write.
    Order(Box<Order>, Document, Option<String>),
    /// Nothing changed.
    Unchanged,
    /// The backend shows no order for this id and token. An unknown order, an expired token and a wrong token look alike.
    NotFound,
    /// The backend cannot answer now. Another request may succeed, after the wait in milliseconds if the backend gives one.
    Later(Option<u64>),
    /// The backend refused the request. An immediate repetition would not help.
    Refused,
    /// The response does not follow the contract.
    Garbage,
}

/// Order document as received, by itself or within a problem. Parts that the page does not need at first are read from it later.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Body that contains the document.
    pub body: Rc<Value>,
    /// True if the body is a problem that contains the document.
    pub within: bool,
}

impl Document {
    /// Returns the order document itself.
    pub fn json(&self) -> &Value {
        self.body.get("order").filter(|_| self.within).unwrap_or(&self.body)
    }
}

/// Meaning of a response to a look-up.
#[derive(Clone, Debug, PartialEq)]
pub enum LookupOutcome {
    /// The order was found.
    Found(LookupAnswer),
    /// Order number and proof do not match.
    NoMatch,
    /// There were too many attempts; the wait is in milliseconds.
    TooMany(u64),
    /// The look-up failed for another reason.
    Failed,
}

impl OrderEndpoint {
    /// Returns the request for the order. With the ETag of the known version, the backend sends only a newer one.
    pub fn order(&self, etag: Option<&str>) -> Request {
        let mut request = self.below("");
        request.headers.extend(etag.map(|etag| ("If-None-Match", etag.to_owned())));
        request
    }

    /// Returns the request for the stream of changes after a version.
    pub fn stream(&self, version: u64) -> Request {
        let mut request = self.below("/stream");
        request.headers.retain(|(name, _)| *name != "Accept");
        request.headers.push(("Accept", "text/event-stream".to_owned()));
        request.headers.push(("Last-Event-ID", digits(version)));
        request
    }

    /// Returns a `GET` request for a path below the order, with the token in a header.
    pub fn below(&self, path: &str) -> Request {
        let mut headers = vec![("Accept", "application/json".to_owned())];
        headers.extend(self.token.as_ref().map(|token| ("Authorization", concat(&["Bearer ", token]))));
        Request {
            method: "GET",
            url: concat(&[base(&self.api), "/v1/orders/", &segment(&self.order), path]),
            headers,
            body: None,
        }
    }
}

/// Returns the request for the guest look-up.
pub fn lookup(api: &str, lookup: &LookupRequest) -> Request {
    let mut body = Map::new();
    for (name, value) in lookup.fields() {
        body.insert(name.to_owned(), Value::String(value));
    }
    Request {
        method: "POST",
        url: concat(&[base(api), "/v1/lookup"]),
        headers: vec![("Accept", "application/json".to_owned())],
        body: Some(Value::Object(body)),
    }
}

/// Returns the meaning of a response to a request for the order. `now` is needed to convert a date in `Retry-After` to a wait.
pub fn decode_order(response: &Response, now: DateTime<Utc>) -> OrderAnswer {
    match response.status {
        200 => order(response, false),
        // A write that was out of date is refused with a problem that contains the current order.
        412 => order(response, true),
        304 => OrderAnswer::Unchanged,
        // The body must be a problem of the contract, because a server at a wrong URL answers 404, too.
        401 | 403 | 404 | 410 if is_about_the_order(response) => OrderAnswer::NotFound,
        408 | 425 | 429 | 500..=599 => OrderAnswer::Later(wait(response, now)),
        400..=499 => OrderAnswer::Refused,
        _ => OrderAnswer::Garbage,
    }
}

fn order(response: &Response, within: bool) -> OrderAnswer {
    let document = response.body.as_ref().map(|body| Document { body: Rc::clone(body), within });
    match document.and_then(|document| Some((Order::read_for_page(document.json())?, document))) {
        Some((order, document)) => OrderAnswer::Order(Box::new(order), document, response.etag.clone()),
        None => OrderAnswer::Garbage,
    }
}

/// Returns the meaning of a response to a look-up. `now` is needed to convert a date in `Retry-After` to a wait.
pub fn decode_lookup(response: &Response, now: DateTime<Utc>) -> LookupOutcome {
    match response.status {
        200 | 201 => match response.body.as_deref().and_then(LookupAnswer::read) {
            Some(found) if !found.order_id.is_empty() && !found.token.is_empty() => LookupOutcome::Found(found),
            _ => LookupOutcome::Failed,
        },
        429 => LookupOutcome::TooMany(wait(response, now).unwrap_or(60_000)),
        404 | 422 if is_about_the_order(response) => LookupOutcome::NoMatch,
        _ => LookupOutcome::Failed,
    }
}

/// Returns true for a problem of the contract, except for the code `not-found`, which means an unknown URL.
fn is_about_the_order(response: &Response) -> bool {
    let code = response.body.as_ref().and_then(|problem| problem.get("code")).and_then(Value::as_str);
    code.is_some_and(|code| code != "not-found")
}

fn wait(response: &Response, now: DateTime<Utc>) -> Option<u64> {
    response.retry_after.map(|wait| wait.ms(now))
}

fn base(api: &str) -> &str {
    api.trim().trim_end_matches('/')
}

/// Percent-encodes all but unreserved characters (RFC 3986, section 2.3), so that an id stays one path segment. Dots are encoded
/// only if the text has no other characters.
pub fn segment(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().map_or('0', char::from);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => out.push(char::from(byte)),
            b'.' if text.bytes().any(|other| other != b'.') => out.push('.'),
            _ => out.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn access() -> OrderEndpoint {
        OrderEndpoint { api: "https://api.example/base/".to_owned(), order: "ord_1".to_owned(), token: Some("t.o.k".to_owned()) }
    }

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            body: serde_json::from_str::<serde_json::Value>(body).ok().map(|body| Rc::new(body.into())),
            ..Response::default()
        }
    }

    fn now() -> DateTime<Utc> {
        crate::testing::noon().utc()
    }

    #[test]
    fn the_token_travels_in_the_header_only() {
        let request = access().order(Some("\"7\""));
        assert_eq!(request.url, "https://api.example/base/v1/orders/ord_1");
        assert!(request.headers.contains(&("Authorization", "Bearer t.o.k".to_owned())));
        assert!(request.headers.contains(&("If-None-Match", "\"7\"".to_owned())));
        assert!(access().stream(17).headers.contains(&("Last-Event-ID", "17".to_owned())));
    }

    #[test]
    fn an_order_identity_cannot_leave_its_segment() {
        for (order, path) in [("../admin", "..%2Fadmin"), ("..", "%2E%2E"), ("a b?c#d", "a%20b%3Fc%23d"), ("é", "%C3%A9")] {
            let url = OrderEndpoint { order: order.to_owned(), ..access() }.order(None).url;
            assert_eq!(url, ["https://api.example/base/v1/orders/", path].concat());
        }
    }

    #[test]
    fn every_status_means_one_thing() {
        let order = r#"{"id":"ord_1","version":3}"#;
        assert!(matches!(decode_order(&response(200, order), now()), OrderAnswer::Order(order, _, None) if order.version == 3));
        let problem = [r#"{"code":"stale","order":"#, order, "}"].concat();
        assert!(
            matches!(decode_order(&response(412, &problem), now()), OrderAnswer::Order(order, _, None) if order.version == 3)
        );
        assert_eq!(decode_order(&response(304, ""), now()), OrderAnswer::Unchanged);
        for status in [401, 403, 404, 410] {
            assert_eq!(
                decode_order(&response(status, r#"{"code":"order-not-found"}"#), now()),
                OrderAnswer::NotFound,
                "{status}"
            );
            for elsewhere in ["", "<html>", r#"{"code":"not-found"}"#] {
                assert_eq!(decode_order(&response(status, elsewhere), now()), OrderAnswer::Refused, "{status} {elsewhere}");
            }
        }
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert_eq!(decode_order(&response(status, ""), now()), OrderAnswer::Later(None), "{status}");
        }
        for status in [400, 405, 406, 415, 422] {
            assert_eq!(decode_order(&response(status, ""), now()), OrderAnswer::Refused, "{status}");
        }
        for (status, body) in [(200, "<html>"), (200, ""), (200, "[]"), (302, ""), (0, "")] {
            assert_eq!(decode_order(&response(status, body), now()), OrderAnswer::Garbage, "{status} {body}");
        }
    }

    #[test]
    fn a_wait_is_obeyed_in_both_its_forms() {
        let with = |wait| decode_order(&Response { retry_after: Some(wait), ..response(429, "") }, now());
        assert_eq!(with(RetryAfter::Seconds(7)), OrderAnswer::Later(Some(7_000)));
        assert_eq!(with(RetryAfter::At(now() + chrono::TimeDelta::seconds(30))), OrderAnswer::Later(Some(30_000)));
    }

    #[test]
    fn a_lookup_says_found_no_match_too_many_or_failed() {
        let found = r#"{"order_id":"ord_1","token":"t","expires_at":"2026-11-21T12:00:00Z"}"#;
        assert!(matches!(decode_lookup(&response(200, found), now()), LookupOutcome::Found(_)));
        assert_eq!(decode_lookup(&response(200, "{}"), now()), LookupOutcome::Failed);
        assert_eq!(decode_lookup(&response(404, r#"{"code":"lookup-failed"}"#), now()), LookupOutcome::NoMatch);
        assert_eq!(decode_lookup(&response(404, "<html>"), now()), LookupOutcome::Failed);
        assert_eq!(decode_lookup(&response(405, r#"{"code":"method-not-allowed"}"#), now()), LookupOutcome::Failed);
        assert_eq!(decode_lookup(&response(429, ""), now()), LookupOutcome::TooMany(60_000));
        assert_eq!(decode_lookup(&response(503, ""), now()), LookupOutcome::Failed);
    }

    proptest! {
        #[test]
        fn no_answer_makes_the_decoder_fail(status in any::<u16>(), body in "\\PC{0,200}", wait in any::<u64>()) {
            let response = Response { retry_after: Some(RetryAfter::Seconds(wait)), ..response(status, &body) };
            let _ = decode_order(&response, now());
            let _ = decode_lookup(&response, now());
        }
    }
}
