//! Tests of a webhook from Karrio, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    post(backend, Provider::Karrio, &body, &Provider::Karrio.proof(&body, 0, secret)).await
}

fn webhook() -> Value {
    let scan = json!({"date": "2020-01-21", "time": "11:00 AM", "timestamp": "2020-01-21T11:00:00.000Z", "status": "delivery_failed",
        "reason": "consignee_not_home", "code": "DE", "description": "NOBODY AT HOME", "location": "LONDON, GB"});
    json!({"event": "tracker_updated", "data": {"object_type": "tracker", "tracking_number": "1Z1042", "carrier_name": "ups",
        "status": "delivery_failed", "events": [scan]}})
}

#[tokio::test]
async fn a_webhook_with_the_secret_changes_the_order() {
    let backend = Backend::start(&["--karrio-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read"]).await;
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &webhook(), SECRET).await.status, StatusCode::OK);
    }
    let order = backend.read(&id, &token).await.json();
    let shipment = &order["shipments"][0];
    assert_eq!((&shipment["stage"], &shipment["attempts"]), (&json!("out_for_delivery"), &json!(1)));
    assert_eq!(
        (&shipment["condition"]["state"], &shipment["condition"]["reason"]),
        (&json!("attempt_failed"), &json!("consignee_not_home"))
    );
    assert_eq!(shipment["events"][0]["at"], json!({ "local": "2020-01-21T11:00:00", "zone": "unknown" }));
}

#[tokio::test]
async fn a_webhook_with_another_secret_is_refused() {
    let backend = Backend::start(&["--karrio-secret", SECRET]).await;
    assert_eq!(deliver(&backend, &webhook(), "back-door").await.problem(), (401, "bad-signature".to_owned()));
}
