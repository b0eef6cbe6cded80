//! `/v1/admin/helpdesk/messages`: what waits, what was sent and what was put aside; and once more.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use doorstep_core::wire::Timestamp;

use super::admin::{Admin, authorize, respond};
use super::json;
use super::request::Path;
use crate::app::App;
use crate::problem::Problem;
use crate::store::Message;

/// A message to the helpdesk; what it says is not repeated here.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedMessage {
    /// Its identity.
    id: String,
    /// The order.
    order_id: String,
    /// The case.
    case_id: String,
    /// What it tells of, such as `case.opened`.
    event: String,
    /// `waiting`, `sent` or `dead`.
    state: String,
    /// Attempts so far.
    attempts: u32,
    /// When it is tried next, where it waits.
    next_at: Option<Timestamp>,
    /// Why the last attempt failed.
    last_error: Option<String>,
    /// When it was written.
    made_at: Option<Timestamp>,
}

/// Messages of one state.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedMessages {
    /// The newest first, at most a hundred.
    messages: Vec<ListedMessage>,
}

/// Messages to the helpdesk
#[utoipa::path(
    get,
    path = "/v1/admin/helpdesk/messages",
    operation_id = "listHelpdeskMessages",
    tag = "admin",
    params(("state" = Option<String>, Query, description = "`dead` (where absent), `waiting` or `sent`")),
    responses(
        (status = 200, description = "The newest hundred", body = ListedMessages),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`: an unknown state"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(State(app): State<App>, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    authorize(&headers, app.config.admin_key.as_deref())?;
    let query = query.unwrap_or_default();
    let state = query.split('&').find_map(|pair| pair.strip_prefix("state=")).unwrap_or("dead");
    if !["dead", "waiting", "sent"].contains(&state) {
        return Err(Problem::field("/state", "unknown-value"));
    }
    let messages = app.service.messages(state).await?.into_iter().map(listed).collect();
    Ok(json(serde_json::to_string(&ListedMessages { messages })?).into_response())
}

/// Send a message again that was put aside
#[utoipa::path(
    post,
    path = "/v1/admin/helpdesk/messages/{id}/resend",
    operation_id = "resendHelpdeskMessage",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the message"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body(content = serde_json::Value, description = "An empty object"),
    responses(
        (status = 202, description = "It waits again"),
        (status = 400, description = "`idempotency-key-missing`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-message`"),
        (status = 409, description = "`idempotency-in-progress`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn resend(State(app): State<App>, Path(id): Path<String>, admin: Admin) -> Result<Response, Problem> {
    respond(&app, app.service.resend_message(admin.once, id).await?)
}

fn listed(message: Message) -> ListedMessage {
    let at = |seconds| DateTime::from_timestamp(seconds, 0).map(Timestamp::from);
    let waits = message.state == "waiting";
    ListedMessage {
        id: message.id,
        order_id: message.order_id,
        case_id: message.case_id,
        event: message.event,
        state: message.state,
        attempts: message.attempts,
        next_at: at(message.next_at).filter(|_| waits),
        last_error: message.last_error,
        made_at: at(message.made_at),
    }
}
