//! Tests that the sequence and the repetition of tracking updates do not change the result.

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::json;

use super::testing::{any_update, now, parcel, scan, shown, update};
use crate::order::tracking_updates::{Applied, apply};
use crate::tracking::TrackingUpdate;

#[test]
fn a_repetition_of_what_is_known_leaves_no_trace() {
    let mut record = parcel(&json!({}));
    let told = update("2026-11-19T09:00:00Z", &[scan("18T08:00 in_transit")], json!({"tracking_url": "https://t.example/1"}));
    assert_eq!(apply(&mut record, &"s1".into(), &told, now()), Applied::Changed);
    let once = record.clone();
    assert_eq!(apply(&mut record, &"s1".into(), &told, now() + TimeDelta::hours(5)), Applied::Unchanged);
    assert_eq!(record, once);
}

proptest! {
    #[test]
    fn whatever_is_said_in_whatever_order_and_however_often_is_the_same_story(
        (updates, repeated) in proptest::collection::vec(any_update(), 1..8).prop_flat_map(|updates| {
            let twice: Vec<TrackingUpdate> = updates.iter().chain(&updates).cloned().collect();
            (Just(updates), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(shown(&updates), shown(&repeated));
    }
}
