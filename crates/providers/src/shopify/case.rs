//! Test case of Shopify, for the tests that every provider passes.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::secrets::Secrets;
use crate::signature::{hmac, to_base64};
use crate::suite::case::{ContentHeaders, Credentials, ProviderCase, Sample, Signer, ToSign};
use crate::testing::with_fields;

pub(super) const FULFILLMENT: &str = include_str!("fixtures/fulfillment_delivered.json");
pub(super) const TWO_PARCELS: &str = include_str!("fixtures/fulfillment_two_parcels.json");
pub(super) const BARE_EVENT: &str = include_str!("fixtures/event.json");
pub(super) const DELIVERED: &str = include_str!("fixtures/event_delivered.json");
pub(super) const ATTEMPT: &str = include_str!("fixtures/event_attempt.json");
pub(super) const DELAYED: &str = include_str!("fixtures/event_delayed.json");
pub(super) const PICKUP: &str = include_str!("fixtures/event_pickup.json");
pub(super) const RETURNING: &str = include_str!("fixtures/event_returning.json");
pub(super) const CUSTOMS: &str = include_str!("fixtures/event_customs.json");
const HEADER: &str = "x-shopify-hmac-sha256";
const TOPIC: &str = "x-shopify-topic";
/// Topic of fulfilments.
pub(super) const FULFILLMENTS: ContentHeaders = &[(TOPIC, "fulfillments/update")];
/// Topic of fulfilment events.
pub(super) const EVENTS: ContentHeaders = &[(TOPIC, "fulfillment_events/create")];

/// Shopify signs the body. A header names the topic.
pub(crate) static CASE: ProviderCase = ProviderCase {
    name: "shopify",
    secrets: |shopify| Secrets { shopify, ..Secrets::default() },
    signers: &[Signer { sign, covers_body: true, covers_time: false }],
    forgeries: |_| vec![Credentials::header(HEADER, ""), Credentials::header(HEADER, "?")],
    unknown_secret: Refusal::BadSignature,
    content_headers: &[EVENTS, FULFILLMENTS],
    samples: &[
        Sample { headers: FULFILLMENTS, body: FULFILLMENT },
        Sample { headers: FULFILLMENTS, body: TWO_PARCELS },
        Sample { headers: EVENTS, body: BARE_EVENT },
        Sample { headers: EVENTS, body: DELIVERED },
        Sample { headers: EVENTS, body: ATTEMPT },
        Sample { headers: EVENTS, body: DELAYED },
        Sample { headers: EVENTS, body: PICKUP },
        Sample { headers: EVENTS, body: RETURNING },
        Sample { headers: EVENTS, body: CUSTOMS },
    ],
    unrelated: &[
        Sample { headers: &[(TOPIC, "orders/updated")], body: DELIVERED },
        Sample { headers: &[(TOPIC, "fulfillment_events/delete")], body: DELIVERED },
        Sample { headers: &[(TOPIC, "app/uninstalled")], body: DELIVERED },
    ],
    incomplete: &[r#"{"status": "delivered"}"#],
    field_names: &[
        "id",
        "fulfillment_id",
        "fulfillment",
        "status",
        "shipment_status",
        "message",
        "happened_at",
        "estimated_delivery_at",
        "updated_at",
        "city",
        "province",
        "country",
        "address1",
        "tracking_number",
        "tracking_numbers",
        "tracking_urls",
        "delivered",
        "ready_for_pickup",
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

/// Returns a body that is read under either topic. Neither has a list of scans.
fn filled(fields: Value, _: Vec<Value>) -> Value {
    with_fields(
        fields,
        [
            ("id", json!(1)),
            ("fulfillment_id", json!(2)),
            ("tracking_number", json!("1")),
            ("fulfillment", json!({"tracking_number": "1"})),
        ],
    )
}

fn delivered(text: &str) -> Value {
    json!({"id": 1, "fulfillment_id": 2, "status": "delivered", "message": text, "happened_at": "2026-11-19T10:00:00Z"})
}

fn with_texts(text: &str) -> Value {
    json!({"id": 1, "fulfillment_id": 2, "status": "ready_for_pickup", "message": text, "happened_at": "2026-11-19T10:00:00Z",
        "address1": text, "zip": text, "city": text, "province": text})
}

fn with_estimate(estimate: Option<&Value>, is_late: bool) -> Value {
    let status = if is_late { "delayed" } else { "in_transit" };
    let mut event = json!({"id": 1, "fulfillment_id": 2, "status": status});
    if let Some(estimate) = estimate {
        event["estimated_delivery_at"] = estimate.clone();
    }
    event
}
