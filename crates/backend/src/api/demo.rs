//! Pages of the demo: `GET /demo/orders` lists its orders with tokens that open them, and `GET /demo/mails` the mails that it would have
//! sent. `/demo/mails/` lists the mails as a page, and `/demo/mails/{id}` shows one as mail programs do.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use doorstep_first_page::{write_attribute, write_text};

use super::request::Path;
use super::response::json;
use crate::app::App;
use crate::problem::Problem;

/// Policy of the pages. A mail has inline styles and nothing that is loaded or run.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
     sandbox allow-popups allow-top-navigation-by-user-activation",
);

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/demo/orders", get(orders))
        .route("/demo/mails", get(mails))
        .route("/demo/mails/", get(list))
        .route("/demo/mails/{id}", get(show))
}

async fn orders(State(app): State<App>) -> Result<Response, Problem> {
    Ok(json(serde_json::to_string(&doorstep_demo::orders(&app.service).await?)?).into_response())
}

async fn mails(State(app): State<App>) -> Result<Response, Problem> {
    Ok(json(serde_json::json!({ "mails": app.caught_mails.mails() }).to_string()).into_response())
}

async fn list(State(app): State<App>) -> Response {
    let mut out = String::from("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mails of the demo</title><ul>");
    for mail in app.caught_mails.mails() {
        out.push_str("<li><a");
        write_attribute("href", &format!("./{}", mail.id), &mut out);
        out.push('>');
        write_text(&mail.subject, &mut out);
        out.push_str("</a> ");
        write_text(&mail.to, &mut out);
        out.push_str("</li>");
    }
    out.push_str("</ul></html>");
    page(out)
}

async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = app.caught_mails.mails().into_iter().find(|mail| mail.id == id);
    Ok(page(found.ok_or(Problem::NoSuchRoute)?.html))
}

fn page(html: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, html).into_response()
}
