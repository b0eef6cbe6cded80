//! Helpers for the tests of tracking: they create a parcel to London, scans and tracking updates.

use chrono::{DateTime, Utc};
use doorstep_contract::{ConditionState, Order, Shipment, Stage, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::order::tracking_updates::apply;
use crate::order::{InternalState, OrderAggregate};
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::tracking::{ShipmentFacts, TrackingUpdate};

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// Returns a parcel to London with these additional fields.
pub(super) fn parcel(extra: &Value) -> OrderAggregate {
    let mut shipment = json!({"id": "s1", "direction": "outbound", "stage": "label_created", "condition": {"state": "ok"},
        "tracking_level": "full", "tracking_number": "1", "carrier": {"code": "dpd", "name": "DPD"}});
    for (name, value) in extra.as_object().expect("fields") {
        shipment[name] = value.clone();
    }
    let order = json!({"id": "o", "version": 1, "placed_at": "2026-11-10T08:00:00Z", "time_zone": "Europe/London",
        "shipments": [shipment]});
    OrderAggregate { order: Order::from_json(&order.to_string()).expect("an order"), private: InternalState::default() }
}

/// Returns a scan from text such as `18T08:10 in_transit late`: day and time in November, stage, condition.
pub(super) fn scan(words: &str) -> Value {
    let mut parts = words.split(' ');
    let (at, stage, condition) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let local = format!("2026-11-{at}");
    let offset = at.contains('T').then_some(0);
    json!({"id": words, "at": {"local": local, "offset_min": offset, "zone": offset.map(|_| "explicit")}, "stage": stage,
        "condition": condition, "text": format!("{stage:?} {condition:?}"), "place": {"name": "Hinckley", "country": "GB"},
        "source": "carrier"})
}

pub(super) fn update(told_at: &str, scans: &[Value], facts: Value) -> TrackingUpdate {
    TrackingUpdate {
        reported_at: Timestamp::parse(told_at),
        facts: serde_json::from_value::<ShipmentFacts>(facts).expect("facts"),
        events: scans.iter().map(|scan| serde_json::from_value(scan.clone()).expect("an event")).collect(),
        ..TrackingUpdate::default()
    }
}

pub(super) fn scans(words: &[&str]) -> TrackingUpdate {
    let scans: Vec<Value> = words.iter().map(|words| scan(words)).collect();
    update("2026-11-20T11:00:00Z", &scans, json!({}))
}

/// Returns the shipment after these updates, as it is shown at `now`.
pub(super) fn shown_at(mut record: OrderAggregate, updates: &[TrackingUpdate], now: DateTime<Utc>) -> Shipment {
    for update in updates {
        apply(&mut record, &"s1".into(), update, now);
    }
    recompute(&mut record, &Policy::standard().expect("a policy"), now);
    record.order.shipments.remove(0)
}

pub(super) fn shown(updates: &[TrackingUpdate]) -> Shipment {
    shown_at(parcel(&json!({})), updates, now())
}

const STAGES: &[&str] = Stage::VALUES;

pub(super) fn any_update() -> impl Strategy<Value = TrackingUpdate> {
    let words = (1_u32..20, 0_u32..24, proptest::sample::select(STAGES), proptest::sample::select(ConditionState::VALUES));
    let words = words.prop_map(|(day, hour, stage, state)| format!("{day:02}T{hour:02}:00 {stage} {state}"));
    let day = |days| proptest::option::of(days);
    let any = proptest::bool::ANY;
    let facts = (proptest::option::of(proptest::sample::select(STAGES)), day(10_u32..28), day(10_u32..28), any, any);
    let facts = facts.prop_map(|(stage, expected, first, asks, withdrawn)| {
        let window = |day: u32| json!({"from": format!("2026-11-{day}"), "to": format!("2026-11-{day}")});
        let asked = asks.then(|| json!({"who": "shopper"}));
        json!({"stage": stage, "promise_expected": expected.map(window), "promise_first": first.map(window), "action_required": asked,
            "promise_withdrawn": withdrawn})
    });
    (1_u32..20, 0_u32..24, proptest::collection::vec(words, 0..5), facts, proptest::option::of(0..3_u32)).prop_map(
        |(day, hour, words, facts, piece)| {
            let scans: Vec<Value> = words.iter().map(|words| scan(words)).collect();
            let mut update = update(&format!("2026-11-{day:02}T{hour:02}:30:00Z"), &scans, facts);
            if let Some((piece, words)) = piece.zip(words.first()) {
                update.pieces.insert(words.clone(), piece.to_string());
            }
            update
        },
    )
}
