//! Tests that a parcel delivered to its sender is shown as returned, and that a parcel that finally reaches the shopper is shown
//! as delivered.

use doorstep_contract::{ActionKind, CaseState, DeliveredTo, Shipment, Stage, Verdict};
use serde_json::{Value, json};

use super::testing::{now, parcel, scan, scans, shown, shown_at, update};
use crate::order::OrderAggregate;
use crate::order::tracking_updates::apply;
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::tracking::TrackingUpdate;

/// Returns a scan at this place.
fn at(words: &str, place: Option<&str>) -> Value {
    let mut scan = scan(words);
    scan["place"] = place.map_or(Value::Null, |name| json!({"name": name}));
    scan
}

/// Returns one update with these scans and places, for a parcel that was sent from Portland.
fn updates(scans: &[(&str, Option<&str>)]) -> Vec<TrackingUpdate> {
    let scans: Vec<Value> = scans.iter().map(|(words, place)| at(words, *place)).collect();
    vec![update("2026-11-20T11:00:00Z", &scans, json!({}))]
}

const PORTLAND: Option<&str> = Some("PORTLAND, ME");
const BROOKLYN: Option<&str> = Some("BROOKLYN, NY");

fn promised() -> OrderAggregate {
    parcel(&json!({"promise": {"promised": {"from": "2026-11-19", "to": "2026-11-19"}}}))
}

fn to_address(record: &mut OrderAggregate, lines: &[&str]) {
    record.order.destination = serde_json::from_value(json!({"lines": lines})).expect("a destination");
}

#[test]
fn a_parcel_on_its_way_back_that_is_then_delivered_has_come_back_and_nothing_proves_a_delivery() {
    let back = update("2026-11-18T10:00:00Z", &[scan("18T09:00 returning")], json!({"stage": "returning"}));
    let delivered = json!({"stage": "delivered", "delivered": {"to": "reception", "signed_by": "K. Owen"}});
    let both = [scan("18T09:00 returning"), scan("19T10:00 delivered")];
    for updates in [
        vec![back.clone(), update("2026-11-19T10:30:00Z", &both, delivered.clone())],
        vec![back.clone(), update("2026-11-19T10:30:00Z", &[], delivered.clone())],
        vec![scans(&["18T09:00 returning", "19T10:00 delivered"])],
        vec![update("2026-11-19T10:30:00Z", &both, delivered), back],
    ] {
        let shipment = shown_at(promised(), &updates, now());
        assert_eq!((&shipment.stage, &shipment.delivered), (&Stage::Returned, &None), "{updates:?}");
        assert_eq!(shipment.promise.expect("a promise").verdict, Verdict::default(), "it did not come as promised");
        assert!(shipment.events.iter().all(|event| event.stage != Stage::Delivered), "nothing in its history says delivered");
    }
}

#[test]
fn a_report_of_a_missing_parcel_does_not_end_as_found_and_no_window_opens_when_it_came_back_to_the_sender() {
    let mut record = parcel(&json!({"lines": [{"line_id": "l1", "quantity": 1}]}));
    record.order.lines = serde_json::from_value(json!([{"id": "l1", "title": "Chair", "quantity": 1}])).expect("lines");
    record.order.cases = serde_json::from_value(json!([{"id": "c1", "kind": "report_non_receipt", "state": "in_progress",
        "reference": "C-1", "shipment_id": "s1", "opened_at": "2026-11-17T09:00:00Z"}]))
    .expect("cases");
    record.private.cases.insert("c1".into(), crate::order::PrivateCase::default());
    let facts = json!({"stage": "delivered", "delivered": {"to": "reception"}});
    for said in [
        scans(&["16T09:00 in_transit", "18T09:00 returning"]),
        update("2026-11-19T10:30:00Z", &[scan("19T10:00 delivered")], facts),
    ] {
        apply(&mut record, &"s1".into(), &said, now());
        recompute(&mut record, &Policy::standard().expect("a policy"), now());
    }
    assert_eq!(record.order.shipments[0].stage, Stage::Returned);
    assert_eq!(record.order.cases[0].state, CaseState::InProgress);
    let offers = |kind: ActionKind| record.order.actions.iter().any(|action| action.kind == kind);
    for kind in [ActionKind::StartReturn, ActionKind::ReportDamaged, ActionKind::ReportMissingItem] {
        assert!(!offers(kind.clone()), "{kind:?}");
    }
}

#[test]
fn the_place_of_the_delivered_scan_says_whose_door_it_was() {
    let journey = |scans: &[(&str, Option<&str>)]| shown(&updates(scans)).stage;
    let began = [("16T09:00 handed_over", PORTLAND), ("18T08:00 out_for_delivery attempt_failed", BROOKLYN)];
    let with = |more: &[(&'static str, Option<&'static str>)]| journey(&[&began[..], more].concat());
    assert_eq!(with(&[("18T20:00 returning", BROOKLYN), ("19T10:00 delivered", PORTLAND)]), Stage::Returned);
    assert_eq!(with(&[("18T20:00 returning", BROOKLYN), ("19T10:00 delivered", BROOKLYN)]), Stage::Delivered, "said by mistake");
    assert_eq!(
        with(&[("18T20:00 returning", BROOKLYN), ("19T07:00 out_for_delivery", PORTLAND), ("19T10:00 delivered", None)]),
        Stage::Returned
    );
    assert_eq!(with(&[("18T20:00 returning", None), ("19T07:00 out_for_delivery", BROOKLYN)]), Stage::OutForDelivery);
    assert_eq!(
        with(&[("18T20:00 returning", None), ("19T07:00 out_for_delivery", BROOKLYN), ("19T10:00 delivered", None)]),
        Stage::Delivered
    );
    // No scan reports a return. After a problem, a delivery in the sender's town means a return. A delivery in another town does
    // not.
    assert_eq!(with(&[("19T10:00 delivered", PORTLAND)]), Stage::Returned);
    assert_eq!(with(&[("19T10:00 delivered", Some("NEWARK, NJ"))]), Stage::Delivered);
    assert_eq!(
        journey(&[("16T09:00 handed_over", PORTLAND), ("18T10:00 delivered", PORTLAND)]),
        Stage::Delivered,
        "a neighbour of the shop"
    );
    assert_eq!(journey(&[began[0], ("17T10:00 delivered", BROOKLYN), ("19T10:00 delivered", PORTLAND)]), Stage::Returned);
}

#[test]
fn the_address_of_the_order_says_where_the_shopper_lives() {
    let journey = |lines: &[&str]| {
        let mut record = parcel(&json!({}));
        to_address(&mut record, lines);
        let scans = [("16T09:00 handed_over", PORTLAND), ("17T20:00 returning", None), ("19T10:00 delivered", BROOKLYN)];
        shown_at(record, &updates(&scans), now()).stage
    };
    assert_eq!(journey(&["Brooklyn, NY 11217"]), Stage::Delivered);
    assert_eq!(journey(&["Albany, NY 12207"]), Stage::Returned);
    assert_eq!(journey(&[]), Stage::Returned);
}

#[test]
fn a_refused_parcel_that_is_brought_again_is_delivered() {
    let refused = "18T10:00 out_for_delivery refused";
    assert_eq!(shown(&[scans(&[refused, "19T08:00 out_for_delivery", "19T12:00 delivered"])]).stage, Stage::Delivered);
    let scans = [("16T09:00 handed_over", PORTLAND), (refused, BROOKLYN), ("19T12:00 delivered", PORTLAND)];
    assert_eq!(shown(&updates(&scans)).stage, Stage::Returned);
}

#[test]
fn a_return_that_is_delivered_has_arrived_at_the_shop() {
    let back = parcel(&json!({"direction": "return"}));
    let shipment = shown_at(back, &[scans(&["17T10:00 in_transit", "18T09:00 returning", "19T10:00 delivered"])], now());
    assert_eq!(shipment.stage, Stage::Delivered);
}

#[test]
fn what_was_proved_before_it_went_back_stays_and_what_is_said_once_more_changes_nothing() {
    let left = update(
        "2026-11-17T11:00:00Z",
        &[scan("17T10:00 delivered")],
        json!({"stage": "delivered", "delivered": {"to": "reception"}}),
    );
    let back = scans(&["18T09:00 returning"]);
    let to = |shipment: &Shipment| shipment.delivered.as_ref().map(|delivered| delivered.to.clone());
    let returning = shown(&[left.clone(), back.clone()]);
    assert_eq!((&returning.stage, to(&returning)), (&Stage::Returning, Some(DeliveredTo::Reception)));
    let repeated = update("2026-11-19T11:00:00Z", &[], json!({"stage": "delivered", "delivered": {"to": "neighbour"}}));
    let again = shown(&[left, back, repeated]);
    assert_eq!((&again.stage, to(&again)), (&Stage::Returning, Some(DeliveredTo::Reception)));
}
