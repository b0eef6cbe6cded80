//! Test case of AfterShip, for the tests that every provider passes.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::signature::{hmac, to_base64};
use crate::suite::case::{Credentials, ProviderCase, Sample, Signer, ToSign};
use crate::testing::with_fields;

pub(super) const DELIVERED: &str = include_str!("fixtures/delivered.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/attempt.json");
pub(super) const RETURNED: &str = include_str!("fixtures/returned.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/customs.json");
pub(super) const PICKUP: &str = include_str!("fixtures/pickup.json");
pub(super) const DELAYED: &str = include_str!("fixtures/delayed.json");
const HEADER: &str = "aftership-hmac-sha256";

/// AfterShip signs the body.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "aftership",
    secrets: |aftership| Secrets { aftership, ..Secrets::default() },
    signers: &[Signer { sign, covers_body: true, covers_time: false }],
    forgeries: |_| vec![Credentials::header(HEADER, ""), Credentials::header(HEADER, "not base 64")],
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
    unrelated: &[Sample::plain(r#"{"event": "return_submitted", "msg": {}}"#)],
    incomplete: &[r#"{"event": "tracking_update"}"#, r#"{"event": "tracking_update", "msg": {}}"#],
    field_names: &[
        "tag",
        "subtag",
        "checkpoints",
        "checkpoint_time",
        "message",
        "city",
        "country_iso3",
        "coordinate",
        "latitude",
        "latest_estimated_delivery",
        "datetime",
        "aftership_estimated_delivery_date",
        "estimated_delivery_date",
        "confidence_code",
        "proof_of_delivery",
        "delivery_type",
        "pickup_location",
        "last_mile",
        "slug",
        "Delivered",
        "Exception_013",
        "pickup_at_store",
    ],
    filled,
    random_requests: 256,
    delivered,
    with_texts,
    with_estimate,
    empty_estimate_always_withdraws: false,
};

fn sign(request: &ToSign<'_>) -> Credentials {
    Credentials::header(HEADER, to_base64(&hmac(request.secret, &[request.body])))
}

/// Returns an update about a shipment with these fields.
pub(super) fn parcel(fields: &Value) -> Value {
    let mut parcel = json!({"tracking_number": "DS1", "slug": "ups"});
    let known = parcel.as_object_mut().expect("an object");
    known.extend(fields.as_object().cloned().unwrap_or_default());
    json!({"event": "tracking_update", "ts": 1792143669, "msg": parcel})
}

fn filled(fields: Value, scans: Vec<Value>) -> Value {
    let fields = with_fields(fields, [("checkpoints", json!(scans))]);
    parcel(&fields)
}

fn delivered(text: &str) -> Value {
    json!({"event": "tracking_update", "msg": {"tracking_number": "1", "tag": "Delivered", "subtag": "Delivered_001",
        "signed_by": "A. Okafor", "checkpoints": [{"checkpoint_time": "2026-11-19T10:00:00Z", "tag": "Delivered", "message": text}]}})
}

fn with_texts(text: &str) -> Value {
    json!({"event": "tracking_update", "msg": {"tracking_number": "1", "tag": "Delivered", "signed_by": text,
        "pickup_note": text, "delivery_type": "pickup_at_store", "pickup_location": text, "delivery_location_type": text,
        "checkpoints": [{"checkpoint_time": "2026-11-19T10:00:00", "tag": "Delivered", "message": text, "city": text,
            "state": text, "location": text}]}})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let (tag, subtag) = if is_late { ("Exception", "Exception_005") } else { ("InTransit", "InTransit_001") };
    let mut parcel = json!({"tracking_number": "1", "tag": tag, "subtag": subtag});
    if let Some(estimate) = estimate {
        parcel["expected_delivery"] = estimate.clone();
    }
    json!({"event": "tracking_update", "msg": parcel})
}
