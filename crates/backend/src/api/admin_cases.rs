//! Handlers of `/v1/admin/…` for cases and refunds: the retailer's staff read and decide them.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{Case, CaseId, CaseState, Order, OrderId, Timestamp};
use serde_json::{Value, json};

use super::admin_access::{Admin, Reader};
use super::answer::{respond, respond_with_case};
use super::request::{Path, parse_strict};
use super::response::json as ready;
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::bounds::CASES;
use doorstep_domain::self_service::case::retailer::CaseUpdate;
use doorstep_domain::self_service::refund_update::RefundUpdate;
use doorstep_service::store::CaseRow;
use doorstep_service::{CaseDetails, CaseRef, Command, RefundRef};

/// One case in a list of cases.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct Found {
    /// Identity of the order.
    #[schema(value_type = String)]
    order_id: OrderId,
    /// Identity of the case.
    #[schema(value_type = String)]
    case_id: CaseId,
    /// Reference that the shopper quotes.
    reference: String,
    /// Kind of the self-service action that was requested.
    kind: String,
    /// State of the case.
    state: String,
    /// Time at which the case was opened.
    opened_at: Option<Timestamp>,
}

impl From<CaseRow> for Found {
    fn from(row: CaseRow) -> Self {
        let CaseRow { order_id, case_id, reference, kind, state, opened_at } = row;
        let opened_at = chrono::DateTime::from_timestamp(opened_at, 0).map(Timestamp::from);
        Self { order_id, case_id, reference, kind, state, opened_at }
    }
}

/// Query parameters of the list of cases.
#[derive(serde::Deserialize)]
pub(crate) struct Filter {
    state: Option<String>,
    limit: Option<u32>,
}

/// List cases in one state or in all, the oldest first
#[utoipa::path(
    get,
    path = "/v1/admin/cases",
    operation_id = "listCases",
    tag = "admin",
    params(
        ("state" = Option<String>, Query, description = "Only cases in this state"),
        ("limit" = Option<u32>, Query, description = "Maximum number of cases; 100 if absent"),
    ),
    responses(
        (status = 200, description = "The cases", body = Vec<Found>),
        (status = 401, description = "`unauthorized`"),
        (status = 422, description = "`invalid-body`: an unknown state, or a `limit` that is no number from 1 to 500"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _reader: Reader,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|_| Problem::field("/limit", "invalid"))?;
    let limit = filter.limit.unwrap_or(100);
    if !(1..=CASES).contains(&limit) {
        return Err(Problem::field("/limit", "out-of-range"));
    }
    if filter.state.as_deref().is_some_and(|state| !CaseState::VALUES.contains(&state)) {
        return Err(Problem::field("/state", "unknown-value"));
    }
    let cases = app.service.cases(filter.state.as_deref(), limit).await?;
    let cases: Vec<Found> = cases.into_iter().map(Found::from).collect();
    Ok(ready(serde_json::to_string(&cases)?).into_response())
}

/// Read a case with the parts that are hidden from the shopper: the original request, notes, contact, audit
#[utoipa::path(
    get,
    path = "/v1/admin/orders/{id}/cases/{cid}",
    operation_id = "getCase",
    tag = "admin",
    params(("id" = String, Path, description = "Identity of the order"), ("cid" = String, Path, description = "Identity of the case")),
    responses(
        (status = 200, description = "`case`, `request`, `notes`, `comment`, `wishes` and `address` for the carrier, `audit`", body = Value),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`, `case-not-found`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn show(
    State(app): State<App>,
    _reader: Reader,
    Path((order_id, case_id)): Path<(OrderId, CaseId)>,
) -> Result<Response, Problem> {
    let of = CaseRef { order_id, case_id };
    let CaseDetails { case, private, aggregate, audit } = app.service.case(&of).await?;
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let audit: Vec<Value> = audit
        .iter()
        .map(|entry| {
            let at = chrono::DateTime::from_timestamp(entry.at, 0).map(Timestamp::from);
            json!({ "at": at, "what": entry.what, "before": read(&entry.before), "after": read(&entry.after), "by": entry.by })
        })
        .collect();
    let wishes = case.shipment_id.as_ref().and_then(|id| aggregate.private.delivery_preferences.get(id));
    let body = json!({
        "order_id": of.order_id,
        "number": aggregate.order.number,
        "case": case,
        "request": private.request,
        "by": private.by,
        "notes": private.notes,
        "comment": private.comment,
        "granted": private.granted,
        "wishes": wishes,
        "address": aggregate.private.address,
        "audit": audit,
    });
    Ok(ready(body.to_string()).into_response())
}

/// Decide a case
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/cases/{cid}",
    operation_id = "updateCase",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("cid" = String, Path, description = "Identity of the case"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body = CaseUpdate,
    responses(
        (status = 200, description = "The case", body = Case, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`, `case-not-found`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields, such as `/state` `not-possible-from-here`; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn update(
    State(app): State<App>,
    Path((order_id, case_id)): Path<(OrderId, CaseId)>,
    admin: Admin,
) -> Result<Response, Problem> {
    let update: CaseUpdate = parse_strict(&admin.body)?;
    respond_with_case(
        app.service.execute(admin.idempotency, Command::UpdateCase { case: CaseRef { order_id, case_id }, update }).await?,
    )
}

/// Update the state of a refund
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/refunds/{rid}",
    operation_id = "updateRefund",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("rid" = String, Path, description = "Identity of the refund"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body = RefundUpdate,
    responses(
        (status = 200, description = "The order with the refund", body = Order, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`, `refund-not-found`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn refund(
    State(app): State<App>,
    Path((order_id, refund_id)): Path<(OrderId, String)>,
    admin: Admin,
) -> Result<Response, Problem> {
    let update: RefundUpdate = parse_strict(&admin.body)?;
    respond(
        &app,
        app.service
            .execute(admin.idempotency, Command::UpdateRefund { refund: RefundRef { order_id, refund_id }, update })
            .await?,
    )
}
