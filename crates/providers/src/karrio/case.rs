//! Test case of Karrio, for the tests that every provider passes.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::signature::{hmac, to_hex};
use crate::suite::case::{Credentials, ProviderCase, SECRET, Sample, Signer, ToSign, UNKNOWN_SECRET};
use crate::testing::{now, with_fields};

pub(super) const DELIVERED: &str = include_str!("fixtures/delivered.json");
pub(super) const FAILED: &str = include_str!("fixtures/failed.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/customs.json");
pub(super) const PICKUP: &str = include_str!("fixtures/pickup.json");
pub(super) const DELAYED: &str = include_str!("fixtures/delayed.json");

/// Karrio sends the secret itself, or signs the body.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "karrio",
    secrets: |karrio| Secrets { karrio, ..Secrets::default() },
    signers: &[
        Signer { sign: send_secret, covers_body: false, covers_time: false },
        Signer { sign, covers_body: true, covers_time: false },
    ],
    forgeries: |body| {
        let signed = |secret| sign(&ToSign { body, secret, at: now() });
        let mut both = signed(UNKNOWN_SECRET);
        both.headers.push(("x-event-id", SECRET.to_owned()));
        let without_prefix = to_hex(&hmac(SECRET, &[body]));
        vec![
            Credentials::header("x-event-id", ""),
            signed(UNKNOWN_SECRET),
            both,
            Credentials::header("x-karrio-signature", without_prefix),
        ]
    },
    unknown_secret: Refusal::BadSignature,
    content_headers: &[&[]],
    samples: &[
        Sample::plain(DELIVERED),
        Sample::plain(FAILED),
        Sample::plain(RETURNED),
        Sample::plain(CUSTOMS),
        Sample::plain(PICKUP),
        Sample::plain(DELAYED),
    ],
    unrelated: &[Sample::plain(r#"{"event": "shipment_purchased", "data": {"tracking_number": "1"}}"#)],
    incomplete: &[r#"{"event": "tracker_updated"}"#, r#"{"event": "tracker_updated", "data": {}}"#],
    field_names: &[
        "events",
        "status",
        "reason",
        "code",
        "date",
        "time",
        "timestamp",
        "description",
        "location",
        "latitude",
        "info",
        "signed_by",
        "estimated_delivery",
        "shipment_package_count",
        "delivered",
        "delivery_delayed",
        "unknown",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn send_secret(request: &ToSign<'_>) -> Credentials {
    Credentials::header("x-event-id", request.secret)
}

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header("x-karrio-signature", format!("sha256={}", to_hex(&hmac(request.secret, &[request.body]))))
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("tracking_number", json!("1")), ("events", json!(scans))]);
    json!({"event": "tracker_updated", "data": fields})
}

fn delivered(text: &str) -> Value {
    json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": "delivered",
        "events": [{"date": "2026-11-19", "time": "10:00", "status": "delivered", "description": text}]}})
}

fn with_texts(text: &str) -> Value {
    json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": "delivered", "info": {"signed_by": text},
        "events": [{"date": "2026-11-19", "time": "10:00", "status": "delivered", "description": text, "location": text}]}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let status = if is_late { "delivery_delayed" } else { "in_transit" };
    let mut tracker = json!({"tracking_number": "1", "status": status});
    if let Some(estimate) = estimate {
        tracker["estimated_delivery"] = estimate.clone();
    }
    json!({"event": "tracker_updated", "data": tracker})
}
