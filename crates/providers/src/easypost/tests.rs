//! Tests complete webhook requests: signed as EasyPost signs, read, and applied to an order.

use doorstep_contract::{ConditionState, Reason, Stage, Verdict};
use doorstep_domain::order::tracking_updates::{Applied, apply};
use serde_json::json;

use super::case::{ATTEMPT, CASE, MISDATED, RETURNED};
use crate::testing::{now, record, shipment_after, state};

#[test]
fn a_delivered_scan_that_is_dated_too_early_still_delivers() {
    let delivery = CASE.delivery(MISDATED);
    let mut record = record();
    assert_eq!(apply(&mut record, &"s1".into(), &delivery.update, now()), Applied::Changed);
    let shipment = record.order.shipments.first().expect("a shipment");
    assert_eq!((&shipment.stage, shipment.events.len()), (&Stage::Delivered, 6));
    let delivered = shipment.delivered.as_ref().expect("a delivery");
    assert_eq!(delivered.signed_by.as_deref(), Some("M. Okafor"));
    let verdict = shipment.promise.as_ref().map(|promise| &promise.verdict);
    assert_eq!(verdict, Some(&Verdict::Early));
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("1ZDEMO0042", Some("UPS")));
}

#[test]
fn a_failed_attempt_is_one_and_a_refused_parcel_goes_back() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!((state(&shipment), shipment.attempts), (["out_for_delivery", "attempt_failed", "-"], 1));
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!(shipment.stage, Stage::Returning);
    assert!(shipment.events.iter().any(|event| event.reason == Some(Reason::ConsigneeRefused)));
}

#[test]
fn a_webhook_that_is_posted_twice_doubles_nothing() {
    let delivery = CASE.delivery(MISDATED);
    let mut record = record();
    apply(&mut record, &"s1".into(), &delivery.update, now());
    assert_eq!(apply(&mut record, &"s1".into(), &delivery.update, now()), Applied::Unchanged);
    assert_eq!(record.order.version, 2);
}

#[test]
fn the_same_scan_a_minute_apart_is_one() {
    let scan = |at: &str| json!({"message": "DELIVERED", "status": "delivered", "datetime": at});
    let scans = [scan("2026-11-19T10:00:00Z"), scan("2026-11-19T10:01:00Z"), scan("2026-11-19T14:00:00Z")];
    let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "tracking_details": scans}});
    assert_eq!(shipment_after(&[CASE.delivery(&body.to_string())]).events.len(), 2);
}

#[test]
fn a_z_says_nothing_about_the_zone_and_an_offset_does() {
    for (datetime, offset_min) in [("2026-11-19T10:00:00Z", None), ("2026-11-19T10:00:00-05:00", Some(-300))] {
        let scan = json!({"message": "Out", "status": "out_for_delivery", "datetime": datetime});
        let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "tracking_details": [scan]}});
        let delivery = CASE.delivery(&body.to_string());
        let at = &delivery.update.events.first().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-19T10:00:00", offset_min));
    }
}

#[test]
fn the_words_are_cleaned_and_the_raw_text_is_kept() {
    let delivery = CASE.delivery(MISDATED);
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
    let mut record = record();
    apply(&mut record, &"s1".into(), &CASE.delivery(&body.to_string()).update, now());
    let shipment = record.order.shipments.first().expect("a shipment");
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    assert_eq!(CASE.delivery(&body.to_string()).unknown, ["teleported"]);
    assert_eq!(shipment.events.first().and_then(|event| event.text.as_deref()), Some("Quantum handover"));
}
