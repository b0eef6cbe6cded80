//! Tests of a signed webhook from ShipEngine, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{KEYS, Provider, post, rsa};
use crate::support::{Answer, Backend};

/// Time at which the tests begin.
const NOW: &str = "2020-01-26T00:53:20Z";

async fn start() -> Backend {
    Backend::start(&["--shipengine-jwks", KEYS]).await
}

async fn deliver(backend: &Backend, body: &Value, at: &str, key_id: &str) -> Answer {
    let body = body.to_string();
    let headers = vec![
        ("x-shipengine-timestamp", at.to_owned()),
        ("x-shipengine-rsa-sha256-key-id", key_id.to_owned()),
        ("x-shipengine-rsa-sha256-signature", rsa(&format!("{at}.{body}"))),
    ];
    post(backend, Provider::ShipEngine, &body, &headers).await
}

fn held() -> Value {
    let scan = json!({"occurred_at": "2020-01-25T03:12:00Z", "carrier_occurred_at": "2020-01-25T04:12:00", "description": "Held by customs",
        "city_locality": "Leipzig", "country_code": "DE", "status_code": "EX", "status_detail_code": "HELD_BY_IMPORT_CUSTOMS"});
    let parcel = json!({"tracking_number": "1Z1042", "carrier_code": "ups", "status_code": "EX",
        "status_detail_code": "HELD_BY_IMPORT_CUSTOMS", "events": [scan]});
    json!({"resource_type": "API_TRACK", "data": parcel})
}

#[tokio::test]
async fn a_signed_delivery_changes_the_order_however_often_it_comes() {
    let backend = start().await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read"]).await;
    let mut read = Vec::new();
    for at in [NOW, "2020-01-26T00:55:00Z"] {
        assert_eq!(deliver(&backend, &held(), at, "doorstep-tests-1").await.status, StatusCode::OK);
        read.push(backend.read(&id, &token).await.json()["shipments"][0].clone());
    }
    assert_eq!(read[0], read[1]);
    assert_eq!((&read[0]["stage"], &read[0]["condition"]["state"]), (&json!("customs"), &json!("held")));
    assert_eq!(read[0]["condition"]["reason"], "customs_delay");
}

#[tokio::test]
async fn a_delivery_with_an_unknown_key_or_of_yesterday_is_refused() {
    let backend = start().await;
    let answer = deliver(&backend, &held(), NOW, "doorstep-tests-2").await;
    assert_eq!(answer.problem(), (401, "bad-signature".to_owned()));
    let answer = deliver(&backend, &held(), "2020-01-25T00:53:20Z", "doorstep-tests-1").await;
    assert_eq!(answer.problem(), (401, "stale-delivery".to_owned()));
}
