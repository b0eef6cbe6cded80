//! `POST /v1/webhooks/{provider}`: what tracking providers deliver. The signature is checked over the body as it came.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};

use super::json;
use super::request::{Path, bytes};
use crate::app::App;
use crate::problem::Problem;
use crate::providers::{Refusal, Secrets, receive as read};
use crate::service::Tally;

const LIMIT: usize = 1_024 * 1_024;

/// Tracking events from a provider
#[utoipa::path(
    post,
    path = "/v1/webhooks/{provider}",
    operation_id = "receiveWebhook",
    tag = "webhooks",
    params(("provider" = String, Path, description = "The provider, such as `easypost`")),
    request_body(content = serde_json::Value, description = "As the provider documents it"),
    responses(
        (status = 200, description = "Stored, known already, or about a number that no order has", body = Tally),
        (status = 400, description = "`unreadable-delivery`"),
        (status = 401, description = "`bad-signature`"),
        (status = 404, description = "`unknown-provider`"),
        (status = 413, description = "`too-large`"),
    ),
)]
pub(crate) async fn receive(State(app): State<App>, Path(provider): Path<String>, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let body = bytes(body, LIMIT).await?;
    let secrets = Secrets { easypost: app.config.easypost_secret.clone() };
    let deliveries = match read(&provider, &parts.headers, &body, &secrets) {
        Ok(deliveries) => deliveries,
        Err(refusal) => {
            match &refusal {
                Refusal::BadSignature => count(&provider, "bad_signature", 1),
                Refusal::Unreadable(_) => count(&provider, "unreadable", 1),
                // A made-up name must not become a label.
                Refusal::UnknownProvider => count("unknown", "unknown_provider", 1),
            }
            return Err(refusal.into());
        }
    };
    let tally = app.service.deliveries(deliveries).await?;
    for (outcome, times) in [("changed", tally.changed), ("unchanged", tally.unchanged), ("unknown_number", tally.unknown)] {
        count(&provider, outcome, times);
    }
    Ok(json(serde_json::to_string(&tally)?).into_response())
}

fn count(provider: &str, outcome: &'static str, times: u32) {
    metrics::counter!("doorstep_webhook_deliveries_total", "provider" => provider.to_owned(), "outcome" => outcome)
        .increment(times.into());
}
