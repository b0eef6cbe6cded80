//! Tests of a signed webhook from 17TRACK, from the endpoint to the order document.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::signing::{Provider, SECRET as KEY, post};
use crate::support::{Answer, Backend};

async fn deliver(backend: &Backend, body: &Value, key: &str) -> Answer {
    let body = body.to_string();
    post(backend, Provider::SeventeenTrack, &body, &Provider::SeventeenTrack.proof(&body, 0, key)).await
}

fn push() -> Value {
    let scan = json!({"time_raw": {"date": "2020-01-21", "time": "11:00:00", "timezone": null}, "description": "LEFT WITH NEIGHBOUR",
        "sub_status": "Delivered_Other", "address": {"country": "GB", "city": "LONDON"}});
    let carrier =
        json!({"provider": {"key": 100002, "name": "UPS"}, "latest_sync_time": "2020-01-21T12:00:00Z", "events": [scan]});
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1Z1042", "carrier": 100002, "track_info": {
        "latest_status": {"status": "Delivered", "sub_status": "Delivered_Other"}, "tracking": {"providers": [carrier]}}}})
}

#[tokio::test]
async fn a_signed_push_changes_the_order_once() {
    let backend = Backend::start(&["--seventeentrack-key", KEY]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read"]).await;
    for _ in 0..2 {
        assert_eq!(deliver(&backend, &push(), KEY).await.status, StatusCode::OK);
    }
    let order = backend.read(&id, &token).await.json();
    let shipment = &order["shipments"][0];
    assert_eq!((&order["version"], &shipment["stage"]), (&json!(2), &json!("delivered")));
    assert_eq!(shipment["delivered"]["to"], "neighbour");
    assert_eq!(shipment["events"][0]["at"], json!({ "local": "2020-01-21T11:00:00", "offset_min": 0, "zone": "from_place" }));
}

#[tokio::test]
async fn a_push_with_another_key_is_refused() {
    let backend = Backend::start(&["--seventeentrack-key", KEY]).await;
    assert_eq!(deliver(&backend, &push(), "back-door").await.problem(), (401, "bad-signature".to_owned()));
}
