//! Helpers for tests: an order to apply updates to, short forms of meanings and shipments, and random JSON. Requests are in
//! `suite/case.rs`.

use chrono::{DateTime, Utc};
use doorstep_contract::{ConditionState, Order, Reason, Shipment, Stage};
use doorstep_domain::order::tracking_updates::apply;
use doorstep_domain::order::{InternalState, OrderAggregate};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::delivery::Delivery;
use crate::meaning::Meaning;

/// Current time in these tests.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
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
        apply(&mut record, &"s1".into(), &delivery.update, now());
    }
    record.order.shipments.pop().expect("a shipment")
}

/// Returns stage, condition and reason of a shipment.
pub(super) fn state(shipment: &Shipment) -> [&str; 3] {
    let reason = shipment.condition.reason.as_ref().map_or("-", Reason::as_str);
    [shipment.stage.as_str(), shipment.condition.state.as_str(), reason]
}

/// Returns a meaning as the tests of the mapping tables write it: stage, condition and reason, and `shopper` if the carrier waits for the
/// shopper. None is a code without an entry.
pub(super) fn describe(meaning: impl Into<Option<Meaning>>) -> String {
    let Some(meaning) = meaning.into() else {
        return "not in the table".to_owned();
    };
    let stage = meaning.stage.as_ref().map_or("-", Stage::as_str);
    let condition = meaning.condition.as_ref().map_or("-", ConditionState::as_str);
    let reason = meaning.reason.as_ref().map_or("-", Reason::as_str);
    let who = if meaning.awaits_shopper { " shopper" } else { "" };
    format!("{stage} {condition} {reason}{who}")
}

/// Returns the JSON with these fields set, or unchanged if it is no object.
pub(super) fn with_fields<const N: usize>(mut json: Value, fields: [(&str, Value); N]) -> Value {
    if let Some(object) = json.as_object_mut() {
        object.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    }
    json
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
