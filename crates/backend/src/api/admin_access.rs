//! Authorization of the retailer's systems and staff by the admin key, and reading of their writes.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use doorstep_service::IdempotencyKey;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::request::{bearer, bytes, fingerprint, idempotency_key, parse_strict, read_write_request};
use crate::app::App;
use crate::problem::Problem;

/// Maximum size in bytes of a body.
const LIMIT: usize = 1_024 * 1_024;
/// Maximum size in bytes of a body that carries no data.
const EMPTY_LIMIT: usize = 1_024;

/// One authorised write of the retailer's systems, with its complete body and its idempotency key.
pub(crate) struct Admin {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) idempotency: IdempotencyKey,
}

impl FromRequest<App> for Admin {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        authorize(&parts.headers, app.config.admin_key.as_deref())?;
        let (body, idempotency) = read_write_request(&parts, body, LIMIT).await?;
        Ok(Self { idempotency, headers: parts.headers, body })
    }
}

/// Proof that a request without a body and without an idempotency key carries the admin key.
pub(crate) struct Reader;

impl FromRequestParts<App> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        authorize(&parts.headers, app.config.admin_key.as_deref()).map(|()| Self)
    }
}

/// One authorised write of the retailer's systems that sends no data beside its path. Its body is empty or an empty JSON object.
pub(crate) struct WriteWithoutBody(pub(crate) IdempotencyKey);

impl FromRequest<App> for WriteWithoutBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        authorize(&parts.headers, app.config.admin_key.as_deref())?;
        let key = idempotency_key(&parts.headers)?.to_owned();
        let body = bytes(body, EMPTY_LIMIT).await?;
        if !body.is_empty() {
            parse_strict::<Nothing>(&body)?;
        }
        let fingerprint = fingerprint(&[parts.method.as_str().as_bytes(), parts.uri.path().as_bytes()], b"");
        Ok(Self(IdempotencyKey { key, fingerprint }))
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Refuses a request that does not carry the admin key. If no admin key is configured, refuses every request.
pub(crate) fn authorize(headers: &HeaderMap, admin_key: Option<&str>) -> Result<(), Problem> {
    // Hashes are compared instead of the keys, so that the comparison does not reveal the length of the key.
    let given = Sha256::digest(bearer(headers).unwrap_or_default());
    let expected = Sha256::digest(admin_key.unwrap_or_default());
    let right = admin_key.is_some_and(|key| !key.is_empty()) & bool::from(given.ct_eq(&expected));
    if right { Ok(()) } else { Err(Problem::Unauthorized) }
}
