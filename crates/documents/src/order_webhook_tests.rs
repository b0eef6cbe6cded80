//! Table tests of the changes that are reported and of the changes that are not.

use doorstep_contract::Order;
use serde_json::{Value, json};

use super::order_webhook::{Change, ChangedField, OrderWebhookType, changes, detect_changes};

/// Returns an order with one shipment, one case, one return and one refund.
fn order() -> Value {
    json!({
        "id": "ord_1", "number": "1042", "version": 3, "as_of": "2026-11-20T12:00:00Z",
        "shipments": [{
            "id": "s1", "stage": "in_transit", "condition": {"state": "ok"}, "attempts": 0,
            "promise": {"promised": {"from": "2026-11-20", "to": "2026-11-20"}, "expected": {"from": "2026-11-20", "to": "2026-11-20"},
                        "verdict": "on_time"},
        }],
        "cases": [{"id": "c1", "state": "received"}],
        "returns": [{"id": "r1", "state": "approved"}],
        "refunds": [{"id": "f1", "state": "promised"}],
    })
}

fn read(order: &Value) -> Order {
    Order::from_json(&order.to_string()).expect("an order")
}

/// Returns the reported changes if the value at this JSON pointer of the order is replaced.
fn after(pointer: &str, value: Value) -> Vec<Value> {
    let mut changed = order();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    changed.pointer_mut(parent).expect("a place")[name] = value;
    let changes: Vec<Change> = changes(&read(&order()), &read(&changed));
    changes.iter().map(|change| serde_json::to_value(change).expect("JSON")).collect()
}

#[test]
fn every_change_is_told_in_its_word_with_what_it_was_and_is() {
    let window = |day: &str| json!({"kind": "day", "from": day, "to": day});
    let pickup = json!({"name": "Corner shop", "lines": ["1 High Street"], "hours": [], "code": "4711"});
    let delivered = json!({"at": "2026-11-20T11:00:00Z", "to": "neighbour", "detail": "no. 14"});
    let table = [
        ("/shipments/0/stage", json!("out_for_delivery"), "shipment.stage", json!("in_transit"), json!("out_for_delivery")),
        ("/shipments/0/condition", json!({"state": "held"}), "shipment.condition", json!("ok"), json!("held")),
        ("/shipments/0/condition/reason", json!("weather_delay"), "shipment.reason", Value::Null, json!("weather_delay")),
        (
            "/shipments/0/promise/expected",
            json!({"from": "2026-11-21", "to": "2026-11-21"}),
            "shipment.expected",
            window("2026-11-20"),
            window("2026-11-21"),
        ),
        ("/shipments/0/promise/verdict", json!("late"), "shipment.verdict", json!("on_time"), json!("late")),
        ("/shipments/0/delivered", delivered.clone(), "shipment.delivered", Value::Null, delivered),
        ("/shipments/0/pickup", pickup.clone(), "shipment.pickup", Value::Null, pickup),
        (
            "/shipments/0/action_required",
            json!({"who": "shopper"}),
            "shipment.action_required",
            Value::Null,
            json!({"who": "shopper"}),
        ),
        ("/shipments/0/attempts", json!(1), "shipment.attempts", json!(0), json!(1)),
    ];
    for (pointer, value, what, from, to) in table {
        assert_eq!(after(pointer, value), [json!({"what": what, "shipment_id": "s1", "from": from, "to": to})], "{pointer}");
    }
    for (pointer, what, subject, id, from, to) in [
        ("/cases/0/state", "case.state", "case_id", "c1", "received", "resolved"),
        ("/returns/0/state", "return.state", "return_id", "r1", "approved", "in_transit"),
        ("/refunds/0/state", "refund.state", "refund_id", "f1", "promised", "sent"),
    ] {
        assert_eq!(after(pointer, json!(to)), [json!({"what": what, subject: id, "from": from, "to": to})], "{pointer}");
    }
}

#[test]
fn what_nobody_would_act_on_is_not_told() {
    for (pointer, value) in [
        ("/version", json!(4)),
        ("/as_of", json!("2026-11-20T13:00:00Z")),
        ("/actions", json!([{"kind": "cancel", "state": "available"}])),
        ("/shipments/0/position", json!({"stops_away": 3})),
        ("/shipments/0/last_carrier_update", json!("2026-11-20T12:30:00Z")),
        ("/shipments/0/usual_gap_h", json!(12)),
        ("/shipments/0/condition/since", json!("2026-11-20T12:30:00Z")),
        ("/shipments/0/events", json!([{"id": "e1", "at": {"local": "2026-11-20T08:00:00"}, "stage": "in_transit"}])),
        ("/cases/0/timeline", json!([{"at": "2026-11-20T12:00:00Z", "who": "shopper", "what": "message"}])),
    ] {
        assert_eq!(after(pointer, value), Vec::<Value>::new(), "{pointer}");
    }
    assert_eq!(detect_changes(Some(&read(&order())), &read(&order())), None);
}

#[test]
fn several_changes_are_told_together_in_the_order_of_the_vocabulary() {
    let mut changed = order();
    changed["refunds"][0]["state"] = json!("sent");
    changed["shipments"][0]["attempts"] = json!(1);
    changed["shipments"][0]["stage"] = json!("out_for_delivery");
    let (why, changes) = detect_changes(Some(&read(&order())), &read(&changed)).expect("news");
    let words: Vec<ChangedField> = changes.iter().map(|change| change.what).collect();
    assert_eq!(
        (why, words),
        (OrderWebhookType::Updated, vec![ChangedField::ShipmentStage, ChangedField::ShipmentAttempts, ChangedField::RefundState])
    );
}

#[test]
fn what_is_new_or_gone_is_told_by_one_word() {
    let shipment = json!({"id": "s2", "stage": "packed", "condition": {"state": "late"}, "attempts": 2});
    let mut more = order();
    more["shipments"].as_array_mut().expect("a list").push(shipment);
    let changed = |before: &Value, after: &Value| json!(changes(&read(before), &read(after)));
    let change = |from: Value, to: Value| json!([{"what": "shipment.stage", "shipment_id": "s2", "from": from, "to": to}]);
    assert_eq!(changed(&order(), &more), change(Value::Null, json!("packed")));
    assert_eq!(changed(&more, &order()), change(json!("packed"), Value::Null));
    assert_eq!(after("/cases", json!([])), [json!({"what": "case.state", "case_id": "c1", "from": "received", "to": null})]);
}

#[test]
fn shipments_that_change_places_have_not_changed() {
    let mut two = order();
    two["shipments"].as_array_mut().expect("a list").push(json!({"id": "s2", "stage": "packed"}));
    let mut turned = two.clone();
    turned["shipments"].as_array_mut().expect("a list").reverse();
    assert_eq!(changes(&read(&two), &read(&turned)), []);
}

#[test]
fn a_new_order_is_told_as_a_whole() {
    assert_eq!(detect_changes(None, &read(&order())), Some((OrderWebhookType::Created, Vec::new())));
}

#[test]
fn every_word_stands_in_the_documentation() {
    let page = include_str!("../../../docs/order-updates.md");
    for what in ChangedField::ALL {
        assert!(page.contains(&format!("| `{}` |", what.as_str())), "{}", what.as_str());
    }
}
