//! `GET /demo/orders`, only in the demo: lists its orders with tokens that open them.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::response::json;
use crate::app::App;
use crate::problem::Problem;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/demo/orders", get(orders))
}

async fn orders(State(app): State<App>) -> Result<Response, Problem> {
    Ok(json(serde_json::to_string(&doorstep_demo::orders(&app.service).await?)?).into_response())
}
