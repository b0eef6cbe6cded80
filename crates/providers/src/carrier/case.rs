//! Test case of the documented carrier format, for the tests that every provider passes.

use doorstep_domain::signature::{self, HEADER};
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::suite::case::{Credentials, ProviderCase, SECRET, Sample, Signer, ToSign, UNKNOWN_SECRET};
use crate::testing::now;

pub(super) const DELIVERED: &str = include_str!("fixtures/delivered.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/attempt.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/customs.json");
pub(super) const PICKUP: &str = include_str!("fixtures/pickup.json");
pub(super) const DELAYED: &str = include_str!("fixtures/delayed.json");
pub(super) const OWN_WORDS: &str = include_str!("fixtures/own_words.json");

/// A carrier signs time and body in the format of Doorstep's order webhooks.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "carrier",
    secrets: |carrier| Secrets { carrier, ..Secrets::default() },
    signers: &[Signer { sign, covers_body: true, covers_time: true }],
    forgeries: |body| {
        let at = now().timestamp();
        let other = signature::sign(UNKNOWN_SECRET.as_bytes(), at, body);
        let redated = signature::sign(SECRET.as_bytes(), at - 3_600, body).replace(&(at - 3_600).to_string(), &at.to_string());
        let headers = [other, redated, String::new(), "t=,v1=".to_owned(), format!("t={at}"), format!("t={at},v1=")];
        headers.into_iter().map(|header| Credentials::header(HEADER, header)).collect()
    },
    unknown_secret: Refusal::BadSignature,
    content_headers: &[&[]],
    samples: &[
        Sample::plain(DELIVERED),
        Sample::plain(ATTEMPT),
        Sample::plain(RETURNED),
        Sample::plain(CUSTOMS),
        Sample::plain(PICKUP),
        Sample::plain(DELAYED),
        Sample::plain(OWN_WORDS),
    ],
    unrelated: &[],
    incomplete: &[r#"{"tracking_number": "1", "carrier": "ups"}"#],
    field_names: &[
        "status",
        "events",
        "code",
        "group",
        "stage",
        "condition",
        "reason",
        "text",
        "at",
        "place",
        "piece",
        "expected",
        "delivered",
        "to",
        "pickup",
        "last_mile",
        "carrier",
        "46",
        "D",
        "X",
        "2026-11-19",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: true,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header(HEADER, signature::sign(request.secret.as_bytes(), request.at.timestamp(), request.body))
}

/// Returns a report about a UPS shipment with these fields.
pub(super) fn parcel(fields: Value) -> Value {
    let mut body = json!({"tracking_number": "1", "carrier": "ups", "told_at": "2026-11-19T10:00:00Z"});
    if let (Some(body), Value::Object(fields)) = (body.as_object_mut(), fields) {
        body.extend(fields);
    }
    body
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let mut report = parcel(fields);
    report["events"] = json!(scans);
    report
}

fn delivered(text: &str) -> Value {
    json!({"tracking_number": "1", "carrier": "usps", "told_at": "2026-11-19T12:00:00Z", "status": {"code": "01", "text": text},
        "events": [{"at": "2026-11-19T10:00", "code": "01", "text": text}]})
}

fn with_texts(text: &str) -> Value {
    json!({"tracking_number": "1", "carrier": "dpd", "told_at": "2026-11-19T12:00:00Z",
        "events": [{"at": "2026-11-19T10:00", "stage": "delivered", "text": text, "place": {"name": text, "region": text}}],
        "delivered": {"to": "neighbour", "detail": text, "signed_by": text},
        "pickup": {"name": text, "lines": [text], "hours": [text], "code": text},
        "last_mile": {"carrier": {"code": "x", "name": text}}, "action_required": {"who": "shopper", "what": text}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let status = json!({"stage": "in_transit", "condition": if is_late { "late" } else { "ok" }});
    let mut report = json!({"tracking_number": "1", "carrier": "x", "told_at": "2026-11-19T10:00:00Z", "status": status});
    if let Some(estimate) = estimate {
        report["expected"] = estimate.clone();
    }
    report
}
