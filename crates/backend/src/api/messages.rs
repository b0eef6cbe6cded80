//! Handlers of `/v1/admin/messages`: list the waiting, sent and dead messages of all channels, and send a dead letter again.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use doorstep_contract::{CaseId, OrderId, Timestamp};
use doorstep_providers::registration::{NewNumber, Obstacle};

use super::admin_access::{Admin, Reader};
use super::answer::respond;
use super::request::Path;
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Command;
use doorstep_service::store::{Channel, Message, MessageState};

/// One message of the outbox, without its payload.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedMessage {
    /// Identity of the message.
    id: String,
    /// Receiver of the message.
    channel: Channel,
    /// Identity of the order.
    #[schema(value_type = String)]
    order_id: OrderId,
    /// Identity of the case, if the message is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    case_id: Option<CaseId>,
    /// Event that the message reports, such as `case.opened` or `order.updated`; for a registration `register.` and the provider.
    event: String,
    /// State of the message: `waiting`, `sent` or `dead`.
    #[schema(value_type = String)]
    state: MessageState,
    /// Number of attempts so far.
    attempts: u32,
    /// Time of the next attempt, while the message waits.
    next_at: Option<Timestamp>,
    /// Reason for which the last attempt failed.
    last_error: Option<String>,
    /// Code of that reason, such as `unknown-carrier`. Only registrations have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Advice about that reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    what_to_do: Option<String>,
    /// Tracking number, if the message registers one and was not sent yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<ListedRegistration>,
    /// Time at which the message was written.
    made_at: Option<Timestamp>,
}

/// Tracking number that is registered at a tracking provider.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedRegistration {
    /// Name of the provider.
    provider: String,
    /// Identity of the shipment within its order.
    shipment_id: String,
    /// Tracking number as the shop wrote it.
    tracking_number: String,
    /// Shop's code of the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier: Option<String>,
}

/// Messages in one state.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ListedMessages {
    /// Messages, the newest first, at most 100.
    messages: Vec<ListedMessage>,
}

/// Query parameters of the list of messages.
#[derive(serde::Deserialize)]
pub(crate) struct Filter {
    state: Option<String>,
    channel: Option<String>,
}

/// List messages to the helpdesk, to the retailer's systems and to tracking providers
#[utoipa::path(
    get,
    path = "/v1/admin/messages",
    operation_id = "listMessages",
    tag = "admin",
    params(
        ("channel" = Option<String>, Query, description = "`webhook`, `helpdesk`, `registration` or `mail`; all if absent"),
        ("state" = Option<String>, Query, description = "`dead`, `waiting` or `sent`; `dead` if absent"),
    ),
    responses(
        (status = 200, description = "The 100 newest messages", body = ListedMessages),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`: an unknown channel or state"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _reader: Reader,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|_| Problem::field("/state", "invalid"))?;
    let named = |word: &str| Channel::named(word).ok_or_else(|| Problem::field("/channel", "unknown-value"));
    let channel = filter.channel.as_deref().map(named).transpose()?;
    listed(&app, channel, &filter).await
}

/// Send a dead letter again
#[utoipa::path(
    post,
    path = "/v1/admin/messages/{id}/resend",
    operation_id = "resendMessage",
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
    respond(&app, app.service.execute(admin.idempotency, Command::Resend { id, channel: None }).await?)
}

/// Returns the messages of one channel in the state that the filter names. If `channel` is None, returns the messages of all
/// channels. If the filter names no state, returns dead letters.
pub(super) async fn listed(app: &App, channel: Option<Channel>, filter: &Filter) -> Result<Response, Problem> {
    let named = |word: &str| MessageState::named(word).ok_or_else(|| Problem::field("/state", "unknown-value"));
    let state = filter.state.as_deref().map_or(Ok(MessageState::Dead), named)?;
    let messages = app.service.messages(channel, state).await?.into_iter().map(ListedMessage::from).collect();
    Ok(json(serde_json::to_string(&ListedMessages { messages })?).into_response())
}

impl From<Message> for ListedMessage {
    fn from(message: Message) -> Self {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).map(Timestamp::from);
        let waits = message.state == MessageState::Waiting;
        let obstacle = message.reason.as_deref().and_then(Obstacle::named);
        let number = Some(&message.payload).filter(|_| message.channel == Channel::Registration);
        // The payload of a sent message is empty.
        let number: Option<NewNumber> = number.and_then(|payload| serde_json::from_str(payload).ok());
        Self {
            id: message.id,
            channel: message.channel,
            order_id: message.order_id,
            case_id: message.case_id,
            event: message.event,
            state: message.state,
            attempts: message.attempts,
            next_at: at(message.next_at).filter(|_| waits),
            last_error: message.last_error,
            reason: message.reason,
            what_to_do: obstacle.map(|obstacle| obstacle.what_to_do().to_owned()),
            registration: number.map(|number| ListedRegistration {
                provider: number.provider.as_str().to_owned(),
                shipment_id: number.shipment_id,
                tracking_number: number.tracking_number,
                carrier: number.carrier_code,
            }),
            made_at: at(message.made_at),
        }
    }
}
