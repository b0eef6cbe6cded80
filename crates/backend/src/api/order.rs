//! `GET /v1/orders/{id}`: the order document for the holder of a token. `POST /v1/orders/{id}/read` is the same read as a simple
//! request, which a browser sends to another origin without a preflight. It can add the first page to the document.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::etag;
use super::order_html::{MAX_LANGUAGE, check_sections};
use super::request::{Bearer, Path, bytes, parse_strict};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_contract::OrderId;
use doorstep_first_page::{Presented, first_page};
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

/// Maximum size in bytes of the body of `POST /v1/orders/{id}/read`.
const LIMIT: usize = 16 * 1_024;

/// Maximum length in characters of the base address in a request for the first page.
const MAX_API: usize = 2_048;

/// A read of the order.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderRead {
    /// Capability token. It is in the body, because a header would need a preflight, and an address is written to logs.
    #[serde(default)]
    token: String,
    /// Asks for the first page.
    first_page: Option<FirstPageRequest>,
}

/// Presentation of the first page.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstPageRequest {
    /// Base address of the backend as the browser sees it. Pictures with a path are resolved against it.
    #[schema(max_length = 2_048)]
    api: String,
    /// BCP 47 tag of the language of the texts, such as `de-AT`. An unknown language gets English.
    #[schema(max_length = 35)]
    language: String,
    /// Level of the headline.
    #[schema(minimum = 1, maximum = 6)]
    heading_level: u8,
    /// Names of the sections in their order, separated by spaces, as on the element. Sections that are left out follow at the end.
    #[serde(default)]
    #[schema(max_length = 200)]
    sections: String,
}

impl FirstPageRequest {
    /// Refuses a field beyond its bounds, with a problem that names the field.
    fn check(&self) -> Result<(), Problem> {
        if self.api.chars().count() > MAX_API {
            return Err(Problem::field("/first_page/api", "too-long"));
        }
        if self.language.chars().count() > MAX_LANGUAGE {
            return Err(Problem::field("/first_page/language", "too-long"));
        }
        if !(1..=6).contains(&self.heading_level) {
            return Err(Problem::field("/first_page/heading_level", "out-of-range"));
        }
        check_sections("/first_page/sections", &self.sections)?;
        Ok(())
    }
}

/// Read the order document as a simple request
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/read",
    operation_id = "readOrder",
    tag = "orders",
    description = "The same read as `getOrder`, with the same authority and the same refusals. The token is in the body, which is JSON \
        with any `Content-Type`; with `text/plain`, a browser sends no preflight. With `first_page`, the document has the member \
        `first_page`: the page to paint until the widget runs. It is left out if it would be too large.",
    params(("id" = String, Path, description = "Identity of the order")),
    request_body(content((OrderRead = "text/plain"), (OrderRead = "application/json"))),
    responses(
        (status = 200, description = "The document", body = doorstep_contract::Order, headers(("ETag" = String, description = "The version"))),
        (status = 400, description = "`malformed-json`: the body is not JSON"),
        (status = 404, description = "`order-not-found`: no such order, or a token that does not open it or has ended"),
        (status = 413, description = "`too-large`: the body has more than 16 KiB"),
        (status = 422, description = "`invalid-body`: `errors` has the fields"),
    ),
)]
pub(crate) async fn read(State(app): State<App>, Path(id): Path<OrderId>, request: Request) -> Result<Response, Problem> {
    let body = bytes(request.into_body(), LIMIT).await?;
    let OrderRead { token, first_page } = parse_strict(&body)?;
    first_page.as_ref().map_or(Ok(()), FirstPageRequest::check)?;
    let opened = app.service.open(&id, &token, Scope::Read).await?;
    let tag = etag::document_etag(&opened);
    let document = opened.document.json;
    let document = match first_page {
        // Drawing takes milliseconds of computing time, which would hold up other requests of this thread.
        Some(wanted) => {
            let now = app.service.now();
            let rendered = tokio::task::spawn_blocking(move || with_first_page(document, &wanted, now));
            rendered.await.map_err(|_| Problem::Service(doorstep_service::Error::NotReady))?
        }
        None => document,
    };
    Ok(([tag], json(document)).into_response())
}

/// Returns the document with the first page as its last member. If there is no first page for the document, returns the document
/// unchanged.
fn with_first_page(document: String, wanted: &FirstPageRequest, now: DateTime<Utc>) -> String {
    let FirstPageRequest { api, language, heading_level, sections } = wanted;
    let presented = Presented { api, language, heading_level: *heading_level, sections };
    match (first_page(&document, &presented, now), document.strip_suffix('}')) {
        (Some(page), Some(start)) => [start, ",\"first_page\":", &page, "}"].concat(),
        _ => document,
    }
}
