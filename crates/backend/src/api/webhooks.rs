//! `POST /v1/webhooks/{provider}`: receives tracking updates from providers and orders from shop platforms. The signature is checked
//! over the raw body.

use std::collections::BTreeSet;
use std::sync::Mutex;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use doorstep_providers::{self as providers, Delivery, Refusal};
use doorstep_shops::{self as shops, Notice};

use super::request::{Path, bytes};
use super::response::json;
use crate::app::App;
use crate::problem::Problem;
use doorstep_service::{RecordTally, Tally};

const LIMIT: usize = 1_024 * 1_024;
/// Maximum size of a shop platform's body. An order with hundreds of lines repeats them in its fulfilments and refunds.
const SHOP_LIMIT: usize = 5 * 1_024 * 1_024;
/// Maximum number of unknown codes that are counted by name. Further ones are counted together.
const MAX_NAMED_CODES: usize = 500;

/// Response to a webhook request.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(crate) struct Received {
    /// Tracking updates.
    #[serde(flatten)]
    tracking: Tally,
    /// Records of a shop platform's orders, if the request has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<RecordTally>,
}

/// Receive tracking updates from a provider, or orders from a shop platform
///
/// A shop platform's orders are stored at once and composed shortly afterwards.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{provider}",
    operation_id = "receiveWebhook",
    tag = "webhooks",
    params(("provider" = String, Path, description = "The provider or the shop platform, such as `easypost` or `shopify`")),
    request_body(content = serde_json::Value, description = "A body as the provider or the platform documents it"),
    responses(
        (status = 200, description = "The updates and records are stored, were known already, or are about a number that no order has", body = Received),
        (status = 400, description = "`unreadable-delivery`"),
        (status = 401, description = "`bad-signature`, `stale-delivery`"),
        (status = 404, description = "`unknown-provider`"),
        (status = 413, description = "`too-large`"),
    ),
)]
pub(crate) async fn receive(State(app): State<App>, Path(provider): Path<String>, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let shop = shops::NAMES.into_iter().find(|name| *name == provider);
    let reports_tracking = providers::is_known(&provider);
    if !reports_tracking && shop.is_none() {
        // An unknown provider name must not become a metrics label, and the body need not be read.
        count("unknown", "unknown_provider", 1);
        return Err(Problem::UnknownProvider);
    }
    let body = bytes(body, if shop.is_some() { SHOP_LIMIT } else { LIMIT }).await?;
    let delivered = providers::Request {
        headers: &parts.headers,
        path: parts.uri.path(),
        query: parts.uri.query(),
        body: &body,
        now: app.service.now(),
    };
    let tracking = match reports_tracking {
        true => Some(app.provider_secrets.verify_and_parse(&provider, &delivered).await),
        false => None,
    };
    let notice = shop.map(|shop| shops::verify_and_parse(shop, &delivered, &app.shop_secrets).map(|notice| (shop, notice)));
    let (tracking, notice) = readable(&provider, tracking, notice)?;
    // The records come first: an order that they create takes up the tracking updates that came before it.
    let records = match notice {
        Some((shop, notice)) => Some(app.service.receive_shop_notice(shop, notice).await?),
        None => None,
    };
    let records = records.filter(|records| *records != RecordTally::default());
    if let Some(records) = records {
        for (outcome, times) in [("recorded", records.changed), ("known", records.unchanged), ("ignored", records.ignored)] {
            count(&provider, outcome, times);
        }
    }
    count_unknown(&provider, &tracking);
    let tracking = app.service.deliveries(tracking).await?;
    for (outcome, times) in
        [("changed", tracking.changed), ("unchanged", tracking.unchanged), ("unknown_number", tracking.unknown)]
    {
        count(&provider, outcome, times);
    }
    Ok(json(serde_json::to_string(&Received { tracking, records })?).into_response())
}

/// Name of a shop platform, and what it reports.
type ShopNotice = (&'static str, Notice);

/// Returns the readable parts of a request: tracking updates and records of orders. A platform whose webhooks have both may send a
/// body of which only one part can be read; the other one is counted. Counts a refusal, and returns it if no part can be read.
fn readable(
    provider: &str,
    tracking: Option<Result<Vec<Delivery>, Refusal>>,
    notice: Option<Result<ShopNotice, Refusal>>,
) -> Result<(Vec<Delivery>, Option<ShopNotice>), Problem> {
    match (tracking, notice) {
        (Some(Ok(tracking)), Some(Err(Refusal::Unreadable(why)))) => {
            tracing::info!(provider, why, "the order in a webhook request cannot be read");
            count(provider, "unreadable_order", 1);
            Ok((tracking, None))
        }
        (Some(Err(Refusal::Unreadable(why))), Some(Ok(notice))) => {
            tracing::info!(provider, why, "the tracking in a webhook request cannot be read");
            count(provider, "unreadable", 1);
            Ok((Vec::new(), Some(notice)))
        }
        (Some(Err(refusal)), _) | (_, Some(Err(refusal))) => {
            match &refusal {
                Refusal::BadSignature | Refusal::UnknownKey => count(provider, "bad_signature", 1),
                Refusal::Stale => count(provider, "stale", 1),
                Refusal::Unreadable(_) => count(provider, "unreadable", 1),
                // An unknown provider name must not become a metrics label.
                Refusal::UnknownProvider => count("unknown", "unknown_provider", 1),
            }
            Err(problem(refusal))
        }
        (tracking, notice) => Ok((tracking.transpose().ok().flatten().unwrap_or_default(), notice.transpose().ok().flatten())),
    }
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
