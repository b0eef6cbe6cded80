//! Authorization of shoppers and reading of their writes: a token that allows the action, a JSON body and an idempotency key.

use axum::extract::Request;
use axum::http::HeaderMap;
use doorstep_contract::OrderId;
use sha2::{Digest as _, Sha256};

use super::request::{bearer, read_write_request};
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Error;
use doorstep_service::IdempotencyKey;
use doorstep_service::token::Scope;

const LIMIT: usize = 64 * 1_024;

/// One authorised write of a shopper, with its complete body and its idempotency key.
pub(crate) struct Shopper {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) idempotency: IdempotencyKey,
    /// Fingerprint of the token.
    pub(crate) by: String,
}

impl Shopper {
    /// Reads a write on this order; refuses a token that may not act on it.
    pub(crate) async fn read(app: &App, order_id: &OrderId, request: Request) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let token = bearer(&parts.headers).unwrap_or_default();
        may_act(app, order_id, token).await?;
        let (body, idempotency) = read_write_request(&parts, body, LIMIT).await?;
        let by = Sha256::digest(token).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // A header value has no control characters, so the key cannot equal a key of another order or of the admin API.
        let idempotency = IdempotencyKey { key: format!("{order_id}\u{1f}{}", idempotency.key), ..idempotency };
        Ok(Self { idempotency, headers: parts.headers, body, by })
    }
}

/// Refuses a token that may not act on the order. Only the shopper has a token that may.
pub(crate) async fn may_act(app: &App, order_id: &OrderId, token: &str) -> Result<(), Problem> {
    match app.service.check_access(order_id, token, Scope::Act).await {
        Ok(()) => Ok(()),
        Err(Error::OrderNotFound) => {
            // The holder of a read token gets the answer that the right to act is missing. Any other caller gets the answer for
            // an unknown order.
            app.service.check_access(order_id, token, Scope::Read).await?;
            Err(Problem::ActNotAllowed)
        }
        Err(other) => Err(other.into()),
    }
}
