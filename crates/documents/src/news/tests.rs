use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::Order;
use serde_json::{Value, json};

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn event(stage: &str, local: &str) -> Value {
    json!({ "id": format!("{stage} {local}"), "at": { "local": local, "offset_min": 60, "zone": "explicit" }, "stage": stage })
}

fn parcel(id: &str, stage: &str, more: Value) -> Value {
    let mut parcel = json!({ "id": id, "direction": "outbound", "stage": stage, "tracking_level": "full", "events": [] });
    parcel.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    parcel
}

fn order(parcels: &[Value]) -> Order {
    order_with(json!({ "shipments": parcels }))
}

fn order_with(more: Value) -> Order {
    let mut order = json!({ "id": "ord_1", "number": "1042", "version": 1, "time_zone": "Europe/Berlin", "access": "full" });
    order.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    Order::from_json(&order.to_string()).expect("an order")
}

fn kinds(news: &[News]) -> Vec<NewsKind> {
    news.iter().map(|fact| fact.kind).collect()
}

/// Applies changes one after the other, as the store does. Returns the news of each.
fn told(states: &[(&Order, &str)]) -> Vec<Vec<NewsKind>> {
    let (mut seen, mut before) = (BTreeSet::new(), None);
    let mut told = Vec::new();
    for (order, now) in states {
        let found = discover(before, order, &seen, at(now));
        seen.extend(found.keys);
        told.push(kinds(&found.news));
        before = Some(*order);
    }
    told
}

#[test]
fn each_step_of_a_parcel_is_news_once_even_if_it_is_reported_again_or_goes_back() {
    let new = order(&[parcel("s1", "label_created", json!({}))]);
    let scans = [event("in_transit", "2026-11-20T10:00:00"), event("out_for_delivery", "2026-11-21T08:00:00")];
    let taken = order(&[parcel("s1", "in_transit", json!({ "events": [scans[0]] }))]);
    let out = order(&[parcel("s1", "out_for_delivery", json!({ "events": scans }))]);
    let there = order(&[parcel(
        "s1",
        "delivered",
        json!({ "events": scans, "delivered": { "at": "2026-11-21T12:00:00+01:00", "to": "neighbour" } }),
    )]);
    let states = [
        (&new, "2026-11-20T08:00:00Z"),
        (&taken, "2026-11-20T09:01:00Z"),
        (&taken, "2026-11-20T09:02:00Z"),
        (&out, "2026-11-21T07:01:00Z"),
        (&taken, "2026-11-21T07:02:00Z"),
        (&out, "2026-11-21T07:03:00Z"),
        (&there, "2026-11-21T11:01:00Z"),
        (&there, "2026-11-21T11:02:00Z"),
    ];
    use NewsKind::{Delivered, Dispatched, OutForDelivery};
    assert_eq!(told(&states), [vec![], vec![Dispatched], vec![], vec![OutForDelivery], vec![], vec![], vec![Delivered], vec![]]);
}

#[test]
fn old_facts_are_no_news_and_facts_from_before_the_mails_neither() {
    let delivered = |at: &str| order(&[parcel("s1", "delivered", json!({ "delivered": { "at": at, "to": "recipient" } }))]);
    let (old, fresh) = (delivered("2026-11-13T12:00:00Z"), delivered("2026-11-20T12:00:00Z"));
    let now = at("2026-11-20T13:00:00Z");
    let seen = BTreeSet::new();
    assert_eq!(discover(None, &old, &seen, now).news, []);
    assert_eq!(kinds(&discover(None, &fresh, &seen, now).news), [NewsKind::Delivered]);
    assert_eq!(discover(Some(&fresh), &fresh, &seen, now).news, []);
    // The keys are kept, so that an old fact never becomes news later.
    assert_eq!(discover(None, &old, &seen, now).keys, ["dispatched:s1:", "delivered:s1:"]);
    let undated = order(&[parcel("s1", "delivered", json!({}))]);
    assert_eq!(discover(None, &undated, &seen, now).news, []);
}

#[test]
fn one_change_of_several_parcels_is_one_list_and_of_each_parcel_only_the_last_step_counts() {
    let new = order(&[parcel("s1", "label_created", json!({})), parcel("s2", "label_created", json!({}))]);
    let after = order(&[parcel("s1", "in_transit", json!({})), parcel("s2", "out_for_delivery", json!({}))]);
    let found = discover(Some(&new), &after, &BTreeSet::new(), at("2026-11-20T13:00:00Z"));
    let news: Vec<(NewsKind, &str)> = found.news.iter().map(|fact| (fact.kind, fact.of.as_str())).collect();
    assert_eq!(news, [(NewsKind::Dispatched, "s1"), (NewsKind::OutForDelivery, "s2")]);
    assert_eq!(first_kind(&found.news), Some(NewsKind::OutForDelivery));
}

#[test]
fn a_problem_is_news_for_each_condition_and_each_failed_attempt() {
    let with = |state: &str, attempts: u32| {
        order(&[parcel("s1", "at_local_depot", json!({ "condition": { "state": state }, "attempts": attempts }))])
    };
    let states = [
        with("ok", 0),
        with("attempt_failed", 1),
        with("attempt_failed", 1),
        with("attempt_failed", 2),
        with("at_risk", 2),
        with("late", 2),
        with("ok", 2),
        with("late", 2),
    ];
    let now = "2026-11-20T13:00:00Z";
    let told = told(&states.iter().map(|order| (order, now)).collect::<Vec<_>>());
    assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 0, 1, 0, 1, 0, 0]);
    let untracked = order(&[parcel("s1", "in_transit", json!({ "tracking_level": "none", "condition": { "state": "late" } }))]);
    assert!(facts(&untracked, at(now)).iter().all(|fact| fact.kind != NewsKind::Problem), "nothing is late that nobody tracks");
}

#[test]
fn who_does_not_collect_is_reminded_once_on_the_day_before_the_last() {
    let ready = |last: &str| {
        order(&[parcel(
            "s1",
            "ready_for_pickup",
            json!({ "events": [event("ready_for_pickup", "2026-11-20T10:00:00")], "pickup": { "name": "Corner shop", "lines": [], "hours": [], "collect_by": last } }),
        )])
    };
    let (long, short) = (ready("2026-11-27"), ready("2026-11-21"));
    assert_eq!(next_fact_at(&long, at("2026-11-20T10:00:00Z")), Some(at("2026-11-26T08:00:00Z")));
    assert_eq!(next_fact_at(&long, at("2026-11-26T08:00:00Z")), None);
    let states = [
        (&long, "2026-11-20T10:00:00Z"),
        (&long, "2026-11-26T07:59:59Z"),
        (&long, "2026-11-26T08:00:00Z"),
        (&long, "2026-11-26T09:00:00Z"),
    ];
    assert_eq!(told(&states), [vec![NewsKind::ReadyForPickup], vec![], vec![NewsKind::PickupReminder], vec![]]);
    let states = [(&short, "2026-11-20T10:00:00Z"), (&short, "2026-11-20T11:00:00Z")];
    assert_eq!(told(&states), [vec![NewsKind::ReadyForPickup], vec![]]);
    let reminder = discover(Some(&long), &long, &BTreeSet::new(), at("2026-11-26T08:00:00Z")).news;
    assert_eq!(still_true(reminder.clone(), &long, at("2026-11-27T06:00:00Z")), reminder);
    assert_eq!(still_true(reminder, &long, at("2026-11-27T11:00:00Z")), []);
}

#[test]
fn the_shop_answers_and_a_withdrawal_is_acknowledged_but_what_the_shopper_does_is_not_told_to_them() {
    let case = |kind: &str, timeline: Value| json!({ "id": "c1", "reference": "DS-1", "kind": kind, "state": "received", "opened_at": "2026-11-20T10:00:00Z", "timeline": timeline });
    let entry = |at: &str, who: &str, what: &str| json!({ "at": at, "who": who, "what": what });
    let now = at("2026-11-20T12:00:00Z");
    let news = |case: Value| kinds(&facts(&order_with(json!({ "cases": [case] })), now));
    let opened = entry("2026-11-20T10:00:00Z", "shopper", "opened");
    assert_eq!(news(case("withdraw", json!([opened]))), [NewsKind::Withdrawal]);
    assert_eq!(news(case("report_damaged", json!([opened, entry("2026-11-20T10:05:00Z", "shopper", "message")]))), []);
    assert_eq!(news(case("reschedule", json!([opened, entry("2026-11-20T10:00:00Z", "retailer", "resolved")]))), []);
    let answered = json!([
        opened,
        entry("2026-11-20T11:00:00Z", "retailer", "message"),
        entry("2026-11-20T11:30:00Z", "retailer", "declined")
    ]);
    assert_eq!(news(case("report_damaged", answered)), [NewsKind::Case, NewsKind::Case]);
    let returns = json!({ "returns": [{ "id": "r1", "state": "requested" }, { "id": "r2", "state": "received" }], "refunds": [{ "id": "f1", "state": "sent" }] });
    assert_eq!(kinds(&facts(&order_with(returns), now)), [NewsKind::Return, NewsKind::Refund]);
}

#[test]
fn nights_are_quiet_at_the_destination() {
    let order = order(&[]);
    for (now, until) in [
        ("2026-11-20T20:59:59Z", None),
        ("2026-11-20T21:00:00Z", Some("2026-11-21T06:00:00Z")),
        ("2026-11-21T05:59:59Z", Some("2026-11-21T06:00:00Z")),
        ("2026-11-21T06:00:00Z", None),
    ] {
        assert_eq!(quiet_until(&order, at(now)), until.map(at), "{now}");
    }
    let later = at("2026-11-20T21:00:00Z") + TimeDelta::hours(3);
    assert_eq!(quiet_until(&order, later), Some(at("2026-11-21T06:00:00Z")));
}

#[test]
fn the_names_of_kinds_are_those_that_are_stored() {
    for kind in NewsKind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("a name"), kind.as_str());
        assert_eq!(<NewsKind as clap::ValueEnum>::from_str(kind.as_str(), false).as_ref(), Ok(&kind));
    }
    assert!(NewsKind::ALL.is_sorted());
}
