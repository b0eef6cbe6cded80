//! Tests complete webhook requests: signed, read, and applied to an order.

use doorstep_contract::{ConditionState, Date, DeliveredTo, Event, Party, PromiseSource, Reason, Stage, TrackingLevel, Window};
use serde_json::{Value, json};

use super::case::{self, ATTEMPT, CASE, CUSTOMS, DELAYED, DELIVERED, OWN_WORDS, PICKUP, RETURNED};
use crate::testing::shipment_after;

/// Returns a report about a UPS shipment with these fields.
fn parcel(fields: Value) -> String {
    case::parcel(fields).to_string()
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn event<'a>(events: &'a [Event], text: &str) -> &'a Event {
    events.iter().find(|event| event.text.as_deref() == Some(text)).expect(text)
}

#[test]
fn a_delivered_parcel_says_where_it_was_left_and_shows_the_photo() {
    let shipment = CASE.shipment_after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state, shipment.events.len()), (&Stage::Delivered, &ConditionState::Ok, 6));
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!((delivered.to, delivered.photo_url.as_deref()), (DeliveredTo::Mailbox, Some("https://photos.example/42.jpg")));
    let delivery = CASE.delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("9400 1000 0000 0000 0000 42", Some("usps")));
    assert_eq!(delivery.update.told_at.map(|at| at.to_string()).as_deref(), Some("2026-10-09T22:05:00Z"));
    assert_eq!(delivery.unknown, Vec::<String>::new());
}

#[test]
fn a_failed_attempt_asks_the_shopper_and_counts_all_attempts() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::AttemptFailed));
    assert_eq!(shipment.attempts, 2);
    let action = shipment.action_required.expect("an action");
    assert_eq!((action.who, action.what.as_deref()), (Party::Shopper, Some("Choose another day")));
    assert_eq!(shipment.reroute_url.as_deref(), Some("https://carrier.example/manage/774900001234"));
    assert!(shipment.events.iter().any(|event| event.id == "fx-4"));
}

#[test]
fn a_refused_parcel_is_returned() {
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!(shipment.stage, Stage::Returned);
    let refused = event(&shipment.events, "The receiver did not want the parcel");
    assert_eq!((&refused.condition, &refused.reason), (&Some(ConditionState::Refused), &Some(Reason::ConsigneeRefused)));
    assert_eq!(refused.raw.as_ref().and_then(|raw| raw.code.as_deref()), Some("ups/status/064"));
    assert_eq!(shipment.delivered, None);
}

#[test]
fn a_parcel_at_customs_is_late_because_of_customs_and_keeps_every_clock() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Customs, &ConditionState::Late));
    assert_eq!(shipment.condition.reason, Some(Reason::CustomsDelay));
    let times = |text| {
        let at = event(&shipment.events, text).at.clone();
        (at.local.to_string(), at.offset_min)
    };
    assert_eq!(times("Shipment picked up"), ("2026-10-30T19:05:00".to_owned(), Some(540)));
    assert_eq!(times("Processed"), ("2026-11-01T23:48:00".to_owned(), Some(60)));
    assert_eq!(times("Clearance event"), ("2026-11-03".to_owned(), None));
}

#[test]
fn a_parcel_at_a_pickup_point_says_where_and_until_when() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.delivered), (&Stage::ReadyForPickup, &None));
    let pickup = shipment.pickup.expect("a pickup point");
    assert_eq!((pickup.name.as_str(), pickup.collect_by), ("Corner Books", Some(day("2026-11-17"))));
    assert_eq!(pickup.code.as_deref(), Some("8821"));
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn a_delay_keeps_the_first_promise_beside_the_new_one() {
    let shipment = CASE.shipment_after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    assert_eq!(shipment.condition.reason, Some(Reason::WeatherDelay));
    let facts = CASE.delivery(DELAYED).update.facts;
    let promised = Window::Days { from: day("2026-11-19"), to: day("2026-11-19") };
    let expected = Window::Days { from: day("2026-11-21"), to: day("2026-11-23") };
    assert_eq!((facts.promise_first, facts.promise_expected), (Some(promised), Some(expected)));
    assert_eq!((facts.promise_source, facts.promise_reason), (Some(PromiseSource::Carrier), Some(Reason::WeatherDelay)));
    assert_eq!(shipment.promise.and_then(|promise| promise.expected), Some(expected));
}

#[test]
fn a_carrier_without_a_table_speaks_in_our_words_and_each_piece_for_itself() {
    let delivery = CASE.delivery(OWN_WORDS);
    assert_eq!(delivery.unknown, Vec::<String>::new());
    assert_eq!(delivery.update.pieces.values().collect::<Vec<_>>().len(), 2);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((&shipment.condition.state, &shipment.condition.reason), (&ConditionState::Held, &Some(Reason::SecurityIssue)));
    assert_eq!((shipment.events.len(), shipment.pieces, &shipment.tracking_level), (3, Some(2), &TrackingLevel::Partial));
    let place = event(&shipment.events, "Taken over").place.clone().expect("a place");
    assert_eq!((place.country.as_deref(), place.lat), (Some("NO"), Some(69.65)));
    assert_eq!(shipment.last_mile_carrier.map(|carrier| carrier.name).as_deref(), Some("USPS"));
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://northern.example/88"));
}

#[test]
fn an_exception_alone_is_trouble_of_an_unknown_kind_and_never_late() {
    let scans = json!([{"at": "2026-11-18T10:00:00", "code": "I", "text": "Departed"}, {"at": "2026-11-19T02:00:00", "code": "X", "text": "Exception"}]);
    let shipment = CASE.shipment_after(&parcel(json!({"status": {"group": "activity", "code": "X"}, "events": scans})));
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::default()));
}

#[test]
fn a_plain_status_without_scans_is_the_end_of_the_trouble_before() {
    let told = |at: &str, code: &str| CASE.delivery(&parcel(json!({"told_at": at, "status": {"group": "status", "code": code}})));
    let (held, moving) = (told("2026-11-19T10:00:00Z", "83"), told("2026-11-19T11:00:00Z", "5"));
    assert_eq!(shipment_after(std::slice::from_ref(&held)).condition.state, ConditionState::Held);
    assert_eq!(shipment_after(&[held.clone(), moving.clone()]).condition.state, ConditionState::Ok);
    assert_eq!(shipment_after(&[moving, held]).condition.state, ConditionState::Ok);
}

#[test]
fn a_voided_label_leaves_the_parcel_with_the_shop_and_a_photo_moves_nothing() {
    let voided = json!([{"at": "2026-11-18T10:00:00", "code": "M"}, {"at": "2026-11-18T11:00:00", "code": "MV"}]);
    assert_eq!(CASE.shipment_after(&parcel(json!({"events": voided}))).stage, Stage::Packed);
    let photo =
        json!([{"at": "2026-11-18T10:00:00", "code": "D"}, {"at": "2026-11-18T10:01:00", "group": "status", "code": "155"}]);
    assert_eq!(CASE.shipment_after(&parcel(json!({"events": photo}))).stage, Stage::Delivered);
}

#[test]
fn an_unknown_code_stays_unknown_with_its_text_and_is_reported() {
    let scans = json!([{"at": "2026-11-18T10:00:00", "code": "I"}, {"at": "2026-11-19T10:00:00", "group": "status", "code": "998", "text": "QUANTUM HANDOVER"}]);
    let delivery = CASE.delivery(&parcel(json!({"status": {"code": "999"}, "events": scans})));
    assert_eq!(delivery.unknown, ["ups/999", "ups/status/998"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Ok));
    let scan = event(&shipment.events, "Quantum handover");
    assert_eq!((scan.stage.as_str(), &scan.condition), ("unknown", &None));
    let raw = scan.raw.as_ref().expect("raw");
    assert_eq!((raw.text.as_deref(), raw.code.as_deref()), (Some("QUANTUM HANDOVER"), Some("ups/status/998")));
}

#[test]
fn a_scan_twice_in_one_report_is_one() {
    let scan = json!({"at": "2026-11-18T10:00:00", "code": "I", "text": "Departed"});
    assert_eq!(CASE.shipment_after(&parcel(json!({"events": [scan, scan]}))).events.len(), 1);
}

#[test]
fn the_words_are_read_only_where_it_is_not_told_where_it_was_left() {
    let scans = json!([{"at": "2026-11-18T10:00:00", "code": "D", "text": "Left with neighbour"}]);
    let told = |delivered: Value| {
        let body = parcel(json!({"events": scans, "delivered": delivered}));
        CASE.delivery(&body).update.facts.delivered.expect("delivered")
    };
    assert_eq!(told(json!({"signed_by": "ADA L."})).to, DeliveredTo::Neighbour);
    assert_eq!(told(json!({"signed_by": "ADA L."})).signed_by.as_deref(), Some("Ada L."));
    assert_eq!(told(json!({"to": "locker"})).to, DeliveredTo::Locker);
    assert_eq!(told(json!({"photo_url": "http://photos.example/1.jpg"})).photo_url, None);
}

mod refusals;
