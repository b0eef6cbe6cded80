//! Handlers of `/v1/admin/…`: the retailer's systems create and replace orders, add events and mint tokens. Every write takes
//! effect once for its idempotency key.

use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;
use doorstep_contract::{Order, OrderId};

use super::admin_access::Admin;
use super::answer::respond;
use super::etag;
use super::request::{Path, parse_strict};
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::bounds::TOKEN_LIFE_S;
use doorstep_domain::order::new_order::NewOrder;
use doorstep_domain::tracking::new_event::NewEvent;
use doorstep_service::token::Scope;
use doorstep_service::{Command, Minted};

/// Scopes and lifetime of a token to be minted.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// Scopes of the token; at least one.
    scopes: Vec<Scope>,
    /// Seconds until the token expires, at most 366 days. The configured lifetime applies if absent.
    expires_in_s: Option<u32>,
}

/// Create an order
#[utoipa::path(
    post,
    path = "/v1/admin/orders",
    operation_id = "createOrder",
    tag = "admin",
    params(("Idempotency-Key" = String, Header, description = "The same for every repetition of this request")),
    request_body = NewOrder,
    responses(
        (status = 201, description = "Created", body = Order, headers(("ETag" = String), ("Location" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 409, description = "`order-exists`; `order-erased`: the key was used for an order that was erased since; `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn create(State(app): State<App>, admin: Admin) -> Result<Response, Problem> {
    let order: NewOrder = parse_strict(&admin.body)?;
    respond(&app, app.service.execute(admin.idempotency, Command::Create(order)).await?)
}

/// Replace the retailer's part of an order
#[utoipa::path(
    put,
    path = "/v1/admin/orders/{id}",
    operation_id = "replaceOrder",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the version that may be replaced; without it, any version is replaced"),
    ),
    request_body = NewOrder,
    responses(
        (status = 200, description = "Replaced", body = Order, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 412, description = "`stale`, with the current order as `order`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn replace(State(app): State<App>, Path(order_id): Path<OrderId>, admin: Admin) -> Result<Response, Problem> {
    let with: NewOrder = parse_strict(&admin.body)?;
    let if_match = etag::replaceable(&admin.headers);
    respond(&app, app.service.execute(admin.idempotency, Command::Replace { order_id, with, if_match }).await?)
}

/// Add an event to a shipment
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/events",
    operation_id = "addEvent",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body = NewEvent,
    responses(
        (status = 200, description = "The order with the event", body = Order, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn add_event(State(app): State<App>, Path(order_id): Path<OrderId>, admin: Admin) -> Result<Response, Problem> {
    let event: NewEvent = parse_strict(&admin.body)?;
    respond(&app, app.service.execute(admin.idempotency, Command::Event { order_id, event }).await?)
}

/// Mint a token and a link for an order
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/token",
    operation_id = "mintToken",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body = NewToken,
    responses(
        (status = 200, description = "The token", body = Minted),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn mint(State(app): State<App>, Path(order_id): Path<OrderId>, admin: Admin) -> Result<Response, Problem> {
    let NewToken { scopes, expires_in_s } = parse_strict(&admin.body)?;
    if scopes.is_empty() {
        return Err(Problem::field("/scopes", "empty"));
    }
    let ttl = match expires_in_s {
        Some(0) => return Err(Problem::field("/expires_in_s", "too-short")),
        Some(seconds) if seconds > TOKEN_LIFE_S => return Err(Problem::field("/expires_in_s", "too-long")),
        Some(seconds) => TimeDelta::seconds(seconds.into()),
        None => TimeDelta::from_std(app.config.token_ttl).map_err(Problem::internal)?,
    };
    respond(&app, app.service.execute(admin.idempotency, Command::Mint { order_id, scopes, ttl }).await?)
}
