//! WooCommerce: signature and topics of its order webhooks. [`order`] reads an order, [`tracking`] the tracking numbers that plugins
//! store with it.
//!
//! Saving a webhook makes WooCommerce post `webhook_id=<number>` as a form, without headers of its own and without a
//! signature, and expect 200. Nothing is done with it, so it is answered without a signature.

mod meta;
mod order;
#[cfg(test)]
mod tests;
mod tracking;
#[cfg(test)]
mod tracking_tests;

use chrono::{DateTime, Utc};
use doorstep_providers::signature::{base64, is_valid_hmac, matches_any_secret};
use doorstep_providers::{Refusal, Request};
use serde_json::Value;

use crate::fields::{id, text};
use crate::record::{Change, Notice, Record, RecordContent};

/// Maximum length of the form that WooCommerce posts when a webhook is saved.
const MAX_PING: usize = 64;

/// Checks and reads a webhook request. Returns a notice without changes for the first ping and for topics that are not about orders.
pub(crate) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Notice, Refusal> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let signature = header("x-wc-webhook-signature");
    let is_configured = secrets.iter().any(|secret| !secret.is_empty());
    if signature.is_none() && is_configured && is_ping(request.body) {
        return Ok(Notice { delivery_id: None, changes: Vec::new() });
    }
    match signature.and_then(base64) {
        Some(given) if matches_any_secret(secrets, |secret| is_valid_hmac(secret, &[request.body], &given)) => {}
        _ => return Err(Refusal::BadSignature),
    }
    let topic = header("x-wc-webhook-topic").ok_or_else(|| Refusal::Unreadable("no x-wc-webhook-topic".to_owned()))?;
    let record = |content| Record { key: "deletion".to_owned(), changed_at: request.now, content };
    let changes = match topic.to_ascii_lowercase().as_str() {
        "order.created" | "order.updated" => order_changes(&body(request)?, request.now)?,
        // A deletion has no time, so the time of receipt counts. The restoration gets one of the same kind.
        "order.restored" => {
            let json = body(request)?;
            let mut changes = order_changes(&json, request.now)?;
            changes.push(Change::Record { order_ref: order_ref(&json)?, record: record(RecordContent::Restored) });
            changes
        }
        "order.deleted" => {
            let json = body(request)?;
            // The topic is not signed. The body of a deletion has the id of the order and nothing else.
            if json.get("line_items").is_some() {
                return Err(Refusal::Unreadable("the body is no deletion".to_owned()));
            }
            vec![Change::Record { order_ref: order_ref(&json)?, record: record(RecordContent::Deleted) }]
        }
        _ => Vec::new(),
    };
    Ok(Notice { delivery_id: header("x-wc-webhook-delivery-id").filter(|id| !id.is_empty()).map(str::to_owned), changes })
}

/// Returns true for the form that WooCommerce posts when a webhook is saved.
fn is_ping(body: &[u8]) -> bool {
    let number = body.strip_prefix(b"webhook_id=").filter(|number| number.len() <= MAX_PING);
    number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
}

/// Returns the record of an order, as a webhook and the REST API write it. `now` stands for a missing time.
pub(crate) fn order_changes(json: &Value, now: DateTime<Utc>) -> Result<Vec<Change>, Refusal> {
    let order_ref = order_ref(json)?;
    if !json.get("line_items").is_some_and(Value::is_array) {
        return Err(Refusal::Unreadable("no line_items".to_owned()));
    }
    Ok(vec![Change::Record { order_ref, record: order::record(json, now) }])
}

fn body(request: &Request<'_>) -> Result<Value, Refusal> {
    serde_json::from_slice(request.body).map_err(|error| Refusal::Unreadable(error.to_string()))
}

/// Returns the id of the order. A webhook whose author may not read orders any more has an error in its body instead.
fn order_ref(json: &Value) -> Result<String, Refusal> {
    let reason =
        || text(json, "code").map_or_else(|| "no id".to_owned(), |code| format!("no id; WooCommerce sent the error {code}"));
    id(json, "id").ok_or_else(|| Refusal::Unreadable(reason()))
}
