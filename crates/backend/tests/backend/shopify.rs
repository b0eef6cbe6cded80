//! A signed webhook from Shopify, from the door to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    let mut headers = Provider::Shopify.proof(&body, 0, secret);
    headers.push(("x-shopify-topic", "fulfillments/update".to_owned()));
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
    let token = backend.token(&id, &["read"]).await;
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &fulfillment(), SECRET).await.status, StatusCode::OK);
    }
    let order = backend.read(&id, &token).await.json();
    let shipment = &order["shipments"][0];
    assert_eq!((&order["version"], &shipment["stage"]), (&json!(2), &json!("out_for_delivery")));
    assert_eq!(shipment["tracking_url"], "https://track.carrier.example/1Z1042");
}

#[tokio::test]
async fn a_webhook_with_another_secret_is_refused() {
    let backend = Backend::start(&["--shopify-secret", SECRET]).await;
    assert_eq!(deliver(&backend, &fulfillment(), "back-door").await.problem(), (401, "bad-signature".to_owned()));
}
