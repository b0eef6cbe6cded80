use super::*;
use crate::testing::{clock, noon, order, shipment, zone};
use serde_json::{Value, json};

fn of(shipments: Value) -> Headline {
    headline(&order(1, shipments), &clock(noon(), &zone))
}

fn day(text: &str) -> Value {
    json!({"expected": {"from": text, "to": text}, "confidence": "high"})
}

/// Returns a promise for the day `on` that the carrier has withdrawn.
fn withdrawn(on: &str) -> Value {
    let day = json!({"from": on, "to": on});
    json!({"promised": day, "expected": null, "source": "carrier", "revisions": [{"at": "2026-11-20T09:00:00Z", "from": day, "to": null}]})
}

fn condition(state: &str) -> Value {
    json!({"state": state})
}

#[test]
fn one_parcel() {
    let tomorrow = day("2026-11-21");
    let at = "2026-11-20T09:00:00Z";
    let table = [
        (json!({"stage": "ordered"}), keys::HEADLINE_PREPARING),
        (json!({"stage": "packed", "promise": tomorrow}), keys::HEADLINE_PREPARING_ARRIVING),
        (json!({"stage": "label_created"}), keys::HEADLINE_AWAITING_CARRIER),
        (json!({"stage": "handed_over"}), keys::HEADLINE_HANDED_OVER),
        (json!({"stage": "in_transit"}), keys::HEADLINE_ON_THE_WAY),
        (json!({"stage": "in_transit", "promise": tomorrow}), keys::HEADLINE_ARRIVING),
        (json!({"stage": "in_transit", "promise": day("2026-11-18")}), keys::HEADLINE_ON_THE_WAY),
        (json!({"stage": "customs"}), keys::HEADLINE_CUSTOMS),
        (json!({"stage": "at_local_depot"}), keys::HEADLINE_AT_LOCAL_DEPOT),
        (json!({"stage": "out_for_delivery"}), keys::HEADLINE_OUT_FOR_DELIVERY),
        (json!({"stage": "out_for_delivery", "promise": day("2026-11-20")}), keys::HEADLINE_ARRIVING),
        (json!({"stage": "out_for_delivery", "position": {"stops_away": 5}}), keys::HEADLINE_STOPS_AWAY),
        (json!({"stage": "ready_for_pickup"}), keys::HEADLINE_READY),
        (
            json!({"stage": "ready_for_pickup", "pickup": {"name": "Shop", "collect_by": "2026-11-25"}}),
            keys::HEADLINE_READY_UNTIL,
        ),
        (
            json!({"stage": "ready_for_pickup", "pickup": {"name": "Shop", "collect_by": "2026-11-19"}}),
            keys::STATUS_NOT_COLLECTED,
        ),
        (json!({"stage": "ready_for_pickup", "condition": condition("not_collected")}), keys::STATUS_NOT_COLLECTED),
        (json!({"stage": "returned", "delivered": {"at": at, "to": "reception"}}), keys::HEADLINE_RETURNED),
        (
            json!({"stage": "in_transit", "condition": {"state": "unknown", "reason": "parcel_being_researched"}}),
            keys::REASON_PARCEL_BEING_RESEARCHED,
        ),
        // A later scan of an unknown stage does not change the day of the delivery.
        (
            json!({"stage": "delivered", "events": [
                {"id": "c", "at": {"local": "2026-11-19T08:00:00"}, "stage": "unknown"},
                {"id": "b", "at": {"local": "2026-11-18T10:00:00"}, "stage": "delivered"},
                {"id": "a", "at": {"local": "2026-11-18T08:00:00"}, "stage": "out_for_delivery"},
            ]}),
            keys::HEADLINE_DELIVERED_ON,
        ),
        (json!({"stage": "delivered"}), keys::HEADLINE_DELIVERED),
        (json!({"stage": "delivered", "delivered": {"at": at, "to": "recipient"}}), keys::HEADLINE_DELIVERED_ON),
        // A delivered scan dated before the van left has a wrong date, so no day is shown.
        (
            json!({"stage": "delivered", "events": [
                {"id": "b", "at": {"local": "2026-11-19T08:00:00"}, "stage": "out_for_delivery"},
                {"id": "a", "at": {"local": "2026-11-17T10:00:00"}, "stage": "delivered"},
            ]}),
            keys::HEADLINE_DELIVERED,
        ),
        (json!({"stage": "delivered", "delivered": {"at": at, "to": "neighbour"}}), keys::HEADLINE_DELIVERED_NEIGHBOUR_ON),
        (json!({"stage": "delivered", "delivered": {"at": at, "to": "safe_place"}}), keys::HEADLINE_DELIVERED_SAFE_PLACE_ON),
        (json!({"stage": "delivered", "delivered": {"to": "in_part"}}), keys::HEADLINE_DELIVERED_IN_PART),
        (json!({"stage": "in_transit", "condition": condition("late")}), keys::HEADLINE_LATE),
        (json!({"stage": "in_transit", "condition": condition("late"), "promise": tomorrow}), keys::HEADLINE_LATE_ARRIVING),
        // A promise that the shop made before the delay and a date that the carrier withdrew are not expected now.
        (
            json!({"stage": "in_transit", "condition": condition("late"), "promise": {"source": "retailer",
                "promised": {"from": "2026-11-21", "to": "2026-11-21"}, "expected": {"from": "2026-11-21", "to": "2026-11-21"}}}),
            keys::HEADLINE_LATE,
        ),
        (json!({"stage": "in_transit", "condition": condition("late"), "promise": withdrawn("2026-11-21")}), keys::HEADLINE_LATE),
        (json!({"stage": "in_transit", "promise": withdrawn("2026-11-21")}), keys::HEADLINE_ON_THE_WAY),
        (json!({"stage": "in_transit", "condition": condition("at_risk")}), keys::HEADLINE_AT_RISK),
        (
            json!({"stage": "in_transit", "condition": condition("stalled"), "last_carrier_update": at}),
            keys::HEADLINE_STALLED_SINCE,
        ),
        (json!({"stage": "at_local_depot", "condition": condition("held")}), keys::HEADLINE_HELD),
        (json!({"stage": "at_local_depot", "condition": condition("attempt_failed")}), keys::HEADLINE_ATTEMPT_FAILED),
        (json!({"stage": "delivered", "condition": condition("damaged")}), keys::HEADLINE_DAMAGED),
        (json!({"stage": "in_transit", "condition": condition("address_problem")}), keys::HEADLINE_ADDRESS_PROBLEM),
        (json!({"stage": "customs", "condition": condition("payment_due")}), keys::HEADLINE_PAYMENT_DUE),
        (json!({"stage": "customs", "condition": condition("documents_due")}), keys::HEADLINE_DOCUMENTS_DUE),
        (json!({"stage": "in_transit", "condition": condition("refused")}), keys::HEADLINE_REFUSED),
        (json!({"stage": "in_transit", "condition": condition("misrouted")}), keys::HEADLINE_MISROUTED),
        (json!({"stage": "returning"}), keys::HEADLINE_RETURNING),
        (json!({"stage": "returned"}), keys::HEADLINE_RETURNED),
        (json!({"stage": "cancelled"}), keys::HEADLINE_ORDER_CANCELLED),
        (json!({"stage": "lost"}), keys::HEADLINE_LOST),
        (json!({"stage": "destroyed"}), keys::HEADLINE_DESTROYED),
        (json!({"stage": "teleporting"}), keys::HEADLINE_UNKNOWN),
        (
            json!({"stage": "teleporting", "events": [{"at": {"local": "2026-11-20"}, "text": "Beamed up"}]}),
            keys::HEADLINE_UNKNOWN_WORDS,
        ),
    ];
    for (shipment, expected) in table {
        assert_eq!(of(json!([shipment.clone()])).message.key, expected, "{shipment}");
    }
}

#[test]
fn several_parcels() {
    let done = json!({"stage": "delivered"});
    let moving = json!({"stage": "in_transit"});
    let tomorrow = json!({"stage": "in_transit", "promise": day("2026-11-21")});
    let monday = json!({"stage": "in_transit", "promise": day("2026-11-23")});
    let labelled = json!({"stage": "label_created"});
    let lost = json!({"stage": "lost"});
    let late = json!({"stage": "in_transit", "condition": condition("late")});
    let cancelled = json!({"stage": "cancelled"});
    let table = [
        (json!([done, done]), keys::HEADLINE_ALL_DELIVERED, Tone::Good),
        (json!([done, tomorrow]), keys::HEADLINE_SOME_ARRIVED_REST, Tone::Good),
        (json!([done, done, moving]), keys::HEADLINE_SOME_ARRIVED, Tone::Good),
        (json!([tomorrow, tomorrow]), keys::HEADLINE_ALL_ARRIVING, Tone::Good),
        (json!([tomorrow, monday]), keys::HEADLINE_FIRST_ARRIVING, Tone::Good),
        (json!([moving, moving]), keys::HEADLINE_IN_PARCELS, Tone::Good),
        (json!([labelled, labelled]), keys::HEADLINE_IN_PARCELS_LATER, Tone::Quiet),
        (json!([done, labelled]), keys::HEADLINE_SOME_ARRIVED_MORE, Tone::Good),
        (json!([done, tomorrow, monday]), keys::HEADLINE_SOME_ARRIVED_NEXT, Tone::Good),
        (json!([done, late]), keys::HEADLINE_ONE_OF, Tone::Attention),
        (json!([late, lost, done]), keys::HEADLINE_ONE_OF, Tone::Problem),
        (json!([cancelled, tomorrow]), keys::HEADLINE_ARRIVING, Tone::Good),
        (json!([cancelled, cancelled]), keys::HEADLINE_ORDER_CANCELLED, Tone::Quiet),
    ];
    for (shipments, key, tone) in table {
        let headline = of(shipments.clone());
        assert_eq!((headline.message.key, headline.tone), (key, tone), "{shipments}");
    }
}

#[test]
fn the_worst_parcel_is_named_by_its_number() {
    let headline = of(json!([{"stage": "delivered"}, {"stage": "lost"}, {"stage": "cancelled"}]));
    assert_eq!(headline.message.args.iter().find(|(name, _)| *name == "number"), Some(&("number", 2.into())));
    assert_eq!(headline.message.args.iter().find(|(name, _)| *name == "total"), Some(&("total", 2.into())));
}

#[test]
fn a_replacement_speaks_for_the_parcel_that_it_replaces() {
    let headline =
        of(json!([{"id": "s1", "stage": "lost"}, {"id": "s2", "direction": "replacement", "of": "s1", "stage": "in_transit"}]));
    assert_eq!((headline.message.key, headline.tone), (keys::HEADLINE_REPLACEMENT, Tone::Good));
}

#[test]
fn what_is_not_sent_yet_is_part_of_the_headline() {
    let waiting = |shipments: Value, when: Value| {
        let mut order = order(1, shipments);
        order.unshipped = vec![doorstep_contract::Unshipped {
            line_id: "l1".to_owned(),
            quantity: 1,
            expected_dispatch: doorstep_contract::Lenient::read(&when.into()),
            promised_dispatch: None,
        }];
        headline(&order, &clock(noon(), &zone)).message.key
    };
    let monday = json!({"from": "2026-11-23", "to": "2026-11-23"});
    let passed = json!({"from": "2026-11-18", "to": "2026-11-18"});
    assert_eq!(waiting(json!([]), Value::Null), keys::HEADLINE_PREPARING);
    assert_eq!(waiting(json!([]), monday.clone()), keys::HEADLINE_PREPARING_UNTIL);
    assert_eq!(waiting(json!([]), passed), keys::HEADLINE_PREPARING);
    assert_eq!(waiting(json!([{"stage": "delivered"}, {"stage": "delivered"}]), monday), keys::HEADLINE_ARRIVED_REST_SHIPS);
    assert_eq!(waiting(json!([{"stage": "delivered"}, {"stage": "delivered"}]), Value::Null), keys::HEADLINE_ARRIVED_REST_LATER);
    assert_eq!(waiting(json!([{"stage": "delivered"}, {"stage": "in_transit"}]), Value::Null), keys::HEADLINE_SOME_ARRIVED_MORE);
}

#[test]
fn only_what_somebody_has_said_is_named_as_the_next_date() {
    let promised = |stage: &str, condition: serde_json::Value, expected: &str| {
        let day = |day: &str| json!({"from": day, "to": day});
        let shipment = shipment(json!({"stage": stage, "condition": condition, "tracking_level": "full", "promise": {
            "promised": day("2026-11-20"), "expected": day(expected), "confidence": "medium", "verdict": "on_time"}}));
        single(&shipment, &clock(noon(), &zone)).key
    };
    let failed = json!({"state": "attempt_failed", "since": "2026-11-20T10:00:00Z"});
    assert_eq!(promised("out_for_delivery", failed.clone(), "2026-11-20"), keys::HEADLINE_ATTEMPT_FAILED);
    assert_eq!(promised("out_for_delivery", failed, "2026-11-21"), keys::HEADLINE_ATTEMPT_FAILED_AGAIN);
    let risky = json!({"state": "at_risk"});
    assert_eq!(promised("in_transit", risky.clone(), "2026-11-20"), keys::HEADLINE_AT_RISK);
    assert_eq!(promised("in_transit", risky, "2026-11-22"), keys::HEADLINE_AT_RISK_ARRIVING);
    // The parcel is out for delivery before the expected day.
    assert_eq!(promised("out_for_delivery", json!({"state": "ok"}), "2026-11-21"), keys::HEADLINE_OUT_FOR_DELIVERY);
    assert_eq!(promised("out_for_delivery", json!({"state": "stalled"}), "2026-11-20"), keys::HEADLINE_STALLED);
    // Customs holds the parcel, not the carrier.
    assert_eq!(promised("customs", json!({"state": "held"}), "2026-11-22"), keys::HEADLINE_CUSTOMS_ARRIVING);
}

#[test]
fn a_day_that_has_passed_is_not_widened_into_today() {
    let day = json!({"from": "2026-11-19", "to": "2026-11-19"});
    for confidence in ["high", "medium", "low"] {
        let shipment = shipment(json!({"stage": "in_transit", "condition": {"state": "late"}, "tracking_level": "full",
            "promise": {"promised": day, "expected": day, "confidence": confidence, "verdict": "late"}}));
        assert_eq!(single(&shipment, &clock(noon(), &zone)).key, keys::HEADLINE_LATE, "{confidence}");
    }
}
