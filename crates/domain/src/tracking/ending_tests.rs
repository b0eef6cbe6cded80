//! Tests of reports after a parcel has ended. Administrative reports change nothing, but new events of the parcel do. Also tests
//! a departure for delivery that seems to be later than the delivery.

use doorstep_contract::{ConditionState, Stage};
use serde_json::{Value, json};

use super::testing::{now, parcel, scan, scans, shown, shown_at, update};
use crate::tracking::TrackingUpdate;

#[test]
fn a_matter_of_the_office_after_the_end_changes_nothing() {
    for ending in ["17T10:00 delivered", "17T10:00 returned", "17T10:00 lost", "17T10:00 destroyed"] {
        let before = shown(&[scans(&[ending])]);
        for later in [
            "20T09:00 unknown unknown",
            "20T09:00 unknown held",
            "20T09:00 unknown documents_due",
            "20T09:00 unknown",
            "20T09:00 label_created",
            "20T09:00 packed",
        ] {
            let after = shown(&[scans(&[ending]), scans(&[later])]);
            assert_eq!((&after.stage, &after.condition), (&before.stage, &before.condition), "{later} after {ending}");
        }
        let summed_up = update(
            "2026-11-20T09:30:00Z",
            &[scan("20T09:00 unknown unknown")],
            json!({"condition": {"state": "unknown"},
            "action_required": {"who": "shopper"}}),
        );
        let after = shown(&[scans(&[ending]), summed_up]);
        assert_eq!(after.condition.state, ConditionState::Ok, "{ending}");
    }
}

#[test]
fn customs_papers_that_are_closed_after_the_delivery_begin_no_new_way() {
    let words = ["17T10:00 delivered", "18T09:00 customs ok", "19T09:00 customs ok"];
    assert_eq!(shown(&[scans(&words)]).stage, Stage::Delivered);
    let summed_up = update("2026-11-19T09:30:00Z", &[scan("19T09:00 customs")], json!({"stage": "customs"}));
    assert_eq!(shown(&[scans(&words), summed_up]).stage, Stage::Delivered);
}

#[test]
fn what_happens_to_the_parcel_after_its_end_counts() {
    let after = |words: &str| shown(&[scans(&["17T10:00 delivered"]), scans(&[words])]);
    assert_eq!(after("19T10:00 returning").stage, Stage::Returning);
    assert_eq!(after("19T10:00 returned").stage, Stage::Returned);
    let refused = after("17T10:20 out_for_delivery refused");
    assert_eq!((&refused.stage, &refused.condition.state), (&Stage::OutForDelivery, &ConditionState::Refused));
    let refused = after("19T10:00 unknown refused");
    assert_eq!((&refused.stage, &refused.condition.state), (&Stage::InTransit, &ConditionState::Refused));
    let damaged = after("19T10:00 unknown damaged");
    assert_eq!((&damaged.stage, &damaged.condition.state), (&Stage::Delivered, &ConditionState::Damaged));
}

#[test]
fn a_proof_or_a_photo_that_is_told_days_later_is_of_the_same_delivery() {
    let mut promised = parcel(&json!({"promise": {"promised": {"from": "2026-11-17", "to": "2026-11-17"}}}));
    promised.order.placed_at = None;
    let shipment =
        shown_at(promised, &[scans(&["17T08:00 out_for_delivery", "17T10:00 delivered", "20T09:00 delivered"])], now());
    assert_eq!(
        shipment.delivered.as_ref().and_then(|delivered| delivered.at).map(|at| at.to_string()).as_deref(),
        Some("2026-11-17T10:00:00Z")
    );
    assert_eq!(shipment.promise.expect("a promise").verdict.as_str(), "on_time");
}

#[test]
fn an_investigation_that_is_closed_is_over_and_ends_nothing_else() {
    let searched = |then: &[&str]| {
        let mut opened = scan("17T10:00 unknown unknown");
        opened["reason"] = json!("parcel_being_researched");
        let mut closed = scan("19T10:00 unknown ok");
        closed["reason"] = json!("parcel_being_researched");
        let before: Vec<Value> = then.iter().map(|words| scan(words)).collect();
        let all: Vec<Value> = [vec![scan("16T10:00 in_transit"), opened], before, vec![closed]].concat();
        (
            shown(&[update("2026-11-20T11:00:00Z", &all[..2], json!({}))]),
            shown(&[update("2026-11-20T11:00:00Z", &all, json!({}))]),
        )
    };
    let (opened, closed) = searched(&[]);
    assert_eq!(opened.condition.reason.as_ref().map(|reason| reason.as_str()), Some("parcel_being_researched"));
    assert_eq!((&closed.condition.state, closed.condition.reason), (&ConditionState::Ok, None));
    let (_, damaged) = searched(&["18T10:00 in_transit damaged"]);
    assert_eq!(damaged.condition.state, ConditionState::Damaged);
}

#[test]
fn a_parcel_whose_day_has_passed_or_that_was_not_collected_is_not_ready_any_more() {
    let pickup = json!({"name": "Kiosk", "lines": [], "hours": [], "collect_by": "2026-11-19"});
    let facts = json!({"pickup": pickup, "action_required": {"who": "shopper", "what": "Collect it"}});
    let waiting = update("2026-11-17T10:00:00Z", &[scan("17T09:00 ready_for_pickup")], facts);
    let at = |text: &str| shown_at(parcel(&json!({})), std::slice::from_ref(&waiting), text.parse().expect("an instant"));
    let still = at("2026-11-19T23:59:59Z");
    assert_eq!((&still.condition.state, still.action_required.is_some()), (&ConditionState::Ok, true));
    let passed = at("2026-11-20T00:00:00Z");
    assert_eq!((&passed.stage, &passed.condition.state), (&Stage::ReadyForPickup, &ConditionState::NotCollected));
    assert_eq!(
        (passed.action_required, passed.condition.since.map(|at| at.to_string()).as_deref()),
        (None, Some("2026-11-20T00:00:00Z"))
    );
    let said = |words: &str| shown(&[waiting.clone(), scans(&[words])]);
    let told = said("19T09:00 unknown not_collected");
    assert_eq!((&told.condition.state, told.action_required), (&ConditionState::NotCollected, None));
    assert_eq!(said("20T09:00 returning").stage, Stage::Returning);
    assert_eq!(said("20T09:00 delivered").condition.state, ConditionState::Ok, "collected at the last moment");
    assert_eq!(said("20T09:00 ready_for_pickup").condition.state, ConditionState::Ok, "brought there once more");
}

/// Returns two updates: the scan of a departure for delivery, then the delivered scan. If `whole` is true, the second update
/// repeats the first scan.
fn van_and_delivery(van: &Value, delivered: &Value, whole: bool) -> Vec<TrackingUpdate> {
    let history = if whole { vec![van.clone(), delivered.clone()] } else { vec![delivered.clone()] };
    vec![
        update("2026-11-19T00:05:00Z", std::slice::from_ref(van), json!({"stage": "out_for_delivery"})),
        update("2026-11-19T00:10:00Z", &history, json!({"stage": "delivered"})),
    ]
}

#[test]
fn a_delivered_scan_that_is_minutes_older_than_the_van_delivers_also_over_midnight() {
    let van = scan("19T00:03 out_for_delivery");
    let unzoned = |words: &str| {
        let mut scan = scan(words);
        scan["at"]["offset_min"] = Value::Null;
        scan
    };
    for delivered in [scan("18T23:58 delivered"), unzoned("18T23:58 delivered"), scan("18T21:30 delivered"), scan("18 delivered")]
    {
        for van in [van.clone(), unzoned("19T00:03 out_for_delivery")] {
            for whole in [true, false] {
                let updates = van_and_delivery(&van, &delivered, whole);
                let turned: Vec<TrackingUpdate> = updates.iter().rev().cloned().collect();
                for updates in [updates, turned] {
                    let shipment = shown_at(parcel(&json!({})), &updates, "2026-11-20T12:00:00Z".parse().expect("an instant"));
                    assert_eq!(
                        (&shipment.stage, &shipment.condition.state),
                        (&Stage::Delivered, &ConditionState::Ok),
                        "{delivered} {van}"
                    );
                }
            }
        }
    }
    let dated = shown(&van_and_delivery(&van, &scan("18T23:58 delivered"), true));
    assert_eq!(
        dated.delivered.and_then(|delivered| delivered.at).map(|at| at.to_string()).as_deref(),
        Some("2026-11-18T23:58:00Z")
    );
}

#[test]
fn a_summary_that_has_not_heard_of_the_delivery_does_not_send_the_parcel_on_its_way_again() {
    let van = update("2026-11-19T08:05:00Z", &[scan("19T08:00 out_for_delivery")], json!({"stage": "out_for_delivery"}));
    let misdated = update("2026-11-19T15:00:00Z", &[scan("18T10:51 delivered")], json!({"stage": "delivered"}));
    assert_eq!(shown(&[van, misdated]).stage, Stage::Delivered);
}
