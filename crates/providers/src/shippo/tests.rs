//! Tests complete webhook requests: authenticated as Shippo authenticates them, read, and applied to an order.

use doorstep_contract::{ConditionState, DeliveredTo, Party, PromiseSource, Reason, Stage};
use serde_json::{Value, json};

use super::case::{ATTEMPT, CASE, CUSTOMS, DELAYED, DELIVERED, PICKUP, RETURNED};
use crate::delivery::Delivery;
use crate::testing::shipment_after;

/// Returns an update about a shipment with this newest scan.
fn newest(scan: &Value) -> String {
    json!({"event": "track_updated", "data": {"carrier": "usps", "tracking_number": "DS1", "tracking_status": scan}}).to_string()
}

fn promised(delivery: &Delivery) -> Value {
    json!([delivery.update.facts.promise_first, delivery.update.facts.promise_expected])
}

#[test]
fn a_delivered_parcel_says_where_it_was_left() {
    let shipment = CASE.shipment_after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Delivered, &ConditionState::Ok));
    assert_eq!(shipment.delivered.map(|delivered| delivered.to), Some(DeliveredTo::Mailbox));
    // The newest scan is also in the history, and is counted once.
    assert_eq!(shipment.events.len(), 4);
    let delivery = CASE.delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("DS00520042", Some("usps")));
    let told_at = delivery.update.reported_at.map(|at| at.utc().to_rfc3339());
    assert_eq!(told_at.as_deref(), Some("2026-10-07T23:10:00+00:00"));
}

#[test]
fn a_failed_attempt_has_its_reason_and_the_shopper_has_to_act() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::OutForDelivery, &ConditionState::AttemptFailed));
    assert_eq!((shipment.condition.reason, shipment.attempts), (Some(Reason::ConsigneeAccessRestricted), 1));
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn a_parcel_that_nobody_fetched_goes_back_and_the_shop_has_to_act() {
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!((&shipment.stage, shipment.delivered), (&Stage::Returning, None));
    let facts = CASE.delivery(RETURNED).update.facts;
    assert_eq!(facts.action_required.map(|action| action.who), Some(Party::Retailer));
}

#[test]
fn a_parcel_in_customs_is_held() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Held));
    let places: Vec<_> = shipment.events.iter().filter_map(|event| event.place.as_ref()?.country.as_deref()).collect();
    assert_eq!(places, ["CN", "DE"]);
}

#[test]
fn a_parcel_at_the_post_office_can_be_fetched() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::ReadyForPickup, &ConditionState::Ok));
    assert_eq!((shipment.pickup, shipment.action_required.map(|action| action.who)), (None, Some(Party::Shopper)));
}

#[test]
fn a_delay_keeps_the_day_that_was_expected_first() {
    let shipment = CASE.shipment_after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    assert_eq!(shipment.promise.map(|promise| promise.source), Some(PromiseSource::Carrier));
    let days = json!([{"kind": "day", "from": "2026-10-23", "to": "2026-10-23"}, {"kind": "day", "from": "2026-10-26", "to": "2026-10-26"}]);
    assert_eq!(promised(&CASE.delivery(DELAYED)), days);
}

#[test]
fn a_z_says_nothing_about_the_zone() {
    let scan = |at: &str| json!({"status": "TRANSIT", "status_details": "Scan", "status_date": at});
    for (written, local, offset) in [
        ("2026-11-19T23:30:00Z", "2026-11-19T23:30:00", None),
        ("2026-11-19T23:30:00", "2026-11-19T23:30:00", None),
        ("2026-11-19", "2026-11-19", None),
        ("2026-11-19T23:30:00-08:00", "2026-11-19T23:30:00", Some(-480)),
    ] {
        let events = CASE.delivery(&newest(&scan(written))).update.events;
        let at = &events.first().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{written}");
    }
}

#[test]
fn only_what_shippo_says_has_to_be_done() {
    for (code, said, who) in [
        ("notice_left", json!(true), Some(Party::Shopper)),
        ("notice_left", json!(false), None),
        ("notice_left", json!(null), Some(Party::Shopper)),
        ("package_damaged", json!(true), Some(Party::Retailer)),
        ("package_departed", json!(null), None),
    ] {
        let scan = json!({"status": "TRANSIT", "substatus": {"code": code, "action_required": said}});
        let facts = CASE.delivery(&newest(&scan)).update.facts;
        assert_eq!(facts.action_required.map(|action| action.who), who, "{code} {said}");
    }
}

#[test]
fn a_status_without_a_date_is_said_of_the_parcel() {
    let facts = CASE.delivery(&newest(&json!({"status": "TRANSIT", "substatus": {"code": "delayed"}}))).update.facts;
    let condition = facts.condition.map(|condition| condition.state);
    assert_eq!((facts.stage, condition), (Some(Stage::InTransit), Some(ConditionState::Late)));
}

#[test]
fn a_vague_failure_on_the_way_is_not_late() {
    let scan = |status: &str, at: &str| json!({"status": status, "status_details": status, "status_date": at});
    let history = [scan("TRANSIT", "2026-11-17T10:00:00Z"), scan("FAILURE", "2026-11-18T10:00:00Z")];
    let track = json!({"tracking_number": "DS1", "tracking_status": history[1], "tracking_history": history});
    let shipment = CASE.shipment_after(&json!({"event": "track_updated", "data": track}).to_string());
    assert_eq!((&shipment.stage, shipment.condition.state.as_str()), (&Stage::InTransit, "unknown"));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scan = json!({"status": "TELEPORTED", "status_details": "QUANTUM HANDOVER", "status_date": "2026-11-19T10:00:00Z"});
    let delivery = CASE.delivery(&newest(&scan));
    assert_eq!(delivery.unknown, ["TELEPORTED"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    let raw = shipment.events.first().and_then(|event| event.raw.as_ref()).expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("TELEPORTED"), Some("QUANTUM HANDOVER")));
}

#[test]
fn a_carriers_word_that_shippo_does_not_know_says_nothing() {
    let scan = json!({"status": "UNKNOWN", "substatus": {"code": "other"}, "status_details": "?", "status_date": "2026-11-19T10:00:00Z"});
    let delivery = CASE.delivery(&newest(&scan));
    assert_eq!((delivery.unknown, delivery.update.facts.stage), (Vec::new(), None));
}

#[test]
fn a_scan_for_which_a_finer_word_is_found_stays_one() {
    let scan = |code: Option<&str>| {
        json!({"status": "TRANSIT", "substatus": code.map(|code| json!({"code": code})), "status_details": "At the port",
            "status_date": "2026-11-18T10:00:00Z"})
    };
    let (first, then) = (newest(&scan(None)), newest(&scan(Some("package_arrived"))));
    assert_eq!(shipment_after(&[CASE.delivery(&first), CASE.delivery(&then)]).events.len(), 1);
}
