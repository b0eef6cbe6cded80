//! Responses to commands: an order, a case, a token, or the result of an operation.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use doorstep_service::{Answer, CaseDocument, Document};

use super::etag;
use super::response::json;
use crate::app::App;
use crate::problem::Problem;

/// Answer to the revocation of an order's links.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct Revoked {
    /// Epoch of the links that are minted from now on.
    pub(crate) epoch: u32,
}

/// Returns the response to any command.
pub(crate) fn respond(app: &App, answer: Answer) -> Result<Response, Problem> {
    match answer {
        Answer::Created(document) => {
            let location = format!("{}/v1/orders/{}", app.config.api_base, document.id);
            let location = HeaderValue::from_str(&location).map_err(Problem::internal)?;
            Ok((StatusCode::CREATED, [(header::LOCATION, location)], order(document)).into_response())
        }
        Answer::Resent { .. } => Ok((StatusCode::ACCEPTED, json(serde_json::to_string(&answer)?)).into_response()),
        Answer::Revoked { epoch, .. } => Ok(json(serde_json::to_string(&Revoked { epoch })?).into_response()),
        Answer::Order(document) => Ok(order(document).into_response()),
        Answer::Opened(_) | Answer::Case(_) => respond_with_case(answer),
        Answer::Token { order_id, scopes, expires_at, epoch } => {
            let minted = app.service.minted_again(&order_id, &scopes, expires_at, epoch)?;
            Ok(json(serde_json::to_string(&minted)?).into_response())
        }
    }
}

/// Returns the response with an order document.
pub(super) fn order(document: Document) -> impl IntoResponse {
    ([etag::etag(document.version)], json(document.json))
}

/// Returns the response to a command whose answer is a case. Any other answer is an internal error.
pub(crate) fn respond_with_case(answer: Answer) -> Result<Response, Problem> {
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
