//! Authorization of shoppers and reading of their writes: a token that allows the action, a JSON body and an idempotency key.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::etag;
use super::request::{bearer, write};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Error;
use doorstep_service::token::Scope;
use doorstep_service::{Answer, CaseDocument, IdempotencyKey};

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
    pub(crate) async fn read(app: &App, order_id: &str, request: Request) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let token = bearer(&parts.headers).unwrap_or_default();
        may_act(app, order_id, token).await?;
        let (body, idempotency) = write(&parts, body, LIMIT).await?;
        let by = Sha256::digest(token).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // A header value has no control characters, so the key cannot equal a key of another order or of the admin API.
        let idempotency = IdempotencyKey { key: format!("{order_id}\u{1f}{}", idempotency.key), ..idempotency };
        Ok(Self { idempotency, headers: parts.headers, body, by })
    }
}

/// Refuses a token that may not act on the order. Only the shopper has such a token.
pub(crate) async fn may_act(app: &App, order_id: &str, token: &str) -> Result<(), Problem> {
    match app.service.open(order_id, token, Scope::Act).await {
        Ok(_) => Ok(()),
        Err(Error::OrderNotFound) => {
            // The holder of a read token learns that the right to act is missing. Anybody else gets the answer for an unknown
            // order.
            app.service.open(order_id, token, Scope::Read).await?;
            Err(Problem::ActNotAllowed)
        }
        Err(other) => Err(other.into()),
    }
}

/// Returns the response to a write that answers with a case.
pub(crate) fn respond(answer: Answer) -> Result<Response, Problem> {
    let (status, case) = match answer {
        Answer::Opened(case) => (StatusCode::CREATED, case),
        Answer::Case(case) => (StatusCode::OK, case),
        Answer::Created(_) | Answer::Order(_) | Answer::Resent { .. } | Answer::Revoked { .. } | Answer::Token { .. } => {
            return Err(Problem::internal("the answer is no case"));
        }
    };
    let CaseDocument { version, json: text, .. } = case;
    Ok((status, [etag::etag(version)], json(text)).into_response())
}
