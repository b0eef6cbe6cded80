//! Tests of accepted order bodies, and of the JSON pointer of every refusal.

use chrono::{DateTime, Utc};
use doorstep_contract::{Order, ShipmentId, Stage};
use serde_json::{Value, json};

use super::new_order::{Invalid, NewOrder, replace};
use crate::order::tracking_updates::apply;
use crate::order::{InternalState, OrderAggregate};
use crate::tracking::TrackingUpdate;
use crate::tracking::new_event::NewEvent;

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

fn body() -> Value {
    json!({
        "number": "1042", "placed_at": "2026-11-16T09:30:00Z", "time_zone": "Europe/London",
        "destination": {"lines": ["12 M… Street", "London N1"], "country": "GB"},
        "email": "robin@mail.example", "postcode": "N1 1AA", "notify": true, "lang": "en-GB",
        "lines": [{"id": "jacket", "title": "Rain jacket", "quantity": 2, "unit_price": {"minor": 8900, "currency": "GBP"}}],
        "shipments": [{"carrier": {"code": "dpd", "name": "DPD"}, "tracking_number": "15501", "lines": [{"line_id": "jacket", "quantity": 1}],
                       "promise": {"promised": {"from": "2026-11-20", "to": "2026-11-20"}}}],
        "unshipped": [{"line_id": "jacket", "quantity": 1}]
    })
}

fn accepted(body: Value) -> Result<Order, Invalid> {
    let order: NewOrder = serde_json::from_value(body).expect("a body of the right shape");
    order.into_order("ord_1".into(), now())
}

fn with(pointer: &str, value: Value) -> Value {
    let mut body = body();
    *body.pointer_mut(pointer).expect("a field") = value;
    body
}

#[test]
fn a_good_order_becomes_version_one() {
    let order = accepted(body()).expect("accepted");
    assert_eq!((order.version, order.stream), (1, true));
    let shipment = order.shipments.first().expect("a shipment");
    assert_eq!((shipment.id.as_str(), &shipment.stage), ("s1", &Stage::LabelCreated));
}

#[test]
fn every_refusal_names_its_field() {
    let table = [
        ("/number", json!(" "), "/number", "empty"),
        ("/time_zone", json!("London"), "/time_zone", "unknown-time-zone"),
        ("/email", json!("robin"), "/email", "not-an-email"),
        ("/lang", json!("de_AT"), "/lang", "not-a-language-tag"),
        ("/email", json!(null), "/email", "missing"),
        ("/lang", json!(""), "/lang", "not-a-language-tag"),
        ("/destination/country", json!("UK1"), "/destination/country", "not-a-country-code"),
        ("/lines/0/quantity", json!(0), "/lines/0/quantity", "zero"),
        ("/lines/0/unit_price/currency", json!("pounds"), "/lines/0/unit_price/currency", "not-a-currency-code"),
        ("/lines/0/unit_price/minor", json!(9_007_199_254_740_992_i64), "/lines/0/unit_price/minor", "out-of-range"),
        ("/shipments/0/lines/0/line_id", json!("coat"), "/shipments/0/lines/0/line_id", "unknown-line"),
        ("/shipments/0/lines/0/quantity", json!(3), "/shipments/0/lines/0/quantity", "more-than-ordered"),
        ("/unshipped/0/quantity", json!(2), "/unshipped/0/quantity", "more-than-ordered"),
        (
            "/shipments/0/carrier",
            json!({"code": "dpd", "name": "DPD", "url": "http://dpd.example"}),
            "/shipments/0/carrier/url",
            "not-https",
        ),
        ("/lines", json!([]), "/lines", "empty"),
    ];
    for (field, value, pointer, code) in table {
        let refused = accepted(with(field, value)).expect_err(field);
        let found = refused.errors.iter().any(|error| error.pointer == pointer && error.code == code);
        assert!(found, "{field}: {:?}", refused.errors);
    }
}

#[test]
fn an_identity_is_given_once() {
    let mut twice = body();
    let line = twice.pointer("/lines/0").cloned().expect("a line");
    twice.pointer_mut("/lines").and_then(Value::as_array_mut).expect("lines").push(line);
    let refused = accepted(twice).expect_err("refused");
    assert!(refused.errors.iter().any(|error| error.pointer == "/lines/1/id" && error.code == "duplicate"));
}

#[test]
fn an_unknown_field_is_refused_by_its_name() {
    let mut extra = body();
    extra["colour"] = json!("blue");
    let error = serde_json::from_value::<NewOrder>(extra).expect_err("refused").to_string();
    assert!(error.contains("colour"), "{error}");
}

fn after(order: Order, shipment_id: &ShipmentId, update: &TrackingUpdate) -> Order {
    let mut record = OrderAggregate { order, private: InternalState::default() };
    apply(&mut record, shipment_id, update, now());
    record.order
}

#[test]
fn replacing_an_order_keeps_what_has_happened() {
    let order = accepted(body()).expect("accepted");
    let scan = json!({"shipment_id": "s1", "at": {"local": "2026-11-19T07:00", "offset_min": 0}, "stage": "in_transit"});
    let scan: NewEvent = serde_json::from_value(scan).expect("an event");
    let (id, update) = scan.into_update(now()).expect("accepted");
    let order = after(order, &id, &update);

    let mut later = body();
    later["shipments"][0]["promise"]["promised"] = json!({"from": "2026-11-23", "to": "2026-11-23"});
    let later: NewOrder = serde_json::from_value(later).expect("a body");
    let replaced = replace(&order, later, now()).expect("accepted");
    let shipment = replaced.shipments.first().expect("a shipment");
    assert_eq!(replaced.version, 3);
    assert_eq!((shipment.events.len(), &shipment.stage), (1, &Stage::InTransit));
    let promise = shipment.promise.as_ref().expect("a promise");
    assert_eq!(promise.promised, order.shipments[0].promise.as_ref().and_then(|promise| promise.promised));
    assert_eq!(promise.revisions.len(), 1);
}

#[test]
fn another_tracking_number_is_another_parcel() {
    let order = accepted(body()).expect("accepted");
    let scan = json!({"shipment_id": "s1", "at": {"local": "2026-11-19"}, "stage": "lost"});
    let scan: NewEvent = serde_json::from_value(scan).expect("an event");
    let (id, update) = scan.into_update(now()).expect("accepted");
    let order = after(order, &id, &update);
    let mut later = with("/shipments/0/tracking_number", json!("15502"));
    later["shipments"][0]["id"] = json!("s1");
    let later: NewOrder = serde_json::from_value(later).expect("a body");
    let replaced = replace(&order, later, now()).expect("accepted");
    let shipment = replaced.shipments.first().expect("a shipment");
    assert!(shipment.events.is_empty() && shipment.promise.is_some());
}

#[test]
fn an_event_is_checked_too() {
    let table = [
        (json!({"stage": "teleported"}), "/stage"),
        (json!({"at": {"local": "2026-11-19", "offset_min": 2000}}), "/at/offset_min"),
        (json!({"at": {"local": "2026-11-19", "zone": "explicit"}}), "/at/offset_min"),
        (json!({"at": {"local": "2027-01-19"}}), "/at/local"),
        (json!({"text": "x".repeat(1_001)}), "/text"),
        (json!({"facts": {"pickup": {"name": "Kiosk", "lines": vec!["x".repeat(200); 50]}}}), "/facts"),
        (json!({"facts": {"delivered": {"to": "roof"}}}), "/facts/delivered/to"),
        (json!({"facts": {"delivered": {"to": "safe_place", "photo_url": "javascript:alert(1)"}}}), "/facts/delivered/photo_url"),
    ];
    for (change, pointer) in table {
        let mut event = json!({"shipment_id": "s1", "at": {"local": "2026-11-19"}, "stage": "in_transit"});
        for (field, value) in change.as_object().expect("fields") {
            event[field] = value.clone();
        }
        let event: NewEvent = serde_json::from_value(event).expect("an event");
        let refused = event.into_update(now()).expect_err(pointer);
        assert_eq!(refused.errors.first().map(|error| error.pointer.as_str()), Some(pointer));
    }
}
