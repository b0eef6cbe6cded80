//! Tests complete webhook requests: signed as ShipEngine signs, read, and applied to an order.

use std::sync::Arc;

use doorstep_contract::{ConditionState, DeliveredTo, Party, Reason, Shipment, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::testing::{any_json, record, send, shipment_after};
use super::super::{Delivery, KeySet, PublicKeys, Refusal, Secrets};
use super::signature::sign;

const KEYS: &str = include_str!("fixtures/keys.json");
const SIGNED_AT: &str = "2026-11-20T11:59:30Z";
const DELIVERED: &str = include_str!("fixtures/delivered.json");
const ATTEMPT: &str = include_str!("fixtures/attempt.json");
const RETURNED: &str = include_str!("fixtures/returned.json");
const CUSTOMS: &str = include_str!("fixtures/customs.json");
const PICKUP: &str = include_str!("fixtures/pickup.json");
const DELAYED: &str = include_str!("fixtures/delayed.json");
const ALL: &[&str] = &[DELIVERED, ATTEMPT, RETURNED, CUSTOMS, PICKUP, DELAYED];

fn secrets() -> Secrets {
    let keys = KeySet::from_json(KEYS.as_bytes()).expect("keys");
    Secrets { shipengine: Some(Arc::new(keys) as Arc<dyn PublicKeys>), ..Secrets::default() }
}

fn headers(signature: String) -> [(&'static str, String); 3] {
    [
        ("x-shipengine-timestamp", SIGNED_AT.to_owned()),
        ("x-shipengine-rsa-sha256-key-id", "doorstep-tests-1".to_owned()),
        ("x-shipengine-rsa-sha256-signature", signature),
    ]
}

fn deliver(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    send("shipengine", &headers(sign(body, SIGNED_AT)), body, &secrets())
}

fn delivery(body: &str) -> Delivery {
    deliver(body.as_bytes()).expect("accepted").pop().expect("a delivery")
}

fn after(body: &str) -> Shipment {
    shipment_after(&[delivery(body)])
}

/// Returns an update about a shipment with this status and these scans.
fn parcel(status: &str, detail: Option<&str>, scans: &Value) -> String {
    let parcel = json!({"tracking_number": "DS1", "status_code": status, "status_detail_code": detail, "events": scans});
    json!({"resource_type": "API_TRACK", "data": parcel}).to_string()
}

#[test]
fn a_delivered_parcel_says_with_whom_it_is_and_shows_the_photo() {
    let shipment = after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Delivered, &ConditionState::Ok));
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!((&delivered.to, delivered.signed_by.as_deref()), (&DeliveredTo::Neighbour, Some("R. Alvarez")));
    assert_eq!(delivered.photo_url.as_deref(), Some("https://proof.example/p.jpg"));
    assert_eq!(shipment.promise.map(|promise| promise.verdict.as_str().to_owned()).as_deref(), Some("on_time"));
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://carrier.example/track/DS00620042"));
    let delivery = delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("DS00620042", Some("ups")));
    let place = delivery.update.events.first().and_then(|event| event.place.clone()).expect("a place");
    assert_eq!((place.name.as_deref(), place.lat), (Some("Mckinney, TX"), Some(33.175)));
}

#[test]
fn a_second_attempt_is_the_second() {
    let shipment = after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::OutForDelivery, &ConditionState::AttemptFailed));
    assert_eq!(shipment.attempts, 2);
    let reasons: Vec<_> = shipment.events.iter().filter_map(|event| event.reason.clone()).collect();
    assert_eq!(reasons, [Reason::ConsigneeNotHome]);
}

#[test]
fn a_refused_parcel_goes_back_to_its_sender() {
    let shipment = after(RETURNED);
    assert_eq!((&shipment.stage, shipment.delivered), (&Stage::Returning, None));
    assert!(shipment.events.iter().any(|event| event.reason == Some(Reason::ConsigneeRefused)));
}

#[test]
fn customs_holds_a_parcel() {
    let shipment = after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Customs, &ConditionState::Held));
    assert_eq!(shipment.condition.reason, Some(Reason::CustomsDelay));
}

#[test]
fn a_parcel_in_a_shop_says_which_shop() {
    let shipment = after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::ReadyForPickup, &ConditionState::Ok));
    let pickup = shipment.pickup.expect("a place");
    assert_eq!((pickup.name.as_str(), pickup.lines.join("|").as_str()), ("Kiosk Lindner", "10827 Berlin"));
    assert_eq!(pickup.country.as_deref(), Some("DE"));
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn a_delay_is_told_with_the_day_that_is_expected_now() {
    let shipment = after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    let expected = shipment.promise.and_then(|promise| promise.expected).map(|window| json!(window));
    assert_eq!(expected, Some(json!({"kind": "day", "from": "2026-10-26", "to": "2026-10-26"})));
}

#[test]
fn an_exception_on_a_parcel_that_is_on_time_is_neither_late_nor_lost() {
    let scans = json!([{"status_code": "IT", "description": "Departed", "carrier_occurred_at": "2026-11-19T10:00:00"}]);
    let shipment = after(&parcel("EX", None, &scans));
    assert_eq!((&shipment.stage, shipment.condition.state.as_str()), (&Stage::InTransit, "unknown"));
}

#[test]
fn a_scan_without_a_word_says_nothing_but_what_the_carrier_said() {
    let scans = json!([
        {"status_code": "UN", "event_code": "AR", "description": "Arrived", "carrier_occurred_at": "2026-11-19T12:00:00"},
        {"status_code": "", "carrier_status_code": 7, "description": "Departed", "carrier_occurred_at": "2026-11-19T11:00:00"},
        {"status_code": "it", "description": "On the way", "carrier_occurred_at": "2026-11-19T10:00:00"},
    ]);
    let delivery = delivery(&parcel("UN", None, &scans));
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
        let events = delivery(&parcel("IT", None, &scans)).update.events;
        let at = &events.first().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), (read, offset));
    }
}

#[test]
fn what_is_said_again_later_is_no_newer() {
    let told_at = |scans: &Value| delivery(&parcel("IT", None, scans)).update.reported_at.map(|at| at.utc().to_rfc3339());
    let scan = |at: &str| json!([{"status_code": "IT", "occurred_at": at}]);
    assert_eq!(told_at(&scan("2026-11-19T10:00:00Z")).as_deref(), Some("2026-11-19T10:00:00+00:00"));
    // A scan may be dated in the future by a wrong clock of the carrier; the update is never dated after its signature.
    assert_eq!(told_at(&scan("2027-11-19T10:00:00Z")).as_deref(), Some("2026-11-20T11:59:30+00:00"));
    assert_eq!(told_at(&json!([])).as_deref(), Some("2026-11-20T11:59:30+00:00"));
}

#[test]
fn what_the_shopper_has_to_do_is_said_in_the_carriers_words() {
    let body = json!({"resource_type": "API_TRACK", "data": {"tracking_number": "DS1", "status_code": "EX",
        "status_detail_code": "ADDRESS_QUERY", "exception_description": "STREET NUMBER IS MISSING"}});
    let facts = delivery(&body.to_string()).update.facts;
    let condition = facts.condition.expect("a condition");
    assert_eq!((condition.state, condition.reason), (ConditionState::AddressProblem, Some(Reason::ConsigneeIncorrectAddress)));
    assert_eq!(facts.action_required.and_then(|action| action.what).as_deref(), Some("Street number is missing"));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scans = json!([{"status_code": "XX", "status_detail_code": "TELEPORTED", "description": "QUANTUM HANDOVER", "occurred_at": "2026-11-19T10:00:00Z"}]);
    let delivery = delivery(&parcel("XX", None, &scans));
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
    assert_eq!(deliver(br#"{"resource_type": "API_BATCH", "resource_url": "https://api.example/1"}"#), Ok(Vec::new()));
    for body in ["", "{", "[]", "{}", r#"{"resource_type": "API_TRACK"}"#, r#"{"resource_type": "API_TRACK", "data": {}}"#] {
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
}

#[test]
fn whoever_has_not_the_key_is_refused() {
    let body = DELIVERED.as_bytes();
    let answer = send("shipengine", &headers(sign(b"{}", SIGNED_AT)), body, &secrets());
    assert_eq!(answer, Err(Refusal::BadSignature));
    assert_eq!(send("shipengine", &[], body, &secrets()), Err(Refusal::BadSignature));
    let unset = send("shipengine", &headers(sign(body, SIGNED_AT)), body, &Secrets::default());
    assert_eq!(unset, Err(Refusal::BadSignature));
}

const NAMES: &[&str] = &[
    "events",
    "status_code",
    "status_detail_code",
    "occurred_at",
    "carrier_occurred_at",
    "description",
    "city_locality",
    "country_code",
    "company_name",
    "signer",
    "latitude",
    "longitude",
    "proof_of_delivery_url",
    "estimated_delivery_date",
    "DE",
    "SP",
    "EX",
    "PARCEL_LOST",
];

proptest! {
    // RSA signatures are slow, so there are fewer cases.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_payload_makes_it_panic(parcel in any_json(NAMES), scans in proptest::collection::vec(any_json(NAMES), 0..4)) {
        let mut parcel = parcel;
        if let Some(fields) = parcel.as_object_mut() {
            fields.insert("tracking_number".to_owned(), json!("1"));
            fields.insert("events".to_owned(), json!(scans));
        }
        let body = json!({"resource_type": "API_TRACK", "data": parcel}).to_string();
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
