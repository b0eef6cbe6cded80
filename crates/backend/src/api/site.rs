//! Static files beside the API, for the demo and small shops: pages under a strict content security policy, and `embed/` for
//! pages of any origin. Also the fallback that answers unknown paths.

use std::path::Path;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::cors;
use super::routes::no_such_route;
use crate::app::App;
use crate::problem::Problem;

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
);
const CACHE_ONE_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const CACHE_FIVE_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Returns the routes of the files in this directory. If `directory` is None, every path is unknown. `demo` is true if builds may
/// replace the files while they are served.
pub(crate) fn routes(directory: Option<&Path>, demo: bool) -> Router<App> {
    let Some(directory) = directory else {
        return Router::new().fallback(no_such_route);
    };
    let files = ServeDir::new(directory).precompressed_br().precompressed_gzip();
    let (embedded, pages) = (files.clone(), files);
    let headers = if demo { demo_embed_headers } else { embed_headers };
    let embed = get(move |request| serve(embedded.clone(), request, headers));
    Router::new()
        .route("/embed/{*file}", embed)
        .route_layer(cors::any_origin())
        .fallback(move |_: State<App>, request| serve(pages.clone(), request, page_headers))
}

async fn serve(files: ServeDir, request: Request, headers: fn(&str, &mut HeaderMap)) -> Result<Response, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::NoSuchRoute);
    }
    let path = request.uri().path().to_owned();
    let Ok(response) = files.oneshot(request).await;
    if response.status().is_client_error() {
        return Err(Problem::NoSuchRoute);
    }
    if response.status().is_server_error() {
        return Err(Problem::internal("site: a file cannot be read"));
    }
    let mut response = response.into_response();
    headers(&path, response.headers_mut());
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

fn embed_headers(path: &str, headers: &mut HeaderMap) {
    let release = path.trim_start_matches("/embed/").split_once('/').map_or("", |(release, _)| release);
    // Files in a directory that is named after a full version never change. Files in any other directory, such as `v1`, do.
    let is_immutable = release.contains('.');
    headers.insert(header::CACHE_CONTROL, if is_immutable { CACHE_ONE_YEAR } else { CACHE_FIVE_MINUTES });
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}

/// Sets the headers of the demo, so that a loader that a build has just replaced is not taken from a cache.
fn demo_embed_headers(path: &str, headers: &mut HeaderMap) {
    embed_headers(path, headers);
    if headers.get(header::CACHE_CONTROL) == Some(&CACHE_FIVE_MINUTES) {
        headers.insert(header::CACHE_CONTROL, REVALIDATE);
    }
}

fn page_headers(_: &str, headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}
