//! Property tests for arbitrary tracking updates.

use doorstep_contract::{ConditionState, Event, Stage};
use proptest::prelude::*;
use serde_json::json;

use super::update_tests::{after, facts, now, record};
use crate::order::tracking_updates::{Applied, apply};
use crate::tracking::TrackingUpdate;

fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let event = (
        1_u32..28,
        0_u32..24,
        proptest::sample::select(Stage::VALUES),
        proptest::option::of(proptest::sample::select(ConditionState::VALUES)),
    );
    let written = event.prop_map(|(day, hour, stage, condition)| {
        super::update_tests::event(&format!("2026-11-{day:02}T{hour:02}:00 {stage} {}", condition.unwrap_or("ok")))
    });
    proptest::collection::vec(written, 0..8)
}

proptest! {
    #[test]
    fn telling_the_same_twice_changes_nothing(events in any_events(), claim in proptest::option::of(proptest::sample::select(Stage::VALUES)), state in proptest::option::of(proptest::sample::select(ConditionState::VALUES))) {
        let update = TrackingUpdate { facts: facts(json!({"stage": claim, "condition": state.map(|state| json!({"state": state})), "promise_expected": {"from": "2026-11-19", "to": "2026-11-19"}})), events, ..TrackingUpdate::default() };
        let mut record = record();
        apply(&mut record, &"s1".into(), &update, now());
        let once = record.order.clone();
        let later = now() + chrono::TimeDelta::hours(30);
        prop_assert_eq!(apply(&mut record, &"s1".into(), &update, later), Applied::Unchanged);
        prop_assert_eq!(record.order, once);
    }

    #[test]
    fn scans_may_come_in_any_order((events, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))) {
        let stage = |events: Vec<Event>| {
            let updates: Vec<TrackingUpdate> = events.into_iter().map(|event| TrackingUpdate { events: vec![event], ..TrackingUpdate::default() }).collect();
            after(&updates).stage
        };
        // Two events with the same id count as one scan, and the result depends on which of them is kept. Therefore only the
        // first event of each id is sent.
        let mut seen = std::collections::BTreeSet::new();
        let once: Vec<Event> = events.into_iter().filter(|event| seen.insert(event.id.clone())).collect();
        let reordered: Vec<Event> = shuffled.iter().filter_map(|event| once.iter().find(|kept| kept.id == event.id).cloned()).collect();
        prop_assert_eq!(stage(once), stage(reordered));
    }
}
