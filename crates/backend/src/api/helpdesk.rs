//! Handlers of `/v1/admin/helpdesk/messages`: the same as the handlers in `messages`, but only for messages to the helpdesk.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;

use super::admin_access::{Admin, Reader};
use super::answer::respond;
use super::messages::{Filter, ListedMessages, listed};
use super::request::Path;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Command;
use doorstep_service::store::Channel;

/// List messages to the helpdesk
#[utoipa::path(
    get,
    path = "/v1/admin/helpdesk/messages",
    operation_id = "listHelpdeskMessages",
    tag = "admin",
    params(("state" = Option<String>, Query, description = "`dead`, `waiting` or `sent`; `dead` if absent")),
    responses(
        (status = 200, description = "The 100 newest messages", body = ListedMessages),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`: an unknown state"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _reader: Reader,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|_| Problem::field("/state", "invalid"))?;
    listed(&app, Some(Channel::Helpdesk), &filter).await
}

/// Send a dead letter to the helpdesk again
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
        (status = 202, description = "The message waits to be sent again"),
        (status = 400, description = "`idempotency-key-missing`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-message`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn resend(State(app): State<App>, Path(id): Path<String>, admin: Admin) -> Result<Response, Problem> {
    let command = Command::Resend { id, channel: Some(Channel::Helpdesk) };
    respond(&app, app.service.execute(admin.idempotency, command).await?)
}
