//! Tests of a signed webhook from EasyPost, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    post(backend, Provider::EasyPost, &body, &Provider::EasyPost.proof(&body, 0, secret)).await
}

fn delivered() -> Value {
    let scan = |message: &str, status: &str, at: &str| json!({ "message": message, "status": status, "datetime": at, "tracking_location": { "city": "LONDON", "country": "GB" } });
    json!({
        "object": "Event",
        "description": "tracker.updated",
        "result": {
            "object": "Tracker",
            "tracking_code": "1Z1042",
            "carrier": "UPS",
            "status": "delivered",
            "signed_by": "ADA L.",
            "tracking_details": [
                scan("OUT FOR DELIVERY", "out_for_delivery", "2020-01-22T08:00:00Z"),
                scan("DELIVERED, FRONT DOOR", "delivered", "2020-01-21T11:00:00Z"),
            ],
        },
    })
}

#[tokio::test]
async fn a_signed_delivery_changes_the_order_once() {
    let backend = Backend::start(&["--easypost-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &delivered(), SECRET).await.status, StatusCode::OK);
    }
    let order = backend.read(&id, &token).await.json();
    let shipment = &order["shipments"][0];
    assert_eq!((&order["version"], &shipment["stage"]), (&json!(2), &json!("delivered")));
    assert_eq!(shipment["delivered"], json!({ "to": "safe_place", "signed_by": "Ada L." }));
    assert_eq!(shipment["events"][1]["text"], "Out for delivery");
    let at = json!({ "local": "2020-01-22T08:00:00", "offset_min": 0, "zone": "from_place" });
    assert_eq!(shipment["events"][1]["at"], at);
}

#[tokio::test]
async fn a_delivery_with_another_secret_is_refused() {
    let backend = Backend::start(&["--easypost-secret", SECRET]).await;
    let answer = deliver(&backend, &delivered(), "back-door").await;
    assert_eq!(answer.problem(), (401, "bad-signature".to_owned()));
}
