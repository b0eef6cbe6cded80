//! `POST /v1/webhooks/{provider}`: receives tracking updates from providers. The signature is checked over the raw body.

use std::collections::BTreeSet;
use std::sync::Mutex;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use doorstep_providers::{self as providers, Delivery, Refusal};

use super::request::{Path, bytes};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::Tally;

const LIMIT: usize = 1_024 * 1_024;
/// Maximum number of unknown codes that are counted by name. Further ones are counted together.
const MAX_NAMED_CODES: usize = 500;

/// Receive tracking updates from a provider
#[utoipa::path(
    post,
    path = "/v1/webhooks/{provider}",
    operation_id = "receiveWebhook",
    tag = "webhooks",
    params(("provider" = String, Path, description = "The provider, such as `easypost`")),
    request_body(content = serde_json::Value, description = "A body as the provider documents it"),
    responses(
        (status = 200, description = "The updates are stored, were known already, or are about a number that no order has", body = Tally),
        (status = 400, description = "`unreadable-delivery`"),
        (status = 401, description = "`bad-signature`, `stale-delivery`"),
        (status = 404, description = "`unknown-provider`"),
        (status = 413, description = "`too-large`"),
    ),
)]
pub(crate) async fn receive(State(app): State<App>, Path(provider): Path<String>, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    if !providers::is_known(&provider) {
        // An unknown provider name must not become a metrics label, and the body need not be read.
        count("unknown", "unknown_provider", 1);
        return Err(Problem::UnknownProvider);
    }
    let body = bytes(body, LIMIT).await?;
    let delivered = providers::Request {
        headers: &parts.headers,
        path: parts.uri.path(),
        query: parts.uri.query(),
        body: &body,
        now: app.service.now(),
    };
    let deliveries = match app.provider_secrets.verify_and_parse(&provider, &delivered).await {
        Ok(deliveries) => deliveries,
        Err(refusal) => {
            match &refusal {
                Refusal::BadSignature | Refusal::UnknownKey => count(&provider, "bad_signature", 1),
                Refusal::Stale => count(&provider, "stale", 1),
                Refusal::Unreadable(_) => count(&provider, "unreadable", 1),
                // An unknown provider name must not become a metrics label.
                Refusal::UnknownProvider => count("unknown", "unknown_provider", 1),
            }
            return Err(problem(refusal));
        }
    };
    count_unknown(&provider, &deliveries);
    let tally = app.service.deliveries(deliveries).await?;
    for (outcome, times) in [("changed", tally.changed), ("unchanged", tally.unchanged), ("unknown_number", tally.unknown)] {
        count(&provider, outcome, times);
    }
    Ok(json(serde_json::to_string(&tally)?).into_response())
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::BadSignature | Refusal::UnknownKey => Problem::BadSignature,
        Refusal::Stale => Problem::StaleWebhook,
        Refusal::Unreadable(why) => Problem::UnreadableWebhook(why),
        Refusal::UnknownProvider => Problem::UnknownProvider,
    }
}

fn count(provider: &str, outcome: &'static str, times: u32) {
    metrics::counter!("doorstep_webhook_deliveries_total", "provider" => provider.to_owned(), "outcome" => outcome)
        .increment(times.into());
}

/// Counts each unknown code of the provider by its name. The number of names is limited, so that the metrics cannot fill the
/// memory.
fn count_unknown(provider: &str, deliveries: &[Delivery]) {
    static NAMED_CODES: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());
    for word in deliveries.iter().flat_map(|delivery| &delivery.unknown) {
        let code: String = word.chars().filter(|letter| !letter.is_control()).take(64).collect();
        let entry = (provider.to_owned(), code);
        let named = NAMED_CODES.lock().is_ok_and(|mut seen| {
            if seen.len() < MAX_NAMED_CODES {
                seen.insert(entry.clone());
            }
            seen.contains(&entry)
        });
        let (provider, code) = if named { entry } else { (entry.0, "others".to_owned()) };
        metrics::counter!("doorstep_unknown_words_total", "provider" => provider, "code" => code).increment(1);
    }
}
