//! Handlers of `/v1/admin/orders…`: search, read, export and erase orders, and revoke their links. The module `admin` creates and
//! replaces them.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorstep_contract::{Order, OrderId, Timestamp};

use super::admin_access::{Reader, WriteWithoutBody};
use super::answer::{Revoked, order, respond};
use super::request::Path;
use super::response::json as ready;
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::bounds;
use doorstep_service::store::OrderRow;
use doorstep_service::{Command, ErasedBy, OrderSearch};

/// Default number of orders on one page.
const DEFAULT_LIMIT: u32 = 50;

/// One order in the result of a search.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct FoundOrder {
    /// Identity of the order.
    #[schema(value_type = String)]
    id: OrderId,
    /// Order number on the receipt.
    number: String,
    /// Version of the order.
    version: u64,
    /// Time of the last change.
    updated_at: Option<Timestamp>,
    /// Time at which the order was completed; its retention period starts then. Null while the order is open.
    finished_at: Option<Timestamp>,
}

/// One page of orders.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct FoundOrders {
    /// Orders by time of their last change, the oldest first.
    orders: Vec<FoundOrder>,
    /// Value of `cursor` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl From<OrderRow> for FoundOrder {
    fn from(row: OrderRow) -> Self {
        let at = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).map(Timestamp::from);
        Self {
            id: row.id,
            number: row.number,
            version: row.version.cast_unsigned(),
            updated_at: at(row.updated_at),
            finished_at: row.finished_at.and_then(at),
        }
    }
}

/// Query parameters of the search for orders.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    number: Option<String>,
    email: Option<String>,
    tracking_number: Option<String>,
    updated_since: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

impl Filter {
    /// Returns the search that the query describes, or a problem that names the invalid parameter.
    fn search(self) -> Result<OrderSearch, Problem> {
        let updated_since = match self.updated_since.as_deref() {
            None => None,
            Some(at) => Some(Timestamp::parse(at).ok_or_else(|| Problem::field("/updated_since", "invalid"))?.utc().timestamp()),
        };
        let limit = match self.limit.as_deref().map(str::parse::<u32>) {
            None => DEFAULT_LIMIT,
            Some(Ok(limit)) if (1..=bounds::ORDERS).contains(&limit) => limit,
            Some(Ok(_)) => return Err(Problem::field("/limit", "out-of-range")),
            Some(Err(_)) => return Err(Problem::field("/limit", "invalid")),
        };
        let after = match self.cursor {
            None => None,
            Some(cursor) => Some(decode_cursor(&cursor).ok_or_else(|| Problem::field("/cursor", "invalid"))?),
        };
        Ok(OrderSearch {
            number: self.number,
            email: self.email,
            tracking_number: self.tracking_number,
            updated_since,
            after,
            limit,
        })
    }
}

fn encode_cursor(row: &OrderRow) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {}", row.updated_at, row.id))
}

fn decode_cursor(cursor: &str) -> Option<(i64, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (at, id) = text.split_once(' ')?;
    Some((at.parse().ok()?, id.to_owned()))
}

/// Find orders by number, e-mail address, tracking number or time of the last change
#[utoipa::path(
    get,
    path = "/v1/admin/orders",
    operation_id = "listOrders",
    tag = "admin",
    params(
        ("number" = Option<String>, Query, description = "Order number on the receipt; case, spaces and dashes do not matter"),
        ("email" = Option<String>, Query, description = "The e-mail address that the order was placed with"),
        ("tracking_number" = Option<String>, Query, description = "Tracking number of one of the parcels, or a provider's reference"),
        ("updated_since" = Option<String>, Query, description = "Only orders that changed at this time (RFC 3339) or later"),
        ("limit" = Option<u32>, Query, description = "Maximum number of orders, from 1 to 200; 50 if absent"),
        ("cursor" = Option<String>, Query, description = "Value of `next` on the previous page"),
    ),
    responses(
        (status = 200, description = "The orders by time of their last change, the oldest first", body = FoundOrders),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`, with the parameters that are wrong"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _reader: Reader,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|_| Problem::field("", "unknown-parameter"))?;
    let search = filter.search()?;
    let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
    let mut rows = app.service.search(OrderSearch { limit: search.limit + 1, ..search }).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(encode_cursor);
    let orders = rows.into_iter().map(FoundOrder::from).collect();
    Ok(ready(serde_json::to_string(&FoundOrders { orders, next })?).into_response())
}

/// Read an order as the shopper sees it, with the admin key
#[utoipa::path(
    get,
    path = "/v1/admin/orders/{id}",
    operation_id = "adminGetOrder",
    tag = "admin",
    params(("id" = String, Path, description = "Identity of the order")),
    responses(
        (status = 200, description = "The complete document", body = Order, headers(("ETag" = String, description = "For `If-Match` of a replacement"))),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn show(State(app): State<App>, _reader: Reader, Path(order_id): Path<OrderId>) -> Result<Response, Problem> {
    Ok(order(app.service.order(&order_id).await?).into_response())
}

/// Export all stored data of an order, to answer a shopper's request for a copy
#[utoipa::path(
    get,
    path = "/v1/admin/orders/{id}/export",
    operation_id = "exportOrder",
    tag = "admin",
    params(("id" = String, Path, description = "Identity of the order")),
    responses(
        (status = 200, description = "`order`, `private` (requests, notes, addresses, all that carriers said), `audit`, `photos` with the \
            path of each, `messages` to the helpdesk, to your systems and to the shopper, `mails` with the shopper's address", body = serde_json::Value),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn export(State(app): State<App>, _reader: Reader, Path(order_id): Path<OrderId>) -> Result<Response, Problem> {
    Ok(ready(app.service.export(&order_id).await?.to_string()).into_response())
}

/// Erase an order with all its data
#[utoipa::path(
    delete,
    path = "/v1/admin/orders/{id}",
    operation_id = "eraseOrder",
    tag = "admin",
    params(("id" = String, Path, description = "Identity of the order")),
    responses(
        (status = 204, description = "The order is erased, by this request or an earlier one. Its links and streams have ended"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`: no order has or had this identity"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn erase(State(app): State<App>, _reader: Reader, Path(order_id): Path<OrderId>) -> Result<Response, Problem> {
    app.service.erase(&order_id, ErasedBy::Admin).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Revoke all links of an order that exist so far
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/revoke-links",
    operation_id = "revokeLinks",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    responses(
        (status = 200, description = "Existing tokens are invalid, also those of look-ups, and their streams are closed. Later tokens are \
            valid", body = Revoked),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 422, description = "`invalid-body`: the body is not empty; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn revoke(
    State(app): State<App>,
    Path(order_id): Path<OrderId>,
    WriteWithoutBody(idempotency): WriteWithoutBody,
) -> Result<Response, Problem> {
    respond(&app, app.service.execute(idempotency, Command::RevokeLinks { order_id }).await?)
}
