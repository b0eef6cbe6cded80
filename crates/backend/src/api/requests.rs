//! Handlers of `/v1/orders/{id}/requests`, `…/slots` and `…/pickup-points`: self-service requests of a shopper and the options
//! for them.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{ActionKind, Case, OrderId, PickupPoints, ShipmentId, ShopperRequest, Slots};

use super::answer::respond_with_case;
use super::etag;
use super::request::{Bearer, Path, parse_strict};
use super::response::json;
use super::shopper::Shopper;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::token::Scope;
use doorstep_service::{Command, Error, SelfServiceRequest, ShipmentRef};

/// Request a self-service action for an order
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/requests",
    operation_id = "submitRequest",
    tag = "self-service",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request; scoped to the order"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the order that was shown. Needed for `reschedule`, \
            `change_address`, `delivery_instructions`, `leave_with_neighbour`, `leave_in_safe_place`, `redirect_to_pickup`, \
            `cancel` and `accept_delay`; respected for all other kinds"),
    ),
    request_body = ShopperRequest,
    responses(
        (status = 201, description = "The case; the ETag is the new version of the order", body = Case, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 403, description = "`act-not-allowed`: the token is for reading only"),
        (status = 404, description = "`order-not-found`"),
        (status = 409, description = "`action-unavailable`, with the action as `action`; `slot-taken`, with the free slots as \
            `slots`; `order-erased`, `idempotency-in-progress`"),
        (status = 412, description = "`stale`, with the current order as `order`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
        (status = 428, description = "`if-match-missing`"),
        (status = 429, description = "`too-many-requests`, with Retry-After: the policy limits requests of one order"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn submit(State(app): State<App>, Path(order_id): Path<OrderId>, request: Request) -> Result<Response, Problem> {
    let shopper = Shopper::read(&app, &order_id, request).await?;
    let request: ShopperRequest = parse_strict(&shopper.body)?;
    let if_match = etag::if_match(&shopper.headers);
    let kind = ActionKind::VALUES.iter().find(|word| **word == request.kind.as_str()).copied().unwrap_or("unknown");
    let command = Command::Request(Box::new(SelfServiceRequest { order_id, request, if_match, by: shopper.by }));
    let answer = app.service.execute(shopper.idempotency, command).await;
    let outcome = answer.as_ref().map_or_else(Error::code, |_| "accepted");
    metrics::counter!("doorstep_shopper_requests_total", "kind" => kind, "outcome" => outcome).increment(1);
    respond_with_case(answer?)
}

/// List the free delivery slots of a shipment
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/shipments/{sid}/slots",
    operation_id = "listSlots",
    tag = "self-service",
    params(("id" = String, Path, description = "Identity of the order"), ("sid" = String, Path, description = "Identity of the shipment")),
    responses(
        (status = 200, description = "The free slots, from the earliest to the latest", body = Slots),
        (status = 404, description = "`order-not-found`, `shipment-not-found`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn slots(
    State(app): State<App>,
    Path((order_id, shipment_id)): Path<(OrderId, ShipmentId)>,
    Bearer(token): Bearer,
) -> Result<Response, Problem> {
    app.service.check_access(&order_id, &token, Scope::Read).await?;
    let slots: Slots = app.service.slots(&ShipmentRef { order_id, shipment_id }).await?;
    Ok(json(serde_json::to_string(&slots)?).into_response())
}

/// List the pickup points that a shipment can be redirected to
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/shipments/{sid}/pickup-points",
    operation_id = "listPickupPoints",
    tag = "self-service",
    params(("id" = String, Path, description = "Identity of the order"), ("sid" = String, Path, description = "Identity of the shipment")),
    responses(
        (status = 200, description = "The pickup points, the nearest first", body = PickupPoints),
        (status = 404, description = "`order-not-found`, `shipment-not-found`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn pickup_points(
    State(app): State<App>,
    Path((order_id, shipment_id)): Path<(OrderId, ShipmentId)>,
    Bearer(token): Bearer,
) -> Result<Response, Problem> {
    app.service.check_access(&order_id, &token, Scope::Read).await?;
    let points: PickupPoints = app.service.pickup_points(&ShipmentRef { order_id, shipment_id }).await?;
    Ok(json(serde_json::to_string(&points)?).into_response())
}
