//! Helpers for the tests of all providers: an order to deliver to, and payloads of any shape.

use chrono::{DateTime, Utc};
use doorstep_contract::{ConditionState, Order, Reason, Shipment, Stage};
use doorstep_domain::order::tracking_updates::apply;
use doorstep_domain::order::{InternalState, OrderAggregate};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::meaning::Meaning;
use super::{Delivery, Refusal, Request, Secrets, verify_and_parse};

/// Current time in these tests.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// Sends a body with these headers to the webhook of a provider.
pub(super) fn send(
    provider: &str,
    headers: &[(&'static str, String)],
    body: &[u8],
    secrets: &Secrets,
) -> Result<Vec<Delivery>, Refusal> {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")))
        .collect();
    let path = format!("/v1/webhooks/{provider}");
    verify_and_parse(provider, &Request { headers: &headers, path: &path, query: None, body, now: now() }, secrets)
}

/// Returns an order to Los Angeles, placed on 1 October 2026. Its shipment `s1` has no tracking events yet.
pub(super) fn record() -> OrderAggregate {
    let order = json!({"id": "ord_1", "version": 1, "placed_at": "2026-10-01T08:00:00Z", "time_zone": "America/Los_Angeles",
        "shipments": [{"id": "s1", "stage": "label_created", "condition": {"state": "ok"}}]});
    OrderAggregate { order: Order::from_json(&order.to_string()).expect("an order"), private: InternalState::default() }
}

/// Returns the shipment after these updates are applied in this order.
pub(super) fn shipment_after(deliveries: &[Delivery]) -> Shipment {
    let mut record = record();
    for delivery in deliveries {
        apply(&mut record, "s1", &delivery.update, now());
    }
    record.order.shipments.pop().expect("a shipment")
}

/// Returns a row of a mapping table: stage, condition and reason, and `shopper` if the carrier waits for the shopper.
pub(super) fn said(meaning: &Meaning) -> String {
    let stage = meaning.stage.as_ref().map_or("-", Stage::as_str);
    let condition = meaning.condition.as_ref().map_or("-", ConditionState::as_str);
    let reason = meaning.reason.as_ref().map_or("-", Reason::as_str);
    let whose = if meaning.shoppers_move { " shopper" } else { "" };
    format!("{stage} {condition} {reason}{whose}")
}

/// Generates arbitrary JSON whose fields sometimes have these names.
pub(super) fn any_json(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[0-9:TZ+.-]{0,25}".prop_map(Value::from),
        Just(Value::from("2026-11-19T10:00:00Z")),
        proptest::sample::select(names).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((proptest::sample::select(names), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}
