//! CORS: only configured origins may call the API from a browser, and without credentials. Answers preflight requests.

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::app::App;

const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Returns the CORS layer of the API, which allows the configured origins.
pub(crate) fn layer(app: &App) -> CorsLayer {
    let origins = app.origins.clone();
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| origins.allow(origin)))
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            header::IF_MATCH,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER, header::DATE, header::LOCATION, header::CONTENT_DISPOSITION])
        .max_age(PREFLIGHT_MAX_AGE)
}

/// Returns the CORS layer of the files that any page may embed. They hold nothing personal and take no credentials.
pub(crate) fn any_origin() -> CorsLayer {
    CorsLayer::new().allow_origin(tower_http::cors::Any).allow_methods([Method::GET, Method::HEAD]).max_age(PREFLIGHT_MAX_AGE)
}
