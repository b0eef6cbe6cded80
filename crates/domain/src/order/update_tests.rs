//! Tests of the rules for tracking updates.

use chrono::{DateTime, Utc};
use doorstep_contract::{ConditionState, DeliveredTo, Event, Order, Reason, Responsibility, Shipment, Stage, Verdict};
use serde_json::json;

use crate::order::tracking_updates::apply;
use crate::order::{InternalState, OrderAggregate};
use crate::tracking::{ShipmentFacts, TrackingUpdate};

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

pub(super) fn record() -> OrderAggregate {
    let shipment = json!({"id": "s1", "stage": "label_created", "condition": {"state": "ok"}});
    let order = json!({"id": "ord_1", "version": 1, "time_zone": "America/New_York", "shipments": [shipment]});
    OrderAggregate { order: Order::from_json(&order.to_string()).expect("an order"), private: InternalState::default() }
}

/// Returns an event from text such as `2026-11-18T08:10 in_transit late`: local time, stage and, optionally, condition.
pub(super) fn event(words: &str) -> Event {
    let mut words = words.split(' ');
    let (local, stage, condition) = (words.next(), words.next(), words.next());
    let id = format!("{}{}", local.unwrap_or_default(), stage.unwrap_or_default());
    let time = json!({"local": local, "offset_min": -300, "zone": "explicit"});
    let event = json!({"id": id, "at": time, "stage": stage, "condition": condition, "source": "carrier"});
    serde_json::from_value(event).expect("an event")
}

pub(super) fn facts(facts: serde_json::Value) -> ShipmentFacts {
    serde_json::from_value(facts).expect("facts")
}

fn update(events: &[&str]) -> TrackingUpdate {
    TrackingUpdate { events: events.iter().map(|words| event(words)).collect(), ..TrackingUpdate::default() }
}

pub(super) fn after(updates: &[TrackingUpdate]) -> Shipment {
    let mut record = record();
    for (update, seconds) in updates.iter().zip(0..) {
        apply(&mut record, &"s1".into(), update, now() + chrono::TimeDelta::seconds(seconds));
    }
    record.order.shipments.remove(0)
}

#[test]
fn the_stage_is_decided_from_all_scans() {
    let table: &[(&str, &[&str], Stage)] = &[
        ("scans in order", &["2026-11-18T08:00 in_transit", "2026-11-19T07:00 out_for_delivery"], Stage::OutForDelivery),
        ("scans out of order", &["2026-11-19T07:00 out_for_delivery", "2026-11-18T08:00 in_transit"], Stage::OutForDelivery),
        (
            "a delivered scan dated too early",
            &["2026-11-19T07:00 out_for_delivery", "2026-11-18T10:51 delivered"],
            Stage::Delivered,
        ),
        ("a depot scan after the delivery", &["2026-11-19T09:00 delivered", "2026-11-19T20:00 in_transit"], Stage::Delivered),
        ("a leg back after the delivery", &["2026-11-19T09:00 delivered", "2026-11-19T20:00 returning"], Stage::Returning),
        (
            "what is delivered on its way back has come back",
            &["2026-11-18T09:00 returning", "2026-11-19T20:00 delivered"],
            Stage::Returned,
        ),
        (
            "a pre-transit scan that comes last",
            &["2026-11-18T09:00 in_transit", "2026-11-18T20:00 label_created"],
            Stage::InTransit,
        ),
        (
            "back to the depot for the night",
            &["2026-11-18T08:00 out_for_delivery", "2026-11-18T18:00 at_local_depot"],
            Stage::AtLocalDepot,
        ),
        ("a lost parcel turns up", &["2026-11-18T08:00 lost", "2026-11-19T18:00 in_transit"], Stage::InTransit),
        ("words that nobody knows", &["2026-11-18T08:00 in_transit", "2026-11-19T18:00 teleported"], Stage::InTransit),
        ("nothing but such words", &["2026-11-18T08:00 unknown"], Stage::Unknown(String::new())),
        ("a returned parcel stays returned", &["2026-11-18T08:00 returned", "2026-11-19T18:00 in_transit"], Stage::Returned),
        ("two scans of one minute", &["2026-11-18T08:00 delivered", "2026-11-18T08:00 out_for_delivery"], Stage::Delivered),
    ];
    for (story, events, stage) in table {
        assert_eq!(after(&[update(events)]).stage, *stage, "{story}");
        let one_by_one: Vec<TrackingUpdate> = events.iter().map(|words| update(&[words])).collect();
        assert_eq!(after(&one_by_one).stage, *stage, "{story}, one by one");
    }
}

#[test]
fn a_late_scan_does_not_move_the_parcel_backwards() {
    let delivered = TrackingUpdate { facts: facts(json!({"stage": "delivered"})), ..TrackingUpdate::default() };
    let shipment = after(&[update(&["2026-11-18T08:00 out_for_delivery"]), delivered, update(&["2026-11-18T07:00 in_transit"])]);
    assert_eq!(shipment.stage, Stage::Delivered);
    assert_eq!(shipment.events.len(), 2);
}

#[test]
fn a_claim_without_a_date_does_not_undo_an_ending() {
    for (ending, claim, stage) in [
        ("delivered", "in_transit", Stage::Delivered),
        ("delivered", "cancelled", Stage::Delivered),
        ("delivered", "returning", Stage::Returning),
        ("returned", "returning", Stage::Returned),
        ("cancelled", "lost", Stage::Cancelled),
        ("in_transit", "lost", Stage::Lost),
        ("in_transit", "unknown", Stage::InTransit),
    ] {
        let claims =
            [ending, claim].map(|stage| TrackingUpdate { facts: facts(json!({"stage": stage})), ..TrackingUpdate::default() });
        assert_eq!(after(&claims).stage, stage, "{claim} after {ending}");
    }
}

#[test]
fn a_rough_claim_takes_nothing_back_from_the_scan_beside_it() {
    let both = |stage: &str, scan: &str| {
        let reported =
            TrackingUpdate { facts: facts(json!({"stage": stage})), events: vec![event(scan)], ..TrackingUpdate::default() };
        after(&[reported]).stage
    };
    assert_eq!(both("in_transit", "2026-11-18T08:00 at_local_depot"), Stage::AtLocalDepot);
    assert_eq!(both("in_transit", "2026-11-18T08:00 label_created"), Stage::InTransit);
    assert_eq!(both("delivered", "2026-11-18T08:00 out_for_delivery"), Stage::Delivered);
}

#[test]
fn trouble_passes_when_a_plain_scan_says_so() {
    let table: &[(&str, &[&str], ConditionState)] = &[
        ("an attempt failed", &["2026-11-18T08:00 out_for_delivery attempt_failed"], ConditionState::AttemptFailed),
        (
            "and the next one is under way",
            &["2026-11-18T08:00 out_for_delivery attempt_failed", "2026-11-19T07:00 out_for_delivery"],
            ConditionState::Ok,
        ),
        (
            "late stays late on the road",
            &["2026-11-18T08:00 in_transit late", "2026-11-19T07:00 in_transit"],
            ConditionState::Late,
        ),
        ("damage does not heal", &["2026-11-18T08:00 in_transit damaged", "2026-11-19T07:00 delivered"], ConditionState::Damaged),
        (
            "papers are still missing",
            &["2026-11-18T08:00 customs documents_due", "2026-11-19T07:00 customs"],
            ConditionState::DocumentsDue,
        ),
        ("an old scan is no news", &["2026-11-19T08:00 in_transit", "2026-11-18T07:00 in_transit held"], ConditionState::Ok),
    ];
    for (story, events, state) in table {
        let one_by_one: Vec<TrackingUpdate> = events.iter().map(|words| update(&[words])).collect();
        assert_eq!(after(&one_by_one).condition.state, *state, "{story}");
    }
    let twice = update(&["2026-11-18T08:00 out_for_delivery attempt_failed", "2026-11-19T08:00 out_for_delivery attempt_failed"]);
    assert_eq!(after(&[twice]).attempts, 2);
}

#[test]
fn an_ending_keeps_its_reason() {
    let mut lost = event("2026-11-18T08:00 lost");
    lost.reason = Some(Reason::CarrierParcelLost);
    let reported = TrackingUpdate { events: vec![lost], ..TrackingUpdate::default() };
    let shipment = after(&[update(&["2026-11-17T08:00 in_transit stalled"]), reported]);
    assert_eq!(shipment.condition.reason, Some(Reason::CarrierParcelLost));
    assert_eq!(shipment.condition.responsibility, Some(Responsibility::Carrier));
}

#[test]
fn a_later_expectation_makes_it_late_and_keeps_the_first_promise() {
    let expected = |date: &str| TrackingUpdate {
        facts: facts(json!({"promise_expected": {"from": date, "to": date}, "promise_reason": "weather_delay"})),
        ..TrackingUpdate::default()
    };
    let late = after(&[expected("2026-11-19"), expected("2026-11-21")]);
    let promise = late.promise.expect("a promise");
    assert_eq!((promise.verdict, promise.revisions.len()), (Verdict::Late, 1));
    assert_eq!(late.condition.state, ConditionState::Late);
    let recovered = after(&[expected("2026-11-19"), expected("2026-11-21"), expected("2026-11-19")]);
    assert_eq!(recovered.condition.state, ConditionState::Ok);
    let held = after(&[expected("2026-11-19"), update(&["2026-11-18T08:00 in_transit late"])]);
    assert_eq!(held.condition.state, ConditionState::Late, "a delay that the carrier reports stands");
}

#[test]
fn a_promise_that_has_passed_is_not_on_time_and_a_lost_parcel_is_neither() {
    let reported = |level: &str, stage: &str| TrackingUpdate {
        facts: facts(
            json!({"promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}, "tracking_level": level, "stage": stage}),
        ),
        events: vec![event("2026-11-18T08:00 in_transit")],
        ..TrackingUpdate::default()
    };
    for (level, stage, verdict) in [
        ("full", "in_transit", Verdict::Late),
        ("partial", "in_transit", Verdict::default()),
        ("full", "ready_for_pickup", Verdict::OnTime),
        ("full", "lost", Verdict::default()),
    ] {
        let promise = after(&[reported(level, stage)]).promise.expect("a promise");
        assert_eq!(promise.verdict, verdict, "{level} {stage}");
    }
}

#[test]
fn a_delivery_is_judged_by_the_date_at_the_door() {
    let promised = TrackingUpdate {
        facts: facts(json!({"promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}})),
        ..TrackingUpdate::default()
    };
    // 22:30 in New York is on the next day in London. The local date of the delivery counts.
    let shipment = after(&[promised, update(&["2026-11-19T22:30 delivered"])]);
    assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::OnTime);
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!(delivered.at.map(|at| at.to_string()).as_deref(), Some("2026-11-19T22:30:00-05:00"));
    assert_eq!(delivered.to, DeliveredTo::Unknown(String::new()));
}

#[test]
fn a_misdated_delivery_is_not_called_early() {
    let promised = TrackingUpdate {
        facts: facts(json!({"promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}})),
        ..TrackingUpdate::default()
    };
    let shipment = after(&[promised, update(&["2026-11-19T08:00 out_for_delivery", "2026-11-14T10:51 delivered"])]);
    assert_eq!((shipment.stage, shipment.promise.expect("a promise").verdict), (Stage::Delivered, Verdict::OnTime));
}

#[test]
fn where_it_was_left_is_not_forgotten_by_a_poorer_report() {
    let reported = |delivered: serde_json::Value| TrackingUpdate {
        facts: facts(json!({"stage": "delivered", "delivered": delivered})),
        ..TrackingUpdate::default()
    };
    let shipment = after(&[
        reported(json!({"to": "neighbour", "detail": "No 14"})),
        reported(json!({"to": "unknown", "signed_by": "R. Osei"})),
    ]);
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!((delivered.to, delivered.detail.as_deref()), (DeliveredTo::Neighbour, Some("No 14")));
    assert_eq!(delivered.signed_by.as_deref(), Some("R. Osei"));
}

#[test]
fn what_the_shopper_had_to_do_is_done_when_the_trouble_is_over() {
    let asked = TrackingUpdate {
        facts: facts(
            json!({"condition": {"state": "documents_due"}, "action_required": {"who": "shopper", "what": "Send the invoice"}}),
        ),
        events: vec![event("2026-11-18T08:00 customs")],
        ..TrackingUpdate::default()
    };
    assert!(after(&[asked.clone(), update(&["2026-11-18T09:00 customs"])]).action_required.is_some());
    assert!(after(&[asked, update(&["2026-11-19T09:00 at_local_depot"])]).action_required.is_none());
}

#[test]
fn how_near_the_van_is_is_forgotten_once_it_has_been() {
    let near = TrackingUpdate {
        facts: facts(json!({"position": {"stops_away": 5}})),
        events: vec![event("2026-11-19T08:00 out_for_delivery")],
        ..TrackingUpdate::default()
    };
    assert!(after(std::slice::from_ref(&near)).position.is_some());
    assert!(after(&[near, update(&["2026-11-19T09:00 delivered"])]).position.is_none());
}

#[test]
fn the_carrier_never_spoke_in_the_future() {
    let shipment = after(&[update(&["2026-11-20T18:00 in_transit"])]);
    assert_eq!(shipment.last_carrier_update.map(|at| at.utc()), Some(now()));
}
