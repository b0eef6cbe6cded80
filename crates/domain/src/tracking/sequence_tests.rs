//! Tests of the document that the shopper sees during a delivery, after each scan and each self-service request.

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{ConditionState, DeliveredTo, Shipment, Stage};
use serde_json::{Value, json};

use super::testing::{now, parcel, scan, scans, shown, shown_at, update};
use crate::order::OrderAggregate;
use crate::order::new_order::{NewOrder, replace};
use crate::order::tracking_updates::apply;
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::tracking::{ShipmentFacts, TrackingUpdate};

fn day(day: u32) -> Value {
    json!({"from": format!("2026-11-{day}"), "kind": "day", "to": format!("2026-11-{day}")})
}

fn expected_by_carrier(told_at: &str, on: u32) -> TrackingUpdate {
    update(told_at, &[], json!({"promise_expected": day(on), "promise_source": "carrier"}))
}

/// Returns the tracking update that a shopper's self-service request causes.
fn wished(facts: Value) -> TrackingUpdate {
    let facts = serde_json::from_value::<ShipmentFacts>(facts).expect("facts");
    TrackingUpdate { facts, answered: true, ..TrackingUpdate::default() }
}

fn expected(shipment: &Shipment) -> Value {
    json!(shipment.promise.as_ref().and_then(|promise| promise.expected))
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

#[test]
fn a_carrier_that_repeats_its_estimate_does_not_undo_the_day_that_the_shopper_chose() {
    let mut record = parcel(&json!({"promise": {"promised": day(20)}}));
    apply(&mut record, &"s1".into(), &expected_by_carrier("2026-11-18T09:00:00Z", 21), now());
    let chosen = wished(json!({"promise_expected": day(25), "promise_source": "retailer"}));
    apply(&mut record, &"s1".into(), &chosen, at("2026-11-19T09:00:00Z"));
    apply(&mut record, &"s1".into(), &expected_by_carrier("2026-11-19T15:00:00Z", 21), now());
    assert_eq!(expected(&record.order.shipments[0]), day(25), "it had not heard of the wish");
    apply(&mut record, &"s1".into(), &expected_by_carrier("2026-11-20T09:00:00Z", 26), now());
    assert_eq!(expected(&record.order.shipments[0]), day(26), "a new estimate is news");
}

/// Sends the order again with this promise, as the retailer's systems do.
fn put(record: &mut OrderAggregate, promise: Value, now: DateTime<Utc>) {
    let body: NewOrder = serde_json::from_value(json!({
        "number": "1", "placed_at": "2026-11-10T08:00:00Z", "time_zone": "Europe/London",
        "lines": [{"id": "l1", "title": "Rain jacket", "quantity": 1}],
        "shipments": [{"id": "s1", "carrier": {"code": "dpd", "name": "DPD"}, "tracking_number": "1",
            "lines": [{"line_id": "l1", "quantity": 1}], "promise": promise}],
    }))
    .expect("a body");
    let order = replace(&record.order, body, now).expect("an order");
    record.replace_order(order, now);
    recompute(record, &Policy::standard().expect("a policy"), now);
}

#[test]
fn the_retailer_who_sends_the_same_again_undoes_nothing_and_who_takes_a_delay_back_is_heard() {
    let delayed = json!({"promised": day(20), "expected": day(22)});
    let mut record = parcel(&json!({"promise": {"promised": day(20)}}));
    put(&mut record, delayed.clone(), at("2026-11-18T09:00:00Z"));
    assert_eq!(expected(&record.order.shipments[0]), day(22));
    apply(&mut record, &"s1".into(), &expected_by_carrier("2026-11-18T10:00:00Z", 24), at("2026-11-18T10:00:00Z"));
    let log = record.private.tracking["s1"].clone();
    put(&mut record, delayed.clone(), at("2026-11-18T11:00:00Z"));
    assert_eq!(expected(&record.order.shipments[0]), day(24), "the carrier spoke later");
    assert_eq!(record.private.tracking["s1"], log, "a repetition leaves no trace");
    let chosen = wished(json!({"promise_expected": day(27), "promise_source": "retailer"}));
    apply(&mut record, &"s1".into(), &chosen, at("2026-11-18T12:00:00Z"));
    put(&mut record, delayed, at("2026-11-18T13:00:00Z"));
    assert_eq!(expected(&record.order.shipments[0]), day(27), "the shopper chose later");
    put(&mut record, json!({"promised": day(20)}), at("2026-11-18T14:00:00Z"));
    assert_eq!(expected(&record.order.shipments[0]), day(20));
}

#[test]
fn the_summary_of_a_later_parcel_under_the_same_number_says_nothing_about_this_one() {
    let mut next = [scan("01T08:00 label_created"), scan("03T08:00 returning")];
    for scan in &mut next {
        scan["at"]["local"] = json!(scan["at"]["local"].as_str().expect("a time").replace("2026-11", "2027-03"));
    }
    let facts =
        json!({"stage": "returning", "delivered": {"to": "neighbour", "signed_by": "R. Osei"}, "promise_expected": day(28)});
    let updates = [scans(&["18T08:00 delivered"]), update("2027-03-03T09:00:00Z", &next, facts)];
    let shipment = shown_at(parcel(&json!({})), &updates, at("2027-03-04T12:00:00Z"));
    assert_eq!(shipment.stage, Stage::Delivered);
    assert_eq!(shipment.delivered.expect("a delivery").signed_by, None);
    assert!(shipment.promise.is_none());
}

#[test]
fn a_second_delivery_begins_the_count_of_wrong_clocks_anew() {
    let words = ["17T10:00 delivered", "18T08:00 out_for_delivery", "18T15:00 delivered", "19T05:00 in_transit"];
    assert_eq!(shown(&[scans(&words)]).stage, Stage::Delivered);
}

#[test]
fn what_came_of_several_pieces_is_told_even_where_the_rest_has_only_a_label() {
    let piece = |words: &str, piece: &str| {
        let mut update = scans(&[words]);
        update.pieces.insert(words.to_owned(), piece.to_owned());
        update
    };
    let shipment = shown(&[piece("18T08:00 label_created", "b"), piece("19T10:00 delivered", "a")]);
    assert_eq!((&shipment.stage, shipment.delivered.expect("a delivery").to), (&Stage::Delivered, DeliveredTo::InPart));
}

#[test]
fn of_two_scans_of_one_moment_the_trouble_is_what_came_of_it() {
    for [plain, trouble] in [["19", "19"], ["19T10:00", "19T10:00"]] {
        for (first, second) in [("a", "b"), ("b", "a")] {
            let mut plain = scan(&format!("{plain} out_for_delivery"));
            let mut failed = scan(&format!("{trouble} out_for_delivery attempt_failed"));
            (plain["id"], failed["id"]) = (json!(first), json!(second));
            let shipment = shown(&[update("2026-11-20T11:00:00Z", &[plain, failed], json!({}))]);
            assert_eq!(shipment.condition.state, ConditionState::AttemptFailed, "{first} {second}");
        }
    }
}

#[test]
fn what_the_shopper_has_done_is_done_although_the_scan_was_written_by_a_clock_that_is_ahead() {
    let mut record = parcel(&json!({}));
    let mut ahead = scan("20T15:00 in_transit address_problem");
    (ahead["at"], ahead["place"]) = (json!({"local": "2026-11-20T15:00:00"}), json!({"name": "Albany"}));
    let asked = json!({"action_required": {"who": "shopper"}, "promise_expected": day(24), "promise_source": "carrier"});
    let asks = update("2026-11-20T14:00:00Z", &[ahead], asked);
    apply(&mut record, &"s1".into(), &asks, now());
    assert!(record.order.shipments[0].action_required.is_some());
    let chosen = wished(json!({"promise_expected": day(25), "promise_source": "retailer"}));
    apply(&mut record, &"s1".into(), &chosen, now() + TimeDelta::minutes(30));
    assert_eq!(record.order.shipments[0].action_required, None);
    assert_eq!(expected(&record.order.shipments[0]), day(25));
}

#[test]
fn a_scan_of_a_clock_that_is_a_year_ahead_does_not_keep_a_parcel_from_being_silent() {
    let mut ahead = scan("18T08:00 in_transit");
    ahead["at"]["local"] = json!("2027-11-18T08:00:00");
    ahead["id"] = json!("ahead");
    let shipment = shown(&[update("2026-11-18T09:00:00Z", &[scan("15T08:00 in_transit"), ahead], json!({}))]);
    assert_eq!(shipment.last_carrier_update.map(|at| at.to_string()).as_deref(), Some("2026-11-15T08:00:00Z"));
    assert_eq!(shipment.condition.state, ConditionState::Stalled);
}
