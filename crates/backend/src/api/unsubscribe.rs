//! `/v1/unsubscribe`: ends the mails about an order, and begins them again. The links in the mails lead here. Mail programs send the one
//! click of RFC 8058 here, so an address alone changes nothing, and a `POST` needs no confirmation.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use doorstep_contract::OrderId;
use doorstep_contract::bounds::IDENTITY;
use doorstep_mail::{UnsubscribePage, unsubscribe_page};
use doorstep_service::{Error, Subscription};

use super::request::bytes;
use crate::app::App;
use crate::problem::Problem;

/// Path of the page below the base of the API.
const PATH: &str = "/v1/unsubscribe";
/// Maximum size in bytes of the form.
const LIMIT: usize = 1_024;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(PATH, get(show).post(change))
}

/// Query parameters of the page.
#[derive(serde::Deserialize)]
struct Parameters {
    order: String,
    token: String,
}

/// Form of the page. A mail program sends `List-Unsubscribe=One-Click` in its place.
#[derive(Default, serde::Deserialize)]
struct Form {
    #[serde(default)]
    mails: String,
}

async fn show(State(app): State<App>, parameters: Result<Query<Parameters>, QueryRejection>) -> Result<Response, Problem> {
    let Some(parameters) = read(parameters) else { return unknown(&app) };
    let found = app.service.subscription(&OrderId::from(parameters.order.as_str()), &parameters.token).await;
    respond(&app, &parameters, found)
}

async fn change(
    State(app): State<App>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(parameters) = read(parameters) else { return unknown(&app) };
    let form: Form = serde_urlencoded::from_bytes(&bytes(request.into_body(), LIMIT).await?).unwrap_or_default();
    let is_subscribed = form.mails == "begin";
    let order_id = OrderId::from(parameters.order.as_str());
    let changed = app.service.subscribe(&order_id, &parameters.token, is_subscribed).await;
    respond(&app, &parameters, changed)
}

fn read(parameters: Result<Query<Parameters>, QueryRejection>) -> Option<Parameters> {
    let Query(parameters) = parameters.ok()?;
    (parameters.order.len() <= IDENTITY && parameters.token.len() <= IDENTITY).then_some(parameters)
}

fn respond(app: &App, parameters: &Parameters, found: Result<Subscription, Error>) -> Result<Response, Problem> {
    let Subscription { language, is_subscribed } = match found {
        Err(Error::OrderNotFound) => return unknown(app),
        found => found?,
    };
    // A token that was accepted has only letters of base64, and the id of an existing order those of an address.
    let action = format!("{}{PATH}?order={}&token={}", app.config.api_base, parameters.order, parameters.token);
    let page = match is_subscribed {
        true => UnsubscribePage::Subscribed { action: &action },
        false => UnsubscribePage::Ended { action: &action },
    };
    Ok(html(app, StatusCode::OK, unsubscribe_page(&language, &app.config.shop_name, page)))
}

fn unknown(app: &App) -> Result<Response, Problem> {
    Ok(html(app, StatusCode::NOT_FOUND, unsubscribe_page("", &app.config.shop_name, UnsubscribePage::Unknown)))
}

fn html(app: &App, status: StatusCode, page: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, app.form_page_policy.clone()),
    ];
    (status, headers, page).into_response()
}
