//! Handlers of `/v1/orders/{id}/evidence`: upload and download of one photo. A photo is always re-encoded before it is stored, so
//! the original bytes are never served.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{Evidence, OrderId};

use super::admin_access::authorize;
use super::request::{Bearer, Path, Visitor, bytes_within, counted, fingerprint, idempotency_key};
use super::response::json;
use super::shopper::may_act;
use crate::app::App;
use crate::limits::bodies::Pace;
use crate::problem::Problem;
use doorstep_media::MEDIA_TYPE;
use doorstep_service::Error;
use doorstep_service::{IdempotencyKey, PhotoUpload};

/// Maximum duration of one upload, long enough for a phone on a slow connection. `Pace` also sets a minimum rate.
const TIME: Duration = Duration::from_secs(120);

/// Upload a photo
#[utoipa::path(
    post,
    path = "/v1/orders/{id}/evidence",
    operation_id = "sendEvidence",
    tag = "evidence",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("Idempotency-Key" = String, Header, description = "The same for every repetition of this request"),
    ),
    request_body(content((String = "image/jpeg"), (String = "image/png"), (String = "image/webp")), description = "The photo; the backend encodes it anew and drops its metadata"),
    responses(
        (status = 201, description = "Stored; the photo is deleted after a day unless a request names it", body = Evidence),
        (status = 400, description = "`idempotency-key-missing`, `body-incomplete`"),
        (status = 403, description = "`act-not-allowed`: the token only reads"),
        (status = 404, description = "`order-not-found`"),
        (status = 408, description = "`body-too-slow`"),
        (status = 409, description = "`evidence-quota`, `idempotency-in-progress`"),
        (status = 413, description = "`evidence-too-large`"),
        (status = 415, description = "`evidence-type`: no JPEG, PNG or WebP, whatever the header says"),
        (status = 422, description = "`evidence-unreadable`, `evidence-too-many-pixels`, `idempotency-key-reused`"),
        (status = 429, description = "`too-many-uploads`, with Retry-After: too many photos of one order or from one address at a time"),
        (status = 503, description = "`not-ready`: too many photos at a time"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<OrderId>,
    Bearer(token): Bearer,
    Visitor(visitor): Visitor,
    request: Request,
) -> Result<Response, Problem> {
    may_act(&app, &id, &token).await?;
    let (parts, body) = request.into_parts();
    let key = idempotency_key(&parts.headers)?;
    expect_photo(&parts.headers)?;
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // The idempotency keys of a shopper are scoped to the order, as for every other request of a shopper.
    let key = format!("{id}\u{1f}{key}");
    let quota = app.service.photo_quota(&id, &key).await?;
    let limit = quota.max_upload_bytes;
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::EvidenceTooLarge(limit));
    }
    let upload = app.uploads.begin(&id, visitor).ok_or(Problem::TooManyUploads)?;
    let counted = counted(&parts);
    let bytes = bytes_within(body, limit, Pace::within(TIME))
        .await
        .map_err(|problem| if let Problem::TooLarge(limit) = problem { Problem::EvidenceTooLarge(limit) } else { problem })?;
    let fingerprint = fingerprint(&[b"evidence", id.as_bytes()], &bytes);
    // `store_photo` keeps the upload slot and the byte count until it ends, because it continues after the client disconnects.
    let photo = PhotoUpload { idempotency: IdempotencyKey { key, fingerprint }, order_id: id, bytes, quota };
    let evidence = app.service.store_photo(photo, (upload, counted)).await?;
    Ok((StatusCode::CREATED, json(serde_json::to_string(&evidence)?)).into_response())
}

/// Download a photo of the order
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/evidence/{evidence_id}",
    operation_id = "getEvidence",
    tag = "evidence",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("evidence_id" = String, Path, description = "Identity of the photo"),
    ),
    responses(
        (status = 200, description = "The stored photo", body = String, content_type = "image/jpeg"),
        (status = 403, description = "`act-not-allowed`: the token only reads, and the photo is the shopper's"),
        (status = 404, description = "`order-not-found`, `evidence-not-found`"),
    ),
    security(("capability" = [])),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path((id, evidence_id)): Path<(OrderId, String)>,
    Bearer(token): Bearer,
) -> Result<Response, Problem> {
    may_act(&app, &id, &token).await?;
    Ok(photo(app.service.photo(&id, &evidence_id).await?))
}

/// Download a photo of an order with the admin key
#[utoipa::path(
    get,
    path = "/v1/admin/orders/{id}/evidence/{evidence_id}",
    operation_id = "adminGetEvidence",
    tag = "admin",
    params(
        ("id" = String, Path, description = "Identity of the order"),
        ("evidence_id" = String, Path, description = "Identity of the photo"),
    ),
    responses(
        (status = 200, description = "The stored photo", body = String, content_type = "image/jpeg"),
        (status = 401, description = "`unauthorized`"),
        (status = 404, description = "`evidence-not-found`"),
    ),
    security(("admin" = [])),
)]
pub(crate) async fn admin_show(
    State(app): State<App>,
    Path((id, evidence_id)): Path<(OrderId, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    authorize(&headers, app.config.admin_key.as_deref())?;
    Ok(photo(app.service.photo(&id, &evidence_id).await?))
}

/// Refuses a `Content-Type` other than the accepted photo types. The type of the photo itself is determined from its content.
fn expect_photo(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    let taken = ["image/jpeg", "image/png", "image/webp"].iter().any(|taken| essence.eq_ignore_ascii_case(taken));
    if taken { Ok(()) } else { Err(Problem::Service(Error::EvidenceType)) }
}

/// Returns the photo as a download, with headers that keep the browser from rendering it as a page.
fn photo(picture: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"photo.jpg\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, picture).into_response()
}
