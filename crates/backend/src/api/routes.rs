//! Routes of all resources, and the layers around them.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    admin, admin_cases, admin_orders, cases, cors, demo, evidence, helpdesk, lookup, messages, openapi, order, order_html,
    parcel_delivery, requests, returns, shop_orders, stream, unsubscribe, webhooks,
};
use crate::app::App;
use crate::problem::Problem;

/// Returns the routes of the contract below the base of the API, and their OpenAPI description.
pub(crate) fn routes(app: &App) -> (Router<App>, utoipa::openapi::OpenApi) {
    let contract = OpenApiRouter::with_openapi(openapi::base_document())
        .routes(routes!(order::show))
        .routes(routes!(order::read))
        .routes(routes!(order_html::show))
        .routes(routes!(parcel_delivery::show))
        .routes(routes!(stream::follow))
        .routes(routes!(lookup::look_up))
        .routes(routes!(returns::quote))
        .routes(routes!(returns::label))
        .routes(routes!(returns::update))
        .routes(routes!(evidence::send))
        .routes(routes!(evidence::show))
        .routes(routes!(evidence::admin_show))
        .routes(routes!(helpdesk::list))
        .routes(routes!(helpdesk::resend))
        .routes(routes!(messages::list))
        .routes(routes!(messages::resend))
        .routes(routes!(shop_orders::list))
        .routes(routes!(requests::submit))
        .routes(routes!(requests::slots))
        .routes(routes!(requests::pickup_points))
        .routes(routes!(cases::message))
        .routes(routes!(cases::feedback))
        .routes(routes!(cases::acknowledgement))
        .routes(routes!(webhooks::receive))
        .routes(routes!(admin::create, admin_orders::list))
        .routes(routes!(admin::replace, admin_orders::show, admin_orders::erase))
        .routes(routes!(admin_orders::export))
        .routes(routes!(admin_orders::revoke))
        .routes(routes!(admin::add_event))
        .routes(routes!(admin::mint))
        .routes(routes!(admin_cases::list))
        .routes(routes!(admin_cases::show, admin_cases::update))
        .routes(routes!(admin_cases::refund));
    let (router, description) = contract.split_for_parts();
    // The page that ends mails is for people and mail programs, and not part of the contract.
    let router = router.merge(unsubscribe::routes());
    // The list of the demo's orders is not part of the contract.
    let router = if app.config.demo { router.merge(demo::routes()) } else { router };
    (router, description)
}

/// Adds the layers of the API: problems, headers, compression and CORS.
pub(crate) fn with_layers(api: Router<App>, app: &App) -> Router<App> {
    let api = api.method_not_allowed_fallback(wrong_method);
    // If the API has a base path, it refuses unknown paths below it. Without one, an unknown path may be a page of the site.
    let api = if app.config.api_base.is_empty() { api } else { api.fallback(no_such_route) };
    api.layer(from_fn(private)).layer(cors::layer(app)).layer(compression())
}

/// Returns the layer that compresses responses, except streams, pictures and very small responses. A higher quality would take
/// longer and make an order document hardly smaller.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(5))
}

pub(crate) async fn no_such_route() -> Problem {
    Problem::NoSuchRoute
}

pub(crate) async fn wrong_method() -> Problem {
    Problem::MethodNotAllowed
}

/// Adds headers to every response: its type is not guessed, its address is not sent as a referrer, and it is not cached unless
/// its handler has set `Cache-Control`.
async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
