//! Tests of a signed webhook from AfterShip, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    post(backend, Provider::AfterShip, &body, &Provider::AfterShip.proof(&body, 0, secret)).await
}

fn ready() -> Value {
    let checkpoint = json!({"tag": "AvailableForPickup", "subtag": "AvailableForPickup_001", "message": "READY AT THE SHOP",
        "checkpoint_time": "2020-01-25T16:02:00", "city": "BERLIN", "country_iso3": "DEU"});
    let parcel = json!({"tracking_number": "1Z1042", "slug": "ups", "tag": "AvailableForPickup", "subtag": "AvailableForPickup_001",
        "delivery_type": "pickup_at_courier", "pickup_location": "Kiosk Lindner, Hauptstr. 5", "checkpoints": [checkpoint]});
    json!({"event": "tracking_update", "ts": 1_579_968_000, "msg": parcel})
}

#[tokio::test]
async fn a_signed_delivery_changes_the_order_however_often_it_comes() {
    let backend = Backend::start(&["--aftership-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let mut read = Vec::new();
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &ready(), SECRET).await.status, StatusCode::OK);
        read.push(backend.read(&id, &token).await.json()["shipments"][0].clone());
    }
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0]["stage"], "ready_for_pickup");
    assert_eq!((&read[0]["pickup"]["name"], &read[0]["pickup"]["lines"]), (&json!("Kiosk Lindner"), &json!(["Hauptstr. 5"])));
    assert_eq!(read[0]["events"][0]["text"], "Ready at the shop");
}

#[tokio::test]
async fn a_delivery_with_another_secret_is_refused() {
    let backend = Backend::start(&["--aftership-secret", SECRET]).await;
    let answer = deliver(&backend, &ready(), "back-door").await;
    assert_eq!(answer.problem(), (401, "bad-signature".to_owned()));
}
