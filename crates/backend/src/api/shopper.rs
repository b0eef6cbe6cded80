//! Who asks for something: a shopper whose token allows it, with a body of JSON and a key by which the request is known.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::etag;
use super::request::{bearer, write};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use crate::service::{Answer, CaseDocument, Once};
use crate::token::Scope;

const LIMIT: usize = 64 * 1_024;

/// A write of a shopper: authorised, whole, and known by its key.
pub(crate) struct Shopper {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) once: Once,
    /// A fingerprint of the token.
    pub(crate) by: String,
}

impl Shopper {
    /// Reads a write on the order of this identity.
    pub(crate) async fn read(app: &App, order_id: &str, request: Request) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let token = bearer(&parts.headers).unwrap_or_default();
        may_act(app, order_id, token).await?;
        let (body, once) = write(&parts, body, LIMIT).await?;
        let by = Sha256::digest(token).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // A header has no control characters, so no key of another order, or of the admin API, is the same.
        let once = Once { key: format!("{order_id}\u{1f}{}", once.key), ..once };
        Ok(Self { once, headers: parts.headers, body, by })
    }
}

/// Refuses everybody but the shopper: what only the shopper may see or do needs a token that may act.
pub(crate) async fn may_act(app: &App, order_id: &str, token: &str) -> Result<(), Problem> {
    match app.service.open(order_id, token, Scope::Act).await {
        Ok(_) => Ok(()),
        Err(Problem::OrderNotFound) => {
            // Whoever may read learns that this is about the right to act; everybody else learns nothing.
            app.service.open(order_id, token, Scope::Read).await?;
            Err(Problem::ActNotAllowed)
        }
        Err(other) => Err(other),
    }
}

/// A case as the answer to a write.
pub(crate) fn respond(answer: Answer) -> Result<Response, Problem> {
    let (status, case) = match answer {
        Answer::Opened(case) => (StatusCode::CREATED, case),
        Answer::Case(case) => (StatusCode::OK, case),
        Answer::Created(_) | Answer::Order(_) | Answer::Resent { .. } | Answer::Revoked { .. } | Answer::Token { .. } => {
            return Err(Problem::Internal("the answer is no case".to_owned()));
        }
    };
    let CaseDocument { version, json: text, .. } = case;
    Ok((status, [etag::etag(version)], json(text)).into_response())
}
