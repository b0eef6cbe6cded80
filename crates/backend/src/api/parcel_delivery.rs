//! `GET /v1/orders/{id}/parcel-delivery`: the parcels as schema.org `ParcelDelivery`, for the holder of a token.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::etag;
use super::request::{Bearer, Path};
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::OrderId;
use doorstep_documents::parcel_delivery::{self, ParcelDelivery};
use doorstep_service::token::Scope;

/// Read the parcels as JSON-LD, for assistants and mail programs
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/parcel-delivery",
    operation_id = "getParcelDelivery",
    tag = "orders",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of the list that the client already has"),
    ),
    responses(
        (status = 200, description = "A schema.org `ParcelDelivery` for each parcel to the shopper", content_type = "application/ld+json",
            body = Vec<ParcelDelivery>, headers(("ETag" = String, description = "The version of the order"))),
        (status = 304, description = "Not changed since that ETag"),
        (status = 404, description = "`order-not-found`: no such order, or a token that does not open it or has ended"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<OrderId>,
    Bearer(token): Bearer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = app.service.open(&id, &token, Scope::Read).await?;
    let tag = etag::document_etag(&opened);
    if etag::has(&headers, &opened) {
        return Ok((StatusCode::NOT_MODIFIED, [tag]).into_response());
    }
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/ld+json"));
    Ok(([tag, kind], parcel_delivery::json(&opened.document.order()?)?).into_response())
}
