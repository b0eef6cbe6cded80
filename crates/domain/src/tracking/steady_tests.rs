//! Property tests of `recompute`: a shipment changes by itself only at the time that `recompute` returned, and computing, storing
//! or loading it again changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::testing::{any_update, now, parcel, scan, update};
use crate::order::tracking_updates::{Applied, apply};
use crate::order::{InternalState, OrderAggregate};
use crate::policy::Policy;
use crate::recompute::recompute;
use crate::tracking::TrackingUpdate;

/// Returns the order as it is after storing and loading.
fn stored(record: &OrderAggregate) -> OrderAggregate {
    let order = serde_json::to_string(&record.order).expect("a document");
    let private = serde_json::to_string(&record.private).expect("a document");
    OrderAggregate {
        order: serde_json::from_str(&order).expect("an order"),
        private: serde_json::from_str::<InternalState>(&private).expect("a private part"),
    }
}

fn settled(record: &mut OrderAggregate, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    recompute(record, &Policy::standard().expect("a policy"), now)
}

fn told(updates: &[TrackingUpdate], extra: &Value) -> OrderAggregate {
    let mut record = parcel(extra);
    for update in updates {
        apply(&mut record, &"s1".into(), update, now());
    }
    record
}

/// Chooses one of several parcels: plain, with a promise, with little tracking, on its way back, with a short usual gap, or
/// packed.
fn any_parcel() -> impl Strategy<Value = Value> {
    let promised = json!({"promised": {"from": "2026-11-19", "to": "2026-11-21"}});
    let hours = json!({"promised": {"from": "2026-11-20T10:00:00Z", "to": "2026-11-20T12:30:00Z"}});
    proptest::sample::select(vec![
        json!({}),
        json!({"promise": promised}),
        json!({"promise": hours}),
        json!({"promise": promised, "tracking_level": "partial"}),
        json!({"promise": promised, "direction": "return"}),
        json!({"promise": promised, "usual_gap_h": 1}),
        json!({"promise": promised, "stage": "packed"}),
    ])
}

#[test]
fn what_is_longer_than_anything_that_carriers_say_is_not_kept() {
    let mut record = told(&[update("2026-11-20T11:00:00Z", &[scan("18T08:00 in_transit")], json!({}))], &json!({}));
    let before = record.clone();
    let facts = json!({"tracking_url": format!("https://t.example/{}", "a".repeat(100_000))});
    let mut endless = update("2026-11-20T11:30:00Z", &[scan("19T08:00 in_transit")], facts);
    endless.events[0].text = Some("\u{202e}a\u{0}".repeat(10_000));
    let applied = apply(&mut record, &"s1".into(), &endless, now());
    assert_eq!((applied, record), (Applied::Unchanged, before));
}

#[test]
fn what_is_stored_and_read_again_is_the_same_and_a_repetition_of_it_is_none() {
    let mut exact = scan("18T08:00 in_transit");
    for number in 1..100 {
        let degrees = f64::from(number) * std::f64::consts::FRAC_1_SQRT_2;
        (exact["place"]["lat"], exact["place"]["lon"]) = (json!(degrees), json!(degrees - 90.0));
        let said = update("2026-11-20T11:00:00Z", &[exact.clone()], json!({}));
        let record = told(std::slice::from_ref(&said), &json!({}));
        let mut again = stored(&record);
        assert_eq!(again, record);
        assert_eq!(apply(&mut again, &"s1".into(), &said, now()), Applied::Unchanged);
    }
}

proptest! {
    #[test]
    fn settling_what_is_settled_changes_nothing(updates in proptest::collection::vec(any_update(), 0..6), extra in any_parcel()) {
        let mut record = told(&updates, &extra);
        let due = settled(&mut record, now());
        let mut again = stored(&record);
        prop_assert_eq!(settled(&mut again, now()), due);
        prop_assert_eq!(&again, &OrderAggregate { private: InternalState { transit_statistics: again.private.transit_statistics.clone(), ..record.private.clone() }, order: record.order.clone() });
    }

    #[test]
    fn a_shipment_changes_at_the_instants_that_were_named_and_never_between(updates in proptest::collection::vec(any_update(), 0..6), extra in any_parcel()) {
        let mut record = told(&updates, &extra);
        let mut at = now();
        let mut due = settled(&mut record, at);
        for _ in 0..40 {
            prop_assert!(due.is_none_or(|due| due > at), "{:?} at {:?}", due, at);
            let before = record.order.shipments.clone();
            let next = due.unwrap_or(at + TimeDelta::days(60));
            let mut early = record.clone();
            settled(&mut early, next - TimeDelta::seconds(1));
            prop_assert_eq!(&early.order.shipments, &before, "between {} and {}", at, next);
            let Some(named) = due else { break };
            at = named;
            due = settled(&mut record, at);
        }
    }
}
