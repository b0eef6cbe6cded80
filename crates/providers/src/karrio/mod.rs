//! Karrio: secret and payload of its webhooks. [`status_codes`] maps its status codes, [`scan`] reads its scans.

#[cfg(test)]
pub(super) mod case;
mod scan;
mod status_codes;

use std::collections::BTreeSet;

use doorstep_contract::{Confidence, Delivered, DeliveredTo, Event, PromiseSource, Stage};
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use http::HeaderMap;
use serde_json::Value;

use crate::carrier_text;
use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, link, list, number_or_text, text};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::{hex, is_same_secret, is_valid_hmac, matches_any_secret};
use crate::time::{instant, window};

/// Maximum number of events that are read. A real tracker has dozens.
const MAX_EVENTS: usize = 2_000;

/// Checks and reads a webhook request. Returns an empty list for events that do not concern a tracker.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    match matches_any_secret(secrets, |secret| is_karrio(request.headers, request.body, secret)) {
        true => parse_unverified(request.body),
        false => Err(Refusal::BadSignature),
    }
}

/// Returns true if Karrio sent the request. Karrio's server sends the secret itself, in `X-Event-Id`. Its documentation describes an
/// HMAC-SHA-256 over the body instead, in `X-Karrio-Signature: sha256=<hex>`; if that header is present, it must be right.
fn is_karrio(headers: &HeaderMap, body: &[u8], secret: &str) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    match (header("x-karrio-signature"), header("x-event-id")) {
        (Some(given), _) => {
            given.strip_prefix("sha256=").and_then(hex).is_some_and(|given| is_valid_hmac(secret, &[body], &given))
        }
        (None, Some(given)) => is_same_secret(secret, given),
        (None, None) => false,
    }
}

pub(super) fn parse_unverified(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let webhook: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&webhook, "event") {
        Some("tracker_created" | "tracker_updated") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no event".to_owned())),
    }
    let tracker = webhook.get("data").ok_or_else(|| Refusal::Unreadable("no data".to_owned()))?;
    let number = number_or_text(tracker, "tracking_number");
    let number = number.ok_or_else(|| Refusal::Unreadable("no tracking_number".to_owned()))?;
    let scans = list(tracker, "events", MAX_EVENTS);
    let codes = std::iter::once(tracker).chain(scans).filter_map(unknown_code);
    let events: Vec<_> = scans.iter().filter_map(scan::event).collect();
    Ok(vec![Delivery {
        tracking_number: number,
        carrier: text(tracker, "carrier_name").map(str::to_owned),
        update: TrackingUpdate {
            // Karrio's server currently sends neither field.
            reported_at: text(tracker, "updated_at").or_else(|| text(&webhook, "created_at")).and_then(instant),
            facts: facts(tracker, scans, &events),
            events,
            ..TrackingUpdate::default()
        },
        unknown: codes.collect::<BTreeSet<_>>().into_iter().collect(),
    }])
}

fn unknown_code(json: &Value) -> Option<String> {
    let (status, reason) = (text(json, "status").unwrap_or_default(), text(json, "reason").unwrap_or_default());
    (!status_codes::is_known(status, reason)).then(|| [status, reason].join("/").trim_end_matches('/').to_owned())
}

fn facts(tracker: &Value, scans: &[Value], events: &[Event]) -> ShipmentFacts {
    let info = tracker.get("info").unwrap_or(&Value::Null);
    // The newest scan comes first. Karrio derives the status of the tracker from this scan, and only the scan has the reason.
    let newest = scans.first();
    let reason = newest.filter(|scan| text(scan, "status") == text(tracker, "status")).and_then(|scan| text(scan, "reason"));
    let meaning = status_codes::meaning(scan::status(tracker, newest), reason.unwrap_or_default());
    let day = text(tracker, "estimated_delivery").or_else(|| text(info, "expected_delivery"));
    let expected = day.and_then(|day| window(day, day));
    ShipmentFacts {
        delivered: (meaning.stage == Some(Stage::Delivered)).then(|| Delivered {
            at: None,
            to: delivered_to(scans),
            detail: None,
            signed_by: text(info, "signed_by").and_then(carrier_text::proper_name),
            photo_url: link(tracker, "delivery_image_url"),
        }),
        condition: meaning.shipment_condition(events),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_withdrawn: expected.is_none() && is_withdrawn(&[tracker.get("estimated_delivery")], meaning.condition.as_ref()),
        promise_reason: meaning.reason.clone(),
        promise_expected: expected,
        tracking_url: link(info, "carrier_tracking_link"),
        pieces: number_or_text(info, "shipment_package_count").and_then(|pieces| pieces.parse().ok()),
        stage: meaning.stage,
        ..ShipmentFacts::default()
    }
}

/// Returns the drop-off place from the text of the delivered scan, or else of the newest scan.
fn delivered_to(scans: &[Value]) -> DeliveredTo {
    let delivered = scans.iter().find(|scan| text(scan, "status") == Some("delivered")).or_else(|| scans.first());
    delivered.and_then(|scan| text(scan, "description")).map(carrier_text::delivered_to).unwrap_or_default()
}

#[cfg(test)]
mod tests;
