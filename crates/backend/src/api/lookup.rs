//! `POST /v1/lookup`: a guest opens an order with its number and one more detail. The look-up is charged to the rate limits
//! before any comparison. Only a look-up that finds no order stays charged.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use doorstep_contract::{LookupAnswer, LookupRequest};

use super::request::{Visitor, bytes, expect_json, parse_strict};
use super::response::json;
use crate::app::App;
use crate::limits::network::Network;
use crate::problem::Problem;
use doorstep_domain::order::lookup::lookup_key;
use doorstep_service::Error;
use doorstep_service::proof_of;

const LIMIT: usize = 4 * 1_024;

/// Get a token with an order number and its e-mail address or postcode
#[utoipa::path(
    post,
    path = "/v1/lookup",
    operation_id = "lookUpOrder",
    tag = "orders",
    request_body = LookupRequest,
    responses(
        (status = 200, description = "A token for the order", body = LookupAnswer),
        (status = 400, description = "`malformed-json`"),
        (status = 404, description = "`lookup-failed`: the same for every wrong number and every wrong detail"),
        (status = 413, description = "`too-large`"),
        (status = 415, description = "`unsupported-media-type`"),
        (status = 422, description = "`invalid-body`, with the fields"),
        (status = 429, description = "`too-many-requests`, with Retry-After"),
    ),
)]
pub(crate) async fn look_up(State(app): State<App>, Visitor(visitor): Visitor, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    expect_json(&parts.headers)?;
    let request: LookupRequest = parse_strict(&bytes(body, LIMIT).await?)?;
    Ok(json(serde_json::to_string(&find(&app, visitor, &request).await?)?).into_response())
}

/// Looks an order up and returns a token for it. The look-up is charged to the limits of the visitor's network.
pub(crate) async fn find(app: &App, visitor: Network, request: &LookupRequest) -> Result<LookupAnswer, Problem> {
    let proof = proof_of(request)?;
    let attempt = app.lookup_limits.attempt(&lookup_key(&request.number), visitor, proof).map_err(|wait| {
        count("limited");
        Problem::Service(Error::TooManyRequests(wait))
    })?;
    let answer = app.service.lookup(request).await;
    match &answer {
        Err(Error::LookupFailed) => count("failed"),
        Ok(_) => {
            count("found");
            attempt.give_back();
        }
        // The look-up failed for another reason than a wrong number or detail, so its charge is given back.
        Err(_) => attempt.give_back(),
    }
    Ok(answer?)
}

fn count(outcome: &'static str) {
    metrics::counter!("doorstep_lookups_total", "outcome" => outcome).increment(1);
}
