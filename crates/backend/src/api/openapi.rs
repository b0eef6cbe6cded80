//! `GET /v1/openapi.json`: the OpenAPI document. It is built from the descriptions of the handlers and completed with the parts
//! that all operations share.

mod constraints;
mod examples;
mod links;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::routing::get;
use doorstep_contract::Problem;
use serde_json::Value;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder, Server};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::app::App;

const DESCRIPTION: &str = "Order tracking for shoppers. Every error is a problem (RFC 9457) with a stable `code`. Readers ignore fields that they \
    do not know and read words that they do not know as `unknown`. The backend reads request bodies strictly.";

/// Returns the document without operations.
pub(crate) fn base_document() -> OpenApi {
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    let mut components = Components::new();
    components.schemas.extend(schemas);
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    let bearer = |about: &str| {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some(about.to_owned());
        SecurityScheme::Http(scheme)
    };
    components.add_security_scheme("capability", bearer("A capability token, bound to one order; never in a query string"));
    components.add_security_scheme("admin", bearer("The admin key of the retailer's own systems"));
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("Doorstep").version("1").description(Some(DESCRIPTION)).build())
        .components(Some(components))
        .build()
}

/// Returns the document with the server address and the problem responses of every operation.
fn complete(mut openapi: OpenApi, api_base: &str) -> OpenApi {
    openapi.servers = Some(vec![Server::new(if api_base.is_empty() { "/" } else { api_base })]);
    openapi.paths.paths.values_mut().flat_map(operations).for_each(describe_problems);
    openapi
}

/// Returns the complete document as JSON: the descriptions of the handlers, the constraints and an example of each request body,
/// and the links between operations.
fn document(openapi: OpenApi, api_base: &str) -> Value {
    let mut document = serde_json::to_value(complete(openapi, api_base)).unwrap_or_default();
    constraints::add_constraints(&mut document);
    examples::add_examples(&mut document);
    links::add_links(&mut document);
    document
}

/// Returns the route of the document. The document is built once.
pub(crate) fn serve(openapi: OpenApi, api_base: &str) -> Router<App> {
    let document: Arc<str> = document(openapi, api_base).to_string().into();
    let handler = move || {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ];
        std::future::ready((headers, document.to_string()))
    };
    Router::new().route("/v1/openapi.json", get(handler))
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut path.get, &mut path.put, &mut path.post, &mut path.delete, &mut path.patch].into_iter().filter_map(Option::as_mut)
}

fn describe_problems(operation: &mut Operation) {
    let internal =
        ResponseBuilder::new().description("`internal`: an error of the backend; `request_id` finds it in the logs").build();
    operation.responses.responses.entry("500".to_owned()).or_insert(RefOr::T(internal));
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && (status.starts_with('4') || status.starts_with('5'))
        {
            let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            response.content.insert("application/problem+json".to_owned(), RefOr::T(problem));
        }
    }
}
