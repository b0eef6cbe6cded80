//! Tests of a withdrawn delivery estimate: no date is expected any more, and the old estimate stays in the history.

use doorstep_contract::{ConditionState, Shipment};
use serde_json::{Value, json};

use super::testing::{now, parcel, scan, scans, shown, shown_at, update};

fn day(day: u32) -> Value {
    json!({"from": format!("2026-11-{day}"), "kind": "day", "to": format!("2026-11-{day}")})
}

fn expects(on: u32) -> Value {
    json!({"promise_expected": day(on), "promise_source": "carrier", "promise_confidence": "high"})
}

fn ledger(shipment: &Shipment) -> (Value, Value, Vec<(Value, Value)>) {
    let promise = shipment.promise.as_ref().expect("a promise");
    let revisions = promise.revisions.iter().map(|revision| (json!(revision.from), json!(revision.to))).collect();
    (json!(promise.promised), json!(promise.expected), revisions)
}

#[test]
fn an_estimate_that_is_taken_back_leaves_no_day_and_stays_in_the_ledger() {
    let said = update("2026-11-17T09:00:00Z", &[scan("17T08:00 in_transit")], expects(21));
    let back = update("2026-11-19T09:00:00Z", &[scan("19T08:00 in_transit late")], json!({"promise_withdrawn": true}));
    let shipment = shown(&[said.clone(), back.clone()]);
    assert_eq!(ledger(&shipment), (day(21), Value::Null, vec![(day(21), Value::Null)]));
    assert_eq!(shipment.condition.state, ConditionState::Late);
    assert_eq!(shown(&[back.clone(), said.clone(), back.clone()]), shipment, "in whatever order, however often");
    let again = update("2026-11-20T09:00:00Z", &[], expects(21));
    let named = shown(&[said, back, again]);
    assert_eq!(ledger(&named), (day(21), day(21), vec![(day(21), Value::Null), (Value::Null, day(21))]));
}

#[test]
fn a_provider_takes_back_only_what_a_provider_has_said() {
    let back = update("2026-11-19T09:00:00Z", &[scan("19T08:00 in_transit late")], json!({"promise_withdrawn": true}));
    let promised = || parcel(&json!({"promise": {"promised": day(24), "expected": day(24), "source": "retailer"}}));
    assert_eq!(ledger(&shown_at(promised(), std::slice::from_ref(&back), now())), (day(24), day(24), vec![]));
    let said = update("2026-11-17T09:00:00Z", &[scan("17T08:00 in_transit")], expects(25));
    let shipment = shown_at(promised(), &[said, back.clone()], now());
    assert_eq!(ledger(&shipment), (day(24), Value::Null, vec![(day(24), day(25)), (day(25), Value::Null)]));
    assert_eq!(shown(&[back]).promise, None, "nobody had named a day");
}

#[test]
fn an_estimate_that_nobody_has_heard_of_is_the_first_promise_also_when_it_is_taken_back_at_once() {
    let facts = json!({"promise_withdrawn": true, "promise_first": day(21)});
    let shipment = shown(&[update("2026-11-19T09:00:00Z", &[scan("19T08:00 in_transit late")], facts)]);
    assert_eq!(ledger(&shipment), (day(21), Value::Null, vec![(day(21), Value::Null)]));
}

#[test]
fn a_promise_that_was_taken_back_is_still_late_once_its_day_has_passed() {
    let said = update("2026-11-16T09:00:00Z", &[scan("16T08:00 in_transit")], expects(18));
    let back = update("2026-11-17T09:00:00Z", &[], json!({"promise_withdrawn": true}));
    let shipment = shown(&[said, back, scans(&["20T08:00 in_transit"])]);
    assert_eq!(shipment.promise.expect("a promise").verdict.as_str(), "late");
}
