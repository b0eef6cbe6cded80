//! Tests complete webhook requests: authenticated as Shippo's are, read, and applied to an order.

use doorstep_contract::{ConditionState, DeliveredTo, Party, PromiseSource, Reason, Shipment, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::testing::{any_json, now, record, send, shipment_after};
use super::super::{Delivery, Refusal, Secrets};
use super::signature::sign;

const SECRET: &str = "front-door";
const DELIVERED: &str = include_str!("fixtures/delivered.json");
const ATTEMPT: &str = include_str!("fixtures/attempt.json");
const RETURNED: &str = include_str!("fixtures/returned.json");
const CUSTOMS: &str = include_str!("fixtures/customs.json");
const PICKUP: &str = include_str!("fixtures/pickup.json");
const DELAYED: &str = include_str!("fixtures/delayed.json");
const ALL: &[&str] = &[DELIVERED, ATTEMPT, RETURNED, CUSTOMS, PICKUP, DELAYED];

fn secrets() -> Secrets {
    Secrets { shippo: vec!["of-last-year".to_owned(), SECRET.to_owned()], ..Secrets::default() }
}

fn deliver(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    send("shippo", &[("shippo-auth-signature", sign(body, now(), SECRET))], body, &secrets())
}

fn delivery(body: &str) -> Delivery {
    deliver(body.as_bytes()).expect("accepted").pop().expect("a delivery")
}

fn after(body: &str) -> Shipment {
    shipment_after(&[delivery(body)])
}

/// Returns an update about a shipment with this newest scan.
fn newest(scan: &Value) -> String {
    json!({"event": "track_updated", "data": {"carrier": "usps", "tracking_number": "DS1", "tracking_status": scan}}).to_string()
}

fn promised(delivery: &Delivery) -> Value {
    json!([delivery.update.facts.promise_first, delivery.update.facts.promise_expected])
}

#[test]
fn a_delivered_parcel_says_where_it_was_left() {
    let shipment = after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Delivered, &ConditionState::Ok));
    assert_eq!(shipment.delivered.map(|delivered| delivered.to), Some(DeliveredTo::Mailbox));
    // The newest scan is also in the history, and is counted once.
    assert_eq!(shipment.events.len(), 4);
    let delivery = delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("DS00520042", Some("usps")));
    let told_at = delivery.update.reported_at.map(|at| at.utc().to_rfc3339());
    assert_eq!(told_at.as_deref(), Some("2026-10-07T23:10:00+00:00"));
}

#[test]
fn a_failed_attempt_has_its_reason_and_the_shopper_has_to_act() {
    let shipment = after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::OutForDelivery, &ConditionState::AttemptFailed));
    assert_eq!((shipment.condition.reason, shipment.attempts), (Some(Reason::ConsigneeAccessRestricted), 1));
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn a_parcel_that_nobody_fetched_goes_back_and_the_shop_has_to_act() {
    let shipment = after(RETURNED);
    assert_eq!((&shipment.stage, shipment.delivered), (&Stage::Returning, None));
    let facts = delivery(RETURNED).update.facts;
    assert_eq!(facts.action_required.map(|action| action.who), Some(Party::Retailer));
}

#[test]
fn a_parcel_in_customs_is_held() {
    let shipment = after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Held));
    let places: Vec<_> = shipment.events.iter().filter_map(|event| event.place.as_ref()?.country.as_deref()).collect();
    assert_eq!(places, ["CN", "DE"]);
}

#[test]
fn a_parcel_at_the_post_office_can_be_fetched() {
    let shipment = after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::ReadyForPickup, &ConditionState::Ok));
    assert_eq!((shipment.pickup, shipment.action_required.map(|action| action.who)), (None, Some(Party::Shopper)));
}

#[test]
fn a_delay_keeps_the_day_that_was_expected_first() {
    let shipment = after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    assert_eq!(shipment.promise.map(|promise| promise.source), Some(PromiseSource::Carrier));
    let days = json!([{"kind": "day", "from": "2026-10-23", "to": "2026-10-23"}, {"kind": "day", "from": "2026-10-26", "to": "2026-10-26"}]);
    assert_eq!(promised(&delivery(DELAYED)), days);
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
        let events = delivery(&newest(&scan(written))).update.events;
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
        let facts = delivery(&newest(&scan)).update.facts;
        assert_eq!(facts.action_required.map(|action| action.who), who, "{code} {said}");
    }
}

#[test]
fn a_status_without_a_date_is_said_of_the_parcel() {
    let facts = delivery(&newest(&json!({"status": "TRANSIT", "substatus": {"code": "delayed"}}))).update.facts;
    let condition = facts.condition.map(|condition| condition.state);
    assert_eq!((facts.stage, condition), (Some(Stage::InTransit), Some(ConditionState::Late)));
}

#[test]
fn a_vague_failure_on_the_way_is_not_late() {
    let scan = |status: &str, at: &str| json!({"status": status, "status_details": status, "status_date": at});
    let history = [scan("TRANSIT", "2026-11-17T10:00:00Z"), scan("FAILURE", "2026-11-18T10:00:00Z")];
    let track = json!({"tracking_number": "DS1", "tracking_status": history[1], "tracking_history": history});
    let shipment = after(&json!({"event": "track_updated", "data": track}).to_string());
    assert_eq!((&shipment.stage, shipment.condition.state.as_str()), (&Stage::InTransit, "unknown"));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scan = json!({"status": "TELEPORTED", "status_details": "QUANTUM HANDOVER", "status_date": "2026-11-19T10:00:00Z"});
    let delivery = delivery(&newest(&scan));
    assert_eq!(delivery.unknown, ["TELEPORTED"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    let raw = shipment.events.first().and_then(|event| event.raw.as_ref()).expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("TELEPORTED"), Some("QUANTUM HANDOVER")));
}

#[test]
fn a_carriers_word_that_shippo_does_not_know_says_nothing() {
    let scan = json!({"status": "UNKNOWN", "substatus": {"code": "other"}, "status_details": "?", "status_date": "2026-11-19T10:00:00Z"});
    let delivery = delivery(&newest(&scan));
    assert_eq!((delivery.unknown, delivery.update.facts.stage), (Vec::new(), None));
}

#[test]
fn a_scan_for_which_a_finer_word_is_found_stays_one() {
    let scan = |code: Option<&str>| {
        json!({"status": "TRANSIT", "substatus": code.map(|code| json!({"code": code})), "status_details": "At the port",
            "status_date": "2026-11-18T10:00:00Z"})
    };
    let (first, then) = (newest(&scan(None)), newest(&scan(Some("package_arrived"))));
    assert_eq!(shipment_after(&[delivery(&first), delivery(&then)]).events.len(), 1);
}

#[test]
fn the_same_delivery_twice_gives_the_same_parcel() {
    for body in ALL {
        assert_eq!(shipment_after(&[delivery(body), delivery(body)]), after(body), "{body}");
        assert_eq!(delivery(body).unknown, Vec::<String>::new());
    }
}

#[test]
fn other_events_are_well_received_and_bad_ones_refused() {
    assert_eq!(deliver(br#"{"event": "transaction_created", "data": {}}"#), Ok(Vec::new()));
    for body in ["", "{", "[]", "{}", r#"{"event": "track_updated"}"#, r#"{"event": "track_updated", "data": {}}"#] {
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
}

#[test]
fn whoever_does_not_know_the_secret_is_refused() {
    let body = DELIVERED.as_bytes();
    for signature in [sign(b"{}", now(), SECRET), sign(body, now(), "back-door")] {
        let answer = send("shippo", &[("shippo-auth-signature", signature)], body, &secrets());
        assert_eq!(answer, Err(Refusal::BadSignature));
    }
    assert_eq!(send("shippo", &[], body, &secrets()), Err(Refusal::BadSignature));
    let unset = send("shippo", &[("shippo-auth-signature", sign(body, now(), SECRET))], body, &Secrets::default());
    assert_eq!(unset, Err(Refusal::BadSignature));
}

const NAMES: &[&str] = &[
    "tracking_status",
    "tracking_history",
    "status",
    "status_date",
    "status_details",
    "substatus",
    "code",
    "action_required",
    "location",
    "city",
    "country",
    "eta",
    "original_eta",
    "TRANSIT",
    "DELIVERED",
    "delayed",
];

proptest! {
    #[test]
    fn no_payload_makes_it_panic(track in any_json(NAMES), scans in proptest::collection::vec(any_json(NAMES), 0..4)) {
        let mut track = track;
        if let Some(fields) = track.as_object_mut() {
            fields.insert("tracking_number".to_owned(), json!("1"));
            fields.insert("tracking_history".to_owned(), json!(scans));
        }
        let body = json!({"event": "track_updated", "data": track}).to_string();
        shipment_after(&deliver(body.as_bytes()).unwrap_or_default());
    }

    #[test]
    fn no_truncated_payload_is_read(which in 0..ALL.len(), end in any::<proptest::sample::Index>()) {
        let body = ALL[which].trim_end().as_bytes();
        let body = &body[..end.index(body.len())];
        let refused = deliver(body);
        prop_assert!(matches!(refused, Err(Refusal::Unreadable(_))));
        let untouched = record().order.shipments.pop();
        prop_assert_eq!(Some(shipment_after(&refused.unwrap_or_default())), untouched);
    }
}
