//! Test case of Shippo, for the tests that every provider passes.

use serde_json::{Value, json};

use super::signature;
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::suite::case::{Credentials, ProviderCase, Sample, Signer, ToSign};
use crate::testing::with_fields;

pub(super) const DELIVERED: &str = include_str!("fixtures/delivered.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/attempt.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/customs.json");
pub(super) const PICKUP: &str = include_str!("fixtures/pickup.json");
pub(super) const DELAYED: &str = include_str!("fixtures/delayed.json");
const HEADER: &str = "shippo-auth-signature";

/// Shippo signs time and body, or calls a URL that contains the secret.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "shippo",
    secrets: |shippo| Secrets { shippo, ..Secrets::default() },
    signers: &[
        Signer { sign, covers_body: true, covers_time: true },
        Signer { sign: send_token, covers_body: false, covers_time: false },
    ],
    forgeries: |_| vec![Credentials::header(HEADER, ""), Credentials::header(HEADER, "t=,v1=")],
    unknown_secret: Refusal::BadSignature,
    content_headers: &[&[]],
    samples: &[
        Sample::plain(DELIVERED),
        Sample::plain(ATTEMPT),
        Sample::plain(RETURNED),
        Sample::plain(CUSTOMS),
        Sample::plain(PICKUP),
        Sample::plain(DELAYED),
    ],
    unrelated: &[Sample::plain(r#"{"event": "transaction_created", "data": {}}"#)],
    incomplete: &[r#"{"event": "track_updated"}"#, r#"{"event": "track_updated", "data": {}}"#],
    field_names: &[
        "tracking_status",
        "tracking_history",
        "status",
        "status_date",
        "status_details",
        "substatus",
        "code",
        "action_required",
        "location",
        "city",
        "country",
        "eta",
        "original_eta",
        "TRANSIT",
        "DELIVERED",
        "delayed",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header(HEADER, signature::sign(request.body, request.at, request.secret))
}

fn send_token(request: &ToSign<'_>) -> Credentials {
    Credentials { headers: Vec::new(), query: Some(format!("token={}", request.secret)) }
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("tracking_number", json!("1")), ("tracking_history", json!(scans))]);
    json!({"event": "track_updated", "data": fields})
}

fn delivered(text: &str) -> Value {
    json!({"event": "track_updated", "data": {"tracking_number": "1",
        "tracking_status": {"status": "DELIVERED", "status_details": text, "status_date": "2026-11-19T10:00:00Z"}}})
}

fn with_texts(text: &str) -> Value {
    json!({"event": "track_updated", "data": {"tracking_number": "1", "tracking_status": {"status": "TRANSIT",
        "status_details": text, "status_date": "2026-11-19T10:00:00Z", "location": {"city": text, "state": text}}}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let substatus = if is_late { "delayed" } else { "package_accepted" };
    let mut track = json!({"tracking_number": "1", "tracking_status": {"status": "TRANSIT", "substatus": {"code": substatus}}});
    if let Some(estimate) = estimate {
        track["eta"] = estimate.clone();
    }
    json!({"event": "track_updated", "data": track})
}
