//! Tests that orders stored before shipments had a log are shown as before and lose no data.

use doorstep_contract::Order;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::{LookupHashes, RecomputedOrder, Store};
use doorstep_domain::order::{InternalState, OrderAggregate};
use doorstep_domain::policy::Policy;
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_providers::Delivery;

fn scan(id: &str, local: &str, stage: &str, condition: Option<&str>) -> Value {
    json!({"id": id, "at": {"local": local, "offset_min": 0, "zone": "explicit"}, "stage": stage, "condition": condition,
        "text": id, "place": {"name": "Hinckley", "country": "GB"}, "source": "carrier"})
}

fn window(day: &str) -> Value {
    json!({"kind": "day", "from": day, "to": day})
}

/// Returns shipments as an earlier version stored them. Each shipment has facts that do not follow from its scans.
fn shipments() -> Vec<Value> {
    let under_way =
        [scan("a", "2020-01-24T08:00:00", "in_transit", None), scan("b", "2020-01-25T07:00:00", "in_transit", Some("held"))];
    let brought =
        [scan("a", "2020-01-24T08:00:00", "out_for_delivery", None), scan("b", "2020-01-24T15:00:00", "delivered", None)];
    let old = [scan("a", "2020-01-12T08:00:00", "out_for_delivery", None), scan("b", "2020-01-12T15:00:00", "delivered", None)];
    let mut lost = scan("c", "2020-01-25T09:00:00", "lost", None);
    lost["reason"] = json!("carrier_parcel_lost");
    vec![
        json!({"stage": "packed", "condition": {"state": "ok"}}),
        json!({"stage": "in_transit", "condition": {"state": "ok"}, "events": under_way, "last_carrier_update": "2020-01-25T07:00:00Z"}),
        json!({"stage": "ready_for_pickup", "condition": {"state": "ok"}, "events": under_way, "attempts": 2,
            "last_carrier_update": "2020-01-25T07:00:00Z", "pickup": {"name": "Kiosk", "lines": ["1 High Street"], "code": "4711"}}),
        json!({"stage": "in_transit", "condition": {"state": "address_problem", "reason": "consignee_incorrect_address",
            "responsibility": "recipient", "since": "2020-01-25T09:00:00Z"}, "action_required": {"who": "shopper"}, "events": under_way,
            "last_carrier_update": "2020-01-25T07:00:00Z"}),
        json!({"stage": "delivered", "condition": {"state": "ok"}, "events": brought, "last_carrier_update": "2020-01-24T15:00:00Z",
            "delivered": {"at": "2020-01-24T15:00:00Z", "to": "neighbour", "detail": "No 14", "signed_by": "R. Osei"},
            "promise": {"promised": window("2020-01-23"), "expected": window("2020-01-24"), "source": "carrier", "confidence": "high",
                "verdict": "late", "guaranteed": true, "revisions": [{"at": "2020-01-22T08:00:00Z", "from": window("2020-01-23"),
                    "to": window("2020-01-24"), "reason": "weather_delay"}]}}),
        json!({"stage": "delivered", "condition": {"state": "ok"}, "events": old, "last_carrier_update": "2020-01-12T15:00:00Z",
            "delivered": {"at": "2020-01-12T15:00:00Z", "to": "unknown"}}),
        json!({"stage": "lost", "condition": {"state": "ok", "reason": "carrier_parcel_lost", "responsibility": "carrier"},
            "events": [under_way[0], lost], "last_carrier_update": "2020-01-25T09:00:00Z"}),
    ]
}

fn order() -> Value {
    let shipments: Vec<Value> = shipments()
        .into_iter()
        .zip(1..)
        .map(|(mut shipment, number)| {
            shipment["id"] = json!(format!("s{number}"));
            (shipment["direction"], shipment["tracking_level"]) = (json!("outbound"), json!("full"));
            (shipment["tracking_number"], shipment["carrier"]) =
                (json!(format!("n{number}")), json!({"code": "dpd", "name": "DPD"}));
            shipment
        })
        .collect();
    json!({"id": "ord_1", "number": "1", "version": 7, "placed_at": "2020-01-20T08:00:00Z", "time_zone": "Europe/London",
        "access": "full", "stream": true, "shipments": shipments})
}

/// Returns a backend whose database holds the order as an earlier version left it.
async fn found() -> Service {
    let policy = Policy::read("").expect("the policy");
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let now = "2020-01-26T12:00:00Z".parse().expect("an instant");
    let store = Store::open(None).await.expect("a store");
    let service = Service::new(settings, store, Clock::showing(move || now));
    let order = Order::from_json(&order().to_string()).expect("an order");
    let record = OrderAggregate { order, private: InternalState::default() };
    let mut write = service.0.store.begin().await.expect("a transaction");
    let row = RecomputedOrder { aggregate: &record, recompute_at: None, policy_hash: "another", finished_at: None, now: 0 };
    write.insert_order(&row, "1", &LookupHashes::default()).await.expect("a row");
    write.commit().await.expect("a commit");
    service
}

async fn shipments_of(service: &Service) -> Vec<Value> {
    let document = service.order(&"ord_1".into()).await.expect("an order");
    let order: Value = serde_json::from_str(&document.json).expect("a document");
    let mut shipments = order["shipments"].as_array().expect("shipments").clone();
    // The usual time between scans is shown only since shipments have a log.
    shipments.iter_mut().for_each(|shipment| drop(shipment.as_object_mut().expect("a shipment").remove("usual_gap_h")));
    shipments
}

#[tokio::test]
async fn a_shipment_that_was_stored_without_a_log_is_told_as_before_and_loses_nothing() {
    let service = found().await;
    let before = shipments_of(&service).await;
    assert_eq!(service.apply_policy().await.expect("settled"), 1);
    for (after, before) in shipments_of(&service).await.iter().zip(&before) {
        assert_eq!(after, before, "settled");
    }
    let update = TrackingUpdate {
        reported_at: doorstep_contract::Timestamp::parse("2020-01-26T11:00:00Z"),
        events: vec![serde_json::from_value(scan("c", "2020-01-26T10:00:00", "in_transit", None)).expect("an event")],
        ..TrackingUpdate::default()
    };
    let delivery = Delivery { tracking_number: "n1".to_owned(), update, ..Delivery::default() };
    assert_eq!(service.deliveries(vec![delivery]).await.expect("a tally").changed, 1);
    let after = shipments_of(&service).await;
    assert_eq!(after[1..], before[1..], "another shipment of the order was scanned");
    assert_eq!(after[0]["stage"], "in_transit");
    for number in 2..=before.len() {
        let repeated = before[number - 1]["events"].as_array().expect("events").iter();
        let events = repeated.map(|event| serde_json::from_value(event.clone()).expect("an event")).collect();
        let update = TrackingUpdate {
            reported_at: doorstep_contract::Timestamp::parse("2020-01-26T11:00:00Z"),
            events,
            ..TrackingUpdate::default()
        };
        let delivery = Delivery { tracking_number: format!("n{number}"), update, ..Delivery::default() };
        let tally = service.deliveries(vec![delivery]).await.expect("a tally");
        assert_eq!((tally.changed, tally.unchanged), (0, 1), "s{number}");
    }
    assert_eq!(shipments_of(&service).await[1..], before[1..], "told once more by the provider");
}
