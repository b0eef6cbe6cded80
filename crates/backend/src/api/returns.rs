//! Handlers of `/v1/orders/{id}/returns/…`: the quote of a return and its label. For the retailer: the decision about a return.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{Order, OrderId, Quote, QuoteRequest};

use super::admin_access::Admin;
use super::answer::respond;
use super::request::{Bearer, Path, bytes, expect_json, parse_strict};
use super::response::json;
use super::shopper::may_act;
use crate::app::App;
use crate::problem::Problem;
use doorstep_documents::label::Format;
use doorstep_domain::self_service::returns::ReturnUpdate;
use doorstep_service::{Command, ReturnRef};

const LIMIT: usize = 64 * 1_024;

/// Quote a return
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/returns/quote",
    operation_id = "quoteReturn",
    tag = "returns",
    params(("id" = String, Path, description = "Identity of the order")),
    request_body = QuoteRequest,
    responses(
        (status = 200, description = "The estimate; nothing is stored", body = Quote),
        (status = 400, description = "`malformed-json`"),
        (status = 403, description = "`act-not-allowed`: the token only reads, and the estimate tells what was paid"),
        (status = 404, description = "`order-not-found`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields, such as `/lines/0/quantity` `more-than-left`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn quote(
    State(app): State<App>,
    Path(id): Path<OrderId>,
    Bearer(token): Bearer,
    request: Request,
) -> Result<Response, Problem> {
    may_act(&app, &id, &token).await?;
    let (parts, body) = request.into_parts();
    expect_json(&parts.headers)?;
    let request: QuoteRequest = parse_strict(&bytes(body, LIMIT).await?)?;
    Ok(json(serde_json::to_string(&app.service.quote(&id, &request).await?)?).into_response())
}

/// Download the label of a return
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/returns/{rid}/label",
    operation_id = "getLabel",
    tag = "returns",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("rid" = String, Path, description = "Identity of the return"),
        ("Accept" = Option<String>, Header, description = "`application/pdf`, `image/svg+xml`, or `image/png` for the code alone; PDF if absent"),
    ),
    responses(
        (status = 200, description = "The label", content((String = "application/pdf"), (String = "image/svg+xml"), (String = "image/png"))),
        (status = 403, description = "`act-not-allowed`: the token only reads, and the label is the shopper's"),
        (status = 404, description = "`order-not-found`; `label-not-found`: no such return, no label of this type, or a label that cannot be used any more"),
        (status = 406, description = "`not-acceptable`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn label(
    State(app): State<App>,
    Path((id, return_id)): Path<(OrderId, String)>,
    Bearer(token): Bearer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    may_act(&app, &id, &token).await?;
    let format = accepted(&headers).ok_or(Problem::NotAcceptable)?;
    let label = app.service.label(&ReturnRef { order_id: id, return_id }, format).await?;
    let disposition = format!("attachment; filename=\"{}\"", label.name);
    let disposition = HeaderValue::from_str(&disposition).map_err(Problem::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::VARY, HeaderValue::from_static("accept")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
    ];
    Ok((headers, label.bytes).into_response())
}

/// Decide a return
#[utoipa::path(
    post,
    path = "/v1/admin/orders/{id}/returns/{rid}",
    operation_id = "updateReturn",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("rid" = String, Path, description = "Identity of the return"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body = ReturnUpdate,
    responses(
        (status = 200, description = "The order with the return", body = Order, headers(("ETag" = String))),
        (status = 400, description = "`idempotency-key-missing`, `malformed-json`"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`unknown-order`, `return-not-found`"),
        (status = 409, description = "`order-erased`, `idempotency-in-progress`"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields, such as `/step` `not-possible-from-here`; `idempotency-key-reused`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn update(
    State(app): State<App>,
    Path((order_id, return_id)): Path<(OrderId, String)>,
    admin: Admin,
) -> Result<Response, Problem> {
    let update: ReturnUpdate = parse_strict(&admin.body)?;
    respond(
        &app,
        app.service.execute(admin.idempotency, Command::UpdateReturn { of: ReturnRef { order_id, return_id }, update }).await?,
    )
}

/// Returns the label format that `Accept` prefers. If it prefers several equally, returns the first of them in `Format::ALL`.
/// Without the header, returns PDF. If no format is acceptable, returns None.
fn accepted(headers: &HeaderMap) -> Option<Format> {
    let Some(accept) = headers.get(header::ACCEPT) else {
        return Some(Format::Pdf);
    };
    let accept = accept.to_str().ok()?.to_ascii_lowercase();
    let mut best: Option<(Format, u16)> = None;
    for format in Format::ALL {
        let weight = weight(&accept, format.media_type());
        if weight > 0 && best.is_none_or(|(_, known)| weight > known) {
            best = Some((format, weight));
        }
    }
    best.map(|(format, _)| format)
}

/// Returns the preference for a media type in thousandths; 0 means not acceptable. The most specific entry of `Accept` decides.
fn weight(accept: &str, media_type: &str) -> u16 {
    let (kind, _) = media_type.split_once('/').unwrap_or_default();
    let mut found = (0, 0);
    for entry in accept.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let exactness = match range {
            "*/*" => 1,
            range if range.strip_suffix("/*") == Some(kind) => 2,
            range if range == media_type => 3,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |text| text.parse::<f32>().ok());
        if exactness > found.0 {
            found = (exactness, (quality.unwrap_or_default().clamp(0.0, 1.0) * 1_000.0) as u16);
        }
    }
    found.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_gets_what_it_likes_best() {
        for (accept, format) in [
            ("application/pdf", Some(Format::Pdf)),
            ("*/*", Some(Format::Pdf)),
            ("image/*", Some(Format::Svg)),
            ("image/png, application/pdf;q=0.5", Some(Format::Png)),
            ("image/svg+xml;q=0, */*", Some(Format::Pdf)),
            ("application/pdf;q=0, image/svg+xml;q=0, */*", Some(Format::Png)),
            ("text/html", None),
            ("", None),
            ("application/pdf;q=x", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(accepted(&headers), format, "{accept}");
        }
        assert_eq!(accepted(&HeaderMap::new()), Some(Format::Pdf));
    }
}
