//! `/order`: the order page of shops that have none of their own. It has the widget, which opens the order that the link names
//! (`/order#doorstep=…`). For browsers without script it has the guest look-up as a form, whose answer is the order as HTML.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use doorstep_contract::LookupRequest;
use doorstep_first_page::{LookupFailure, OrderPage, OrderPageContent as Content, order_page};
use doorstep_service::Error;
use doorstep_service::token::Scope;

use super::lookup;
use super::order_html::{MAX_LANGUAGE, Presentation, render};
use super::request::{Visitor, bytes};
use crate::app::App;
use crate::config::Config;
use crate::problem::Problem;

/// Path of the page.
const PATH: &str = "/order";
/// Maximum size in bytes of the form.
const LIMIT: usize = 4 * 1_024;

/// Returns the routes of the page. Without a site there is no widget, and no page.
pub(crate) fn routes(config: &Config) -> Router<App> {
    match config.site {
        Some(_) => Router::new().route(PATH, get(show).post(look_up)),
        None => Router::new(),
    }
}

/// Query parameters of the page.
#[derive(serde::Deserialize)]
struct Parameters {
    lang: Option<String>,
}

/// Fields of the form.
#[derive(Default, serde::Deserialize)]
struct Form {
    #[serde(default)]
    number: String,
    #[serde(default)]
    proof: String,
}

/// Shows the page with the widget.
async fn show(State(app): State<App>, parameters: Result<Query<Parameters>, QueryRejection>, headers: HeaderMap) -> Response {
    let language = language(parameters, &headers);
    respond(&app, StatusCode::OK, "no-cache", order_page(&page(&app.config, &language), &Content::Widget))
}

/// Looks an order up with the fields of the form, and shows the order or the form with an error.
///
/// A form of another site is refused, because it would use up the look-ups of its visitors.
async fn look_up(
    State(app): State<App>,
    Visitor(visitor): Visitor,
    parameters: Result<Query<Parameters>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let language = language(parameters, &parts.headers);
    if is_from_another_site(&parts.headers) {
        let page = order_page(&page(&app.config, &language), &Content::Widget);
        return Ok(respond(&app, StatusCode::FORBIDDEN, "no-store", page));
    }
    let form: Form = serde_urlencoded::from_bytes(&bytes(body, LIMIT).await?).unwrap_or_default();
    let found = match wanted(&form) {
        Ok(wanted) => match lookup::find(&app, visitor, &wanted).await {
            Ok(answer) => open(&app, answer, language.clone()).await,
            Err(problem) => Err(failure(&problem)),
        },
        Err(failure) => Err(failure),
    };
    let page = page(&app.config, &language);
    Ok(match found {
        Ok(html) => {
            let content = Content::Order { number: &form.number, html: &html };
            respond(&app, StatusCode::OK, "no-store", order_page(&page, &content))
        }
        Err(failure) => {
            let content = Content::Form { number: &form.number, proof: &form.proof, failure };
            let mut response = respond(&app, status(failure), "no-store", order_page(&page, &content));
            if let LookupFailure::TooMany(seconds) = failure {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    })
}

/// Returns the look-up of the form's fields. As in the widget, a proof with `@` is an e-mail address, and another one a postcode.
fn wanted(form: &Form) -> Result<LookupRequest, LookupFailure> {
    let (number, proof) = (form.number.trim().trim_start_matches('#'), form.proof.trim().to_owned());
    if number.is_empty() {
        return Err(LookupFailure::NumberMissing);
    }
    if proof.is_empty() {
        return Err(LookupFailure::ProofMissing);
    }
    let (email, postcode) = if proof.contains('@') { (Some(proof), None) } else { (None, Some(proof)) };
    Ok(LookupRequest { number: number.to_owned(), email, postcode })
}

/// Returns the order that a look-up has found, as HTML.
async fn open(app: &App, found: doorstep_contract::LookupAnswer, language: String) -> Result<String, LookupFailure> {
    let opened = app.service.open(&found.order_id, &found.token, Scope::Read).await;
    let document = opened.map_err(|_| LookupFailure::Unavailable)?.document.json;
    let presentation = Presentation { language, heading_level: 1, sections: String::new(), theme: None };
    render(app, document, presentation).await.map_err(|_| LookupFailure::Unavailable)
}

/// Returns the failure that the form shows for a problem.
fn failure(problem: &Problem) -> LookupFailure {
    if let Problem::Service(Error::TooManyRequests(seconds)) = problem {
        return LookupFailure::TooMany(*seconds);
    }
    let is_wrong = matches!(problem, Problem::Service(Error::LookupFailed | Error::Invalid(_)));
    if is_wrong { LookupFailure::NoMatch } else { LookupFailure::Unavailable }
}

fn status(failure: LookupFailure) -> StatusCode {
    match failure {
        LookupFailure::NumberMissing | LookupFailure::ProofMissing => StatusCode::UNPROCESSABLE_ENTITY,
        LookupFailure::NoMatch => StatusCode::NOT_FOUND,
        LookupFailure::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        LookupFailure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn page<'a>(config: &'a Config, language: &'a str) -> OrderPage<'a> {
    OrderPage {
        path: PATH,
        api: if config.api_base.is_empty() { "/" } else { &config.api_base },
        embed: &config.embed_url,
        language,
        shop: &config.shop_name,
        home: config.shop_url.as_deref(),
    }
}

/// Returns true if the browser says that a page of another origin has sent the form. `Origin` cannot serve: it is `null` for a page
/// that sends no referrer, as this one.
fn is_from_another_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

/// Returns the language that the address of the page names, or else the first one that the browser accepts. Returns an empty text
/// if there is none.
fn language(parameters: Result<Query<Parameters>, QueryRejection>, headers: &HeaderMap) -> String {
    let asked = parameters.ok().and_then(|Query(parameters)| parameters.lang);
    if let Some(tag) = asked.filter(|tag| tag.chars().count() <= MAX_LANGUAGE) {
        return tag;
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = accepted.split([',', ';']).next().unwrap_or_default().trim();
    first.chars().take(MAX_LANGUAGE).collect()
}

fn respond(app: &App, status: StatusCode, caching: &'static str, page: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
        (header::CONTENT_SECURITY_POLICY, app.order_page_policy.clone()),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::VARY, HeaderValue::from_static("accept-language")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ];
    (status, headers, page).into_response()
}
