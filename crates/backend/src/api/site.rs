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
const A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");
const ASK_ALWAYS: HeaderValue = HeaderValue::from_static("no-cache");

/// Returns the routes of the files in this directory. `demo` is whether builds replace them while they are served.
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
        .route_layer(cors::anybody())
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
    // A directory named after a full version never changes. `v1` and all others do.
    let stays = release.contains('.');
    headers.insert(header::CACHE_CONTROL, if stays { A_YEAR } else { MINUTES });
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}

/// Headers of the demo: a loader that a build has just replaced is not taken from a cache.
fn demo_embed_headers(path: &str, headers: &mut HeaderMap) {
    embed_headers(path, headers);
    if headers.get(header::CACHE_CONTROL) == Some(&MINUTES) {
        headers.insert(header::CACHE_CONTROL, ASK_ALWAYS);
    }
}

fn page_headers(_: &str, headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, ASK_ALWAYS);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}
