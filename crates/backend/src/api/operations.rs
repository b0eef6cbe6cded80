//! Handlers of `/healthz`, `/readyz` and `/metrics`, for operators. The base path of the API does not apply to them. They must
//! not be exposed to the internet.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Error;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).route("/metrics", get(metrics))
}

/// Answers `ok` while the process runs.
async fn healthz() -> Response {
    plain("ok\n".to_owned())
}

/// Answers `ready` if the store answers and the process is not shutting down.
async fn readyz(State(app): State<App>) -> Result<Response, Problem> {
    if app.shutdown.is_cancelled() {
        return Err(Problem::Service(Error::NotReady));
    }
    app.service.ready().await?;
    Ok(plain("ready\n".to_owned()))
}

async fn metrics() -> Result<Response, Problem> {
    let metrics = crate::telemetry::metrics().ok_or(Problem::Service(Error::NotReady))?;
    metrics.run_upkeep();
    Ok(plain(metrics.render()))
}

fn plain(text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, text).into_response()
}
