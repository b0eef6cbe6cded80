//! Test case of 17TRACK, for the tests that every provider passes.

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

/// 17TRACK signs the body.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "seventeentrack",
    secrets: |seventeentrack| Secrets { seventeentrack, ..Secrets::default() },
    signers: &[Signer { sign, covers_body: true, covers_time: false }],
    forgeries: |_| vec![Credentials::header("sign", ""), Credentials::header("sign", "00")],
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
    unrelated: &[Sample::plain(r#"{"event": "TRACKING_STOPPED", "data": {"number": "1", "carrier": 3011}}"#)],
    incomplete: &[r#"{"event": "TRACKING_UPDATED"}"#, r#"{"event": "TRACKING_UPDATED", "data": {}}"#],
    field_names: &[
        "tracking",
        "providers",
        "provider",
        "key",
        "name",
        "events",
        "latest_status",
        "latest_event",
        "status",
        "sub_status",
        "stage",
        "time_raw",
        "time_iso",
        "date",
        "time",
        "timezone",
        "description",
        "location",
        "address",
        "street",
        "country",
        "misc_info",
        "local_provider",
        "pieces",
        "time_metrics",
        "estimated_delivery_date",
        "from",
        "Delivered_Other",
        "AvailableForPickup",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header("sign", signature::sign(request.body, request.secret))
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("tracking", json!({"providers": [{"events": scans}]}))]);
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "track_info": fields}})
}

fn delivered(text: &str) -> Value {
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 3, "track_info": {
        "latest_status": {"status": "Delivered", "sub_status": "Delivered_Other"},
        "tracking": {"providers": [{"provider": {"key": 3, "name": "USPS"}, "events": [
            {"time_iso": "2026-11-19T10:00:00Z", "description": text, "stage": "Delivered", "sub_status": "Delivered_Other"}]}]}}}})
}

fn with_texts(text: &str) -> Value {
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 3, "track_info": {
        "latest_status": {"status": "AvailableForPickup", "sub_status": "AvailableForPickup_Other"},
        "misc_info": {"local_provider": text},
        "tracking": {"providers": [{"provider": {"key": 3, "name": text, "tel": text}, "events": [
            {"time_iso": "2026-11-19T10:00:00+00:00", "description": text, "location": text, "stage": "AvailableForPickup",
             "address": {"street": text, "city": text, "state": text, "postal_code": text}}]}]}}}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let sub_status = if is_late { "Exception_Delayed" } else { "InTransit_Other" };
    let mut track = json!({"latest_status": {"sub_status": sub_status}, "time_metrics": {}});
    if let Some(estimate) = estimate {
        track["time_metrics"]["estimated_delivery_date"] = estimate.clone();
    }
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "track_info": track}})
}
