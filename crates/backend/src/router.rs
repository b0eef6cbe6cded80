//! The whole application as one router. The binary serves it, and tests call it with `oneshot`.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::api;
use crate::app::App;

/// Returns the router of all routes with all layers.
pub fn router(state: App) -> Router {
    crate::telemetry::metrics();
    let (api, openapi) = api::routes::routes(&state);
    let api = api.merge(api::openapi::serve(openapi, &state.config.api_base));
    let api = api::routes::with_layers(api, &state);
    let root = match state.config.api_base.as_str() {
        "" => api,
        base => Router::new().nest(base, api),
    };
    root.merge(api::operations::routes())
        .merge(api::order_page::routes(&state.config))
        .merge(api::site::routes(state.config.site.as_deref(), state.config.demo))
        .method_not_allowed_fallback(api::routes::wrong_method)
        .layer(from_fn_with_state(state.clone(), api::request::count_body))
        .layer(from_fn(crate::telemetry::observe))
        .with_state(state)
}
