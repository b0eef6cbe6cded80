//! Tests of the conditions `late`, `stalled` and `at_risk`, and of the promise ledger.

use doorstep_contract::{ConditionState, Stage, Verdict};
use serde_json::json;

use super::testing::{now, parcel, scans, shown, shown_at, update};
use crate::order::tracking_updates::{advance_shipments, apply};
use crate::policy::Policy;
use crate::recompute::recompute;

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
    apply(&mut record, &"s1".into(), &scans(&["19T08:00 in_transit"]), now());
    let policy = Policy::standard().expect("a policy");
    let mut at = |now| {
        let next = advance_shipments(&mut record, &policy.for_country(None).tracking, now);
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
    // No scan is expected for a parcel that is ready for pickup.
    let waiting = shown_at(parcel(&json!({"usual_gap_h": 48})), &[scans(&["14T08:00 ready_for_pickup"])], now());
    assert_eq!(waiting.condition.state, ConditionState::Ok);
}

#[test]
fn a_van_that_has_not_come_by_the_end_of_its_day_is_silence_and_not_a_delivery_today() {
    let van = [scans(&["19T08:00 out_for_delivery"])];
    let promised = json!({"promise": {"promised": {"from": "2026-11-19", "to": "2026-11-19"}}});
    for extra in [promised, json!({})] {
        let at = |text: &str| shown_at(parcel(&extra), &van, text.parse().expect("an instant"));
        assert_eq!(at("2026-11-19T23:59:59Z").condition.state, ConditionState::Ok);
        let gone = at("2026-11-20T00:00:00Z");
        assert_eq!((&gone.stage, &gone.condition.state), (&Stage::OutForDelivery, &ConditionState::Stalled));
        assert_eq!(gone.condition.since.map(|at| at.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
    }
    // A failed attempt was reported, so it stays the condition. A departure on the next day is due by the end of that day.
    let updates = [scans(&["19T08:00 out_for_delivery", "19T15:00 out_for_delivery attempt_failed"])];
    assert_eq!(shown_at(parcel(&json!({})), &updates, now()).condition.state, ConditionState::AttemptFailed);
    let next = [van[0].clone(), scans(&["20T07:00 out_for_delivery"])];
    assert_eq!(shown_at(parcel(&json!({})), &next, now()).condition.state, ConditionState::Ok);
}

#[test]
fn a_parcel_has_arrived_once_it_can_be_collected() {
    let verdict = |words: &[&str]| {
        let day = json!({"from": "2026-11-18", "to": "2026-11-18"});
        let record = parcel(&json!({"promise": {"promised": day, "expected": day}}));
        shown_at(record, &[scans(words)], now()).promise.expect("a promise").verdict
    };
    assert_eq!(verdict(&["18T09:00 ready_for_pickup"]), Verdict::OnTime);
    assert_eq!(verdict(&["19T09:00 ready_for_pickup"]), Verdict::Late);
    assert_eq!(
        verdict(&["18T09:00 ready_for_pickup", "20T10:00 delivered"]),
        Verdict::OnTime,
        "collected in the shopper's own time"
    );
    assert_eq!(verdict(&["18T08:00 out_for_delivery", "20T10:00 delivered"]), Verdict::Late);
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
    apply(&mut record, &"s1".into(), &scans(&["19T08:00 in_transit"]), now());
    record.private.transit_statistics.insert("s1".into(), super::TransitStatistics { gap_h: Some(20), transit_h: None });
    recompute(&mut record, &Policy::standard().expect("a policy"), now());
    let shipment = &record.order.shipments[0];
    assert_eq!((shipment.usual_gap_h, &shipment.condition.state), (Some(20), &ConditionState::Stalled));
}

#[test]
fn an_expectation_that_comes_late_takes_its_place_in_the_ledger() {
    let expected = |reported_on: &str, day: &str| {
        let window = json!({"from": format!("2026-11-{day}"), "to": format!("2026-11-{day}")});
        update(&format!("2026-11-{reported_on}T09:00:00Z"), &[], json!({"promise_expected": window, "promise_source": "carrier"}))
    };
    let updates = [expected("12", "18"), expected("15", "21"), expected("17", "23")];
    let in_order = shown(&updates);
    let promise = in_order.promise.as_ref().expect("a promise");
    let made: Vec<String> = promise.revisions.iter().map(|revision| revision.at.to_string()).collect();
    assert_eq!(made, ["2026-11-15T09:00:00Z", "2026-11-17T09:00:00Z"]);
    assert_eq!(in_order.condition.since.map(|at| at.to_string()).as_deref(), Some("2026-11-15T09:00:00Z"));
    let shuffled = [updates[2].clone(), updates[0].clone(), updates[1].clone(), updates[0].clone()];
    assert_eq!(shown(&shuffled), in_order);
}

#[test]
fn what_the_provider_remembers_as_the_first_expectation_is_the_first_promise() {
    let window = |day: &str| json!({"from": day, "to": day});
    let facts = json!({"promise_first": window("2026-11-18"), "promise_expected": window("2026-11-21")});
    let promise = shown(&[update("2026-11-19T09:00:00Z", &[], facts)]).promise.expect("a promise");
    assert_eq!((promise.verdict, promise.revisions.len()), (Verdict::Late, 1));
}
