//! Tests of the documented example of the format for carriers, from the endpoint to the order document.

use axum::http::StatusCode;
use doorstep_domain::signature::sign;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, order, request};

const SECRET: &str = "the-front-door-of-the-shop";
const PAGE: &str = include_str!("../../../../docs/tracking-providers.md");
/// Seconds from the beginning of every test to ten minutes after the report of the example.
const UNTIL_TOLD: i64 = 215_093_200;

fn example() -> &'static str {
    PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

async fn started() -> Backend {
    let backend = Backend::start(&["--carrier-secret", SECRET]).await;
    backend.pass(UNTIL_TOLD);
    backend
}

async fn deliver(backend: &Backend, body: &str, signature: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("doorstep-signature", signature)];
    backend.send(request("POST", "/v1/webhooks/carrier", &headers, body)).await
}

async fn deliver_now(backend: &Backend, body: &str) -> Answer {
    let at = backend.app.service.now().timestamp();
    deliver(backend, body, &sign(SECRET.as_bytes(), at, body.as_bytes())).await
}

#[tokio::test]
async fn the_example_of_the_documentation_changes_the_order_once() {
    let backend = started().await;
    let mut body = order("1042");
    let sent: Value = serde_json::from_str(example()).unwrap();
    body["shipments"][0]["tracking_number"] = sent["tracking_number"].clone();
    let id = backend.admin("POST", "/v1/admin/orders", &body).await.text("id");
    let token = backend.token(&id, &["read", "act"]).await;
    for expected in [json!({ "changed": 1, "unchanged": 0, "unknown": 0 }), json!({ "changed": 0, "unchanged": 1, "unknown": 0 })]
    {
        let answer = deliver_now(&backend, example()).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, expected));
    }
    let shipment = backend.read(&id, &token).await.json()["shipments"][0].clone();
    assert_eq!(shipment["stage"], "in_transit");
    let condition = &shipment["condition"];
    assert_eq!((&condition["state"], &condition["reason"]), (&json!("late"), &json!("weather_delay")));
    assert_eq!(shipment["promise"]["expected"], json!({ "kind": "days", "from": "2026-11-21", "to": "2026-11-23" }));
    assert_eq!(shipment["tracking_url"], sent["tracking_url"]);
    assert_eq!(shipment["events"][1]["text"], "We have your package");
    assert_eq!(shipment["events"][1]["place"], json!({ "name": "Leeds", "country": "GB" }));
    assert_eq!(shipment["events"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_delivery_with_another_secret_or_of_an_hour_ago_is_refused() {
    let backend = started().await;
    let at = backend.app.service.now().timestamp();
    let other = deliver(&backend, example(), &sign(b"back-door", at, example().as_bytes())).await;
    assert_eq!(other.problem(), (401, "bad-signature".to_owned()));
    let old = deliver(&backend, example(), &sign(SECRET.as_bytes(), at - 3_600, example().as_bytes())).await;
    assert_eq!(old.problem(), (401, "stale-delivery".to_owned()));
}

#[tokio::test]
async fn a_slip_of_the_sender_is_refused_and_an_unknown_code_is_counted_by_its_name() {
    let backend = started().await;
    let slip = deliver_now(&backend, &example().replace("\"told_at\"", "\"tolled_at\"")).await;
    assert_eq!(slip.problem(), (400, "unreadable-delivery".to_owned()));
    let answer = deliver_now(&backend, &example().replace("\"160\"", "\"999\"")).await;
    assert_eq!(answer.json(), json!({ "changed": 0, "unchanged": 0, "unknown": 1 }));
    let metrics = backend.get("/metrics", &[]).await.body;
    let line = "doorstep_unknown_words_total{provider=\"carrier\",code=\"ups/status/999\"}";
    assert!(metrics.contains(line), "{metrics}");
}
