//! Table tests of the state of each self-service action, for combinations of stage, time and policy.

use chrono::{DateTime, Utc};
use doorstep_contract::{Action, ActionKind, Order};
use serde_json::{Value, json};

use super::actions::actions;
use crate::order::InternalState;
use crate::policy::Policy;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn order(shipments: Value, country: &str) -> Order {
    let order = json!({
        "id": "o", "number": "1", "version": 1, "time_zone": "Europe/Berlin",
        "destination": { "lines": ["x"], "country": country },
        "lines": [{ "id": "a", "title": "A", "quantity": 2 }, { "id": "b", "title": "B", "quantity": 1 }],
        "shipments": shipments,
    });
    Order::from_json(&order.to_string()).expect("an order")
}

fn parcel(id: &str, stage: &str, more: Value) -> Value {
    let mut parcel = json!({
        "id": id, "direction": "outbound", "stage": stage, "condition": { "state": "ok" }, "tracking_level": "full",
        "carrier": { "code": "dhl", "name": "DHL" }, "lines": [{ "line_id": "a", "quantity": 2 }],
    });
    parcel.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
    parcel
}

fn delivered(to: &str) -> Value {
    parcel("s1", "delivered", json!({ "delivered": { "at": "2026-11-10T12:00:00+01:00", "to": to } }))
}

fn offered(order: &Order, policy: &str, private: &InternalState, now: &str) -> (Vec<Action>, Option<DateTime<Utc>>) {
    actions(order, &Policy::read(policy).expect("a policy"), private, at(now))
}

/// Formats the state, from, until and reason of an action as text. Returns `—` if the action is not listed.
fn state_of(actions: &[Action], kind: &ActionKind) -> String {
    let Some(action) = actions.iter().find(|action| action.kind == *kind) else { return "—".to_owned() };
    let part = |name: &str, value: Option<String>| value.map(|value| format!(" {name} {value}")).unwrap_or_default();
    [
        action.state.as_str().to_owned(),
        part("from", action.from.map(|at| at.to_string())),
        part("until", action.until.map(|at| at.to_string())),
        part("for", action.reason.as_ref().map(|why| why.as_str().to_owned())),
    ]
    .concat()
}

#[test]
fn a_report_has_its_time_in_whole_days_at_the_destination() {
    use ActionKind::{ReportDamaged, ReportNonReceipt};
    let (open, until) = ("from 2026-11-11T11:00:00Z", "until 2026-12-10T23:00:00Z");
    for (to, kind, now, expected) in [
        ("household", ReportNonReceipt, "2026-11-11T10:59:59Z", format!("not_yet {open} {until} for too_early")),
        ("household", ReportNonReceipt, "2026-11-11T11:00:00Z", format!("available {open} {until}")),
        ("household", ReportNonReceipt, "2026-12-10T22:59:59Z", format!("available {open} {until}")),
        ("household", ReportNonReceipt, "2026-12-10T23:00:00Z", format!("expired {open} {until} for window_closed")),
        ("safe_place", ReportNonReceipt, "2026-11-10T11:00:00Z", format!("available {until}")),
        ("household", ReportDamaged, "2026-11-10T11:00:00Z", format!("available {until}")),
        ("household", ReportDamaged, "2027-01-10T11:00:00Z", format!("expired {until} for window_closed")),
    ] {
        let (actions, next) = offered(&order(json!([delivered(to)]), "GB"), "", &InternalState::default(), now);
        assert_eq!(state_of(&actions, &kind), expected, "{to} {now}");
        assert!(next.is_none_or(|next| next > at(now)), "{next:?}");
    }
}

#[test]
fn a_parcel_without_a_delivered_scan_is_missing_once_it_is_overdue() {
    let promise = json!({ "promise": { "promised": { "from": "2026-11-10", "to": "2026-11-10" } } });
    for (stage, more, now, expected) in [
        ("in_transit", promise.clone(), "2026-11-10T22:00:00Z", "—"),
        (
            "in_transit",
            promise.clone(),
            "2026-11-10T23:00:00Z",
            "not_yet from 2026-11-11T23:00:00Z until 2027-02-08T23:00:00Z for too_early",
        ),
        ("in_transit", promise.clone(), "2026-11-11T23:00:00Z", "available from 2026-11-11T23:00:00Z until 2027-02-08T23:00:00Z"),
        ("in_transit", json!({}), "2026-11-20T23:00:00Z", "—"),
        (
            "in_transit",
            json!({ "condition": { "state": "stalled", "since": "2026-11-10T10:00:00Z" } }),
            "2026-11-11T10:00:00Z",
            "available from 2026-11-11T10:00:00Z",
        ),
        ("lost", json!({}), "2026-11-11T10:00:00Z", "available"),
        ("ready_for_pickup", promise.clone(), "2026-11-20T10:00:00Z", "—"),
        ("returned", promise.clone(), "2026-11-20T10:00:00Z", "available"),
        ("cancelled", promise, "2026-11-20T10:00:00Z", "—"),
    ] {
        let (actions, _) = offered(&order(json!([parcel("s1", stage, more)]), "GB"), "", &InternalState::default(), now);
        assert_eq!(state_of(&actions, &ActionKind::ReportNonReceipt), expected, "{stage} {now}");
    }
}

#[test]
fn a_delivery_can_be_changed_while_the_carrier_takes_it() {
    use ActionKind::{ChangeAddress, DeliveryInstructions, LeaveInSafePlace, RedirectToPickup, Reschedule};
    let points = "[[redirect.points]]\nid = \"p\"\nname = \"P\"\nlines = []\ncountry = \"DE\"\n";
    let carrier = "[reschedule]\nnot_with = [\"DHL\"]\n";
    let failed = json!({ "condition": { "state": "attempt_failed" }, "attempts": 1 });
    let thrice = json!({ "condition": { "state": "attempt_failed" }, "attempts": 3 });
    for (stage, more, policy, kind, expected) in [
        ("label_created", json!({}), "", Reschedule, "—"),
        ("in_transit", json!({}), "", Reschedule, "available"),
        ("out_for_delivery", json!({}), "", Reschedule, "unavailable for too_late"),
        ("out_for_delivery", failed.clone(), "", Reschedule, "available"),
        ("out_for_delivery", thrice, "", Reschedule, "unavailable for too_late"),
        ("in_transit", json!({}), carrier, Reschedule, "unavailable for carrier_does_not_offer"),
        ("in_transit", json!({}), "[reschedule]\nwindows = []\n", Reschedule, "unavailable for nothing_free"),
        ("in_transit", json!({}), "[reschedule]\noffered = false\n", Reschedule, "—"),
        ("delivered", json!({}), "", Reschedule, "—"),
        ("label_created", json!({}), "", ChangeAddress, "available"),
        ("at_local_depot", json!({}), "", ChangeAddress, "unavailable for too_late"),
        ("at_local_depot", json!({ "condition": { "state": "address_problem" } }), "", ChangeAddress, "available"),
        ("out_for_delivery", json!({}), "", DeliveryInstructions, "available"),
        ("out_for_delivery", json!({}), "", LeaveInSafePlace, "unavailable for too_late"),
        ("in_transit", json!({}), "", RedirectToPickup, "unavailable for nothing_free"),
        ("in_transit", json!({}), points, RedirectToPickup, "available"),
        ("out_for_delivery", failed, points, RedirectToPickup, "available"),
        ("ready_for_pickup", json!({}), points, RedirectToPickup, "—"),
    ] {
        let order = order(json!([parcel("s1", stage, more)]), "DE");
        let (actions, _) = offered(&order, policy, &InternalState::default(), "2026-11-10T10:00:00Z");
        assert_eq!(state_of(&actions, &kind), expected, "{stage} {policy}");
    }
}

#[test]
fn each_item_has_its_own_deadline_and_a_final_sale_has_none() {
    let second = json!({
        "delivered": { "at": "2026-11-20T12:00:00+01:00", "to": "household" },
        "lines": [{ "line_id": "b", "quantity": 1 }],
    });
    let third = json!({ "lines": [{ "line_id": "b", "quantity": 1 }] });
    let order =
        order(json!([delivered("household"), parcel("s2", "delivered", second), parcel("s3", "in_transit", third)]), "DE");
    let (actions, next) = offered(&order, "", &InternalState::default(), "2026-12-15T12:00:00Z");
    let action = actions.iter().find(|action| action.kind == ActionKind::StartReturn).expect("a return");
    let lines: Vec<_> = action
        .lines
        .iter()
        .map(|line| (line.shipment_id.as_deref(), line.eligible, line.why_not.as_ref().map(|why| why.as_str())))
        .collect();
    assert_eq!(
        lines,
        [(Some("s1"), false, Some("window_closed")), (Some("s2"), true, None), (Some("s3"), false, Some("not_delivered"))]
    );
    assert_eq!(state_of(&actions, &ActionKind::StartReturn), "available until 2026-12-20T23:00:00Z");
    assert_eq!(next, Some(at("2026-12-20T23:00:00Z")));
    let private = InternalState { final_sale: ["a".to_owned()].into(), ..InternalState::default() };
    for policy in ["", "[returns]\nfinal_sale = [\"B\"]\n"] {
        let (actions, _) = offered(&order, policy, &private, "2026-11-21T12:00:00Z");
        let expected = if policy.is_empty() { "available until 2026-12-20T23:00:00Z" } else { "unavailable for final_sale" };
        assert_eq!(state_of(&actions, &ActionKind::StartReturn), expected);
    }
}

#[test]
fn the_withdrawal_counts_from_the_last_parcel_and_only_where_there_is_a_right_to_it() {
    let on_its_way = parcel("s2", "in_transit", json!({ "lines": [{ "line_id": "b", "quantity": 1 }] }));
    let late = parcel(
        "s2",
        "delivered",
        json!({ "delivered": { "at": "2026-11-20T12:00:00+01:00" }, "lines": [{ "line_id": "b", "quantity": 1 }] }),
    );
    for (second, country, now, expected) in [
        (on_its_way.clone(), "DE", "2027-11-20T12:00:00Z", "available"),
        (on_its_way, "GB", "2026-11-20T12:00:00Z", "—"),
        (late.clone(), "DE", "2026-11-20T12:00:00Z", "available until 2026-12-04T23:00:00Z"),
        (late, "DE", "2026-12-04T23:00:00Z", "expired until 2026-12-04T23:00:00Z for window_closed"),
    ] {
        let order = order(json!([delivered("household"), second]), country);
        let (actions, _) = offered(&order, "", &InternalState::default(), now);
        assert_eq!(state_of(&actions, &ActionKind::Withdraw), expected, "{country} {now}");
    }
}

#[test]
fn a_refund_is_asked_for_when_it_is_overdue() {
    for (refund, expected) in [
        (json!({ "state": "promised", "due_by": "2026-11-20T00:00:00Z" }), "not_yet from 2026-11-20T00:00:00Z for too_early"),
        (json!({ "state": "promised", "due_by": "2026-11-01T00:00:00Z" }), "available"),
        (json!({ "state": "sent", "sent_at": "2026-11-09T12:00:00Z" }), "not_yet from 2026-11-14T23:00:00Z for too_early"),
        (json!({ "state": "failed" }), "available"),
        (json!({ "state": "completed" }), "—"),
    ] {
        let mut order = order(json!([delivered("household")]), "GB");
        order.refunds = serde_json::from_value(json!([refund])).expect("refunds");
        let (actions, _) = offered(&order, "", &InternalState::default(), "2026-11-10T12:00:00Z");
        assert_eq!(state_of(&actions, &ActionKind::RefundStatus), expected, "{refund}");
    }
}
