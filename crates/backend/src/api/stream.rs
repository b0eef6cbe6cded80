//! `GET /v1/orders/{id}/stream`: the order document at every change, as server-sent events.
//!
//! Every event contains the newest complete document, which is read when the client is ready for it. A slow client skips
//! versions, and no events are queued.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use doorstep_contract::OrderId;
use tokio::time::Instant;

use super::request::{Bearer, Path, Visitor};
use crate::app::App;
use crate::limits::streams::OpenStream;
use crate::problem::Problem;
use doorstep_service::OpenedOrder;
use doorstep_service::changes::Listener;
use doorstep_service::token::Scope;

/// Time that a client waits before it reconnects.
const RETRY: Duration = Duration::from_secs(3);

/// Stream the order document at every change
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/stream",
    operation_id = "streamOrder",
    tag = "orders",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Last-Event-ID" = Option<String>, Header, description = "The version that the client already has; it is not sent again"),
    ),
    responses(
        (status = 200, description = "Events named `order`. The id is the version, with the suffix `-limited` for a limited document; the data is the \
            order document on one line. Comments are sent while nothing happens. The stream ends when the token expires, when the \
            server stops and after a while; then connect again.",
            body = String, content_type = "text/event-stream"),
        (status = 404, description = "`order-not-found`"),
        (status = 429, description = "`too-many-streams`, with Retry-After"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn follow(
    State(app): State<App>,
    Path(id): Path<OrderId>,
    Bearer(token): Bearer,
    Visitor(visitor): Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // Listening starts before reading, so that no change in between is missed. If the document that was read already has the
    // version of a notice, the notice is ignored.
    let listener = app.service.listen();
    let opened = app.service.open(&id, &token, Scope::Read).await?;
    let slot = app.streams.open(&token, visitor).ok_or(Problem::TooManyStreams)?;
    let token_life = (opened.ends_at - app.service.now()).to_std().unwrap_or_default();
    let sent = opened.document.version;
    let first = if has(&headers, &opened) { Event::default().comment("nothing new") } else { event(opened) };
    let following = Following {
        ends_at: Instant::now() + token_life.min(app.config.stream_max_life),
        first: Some(first.retry(RETRY)),
        listener,
        id,
        token,
        sent,
        _slot: slot,
        app: app.clone(),
    };
    let keep_alive = KeepAlive::new().interval(app.config.stream_keep_alive);
    let events = Sse::new(futures_util::stream::unfold(following, Following::next)).keep_alive(keep_alive);
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store, no-transform")),
        // A proxy that buffers or compresses would delay the events.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, events).into_response())
}

struct Following {
    app: App,
    id: OrderId,
    token: String,
    sent: u64,
    first: Option<Event>,
    listener: Listener,
    ends_at: Instant,
    _slot: OpenStream,
}

impl Following {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if let Some(first) = self.first.take() {
            return Some((Ok(first), self));
        }
        loop {
            tokio::select! {
                biased;
                () = self.app.shutdown.cancelled() => return None,
                () = tokio::time::sleep_until(self.ends_at) => return None,
                () = self.listener.changed(&self.id, self.sent) => {}
            }
            // The order is opened for each event, so that the stream ends when the order is erased or its links are revoked.
            let opened = self.app.service.open(&self.id, &self.token, Scope::Read).await.ok()?;
            if opened.document.version > self.sent {
                self.sent = opened.document.version;
                return Some((Ok(event(opened)), self));
            }
        }
    }
}

/// Returns true if `Last-Event-ID` names this document. A limited document is also named by its version without the suffix,
/// because a token that only reads never received the full document of that version.
fn has(headers: &HeaderMap, opened: &OpenedOrder) -> bool {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    last == opened.tag() || last.parse() == Ok(opened.document.version)
}

fn event(opened: OpenedOrder) -> Event {
    Event::default().event("order").id(opened.tag()).data(opened.document.json)
}
