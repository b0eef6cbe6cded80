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
    let mails = app.caught_mails.mails();
    let mut out = LIST_HEAD.to_owned();
    if mails.is_empty() {
        out.push_str("<p>No mail yet. The first ones come with the next scans.</p>");
    }
    out.push_str("<ul>");
    for mail in mails {
        out.push_str("<li><a");
        write_attribute("href", &format!("./{}", mail.id), &mut out);
        out.push('>');
        write_text(&mail.subject, &mut out);
        out.push_str("</a><span>");
        write_text(&mail.to, &mut out);
        out.push_str("</span></li>");
    }
    out.push_str("</ul></main></html>");
    page(out)
}

/// Beginning of the page that lists the mails.
const LIST_HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
    <title>Mails of the demo</title><style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0}\
    main{max-width:46rem;margin:auto;padding:1.5rem 1rem}ul{list-style:none;margin:0;padding:0}\
    li{display:grid;padding:.75rem 0;border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)}\
    a{color:inherit;font-weight:600;text-underline-offset:3px}span{opacity:.75;font-size:.875rem}</style>\
    <main><h1>Mails of the demo</h1><p>The demo sends no mail. It keeps those that it would have sent, the newest first.</p>";

async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = app.caught_mails.mails().into_iter().find(|mail| mail.id == id);
    Ok(page(found.ok_or(Problem::NoSuchRoute)?.html))
}

fn page(html: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, html).into_response()
}
