//! Test case of ShipEngine, for the tests that every provider passes.

use std::sync::Arc;

use serde_json::{Value, json};

use super::signature;
use crate::public_keys::{KeySet, PublicKeys};
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::suite::case::{Credentials, ProviderCase, SECRET, Sample, Signer, ToSign};
use crate::testing::{now, with_fields};

pub(super) const DELIVERED: &str = include_str!("fixtures/delivered.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/attempt.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/customs.json");
pub(super) const PICKUP: &str = include_str!("fixtures/pickup.json");
pub(super) const DELAYED: &str = include_str!("fixtures/delayed.json");
const KEYS: &str = include_str!("fixtures/keys.json");
const KEY_ID: &str = "x-shipengine-rsa-sha256-key-id";

/// ShipEngine signs time and body with the key that a header names. The secrets of the tests are names of one key.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "shipengine",
    secrets: |names| {
        let key = serde_json::from_str::<Value>(KEYS).expect("json")["keys"][0].clone();
        let named = |name: String| json!({"kid": name, "n": key["n"], "e": key["e"]});
        let keys = json!({"keys": names.into_iter().map(named).collect::<Vec<_>>()});
        let keys = KeySet::from_json(keys.to_string().as_bytes());
        Secrets { shipengine: keys.map(|keys| Arc::new(keys) as Arc<dyn PublicKeys>), ..Secrets::default() }
    },
    signers: &[Signer { sign, covers_body: true, covers_time: true }],
    forgeries: |body| {
        let mut unnamed = sign(&ToSign { body, secret: SECRET, at: now() });
        unnamed.headers.retain(|(name, _)| *name != KEY_ID);
        vec![unnamed, Credentials::header(KEY_ID, SECRET)]
    },
    unknown_secret: Refusal::UnknownKey,
    content_headers: &[&[]],
    samples: &[
        Sample::plain(DELIVERED),
        Sample::plain(ATTEMPT),
        Sample::plain(RETURNED),
        Sample::plain(CUSTOMS),
        Sample::plain(PICKUP),
        Sample::plain(DELAYED),
    ],
    unrelated: &[Sample::plain(r#"{"resource_type": "API_BATCH", "resource_url": "https://api.example/1"}"#)],
    incomplete: &[r#"{"resource_type": "API_TRACK"}"#, r#"{"resource_type": "API_TRACK", "data": {}}"#],
    field_names: &[
        "events",
        "status_code",
        "status_detail_code",
        "occurred_at",
        "carrier_occurred_at",
        "description",
        "city_locality",
        "country_code",
        "company_name",
        "signer",
        "latitude",
        "longitude",
        "proof_of_delivery_url",
        "estimated_delivery_date",
        "DE",
        "SP",
        "EX",
        "PARCEL_LOST",
    ],
    filled,
    random_requests: 64,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    let time = request.at.to_rfc3339();
    let signature = signature::sign(request.body, &time);
    let headers = vec![
        ("x-shipengine-timestamp", time),
        (KEY_ID, request.secret.to_owned()),
        ("x-shipengine-rsa-sha256-signature", signature),
    ];
    Credentials { headers, query: None }
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("tracking_number", json!("1")), ("events", json!(scans))]);
    json!({"resource_type": "API_TRACK", "data": fields})
}

fn delivered(text: &str) -> Value {
    json!({"resource_type": "API_TRACK", "data": {"tracking_number": "1", "status_code": "DE",
        "events": [{"occurred_at": "2026-11-19T10:00:00Z", "status_code": "DE", "description": text, "signer": "A. Okafor"}]}})
}

fn with_texts(text: &str) -> Value {
    json!({"resource_type": "API_TRACK", "data": {"tracking_number": "1", "status_code": "SP", "exception_description": text,
        "events": [{"occurred_at": "2026-11-19T10:00:00Z", "status_code": "SP", "description": text, "city_locality": text,
            "state_province": text, "company_name": text, "postal_code": text, "signer": text}]}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let detail = if is_late { "CARRIER_DELAYS" } else { "IN_TRANSIT" };
    let mut parcel = json!({"tracking_number": "1", "status_code": "IT", "status_detail_code": detail});
    if let Some(estimate) = estimate {
        parcel["estimated_delivery_date"] = estimate.clone();
    }
    json!({"resource_type": "API_TRACK", "data": parcel})
}
