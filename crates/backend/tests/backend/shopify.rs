//! Tests of a signed webhook from Shopify, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, secret: &str) -> Answer {
    deliver_as(backend, "fulfillments/update", body, secret).await
}

async fn deliver_as(backend: &Backend, topic: &str, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    let mut headers = Provider::Shopify.proof(&body, 0, secret);
    headers.push(("x-shopify-topic", topic.to_owned()));
    post(backend, Provider::Shopify, &body, &headers).await
}

fn fulfillment() -> Value {
    json!({"id": 1, "order_id": 2, "status": "success", "shipment_status": "out_for_delivery", "updated_at": "2020-01-21T11:00:00-05:00",
        "tracking_company": "UPS", "tracking_number": "1Z1042", "tracking_numbers": ["1Z1042"],
        "tracking_url": "https://track.carrier.example/1Z1042", "tracking_urls": ["https://track.carrier.example/1Z1042"]})
}

#[tokio::test]
async fn a_signed_fulfilment_changes_the_order_once() {
    let backend = Backend::start(&["--shopify-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &fulfillment(), SECRET).await.status, StatusCode::OK);
    }
    let order = backend.read(&id, &token).await.json();
    let shipment = &order["shipments"][0];
    assert_eq!((&order["version"], &shipment["stage"]), (&json!(2), &json!("out_for_delivery")));
    assert_eq!(shipment["tracking_url"], "https://track.carrier.example/1Z1042");
}

#[tokio::test]
async fn an_event_finds_its_parcel_by_the_fulfilment_whichever_comes_first() {
    let backend = Backend::start(&["--shopify-secret", SECRET]).await;
    let event = |id: u64, happened_at: &str| {
        json!({"id": id, "fulfillment_id": 1, "status": "in_transit", "message": "Departed", "happened_at": happened_at,
            "city": "Reno", "province": "NV", "country": "US", "updated_at": happened_at})
    };
    let send = async |id, happened_at| {
        let answer = deliver_as(&backend, "fulfillment_events/create", &event(id, happened_at), SECRET).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.json()
    };
    assert_eq!(send(1, "2020-01-20T10:00:00-05:00").await, json!({"changed": 0, "unchanged": 0, "unknown": 1}));
    // This fulfilment comes before the order, too. It has the tracking number but no status and no address for tracking.
    let mut quiet = fulfillment();
    for name in ["shipment_status", "tracking_url", "tracking_urls"] {
        quiet[name] = json!(null);
    }
    assert_eq!(deliver(&backend, &quiet, SECRET).await.status, StatusCode::OK);
    let id = backend.create("1042").await;
    assert_eq!(send(2, "2020-01-20T16:00:00-05:00").await, json!({"changed": 1, "unchanged": 0, "unknown": 0}));
    let token = backend.token(&id, &["read", "act"]).await;
    let document = backend.read(&id, &token).await.json();
    assert_eq!(document["shipments"][0]["events"].as_array().map(Vec::len), Some(2));
    assert!(!document.to_string().contains("shopify:"), "what Shopify calls it is no business of the shopper's");
    // After the parcel has got another tracking number, the fulfilment does not belong to it any more.
    let mut body = crate::support::order("1042");
    body["shipments"][0]["tracking_number"] = json!("1Z1043");
    backend.admin("PUT", &format!("/v1/admin/orders/{id}"), &body).await;
    assert_eq!(send(3, "2020-01-20T18:00:00-05:00").await["unknown"], 1);
}

#[tokio::test]
async fn a_fulfilment_that_only_tells_the_number_brings_the_events_that_waited_for_it() {
    let backend = Backend::start(&["--shopify-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let event = json!({"id": 1, "fulfillment_id": 1, "status": "in_transit", "happened_at": "2020-01-20T10:00:00-05:00"});
    deliver_as(&backend, "fulfillment_events/create", &event, SECRET).await;
    let quiet = json!({"id": 1, "status": "success", "shipment_status": null, "tracking_number": "1Z1042"});
    assert_eq!(deliver(&backend, &quiet, SECRET).await.json(), json!({"changed": 1, "unchanged": 0, "unknown": 0}));
    assert_eq!(deliver(&backend, &quiet, SECRET).await.json(), json!({"changed": 0, "unchanged": 1, "unknown": 0}));
    let token = backend.token(&id, &["read", "act"]).await;
    let document = backend.read(&id, &token).await.json();
    assert_eq!((&document["version"], &document["shipments"][0]["stage"]), (&json!(2), &json!("in_transit")));
}

#[tokio::test]
async fn a_webhook_with_another_secret_is_refused() {
    let backend = Backend::start(&["--shopify-secret", SECRET]).await;
    assert_eq!(deliver(&backend, &fulfillment(), "back-door").await.problem(), (401, "bad-signature".to_owned()));
}
