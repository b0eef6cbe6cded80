//! A signed delivery from ShipEngine, from the door to the order document.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::support::{Answer, Backend, request};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/providers/shipengine/fixtures");
/// When the tests begin.
const NOW: &str = "2020-01-26T00:53:20Z";

async fn start() -> Backend {
    Backend::start(&["--shipengine-jwks", &format!("{FIXTURES}/keys.json")]).await
}

async fn deliver(backend: &Backend, body: &Value, at: &str, key_id: &str) -> Answer {
    let body = body.to_string();
    let key = RsaKeyPair::from_pkcs8(&std::fs::read(format!("{FIXTURES}/key_of_the_tests.der")).unwrap()).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), format!("{at}.{body}").as_bytes(), &mut signature).unwrap();
    let signature = STANDARD.encode(signature);
    let headers = [
        ("content-type", "application/json"),
        ("x-shipengine-timestamp", at),
        ("x-shipengine-rsa-sha256-key-id", key_id),
        ("x-shipengine-rsa-sha256-signature", signature.as_str()),
    ];
    backend.send(request("POST", "/v1/webhooks/shipengine", &headers, &body)).await
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
