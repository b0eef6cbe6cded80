//! Tests of webhooks from Shippo, signed or with the secret in the address, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend, request};

/// Time at which the tests begin, in Unix seconds.
const NOW: i64 = 1_580_000_000;

async fn signed(backend: &Backend, body: &Value, at: i64, secret: &str) -> Answer {
    let body = body.to_string();
    post(backend, Provider::Shippo, &body, &Provider::Shippo.proof(&body, at, secret)).await
}

fn delivered() -> Value {
    let scan = json!({"status": "DELIVERED", "substatus": {"code": "delivered", "text": "", "action_required": false},
        "status_details": "Delivered, in/at mailbox.", "status_date": "2020-01-25T13:44:00Z", "object_updated": "2020-01-25T21:50:00Z",
        "location": {"city": "Portland", "state": "OR", "zip": "97201", "country": "US"}});
    let track = json!({"carrier": "ups", "tracking_number": "1Z1042", "tracking_status": scan, "tracking_history": [scan]});
    json!({"event": "track_updated", "test": false, "data": track})
}

#[tokio::test]
async fn a_signed_delivery_changes_the_order_and_its_repetition_nothing() {
    let backend = Backend::start(&["--shippo-secret", SECRET]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read"]).await;
    assert_eq!(signed(&backend, &delivered(), NOW, SECRET).await.status, StatusCode::OK);
    let shipment = backend.read(&id, &token).await.json()["shipments"][0].clone();
    assert_eq!((&shipment["stage"], &shipment["delivered"]["to"]), (&json!("delivered"), &json!("mailbox")));
    assert_eq!(shipment["events"].as_array().map(Vec::len), Some(1));
    assert_eq!(shipment["events"][0]["at"]["local"], "2020-01-25T13:44:00");
    assert_eq!(signed(&backend, &delivered(), NOW, SECRET).await.status, StatusCode::OK);
    assert_eq!(backend.read(&id, &token).await.json()["shipments"][0], shipment);
}

#[tokio::test]
async fn the_secret_in_the_address_is_a_proof_as_well() {
    let backend = Backend::start(&["--shippo-secret", SECRET]).await;
    let headers = [("content-type", "application/json")];
    for (path, status) in [
        ("/v1/webhooks/shippo?token=the-front-door-of-the-shop", StatusCode::OK),
        ("/v1/webhooks/shippo?token=back-door", StatusCode::UNAUTHORIZED),
        ("/v1/webhooks/shippo", StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(backend.send(request("POST", path, &headers, &delivered().to_string())).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_delivery_with_another_secret_or_of_yesterday_is_refused() {
    let backend = Backend::start(&["--shippo-secret", SECRET]).await;
    let answer = signed(&backend, &delivered(), NOW, "back-door").await;
    assert_eq!(answer.problem(), (401, "bad-signature".to_owned()));
    let answer = signed(&backend, &delivered(), NOW - 86_400, SECRET).await;
    assert_eq!(answer.problem(), (401, "stale-delivery".to_owned()));
}
