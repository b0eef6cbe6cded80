//! Tests of the stream of changes: the events that are sent, their time, and the end of the stream.

use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use http_body_util::BodyExt as _;
use serde_json::Value;

use crate::support::{Backend, request};

/// Time limit of each step: longer than any of them should take, and short enough for a failure to be noticed soon.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Stream(Body);

impl Stream {
    pub(crate) async fn open(backend: &Backend, id: &str, token: &str, last_event_id: &str) -> Self {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("last-event-id", last_event_id)];
        let response = backend.begin(request("GET", &format!("/v1/orders/{id}/stream"), &headers, "")).await;
        assert_eq!(response.status(), 200);
        for (name, value) in [
            ("content-type", "text/event-stream"),
            ("cache-control", "private, no-store, no-transform"),
            ("x-accel-buffering", "no"),
        ] {
            assert_eq!(response.headers()[name], value);
        }
        Self(response.into_body())
    }

    /// Returns the next piece of text. If the stream has ended, returns None.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(PATIENCE, self.0.frame()).await.unwrap()?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    }

    /// Returns the next order: the ID of its event, and the document. Skips comments, which keep the connection alive on a slow machine.
    pub(crate) async fn order(&mut self) -> (String, Value) {
        let mut text = self.next().await.unwrap();
        while text.starts_with(':') {
            text = self.next().await.unwrap();
        }
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
        assert_eq!(field("event:"), "order", "{text}");
        (field("id:"), serde_json::from_str(&field("data:")).unwrap())
    }
}

#[tokio::test]
async fn a_stream_tells_what_is_between_neither_to_compress_nor_to_collect_nor_to_keep_it() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let bearer = format!("Bearer {}", backend.token(&id, &["read"]).await);
    let path = format!("/v1/orders/{id}/stream");
    // The stream is not compressed, whatever encodings the reader accepts.
    let headers = [("authorization", bearer.as_str()), ("accept-encoding", "gzip, zstd, br")];
    let response = backend.begin(request("GET", &path, &headers, "")).await;
    let control: Vec<_> = response.headers()["cache-control"].to_str().unwrap().split(',').map(str::trim).collect();
    assert_eq!(control, ["private", "no-store", "no-transform"]);
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(!response.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn the_whole_order_is_sent_at_once_and_at_every_change() {
    let backend = Backend::start(&[]).await;
    let (id, other) = (backend.create("1042").await, backend.create("1043").await);
    let mut stream = Stream::open(&backend, &id, &backend.token(&id, &["read", "act"]).await, "").await;
    let (version, document) = stream.order().await;
    assert_eq!((version.as_str(), &document["id"], &document["version"]), ("1", &id.clone().into(), &1.into()));
    backend.happen(&other, "e1").await;
    backend.happen(&id, "e1").await;
    let (version, document) = stream.order().await;
    assert_eq!((version.as_str(), &document["shipments"][0]["events"][0]["id"]), ("2", &"e1".into()));
}

#[tokio::test]
async fn a_reader_that_is_up_to_date_is_not_sent_what_it_has() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let mut resumed = Stream::open(&backend, &id, &token, "1").await;
    let hint = resumed.next().await.unwrap();
    assert!(hint.contains("retry:") && !hint.contains("data:"), "{hint}");
    backend.happen(&id, "e1").await;
    assert_eq!(resumed.order().await.0, "2");
    for elsewhere in ["1", "3", "nonsense"] {
        assert_eq!(Stream::open(&backend, &id, &token, elsewhere).await.order().await.0, "2", "{elsewhere}");
    }
}

#[tokio::test]
async fn a_slow_reader_gets_the_newest_order_and_not_the_ones_between() {
    let backend = Backend::start(&[]).await;
    let (id, other) = (backend.create("1042").await, backend.create("1043").await);
    let mut stream = Stream::open(&backend, &id, &backend.token(&id, &["read", "act"]).await, "").await;
    stream.order().await;
    for event in 0..20 {
        backend.happen(&id, &format!("e{event}")).await;
    }
    // The stream's listener keeps fewer notices of changes than these 300.
    for event in 0..300 {
        backend.happen(&other, &format!("e{event}")).await;
    }
    assert_eq!(stream.order().await.0, "21");
    backend.happen(&id, "last").await;
    assert_eq!(stream.order().await.0, "22");
}

#[tokio::test]
async fn silence_is_broken_by_a_comment() {
    let backend = Backend::start(&["--stream-keep-alive", "20ms"]).await;
    let id = backend.create("1042").await;
    let mut stream = Stream::open(&backend, &id, &backend.token(&id, &["read", "act"]).await, "").await;
    stream.order().await;
    for _ in 0..3 {
        assert!(stream.next().await.unwrap().starts_with(':'));
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_token_with_its_time_and_with_the_process() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    backend.pass(3_599);
    let mut ends_with_token = Stream::open(&backend, &id, &token, "").await;
    ends_with_token.order().await;
    assert_eq!(ends_with_token.next().await, None);

    let token = backend.token(&id, &["read", "act"]).await;
    let mut ends_with_process = Stream::open(&backend, &id, &token, "").await;
    ends_with_process.order().await;
    backend.app.shutdown.cancel();
    assert_eq!(ends_with_process.next().await, None);

    let brief = Backend::start(&["--stream-max-life", "50ms"]).await;
    let id = brief.create("1042").await;
    let mut ends_with_time = Stream::open(&brief, &id, &brief.token(&id, &["read", "act"]).await, "").await;
    ends_with_time.order().await;
    assert_eq!(ends_with_time.next().await, None);
}

#[tokio::test]
async fn streams_are_counted_by_token_and_by_address() {
    let backend = Backend::start(&["--streams-per-token", "2", "--streams-per-address", "3"]).await;
    let id = backend.create("1042").await;
    let (one, two) = (backend.token(&id, &["read"]).await, backend.token(&id, &["read", "act"]).await);
    let open = async |token: &str, peer: u8| {
        let bearer = format!("Bearer {token}");
        let mut request = request("GET", &format!("/v1/orders/{id}/stream"), &[("authorization", &bearer)], "");
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, peer], 4_711))));
        backend.begin(request).await
    };
    let held = [open(&one, 1).await, open(&one, 1).await];
    let refused = open(&one, 2).await;
    assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
    let third = open(&two, 1).await;
    assert_eq!(third.status(), 200);
    assert_eq!(open(&two, 1).await.status(), 429);
    assert_eq!(open(&two, 2).await.status(), 200);
    drop(held);
    assert_eq!(open(&one, 1).await.status(), 200);
}
