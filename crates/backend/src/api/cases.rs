//! Handlers of `/v1/orders/{id}/cases/{cid}/…`: messages of the shopper, the rating, and the acknowledgement text.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{Case, CaseId, CaseMessage, CaseRating, OrderId};

use super::answer::respond_with_case;
use super::request::{Bearer, Path, parse_strict};
use super::shopper::Shopper;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::{CaseRef, Command};

/// Add a message to a case
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/cases/{cid}/messages",
    operation_id = "addMessage",
    tag = "self-service",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("cid" = String, Path, description = "Identity of the case"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request; scoped to the order"),
    ),
    request_body = CaseMessage,
    responses(
        (status = 200, description = "The case with the message", body = Case, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 403, description = "`act-not-allowed`"),
        (status = 404, description = "`order-not-found`, `case-not-found`"),
        (status = 409, description = "`case-closed`, `order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
        (status = 429, description = "`too-many-requests`, with Retry-After: the policy limits messages of one order"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn message(
    State(app): State<App>,
    Path((order_id, case_id)): Path<(OrderId, CaseId)>,
    request: Request,
) -> Result<Response, Problem> {
    let shopper = Shopper::read(&app, &order_id, request).await?;
    let message: CaseMessage = parse_strict(&shopper.body)?;
    respond_with_case(
        app.service.execute(shopper.idempotency, Command::Message { case: CaseRef { order_id, case_id }, message }).await?,
    )
}

/// Rate the outcome of a case
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/cases/{cid}/feedback",
    operation_id = "rateCase",
    tag = "self-service",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("cid" = String, Path, description = "Identity of the case"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request; scoped to the order"),
    ),
    request_body = CaseRating,
    responses(
        (status = 200, description = "The case with the rating", body = Case, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 403, description = "`act-not-allowed`"),
        (status = 404, description = "`order-not-found`, `case-not-found`"),
        (status = 409, description = "`feedback-not-asked`, `order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn feedback(
    State(app): State<App>,
    Path((order_id, case_id)): Path<(OrderId, CaseId)>,
    request: Request,
) -> Result<Response, Problem> {
    let shopper = Shopper::read(&app, &order_id, request).await?;
    let rating: CaseRating = parse_strict(&shopper.body)?;
    respond_with_case(
        app.service.execute(shopper.idempotency, Command::Rate { case: CaseRef { order_id, case_id }, rating }).await?,
    )
}

/// Read the acknowledgement of a case as text for the shopper's records
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/cases/{cid}/acknowledgement",
    operation_id = "getAcknowledgement",
    tag = "self-service",
    params(("id" = String, Path, description = "Identity of the order"), ("cid" = String, Path, description = "Identity of the case")),
    responses(
        (status = 200, description = "The declaration, its order and its time", body = String, content_type = "text/plain"),
        (status = 403, description = "`act-not-allowed`: the text contains what the shopper wrote"),
        (status = 404, description = "`order-not-found`, `case-not-found`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn acknowledgement(
    State(app): State<App>,
    Path((order_id, case_id)): Path<(OrderId, CaseId)>,
    Bearer(token): Bearer,
) -> Result<Response, Problem> {
    super::shopper::may_act(&app, &order_id, &token).await?;
    let text = app.service.acknowledgement(&CaseRef { order_id, case_id }).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"acknowledgement.txt\"")),
    ];
    Ok((headers, text).into_response())
}
