//! `GET /v1/orders/{id}`: the order document for the holder of a token.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::etag;
use super::request::{Bearer, Path};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::OrderId;
use doorstep_service::token::Scope;

/// Read the order document
#[utoipa::path(
    get,
    path = "/v1/orders/{id}",
    operation_id = "getOrder",
    tag = "orders",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of the document that the client already has"),
    ),
    responses(
        (status = 200, description = "The document. A token that only reads gets the limited document, which has a different ETag", body = doorstep_contract::Order, headers(("ETag" = String, description = "The version"))),
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
    Ok(([tag], json(opened.document.json)).into_response())
}
