//! Whole deliveries: signed as EasyPost signs, read, and applied to an order.

use chrono::{DateTime, Utc};
use doorstep_core::wire::{ConditionState, Order, Stage, Verdict, Zone};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::signature::sign;
use super::{Delivery, Refusal, receive};
use crate::domain::update::{Applied, apply};

const SECRET: &str = "front-door";
/// A parcel whose delivered scan carries an earlier date than the scan before it.
const MISDATED: &str = include_str!("fixtures/misdated.json");

fn deliver(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-hmac-signature", sign(body, SECRET).parse().expect("a header"));
    receive(&headers, body, Some(SECRET))
}

fn delivered(body: &str) -> Delivery {
    deliver(body.as_bytes()).expect("accepted").pop().expect("a delivery")
}

fn order() -> Order {
    let order = json!({"id": "ord_1", "version": 1, "time_zone": "America/Los_Angeles",
        "shipments": [{"id": "s1", "stage": "label_created", "condition": {"state": "ok"}}]});
    Order::from_json(&order.to_string()).expect("an order")
}

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

#[test]
fn a_delivered_scan_that_is_dated_too_early_still_delivers() {
    let delivery = delivered(MISDATED);
    let mut order = order();
    assert_eq!(apply(&mut order, "s1", &delivery.update, now()), Applied::Changed);
    let shipment = order.shipments.first().expect("a shipment");
    assert_eq!((&shipment.stage, shipment.events.len()), (&Stage::Delivered, 6));
    let delivered = shipment.delivered.as_ref().expect("a delivery");
    assert_eq!(delivered.signed_by.as_deref(), Some("M. Okafor"));
    let verdict = shipment.promise.as_ref().map(|promise| &promise.verdict);
    assert_eq!(verdict, Some(&Verdict::Early));
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("1ZDEMO0042", Some("UPS")));
}

#[test]
fn a_webhook_that_is_posted_twice_doubles_nothing() {
    let delivery = delivered(MISDATED);
    let mut order = order();
    apply(&mut order, "s1", &delivery.update, now());
    assert_eq!(apply(&mut order, "s1", &delivery.update, now()), Applied::Unchanged);
    assert_eq!(order.version, 2);
}

#[test]
fn two_scans_that_are_a_minute_apart_are_two() {
    let scan = |at: &str| json!({"message": "DELIVERED", "status": "delivered", "datetime": at});
    let scans = [scan("2026-11-19T10:00:00Z"), scan("2026-11-19T10:01:00Z"), scan("2026-11-19T10:01:00Z")];
    let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "tracking_details": scans}});
    let mut order = order();
    apply(&mut order, "s1", &delivered(&body.to_string()).update, now());
    assert_eq!(order.shipments.first().map(|shipment| shipment.events.len()), Some(2));
}

#[test]
fn a_z_says_nothing_about_the_zone_and_an_offset_does() {
    for (written, local, offset_min, zone) in [
        ("2026-11-19T10:00:00Z", "2026-11-19T10:00:00", None, Zone::default()),
        ("2026-11-19T10:00:00", "2026-11-19T10:00:00", None, Zone::default()),
        ("2026-11-19T10:00:00.123+01:00", "2026-11-19T10:00:00", Some(60), Zone::Explicit),
        ("2026-11-19", "2026-11-19", None, Zone::default()),
    ] {
        let at = super::event_time(written).expect(written);
        assert_eq!((at.local.to_string().as_str(), at.offset_min, &at.zone), (local, offset_min, &zone), "{written}");
    }
}

#[test]
fn the_words_are_cleaned_and_the_raw_text_is_kept() {
    let delivery = delivered(MISDATED);
    let event = delivery.update.events.get(1).expect("an event");
    assert_eq!(event.text.as_deref(), Some("Origin scan"));
    assert_eq!(event.place.as_ref().and_then(|place| place.name.as_deref()), Some("South Portland, ME"));
    let raw = event.raw.as_ref().expect("raw");
    assert_eq!((raw.text.as_deref(), raw.code.as_deref()), (Some("ORIGIN SCAN"), Some("in_transit")));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scans = [json!({"message": "QUANTUM HANDOVER", "status": "teleported", "datetime": "2026-11-19T10:00:00Z"})];
    let body = json!({"description": "tracker.created", "result": {"tracking_code": "1", "status": "teleported", "tracking_details": scans}});
    let mut order = order();
    apply(&mut order, "s1", &delivered(&body.to_string()).update, now());
    let shipment = order.shipments.first().expect("a shipment");
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    assert_eq!(shipment.events.first().and_then(|event| event.text.as_deref()), Some("Quantum handover"));
}

#[test]
fn other_events_are_well_received_and_bad_ones_refused() {
    assert_eq!(deliver(br#"{"description": "batch.updated", "result": {}}"#), Ok(Vec::new()));
    for body in
        ["", "{", "[]", "{}", r#"{"description": "tracker.updated"}"#, r#"{"description": "tracker.updated", "result": {}}"#]
    {
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
    let unsigned = receive(&http::HeaderMap::new(), MISDATED.as_bytes(), Some(SECRET));
    assert_eq!(unsigned, Err(Refusal::BadSignature));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[0-9:TZ+.-]{0,25}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![
            Just("tracking_details"),
            Just("status"),
            Just("status_detail"),
            Just("datetime"),
            Just("message"),
            Just("signed_by"),
            Just("tracking_location"),
            Just("city"),
            Just("carrier_detail"),
            Just("est_delivery_date"),
            Just("tracking_code"),
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((name, inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_payload_makes_it_panic(result in any_json(), scans in proptest::collection::vec(any_json(), 0..4)) {
        let mut result = result;
        if let Some(tracker) = result.as_object_mut() {
            tracker.insert("tracking_code".to_owned(), json!("1"));
            tracker.insert("tracking_details".to_owned(), json!(scans));
        }
        let body = json!({"description": "tracker.updated", "result": result}).to_string();
        for delivery in deliver(body.as_bytes()).unwrap_or_default() {
            apply(&mut order(), "s1", &delivery.update, now());
        }
    }

    #[test]
    fn no_truncated_payload_makes_it_panic(end in 0_usize..MISDATED.len()) {
        let body = MISDATED.as_bytes().get(..end).unwrap_or_default();
        prop_assert!(deliver(body).is_err() || end >= MISDATED.trim_end().len());
    }
}
