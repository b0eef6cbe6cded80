//! What carriers really send, each quirk as a sentence about what the shopper is told.

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_core::wire::{ConditionState, DeliveredTo, Order, Shipment, Stage, Timestamp, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::domain::policy::Policy;
use crate::domain::record::{Private, Record};
use crate::domain::settle::settle;
use crate::domain::update::{Applied, ShipmentFacts, Update, apply, pass_time};

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// A parcel to London with this beside what every parcel has.
pub(super) fn parcel(extra: &Value) -> Record {
    let mut shipment = json!({"id": "s1", "direction": "outbound", "stage": "label_created", "condition": {"state": "ok"},
        "tracking_level": "full", "tracking_number": "1", "carrier": {"code": "dpd", "name": "DPD"}});
    for (name, value) in extra.as_object().expect("fields") {
        shipment[name] = value.clone();
    }
    let order = json!({"id": "o", "version": 1, "placed_at": "2026-11-10T08:00:00Z", "time_zone": "Europe/London",
        "shipments": [shipment]});
    Record { order: Order::from_json(&order.to_string()).expect("an order"), private: Private::default() }
}

/// A scan from `18T08:10 in_transit late`: day and time of November, stage, condition.
pub(super) fn scan(words: &str) -> Value {
    let mut parts = words.split(' ');
    let (at, stage, condition) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let local = format!("2026-11-{at}");
    let offset = at.contains('T').then_some(0);
    json!({"id": words, "at": {"local": local, "offset_min": offset, "zone": offset.map(|_| "explicit")}, "stage": stage,
        "condition": condition, "text": format!("{stage:?} {condition:?}"), "place": {"name": "Hinckley", "country": "GB"},
        "source": "carrier"})
}

pub(super) fn update(told_at: &str, scans: &[Value], facts: Value) -> Update {
    Update {
        told_at: Timestamp::parse(told_at),
        facts: serde_json::from_value::<ShipmentFacts>(facts).expect("facts"),
        events: scans.iter().map(|scan| serde_json::from_value(scan.clone()).expect("an event")).collect(),
        ..Update::default()
    }
}

pub(super) fn scans(words: &[&str]) -> Update {
    let scans: Vec<Value> = words.iter().map(|words| scan(words)).collect();
    update("2026-11-20T11:00:00Z", &scans, json!({}))
}

/// The shipment after these updates, as it is shown now.
pub(super) fn shown_at(mut record: Record, updates: &[Update], now: DateTime<Utc>) -> Shipment {
    for update in updates {
        apply(&mut record, "s1", update, now);
    }
    settle(&mut record, &Policy::standard().expect("a policy"), now);
    record.order.shipments.remove(0)
}

pub(super) fn shown(updates: &[Update]) -> Shipment {
    shown_at(parcel(&json!({})), updates, now())
}

fn ids(shipment: &Shipment) -> Vec<&str> {
    shipment.events.iter().map(|event| event.id.as_str()).collect()
}

#[test]
fn scans_that_come_out_of_order_tell_the_same_story() {
    let words = [
        "18T08:00 in_transit",
        "19T07:00 out_for_delivery attempt_failed",
        "19T18:00 at_local_depot",
        "20T07:00 out_for_delivery",
    ];
    let one_by_one = |order: [usize; 4]| shown(&order.map(|index| scans(&[words[index]])));
    let in_order = one_by_one([0, 1, 2, 3]);
    assert_eq!((&in_order.stage, &in_order.condition.state, in_order.attempts), (&Stage::OutForDelivery, &ConditionState::Ok, 1));
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(one_by_one(order), in_order, "{order:?}");
    }
}

#[test]
fn a_delivered_scan_that_is_older_than_the_van_still_delivers() {
    let summed_up = update(
        "2026-11-20T11:00:00Z",
        &[scan("19T07:00 out_for_delivery"), scan("17T10:51 delivered")],
        json!({"stage": "delivered", "promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}}),
    );
    let shipment = shown(&[summed_up]);
    assert_eq!(shipment.stage, Stage::Delivered);
    assert_eq!(shipment.delivered.expect("a delivery").at, None, "nobody knows when");
    assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::OnTime, "it did not come before the van left");
}

#[test]
fn the_same_scan_a_minute_apart_is_told_once_and_an_attempt_counts_once() {
    let words = ["19T10:00 out_for_delivery attempt_failed", "19T10:01 out_for_delivery attempt_failed"];
    let shipment = shown(&[scans(&words)]);
    assert_eq!((shipment.events.len(), shipment.attempts), (1, 1));
    // An hour later it is another attempt.
    assert_eq!(shown(&[scans(&[words[0], "19T11:00 out_for_delivery attempt_failed"])]).attempts, 2);
}

#[test]
fn the_same_scan_from_two_providers_is_told_once_and_the_richer_one_stays() {
    let mut poor = scan("19T10:00 in_transit");
    let mut rich = scan("19T10:01 in_transit");
    (poor["id"], poor["raw"], poor["place"]) = (json!("poor"), json!({"provider": "shippo"}), Value::Null);
    (rich["id"], rich["raw"], rich["text"]) = (json!("rich"), json!({"provider": "easypost"}), json!("Arrived at hub"));
    let told = |scan: &Value| update("2026-11-20T11:00:00Z", std::slice::from_ref(scan), json!({}));
    for order in [[&poor, &rich], [&rich, &poor]] {
        assert_eq!(ids(&shown(&order.map(told))), ["rich"]);
    }
}

#[test]
fn a_reading_without_a_zone_is_never_converted() {
    let mut unzoned = scan("19T23:30 in_transit");
    unzoned["at"] = json!({"local": "2026-11-19T23:30:00", "zone": "unknown"});
    unzoned["place"] = json!({"name": "Somewhere"});
    let shipment = shown(&[update("2026-11-20T11:00:00Z", &[unzoned], json!({}))]);
    let at = &shipment.events[0].at;
    assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-19T23:30:00", None));
}

#[test]
fn an_instant_of_an_unknown_place_is_told_on_the_clock_of_the_destination() {
    let mut instant = scan("19T23:30 in_transit");
    instant["place"] = Value::Null;
    let mut record = parcel(&json!({}));
    record.order.time_zone = Some("Asia/Kathmandu".to_owned());
    let shipment = shown_at(record, &[update("2026-11-20T11:00:00Z", &[instant], json!({}))], now());
    let at = &shipment.events[0].at;
    assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-20T05:15:00", Some(345)));
}

#[test]
fn a_date_without_a_time_stays_a_date() {
    let shipment = shown(&[scans(&["18T08:00 in_transit", "19 at_local_depot"])]);
    assert_eq!((&shipment.stage, shipment.events[1].at.local.time), (&Stage::AtLocalDepot, None));
    // Nobody knows when on that day: it counts as fresh until the day is over.
    assert_eq!(shipment.last_carrier_update.map(|at| at.to_string()).as_deref(), Some("2026-11-19T23:59:59Z"));
}

#[test]
fn an_exception_that_says_nothing_leaves_a_parcel_on_time() {
    let vague = update(
        "2026-11-20T11:00:00Z",
        &[scan("19T10:00 in_transit unknown")],
        json!({"promise_expected": {"from": "2026-11-21", "to": "2026-11-21"}}),
    );
    let shipment = shown(&[vague]);
    assert_eq!(shipment.stage, Stage::InTransit);
    assert!(matches!(shipment.condition.state, ConditionState::Unknown(_)));
    assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::OnTime);
}

#[test]
fn a_delivered_parcel_that_is_taken_back_is_on_its_way_back() {
    let words = ["17T10:00 delivered", "18T09:00 returning refused", "19T16:00 returned"];
    assert_eq!(shown(&[scans(&words[..2])]).stage, Stage::Returning);
    assert_eq!(shown(&[scans(&words)]).stage, Stage::Returned);
}

#[test]
fn a_parcel_that_was_scanned_as_delivered_by_mistake_is_delivered_again() {
    let left = update("2026-11-17T11:00:00Z", &[scan("17T10:00 delivered")], json!({"delivered": {"to": "safe_place"}}));
    let again = scans(&["18T07:00 at_local_depot", "18T08:00 out_for_delivery"]);
    let under_way = shown(&[left.clone(), again.clone()]);
    assert_eq!(
        (&under_way.stage, under_way.delivered.as_ref()),
        (&Stage::OutForDelivery, None),
        "where it was left is not where it is"
    );
    let one_scan = scans(&["18T08:00 out_for_delivery"]);
    assert_eq!(shown(&[left.clone(), one_scan.clone()]).stage, Stage::Delivered, "one scan alone may have a wrong clock");
    let summary = update(
        "2026-11-18T08:05:00Z",
        &one_scan.events.iter().map(|_| scan("18T08:00 out_for_delivery")).collect::<Vec<_>>(),
        json!({"stage": "out_for_delivery"}),
    );
    assert_eq!(shown(&[left.clone(), summary]).stage, Stage::OutForDelivery, "unless the carrier sums it up like that");
    let done = shown(&[left, again, scans(&["18T15:00 delivered"])]);
    assert_eq!((&done.stage, done.delivered.expect("a delivery").to), (&Stage::Delivered, DeliveredTo::default()));
}

#[test]
fn a_voided_label_leaves_the_parcel_with_the_shop_and_a_scan_afterwards_says_that_it_was_used_all_the_same() {
    let voided = scans(&["17T10:00 label_created", "17T11:00 cancelled"]);
    assert_eq!(shown(std::slice::from_ref(&voided)).stage, Stage::Packed, "nobody has cancelled the order");
    let summed_up = update("2026-11-17T11:05:00Z", &[], json!({"stage": "cancelled"}));
    assert_eq!(shown(&[summed_up]).stage, Stage::Packed);
    assert_eq!(shown(&[voided.clone(), scans(&["18T09:00 label_created"])]).stage, Stage::LabelCreated);
    assert_eq!(shown(&[voided.clone(), scans(&["18T08:00 handed_over"])]).stage, Stage::HandedOver);
    let back = parcel(&json!({"direction": "return"}));
    assert_eq!(shown_at(back, &[voided], now()).stage, Stage::Cancelled, "a label that brings nothing back is over");
    let by_the_shop = Update { told_at: None, ..update("2026-11-17T11:05:00Z", &[], json!({"stage": "cancelled"})) };
    assert_eq!(shown(&[by_the_shop]).stage, Stage::Cancelled);
    let stopped = scans(&["17T10:00 in_transit", "17T11:00 cancelled"]);
    assert_eq!(shown(&[stopped]).stage, Stage::Cancelled, "what the carrier has and stops does not come");
}

#[test]
fn a_number_that_the_carrier_gives_out_again_tells_only_of_this_parcel() {
    let mut earlier = [scan("01T08:00 label_created"), scan("02T08:00 delivered")];
    for scan in &mut earlier {
        scan["at"]["local"] = json!(scan["at"]["local"].as_str().expect("a time").replace("2026-11", "2026-02"));
    }
    let own = scan("18T08:00 in_transit");
    let all = update("2026-11-20T11:00:00Z", &[earlier[0].clone(), earlier[1].clone(), own], json!({}));
    let shipment = shown(&[all]);
    assert_eq!((&shipment.stage, ids(&shipment)), (&Stage::InTransit, vec!["18T08:00 in_transit"]));
    let old_news = update("2026-11-20T11:00:00Z", &earlier, json!({"stage": "delivered", "delivered": {"to": "neighbour"}}));
    let shipment = shown(&[old_news]);
    assert_eq!((&shipment.stage, shipment.delivered, shipment.events.len()), (&Stage::LabelCreated, None, 0));
}

#[test]
fn a_delivered_parcel_stays_delivered_when_its_number_is_given_to_another_one() {
    let mut next = [scan("01T08:00 label_created"), scan("03T08:00 returning")];
    for scan in &mut next {
        scan["at"]["local"] = json!(scan["at"]["local"].as_str().expect("a time").replace("2026-11", "2027-03"));
    }
    let later = "2027-03-04T12:00:00Z".parse().expect("an instant");
    let updates = [scans(&["18T08:00 delivered"]), update("2027-03-03T09:00:00Z", &next, json!({}))];
    let shipment = shown_at(parcel(&json!({})), &updates, later);
    assert_eq!((&shipment.stage, shipment.events.len()), (&Stage::Delivered, 1));
}

#[test]
fn a_partner_for_the_last_mile_is_named_with_its_own_number() {
    let facts = json!({"last_mile_carrier": {"code": "usps", "name": "USPS"}, "last_mile_tracking_number": "9400 1"});
    let shipment = shown(&[update("2026-11-20T11:00:00Z", &[scan("19T08:00 in_transit")], facts)]);
    assert_eq!(shipment.last_mile_carrier.map(|carrier| carrier.name).as_deref(), Some("USPS"));
    assert_eq!(shipment.last_mile_tracking_number.as_deref(), Some("9400 1"));
}

#[test]
fn a_parcel_of_several_pieces_is_delivered_when_all_of_them_are() {
    let piece = |words: &str, piece: &str| {
        let mut update = scans(&[words]);
        update.pieces.insert(words.to_owned(), piece.to_owned());
        update
    };
    let (first, second) = (piece("19T10:00 delivered", "a"), piece("20T09:00 delivered", "b"));
    let on_the_van = piece("20T07:00 out_for_delivery", "b");
    let in_part = shown(&[first.clone(), on_the_van.clone()]);
    assert_eq!((&in_part.stage, in_part.delivered.expect("a delivery").to), (&Stage::Delivered, DeliveredTo::InPart));
    let summed_up = update("2026-11-20T11:00:00Z", &[], json!({"stage": "delivered"}));
    let claimed = shown(&[first.clone(), on_the_van, summed_up]);
    assert_eq!(claimed.delivered.expect("a delivery").to, DeliveredTo::InPart, "a summary speaks of one piece");
    let all = shown(&[second, first]);
    assert_eq!(
        (&all.stage, all.delivered.expect("a delivery").to, all.pieces),
        (&Stage::Delivered, DeliveredTo::default(), Some(2))
    );
}

#[test]
fn a_scan_that_is_told_of_two_pieces_at_one_moment_is_always_of_the_same_one() {
    let of = |piece: &str| {
        let mut update = scans(&["19T10:00 delivered", "19T11:00 out_for_delivery"]);
        update.pieces.insert("19T10:00 delivered".to_owned(), piece.to_owned());
        update.pieces.insert("19T11:00 out_for_delivery".to_owned(), "b".to_owned());
        update
    };
    assert_eq!(shown(&[of("a"), of("b")]), shown(&[of("b"), of("a")]));
}

#[test]
fn a_service_that_reports_little_is_never_late_nor_silent_nor_at_risk() {
    let promised = json!({"promised": {"from": "2026-11-12", "to": "2026-11-13"}});
    for (level, state) in [("full", ConditionState::Late), ("partial", ConditionState::Ok), ("none", ConditionState::Ok)] {
        let record = parcel(&json!({"tracking_level": level, "promise": promised}));
        let shipment = shown_at(record, &[scans(&["12T08:00 in_transit"])], now());
        assert_eq!(shipment.condition.state, state, "{level}");
        assert_eq!(shipment.promise.expect("a promise").verdict == Verdict::Late, level == "full");
    }
}

#[test]
fn an_untracked_parcel_is_on_time_until_the_very_second_at_which_the_promise_has_passed() {
    let day = json!({"from": "2026-11-20", "to": "2026-11-20"});
    let mut record = parcel(&json!({"tracking_level": "none", "promise": {"promised": day, "expected": day}}));
    apply(&mut record, "s1", &scans(&["19T08:00 in_transit"]), now());
    let policy = Policy::standard().expect("a policy");
    let mut at = |now| {
        let next = pass_time(&mut record, &policy.for_country(None).tracking, now);
        (record.order.shipments[0].promise.as_ref().expect("a promise").verdict.clone(), next)
    };
    let passes = "2026-11-21T00:00:00Z".parse().expect("an instant");
    assert_eq!(at(now()), (Verdict::OnTime, Some(passes)));
    assert_eq!(at(passes), (Verdict::default(), None));
}

#[test]
fn silence_that_is_longer_than_usual_is_stalled_from_that_very_second() {
    let quiet = [scans(&["17T08:00 in_transit"])];
    let at = |text: &str| shown_at(parcel(&json!({"usual_gap_h": 48})), &quiet, text.parse().expect("an instant")).condition;
    assert_eq!(at("2026-11-19T08:00:00Z").state, ConditionState::Ok);
    let stalled = at("2026-11-19T08:00:01Z");
    assert_eq!(
        (&stalled.state, stalled.since.map(|at| at.to_string()).as_deref()),
        (&ConditionState::Stalled, Some("2026-11-19T08:00:01Z"))
    );
    let scanned = [quiet[0].clone(), scans(&["19T09:00 in_transit"])];
    assert_eq!(shown_at(parcel(&json!({"usual_gap_h": 48})), &scanned, now()).condition.state, ConditionState::Ok);
    // Nobody waits for a scan of what can be collected.
    let waiting = shown_at(parcel(&json!({"usual_gap_h": 48})), &[scans(&["14T08:00 ready_for_pickup"])], now());
    assert_eq!(waiting.condition.state, ConditionState::Ok);
}

#[test]
fn a_parcel_that_can_hardly_come_in_time_is_at_risk_before_anybody_says_so() {
    let promised = |to: &str| json!({"promise": {"promised": {"from": to, "to": to}}});
    let on_the_day = |words: &str, at: &str| {
        let now = at.parse().expect("an instant");
        shown_at(parcel(&promised("2026-11-20")), &[scans(&[words])], now).condition.state
    };
    assert_eq!(on_the_day("19T20:00 in_transit", "2026-11-20T13:59:59Z"), ConditionState::Ok);
    assert_eq!(on_the_day("19T20:00 in_transit", "2026-11-20T14:00:00Z"), ConditionState::AtRisk);
    assert_eq!(on_the_day("20T05:00 at_local_depot", "2026-11-20T14:00:00Z"), ConditionState::Ok);
    assert_eq!(on_the_day("19T20:00 in_transit", "2026-11-21T00:00:00Z"), ConditionState::Late);
    let unsent = |at: &str| shown_at(parcel(&promised("2026-11-20")), &[], at.parse().expect("an instant")).condition;
    assert_eq!(unsent("2026-11-19T23:59:59Z").state, ConditionState::Ok);
    let risk = unsent("2026-11-20T00:00:00Z");
    assert_eq!((&risk.state, risk.responsibility), (&ConditionState::AtRisk, None));
}

#[test]
fn what_was_learned_of_a_service_comes_before_what_is_usual_elsewhere() {
    let mut record = parcel(&json!({}));
    apply(&mut record, "s1", &scans(&["19T08:00 in_transit"]), now());
    record.private.usual.insert("s1".to_owned(), super::Usual { gap_h: Some(20), transit_h: None });
    settle(&mut record, &Policy::standard().expect("a policy"), now());
    let shipment = &record.order.shipments[0];
    assert_eq!((shipment.usual_gap_h, &shipment.condition.state), (Some(20), &ConditionState::Stalled));
}

#[test]
fn an_expectation_that_comes_late_takes_its_place_in_the_ledger() {
    let expected = |told: &str, day: &str| {
        let window = json!({"from": format!("2026-11-{day}"), "to": format!("2026-11-{day}")});
        update(&format!("2026-11-{told}T09:00:00Z"), &[], json!({"promise_expected": window, "promise_source": "carrier"}))
    };
    let told = [expected("12", "18"), expected("15", "21"), expected("17", "23")];
    let in_order = shown(&told);
    let promise = in_order.promise.as_ref().expect("a promise");
    let made: Vec<String> = promise.revisions.iter().map(|revision| revision.at.to_string()).collect();
    assert_eq!(made, ["2026-11-15T09:00:00Z", "2026-11-17T09:00:00Z"]);
    assert_eq!(in_order.condition.since.map(|at| at.to_string()).as_deref(), Some("2026-11-15T09:00:00Z"));
    let shuffled = [told[2].clone(), told[0].clone(), told[1].clone(), told[0].clone()];
    assert_eq!(shown(&shuffled), in_order);
}

#[test]
fn what_the_provider_remembers_as_the_first_expectation_is_the_first_promise() {
    let window = |day: &str| json!({"from": day, "to": day});
    let facts = json!({"promise_first": window("2026-11-18"), "promise_expected": window("2026-11-21")});
    let promise = shown(&[update("2026-11-19T09:00:00Z", &[], facts)]).promise.expect("a promise");
    assert_eq!((promise.verdict, promise.revisions.len()), (Verdict::Late, 1));
}

#[test]
fn a_repetition_of_what_is_known_leaves_no_trace() {
    let mut record = parcel(&json!({}));
    let told = update("2026-11-19T09:00:00Z", &[scan("18T08:00 in_transit")], json!({"tracking_url": "https://t.example/1"}));
    assert_eq!(apply(&mut record, "s1", &told, now()), Applied::Changed);
    let once = record.clone();
    assert_eq!(apply(&mut record, "s1", &told, now() + TimeDelta::hours(5)), Applied::Unchanged);
    assert_eq!(record, once);
}

const STAGES: &[&str] = Stage::WORDS;

pub(super) fn any_update() -> impl Strategy<Value = Update> {
    let words = (1_u32..20, 0_u32..24, proptest::sample::select(STAGES), proptest::sample::select(ConditionState::WORDS));
    let words = words.prop_map(|(day, hour, stage, state)| format!("{day:02}T{hour:02}:00 {stage} {state}"));
    let day = |days| proptest::option::of(days);
    let facts = (proptest::option::of(proptest::sample::select(STAGES)), day(10_u32..28), day(10_u32..28), proptest::bool::ANY);
    let facts = facts.prop_map(|(stage, expected, first, asks)| {
        let window = |day: u32| json!({"from": format!("2026-11-{day}"), "to": format!("2026-11-{day}")});
        let asked = asks.then(|| json!({"who": "shopper"}));
        json!({"stage": stage, "promise_expected": expected.map(window), "promise_first": first.map(window), "action_required": asked})
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

proptest! {
    #[test]
    fn whatever_is_said_in_whatever_order_and_however_often_is_the_same_story(
        (updates, repeated) in proptest::collection::vec(any_update(), 1..8).prop_flat_map(|updates| {
            let twice: Vec<Update> = updates.iter().chain(&updates).cloned().collect();
            (Just(updates), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(shown(&updates), shown(&repeated));
    }
}
