//! Tests complete webhook requests: signed as ShipEngine signs, read, and applied to an order.

use chrono::TimeDelta;
use doorstep_contract::{ConditionState, DeliveredTo, Party, Reason, Stage};
use serde_json::{Value, json};

use super::case::{ATTEMPT, CASE, CUSTOMS, DELAYED, DELIVERED, PICKUP, RETURNED};
use crate::suite::case::{SECRET, ToSign};
use crate::testing::{now, shipment_after};

/// Returns an update about a shipment with this status and these scans.
fn parcel(status: &str, detail: Option<&str>, scans: &Value) -> String {
    let parcel = json!({"tracking_number": "DS1", "status_code": status, "status_detail_code": detail, "events": scans});
    json!({"resource_type": "API_TRACK", "data": parcel}).to_string()
}

#[test]
fn a_delivered_parcel_says_with_whom_it_is_and_shows_the_photo() {
    let shipment = CASE.shipment_after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Delivered, &ConditionState::Ok));
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!((&delivered.to, delivered.signed_by.as_deref()), (&DeliveredTo::Neighbour, Some("R. Alvarez")));
    assert_eq!(delivered.photo_url.as_deref(), Some("https://proof.example/p.jpg"));
    assert_eq!(shipment.promise.map(|promise| promise.verdict.as_str().to_owned()).as_deref(), Some("on_time"));
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://carrier.example/track/DS00620042"));
    let delivery = CASE.delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("DS00620042", Some("ups")));
    let place = delivery.update.events.first().and_then(|event| event.place.clone()).expect("a place");
    assert_eq!((place.name.as_deref(), place.lat), (Some("Mckinney, TX"), Some(33.175)));
}

#[test]
fn a_second_attempt_is_the_second() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::OutForDelivery, &ConditionState::AttemptFailed));
    assert_eq!(shipment.attempts, 2);
    let reasons: Vec<_> = shipment.events.iter().filter_map(|event| event.reason.clone()).collect();
    assert_eq!(reasons, [Reason::ConsigneeNotHome]);
}

#[test]
fn a_refused_parcel_goes_back_to_its_sender() {
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!((&shipment.stage, shipment.delivered), (&Stage::Returning, None));
    assert!(shipment.events.iter().any(|event| event.reason == Some(Reason::ConsigneeRefused)));
}

#[test]
fn customs_holds_a_parcel() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Customs, &ConditionState::Held));
    assert_eq!(shipment.condition.reason, Some(Reason::CustomsDelay));
}

#[test]
fn a_parcel_in_a_shop_says_which_shop() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::ReadyForPickup, &ConditionState::Ok));
    let pickup = shipment.pickup.expect("a place");
    assert_eq!((pickup.name.as_str(), pickup.lines.join("|").as_str()), ("Kiosk Lindner", "10827 Berlin"));
    assert_eq!(pickup.country.as_deref(), Some("DE"));
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn a_delay_is_told_with_the_day_that_is_expected_now() {
    let shipment = CASE.shipment_after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    let expected = shipment.promise.and_then(|promise| promise.expected).map(|window| json!(window));
    assert_eq!(expected, Some(json!({"kind": "day", "from": "2026-10-26", "to": "2026-10-26"})));
}

#[test]
fn an_exception_on_a_parcel_that_is_on_time_is_neither_late_nor_lost() {
    let scans = json!([{"status_code": "IT", "description": "Departed", "carrier_occurred_at": "2026-11-19T10:00:00"}]);
    let shipment = CASE.shipment_after(&parcel("EX", None, &scans));
    assert_eq!((&shipment.stage, shipment.condition.state.as_str()), (&Stage::InTransit, "unknown"));
}

#[test]
fn a_scan_without_a_word_says_nothing_but_what_the_carrier_said() {
    let scans = json!([
        {"status_code": "UN", "event_code": "AR", "description": "Arrived", "carrier_occurred_at": "2026-11-19T12:00:00"},
        {"status_code": "", "carrier_status_code": 7, "description": "Departed", "carrier_occurred_at": "2026-11-19T11:00:00"},
        {"status_code": "it", "description": "On the way", "carrier_occurred_at": "2026-11-19T10:00:00"},
    ]);
    let delivery = CASE.delivery(&parcel("UN", None, &scans));
    assert_eq!((delivery.unknown.clone(), delivery.update.facts.stage.clone()), (vec![], None));
    let codes: Vec<_> = delivery.update.events.iter().filter_map(|event| event.raw.as_ref()?.code.as_deref()).collect();
    assert_eq!(codes, ["UN", "7", "IT"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((shipment.stage, shipment.condition.state), (Stage::InTransit, ConditionState::Ok));
}

#[test]
fn the_carriers_own_reading_counts_and_is_never_converted() {
    for (local, read, offset) in [
        (json!("2026-11-18T23:30:00"), "2026-11-18T23:30:00", Some(-300)),
        (json!("2026-11-18"), "2026-11-18", None),
        (json!(null), "2026-11-19T04:30:00", None),
    ] {
        let scans = json!([{"status_code": "IT", "occurred_at": "2026-11-19T04:30:00Z", "carrier_occurred_at": local}]);
        let events = CASE.delivery(&parcel("IT", None, &scans)).update.events;
        let at = &events.first().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), (read, offset));
    }
}

#[test]
fn what_is_said_again_later_is_no_newer() {
    let update_time = |scans: &Value| {
        let body = parcel("IT", None, scans);
        let signer = CASE.signers.first().expect("a signer");
        let at = now() - TimeDelta::seconds(30);
        let credentials = (signer.sign)(&ToSign { body: body.as_bytes(), secret: SECRET, at });
        let deliveries = CASE.send(&credentials, &[], body.as_bytes(), &CASE.configured()).expect("accepted");
        deliveries.first().and_then(|delivery| delivery.update.told_at).map(|at| at.utc().to_rfc3339())
    };
    let scan = |at: &str| json!([{"status_code": "IT", "occurred_at": at}]);
    assert_eq!(update_time(&scan("2026-11-19T10:00:00Z")).as_deref(), Some("2026-11-19T10:00:00+00:00"));
    // A scan may be dated in the future by a wrong clock of the carrier; the update is never dated after its signature.
    assert_eq!(update_time(&scan("2027-11-19T10:00:00Z")).as_deref(), Some("2026-11-20T11:59:30+00:00"));
    assert_eq!(update_time(&json!([])).as_deref(), Some("2026-11-20T11:59:30+00:00"));
}

#[test]
fn what_the_shopper_has_to_do_is_said_in_the_carriers_words() {
    let body = json!({"resource_type": "API_TRACK", "data": {"tracking_number": "DS1", "status_code": "EX",
        "status_detail_code": "ADDRESS_QUERY", "exception_description": "STREET NUMBER IS MISSING"}});
    let facts = CASE.delivery(&body.to_string()).update.facts;
    let condition = facts.condition.expect("a condition");
    assert_eq!((condition.state, condition.reason), (ConditionState::AddressProblem, Some(Reason::ConsigneeIncorrectAddress)));
    assert_eq!(facts.action_required.and_then(|action| action.what).as_deref(), Some("Street number is missing"));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scans = json!([{"status_code": "XX", "status_detail_code": "TELEPORTED", "description": "QUANTUM HANDOVER", "occurred_at": "2026-11-19T10:00:00Z"}]);
    let delivery = CASE.delivery(&parcel("XX", None, &scans));
    assert_eq!(delivery.unknown, ["XX", "XX/TELEPORTED"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    let raw = shipment.events.first().and_then(|event| event.raw.as_ref()).expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("XX/TELEPORTED"), Some("QUANTUM HANDOVER")));
}

#[test]
fn a_scan_for_which_a_finer_word_is_found_stays_one() {
    let scans = |detail: Option<&str>| json!([{"status_code": "IT", "status_detail_code": detail, "description": "At the port", "occurred_at": "2026-11-18T10:00:00Z"}]);
    let (first, then) = (parcel("IT", None, &scans(None)), parcel("IT", None, &scans(Some("HUB_SCAN_IN"))));
    assert_eq!(shipment_after(&[CASE.delivery(&first), CASE.delivery(&then)]).events.len(), 1);
}
