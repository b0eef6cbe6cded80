//! Test case of EasyPost, for the tests that every provider passes.

use serde_json::{Value, json};

use super::signature;
use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::suite::case::{Credentials, ProviderCase, Sample, Signer, ToSign};
use crate::testing::with_fields;

pub(super) const MISDATED: &str = include_str!("fixtures/misdated.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/attempt.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");

/// EasyPost signs the body, and also the body with time and path.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "easypost",
    secrets: |easypost| Secrets { easypost, ..Secrets::default() },
    signers: &[
        Signer { sign, covers_body: true, covers_time: false },
        Signer { sign: sign_dated, covers_body: true, covers_time: true },
    ],
    forgeries: |_| {
        let names = ["x-hmac-signature", "x-hmac-signature-v2"];
        names.map(|name| Credentials::header(name, "hmac-sha256-hex=")).to_vec()
    },
    unknown_secret: Refusal::BadSignature,
    content_headers: &[&[]],
    samples: &[Sample::plain(MISDATED), Sample::plain(ATTEMPT), Sample::plain(RETURNED)],
    unrelated: &[Sample::plain(r#"{"description": "batch.updated", "result": {}}"#)],
    incomplete: &[r#"{"description": "tracker.updated"}"#, r#"{"description": "tracker.updated", "result": {}}"#],
    field_names: &[
        "tracking_details",
        "status",
        "status_detail",
        "datetime",
        "message",
        "signed_by",
        "tracking_location",
        "city",
        "carrier_detail",
        "est_delivery_date",
        "tracking_code",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header("x-hmac-signature", signature::sign(request.body, request.secret))
}

fn sign_dated(request: &ToSign<'_>) -> Credentials {
    let time = request.at.to_rfc2822();
    let signature = signature::sign_dated(&time, "/v1/webhooks/easypost", request.body, request.secret);
    Credentials { headers: vec![("x-hmac-signature-v2", signature), ("x-timestamp", time)], query: None }
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("tracking_code", json!("1")), ("tracking_details", json!(scans))]);
    json!({"description": "tracker.updated", "result": fields})
}

fn delivered(text: &str) -> Value {
    json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "signed_by": "A. Okafor",
        "tracking_details": [{"message": text, "status": "delivered", "datetime": "2026-11-19T10:00:00Z"}]}})
}

fn with_texts(text: &str) -> Value {
    json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "signed_by": text,
        "tracking_details": [{"message": text, "status": "delivered", "datetime": "2026-11-19T10:00:00Z",
            "tracking_location": {"city": text, "state": text}}]}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let detail = if is_late { "delayed" } else { "in_transit" };
    let mut tracker = json!({"tracking_code": "1", "status": "in_transit", "status_detail": detail});
    if let Some(estimate) = estimate {
        tracker["est_delivery_date"] = estimate.clone();
    }
    json!({"description": "tracker.updated", "result": tracker})
}
