//! `GET /v1/orders/{id}/html`: the order as HTML with a declarative shadow root, for pages that a shop's server renders.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use doorstep_contract::OrderId;
use doorstep_first_page::{Rendered, html};
use doorstep_service::token::Scope;

use super::request::{Bearer, Path};
use crate::app::App;
use crate::problem::Problem;
use crate::release_files::stylesheet;

/// Maximum length in characters of a language: the longest tag that BCP 47 requires to be stored.
pub(crate) const MAX_LANGUAGE: usize = 35;

/// Query parameters of the presentation.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameters {
    language: Option<String>,
    heading_level: Option<String>,
    theme: Option<String>,
    sections: Option<String>,
}

/// Maximum length in characters of a list of sections.
pub(crate) const MAX_SECTIONS: usize = 200;

/// Refuses a list of sections that is too long, with a problem that names the field. Unknown names are ignored, because a later
/// release of the widget may have other sections.
pub(crate) fn check_sections(field: &'static str, sections: &str) -> Result<(), Problem> {
    if sections.chars().count() > MAX_SECTIONS { Err(Problem::field(field, "too-long")) } else { Ok(()) }
}

impl Parameters {
    /// Returns the presentation. Refuses a parameter beyond its bounds, with a problem that names it.
    fn presentation(self) -> Result<Presentation, Problem> {
        let language = self.language.unwrap_or_default();
        if language.chars().count() > MAX_LANGUAGE {
            return Err(Problem::field("/language", "too-long"));
        }
        let heading_level = self.heading_level.map_or(Ok(2), |level| level.parse()).ok().filter(|level| (1..=6).contains(level));
        let heading_level = heading_level.ok_or_else(|| Problem::field("/heading_level", "out-of-range"))?;
        let theme = match self.theme.as_deref() {
            None => None,
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            Some(_) => return Err(Problem::field("/theme", "unknown-value")),
        };
        let sections = self.sections.unwrap_or_default();
        check_sections("/sections", &sections)?;
        Ok(Presentation { language, heading_level, sections, theme })
    }
}

/// Read the order as HTML
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/html",
    operation_id = "renderOrder",
    tag = "orders",
    description = "A `<template shadowrootmode=\"open\">` with the whole order, for a page that the retailer's server renders: it stands as the \
        first child of the element `doorstep-tracker`. It can be read without script, and the widget takes its nodes over. It has the \
        stylesheet of the widget if the backend serves the release (`--site`).",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("language" = Option<String>, Query, description = "BCP 47 tag of the language, such as `de-AT`; an unknown one gets English"),
        ("heading_level" = Option<u8>, Query, description = "Level of the headline, from 1 to 6; 2 if absent"),
        ("theme" = Option<String>, Query, description = "`light` or `dark`, as on the element"),
        ("sections" = Option<String>, Query, description = "Names of the sections in their order, separated by spaces, as on the element"),
    ),
    responses(
        (status = 200, description = "The order", body = String, content_type = "text/html"),
        (status = 404, description = "`order-not-found`: no such order, or a token that does not open it or has ended"),
        (status = 422, description = "`invalid-body`: `errors` has the parameters"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<OrderId>,
    Bearer(token): Bearer,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(parameters) = parameters.map_err(|_| Problem::field("", "unknown-parameter"))?;
    let presentation = parameters.presentation()?;
    let document = app.service.open(&id, &token, Scope::Read).await?.document.json;
    let html = render(&app, document, presentation).await?;
    Ok((html_headers(), html).into_response())
}

/// Presentation of an order that is rendered.
pub(crate) struct Presentation {
    /// BCP 47 tag of the language.
    pub(crate) language: String,
    /// Level of the headline, 1 to 6.
    pub(crate) heading_level: u8,
    /// Names of the sections in their order, separated by spaces.
    pub(crate) sections: String,
    /// Theme of the element; None for the theme of the shopper's system.
    pub(crate) theme: Option<&'static str>,
}

/// Renders an order document as HTML.
pub(crate) async fn render(app: &App, document: String, presentation: Presentation) -> Result<String, Problem> {
    let config = &app.config;
    let stylesheet = match &config.site {
        Some(site) => stylesheet(site, &config.embed_url).await,
        None => None,
    };
    let api = if config.public_url.is_empty() { format!("{}/", config.api_base) } else { config.public_url.clone() };
    let now = app.service.now();
    // Drawing takes milliseconds of computing time, which would hold up other requests of this thread.
    let drawn = tokio::task::spawn_blocking(move || {
        let rendered = Rendered {
            api: &api,
            language: &presentation.language,
            heading_level: presentation.heading_level,
            sections: &presentation.sections,
            stylesheet: stylesheet.as_ref().map(|sheet| (sheet.address.as_str(), sheet.integrity.as_str())),
            theme: presentation.theme,
        };
        html(&document, &rendered, now)
    });
    let drawn = drawn.await.map_err(|_| Problem::Service(doorstep_service::Error::NotReady))?;
    drawn.ok_or_else(|| Problem::internal("html: a stored document shows no order"))
}

/// Returns the headers of HTML that other pages include. The policy keeps a browser from running anything in it, should it be
/// opened as a page.
fn html_headers() -> [(HeaderName, HeaderValue); 2] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox")),
    ]
}
