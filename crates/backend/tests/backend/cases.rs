//! Tests of the progress of a case: by the retailer's staff, by time, and by changes of its shipment and its refund.

use serde_json::{Value, json};

use crate::shopper::Shopper;
use crate::support::{ADMIN_KEY, Answer, Backend};

async fn opened<'a>(backend: &'a Backend) -> Shopper<'a> {
    let shopper = Shopper::delivered(backend, "safe_place").await;
    let body = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    assert_eq!(shopper.asks("open", body).await.status, 201);
    shopper
}

async fn decide(shopper: &Shopper<'_>, body: Value) -> Answer {
    shopper.backend.admin("POST", &format!("/v1/admin/orders/{}/cases/c1", shopper.id), &body).await
}

#[tokio::test]
async fn the_investigation_ends_by_itself_with_what_the_policy_says() {
    let backend = Backend::with_policy("[non_receipt]\nafter_investigation = \"grant\"\n").await;
    let shopper = opened(&backend).await;
    backend.pass(48 * 3_600 - 1);
    assert_eq!(shopper.order().await["cases"][0]["state"], "waiting_for_carrier");
    backend.pass(1);
    let order = shopper.order().await;
    assert_eq!((&order["version"], &order["cases"][0]["next"]["what"]), (&json!(4), &json!("refund")));
    assert_eq!((&order["refunds"][0]["state"], &order["refunds"][0]["amount"]["minor"]), (&json!("promised"), &json!(17_800)));
    assert_eq!(backend.app.service.recompute_due().await.unwrap(), 0);
    let path = format!("/v1/admin/orders/{}/refunds/f1", shopper.id);
    let sent = backend.admin("POST", &path, &json!({ "state": "sent", "reference": "re_1" })).await.json();
    assert_eq!((&sent["cases"][0]["state"], &sent["refunds"][0]["reference"]), (&json!("resolved"), &json!("re_1")));
    let back = backend.admin("POST", &path, &json!({ "state": "promised" })).await;
    assert_eq!(back.json()["errors"], json!([{ "pointer": "/state", "code": "not-possible-from-here" }]));
}

#[tokio::test]
async fn a_refund_can_be_asked_for_once_it_is_overdue() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    assert_eq!(shopper.asks("a", json!({ "kind": "cancel" })).await.status, 201);
    let action = shopper.action("refund_status").await;
    assert_eq!((&action["state"], &action["from"]), (&json!("not_yet"), &json!("2020-02-09T23:00:00Z")));
    backend.pass(15 * 86_400);
    let version = shopper.order().await["version"].clone();
    assert_eq!(shopper.action("refund_status").await["state"], "available");
    assert_eq!(shopper.asks("b", json!({ "kind": "refund_status", "answers": { "concern": "not_arrived" } })).await.status, 201);
    assert!(shopper.order().await["version"].as_u64() > version.as_u64());
}

#[tokio::test]
async fn the_sweep_announces_what_time_has_changed() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    assert_eq!(backend.app.service.recompute_due().await.unwrap(), 0);
    backend.pass(20 * 3_600);
    let mut listener = backend.app.service.listen();
    assert_eq!(backend.app.service.recompute_due().await.unwrap(), 1);
    listener.changed(&shopper.id.as_str().into(), 2).await;
    assert_eq!(shopper.action("report_non_receipt").await["state"], "available");
    assert_eq!(shopper.order().await["version"], 3);
}

#[tokio::test]
async fn the_machine_says_what_a_case_can_become() {
    let backend = Backend::start(&[]).await;
    let shopper = opened(&backend).await;
    let asked = decide(&shopper, json!({ "state": "waiting_for_shopper", "message": "Was it under the bench?" })).await;
    assert_eq!((asked.status.as_u16(), asked.header("etag")), (200, "\"4\""), "{asked:?}");
    let said = backend.send(shopper.post("cases/c1/messages", "m", None, &json!({ "text": "No.", "evidence": [] }))).await;
    assert_eq!((said.status.as_u16(), &said.json()["state"]), (200, &json!("in_progress")));
    let again = backend.send(shopper.post("cases/c1/messages", "m", None, &json!({ "text": "No.", "evidence": [] }))).await;
    assert_eq!(said.body, again.body);
    for (body, pointer, code) in [
        (json!({ "state": "received" }), "/state", "not-possible-from-here"),
        (json!({ "state": "lost" }), "/state", "unknown-value"),
        (json!({ "outcome": "exchange" }), "/outcome", "unknown-value"),
        (json!({ "outcome": "refund", "state": "declined" }), "/outcome", "not-for-a-declined-case"),
        (json!({ "step": "found" }), "/step", "unknown-value"),
        (json!({ "mood": "good" }), "/mood", "unknown-field"),
    ] {
        assert_eq!(
            decide(&shopper, body.clone()).await.json()["errors"][0],
            json!({ "pointer": pointer, "code": code }),
            "{body}"
        );
    }
    let granted = decide(&shopper, json!({ "outcome": "replacement", "step": "carrier_answered" })).await.json();
    assert_eq!(granted["next"]["what"], "send_replacement");
    let order = shopper.order().await;
    let replacement = &order["shipments"][1];
    assert_eq!((&replacement["direction"], &replacement["of"]), (&json!("replacement"), &json!("s1")));
    assert_eq!(decide(&shopper, json!({ "outcome": "refund" })).await.json()["errors"][0]["code"], "granted-already");
    assert_eq!(decide(&shopper, json!({ "state": "resolved" })).await.json()["feedback"]["asked"], true);
    assert_eq!(decide(&shopper, json!({ "state": "in_progress" })).await.problem().0, 422);
    let rate =
        |key: &str, rating: u32| shopper.post("cases/c1/feedback", key, None, &json!({ "rating": rating, "comment": "Quick" }));
    assert_eq!(backend.send(rate("r0", 6)).await.json()["errors"][0]["pointer"], "/rating");
    assert_eq!(backend.send(rate("r1", 4)).await.json()["feedback"]["rating"], 4);
    assert_eq!(backend.send(rate("r2", 5)).await.problem(), (409, "feedback-not-asked".to_owned()));
    let late = backend.send(shopper.post("cases/c1/messages", "l", None, &json!({ "text": "Thanks", "evidence": [] }))).await;
    assert_eq!(late.problem(), (409, "case-closed".to_owned()));
}

#[tokio::test]
async fn a_replacement_outlives_the_order_that_does_not_know_it_and_its_scan_ends_the_case() {
    let backend = Backend::start(&[]).await;
    let shopper = opened(&backend).await;
    decide(&shopper, json!({ "outcome": "replacement" })).await;
    let path = format!("/v1/admin/orders/{}", shopper.id);
    assert_eq!(backend.admin("PUT", &path, &crate::shopper::order("1042")).await.json()["shipments"][1]["id"], "s2");
    let mut body = crate::shopper::order("1042");
    body["shipments"].as_array_mut().unwrap().push(json!({
        "id": "s2", "direction": "replacement", "of": "s1", "carrier": { "code": "dhl", "name": "DHL" },
        "tracking_number": "JJD 2", "lines": [{ "line_id": "l1", "quantity": 2 }],
    }));
    assert_eq!(backend.admin("PUT", &path, &body).await.status, 200);
    let event =
        json!({ "shipment_id": "s2", "at": { "local": "2020-01-26T01:00:00", "offset_min": 60 }, "stage": "handed_over" });
    let order = backend.admin("POST", &format!("{path}/events"), &event).await.json();
    assert_eq!(order["cases"][0]["state"], "resolved");
    let steps: Vec<_> = order["cases"][0]["timeline"].as_array().unwrap().iter().map(|entry| entry["what"].clone()).collect();
    assert_eq!(steps, ["opened", "carrier_asked", "replacement_promised", "replacement_sent", "resolved"]);
}

#[tokio::test]
async fn the_retailer_finds_cases_by_their_state() {
    let backend = Backend::start(&[]).await;
    let shopper = opened(&backend).await;
    let bearer = format!("Bearer {ADMIN_KEY}");
    let list = |query: &'static str| {
        let (backend, bearer) = (&backend, &bearer);
        async move { backend.get(&format!("/v1/admin/cases{query}"), &[("authorization", bearer)]).await }
    };
    let waiting = list("?state=waiting_for_carrier").await.json();
    assert_eq!((&waiting[0]["order_id"], &waiting[0]["kind"]), (&json!(shopper.id), &json!("report_non_receipt")));
    assert_eq!(waiting[0]["opened_at"], "2020-01-26T00:53:20Z");
    assert_eq!(list("?state=declined").await.json(), json!([]));
    assert_eq!(list("").await.json().as_array().unwrap().len(), 1);
    assert_eq!(list("?limit=many").await.problem().0, 422);
    assert_eq!(backend.get("/v1/admin/cases", &[]).await.problem(), (401, "unauthorized".to_owned()));
}

#[tokio::test]
async fn a_request_that_is_accepted_is_one_version_and_a_refused_one_is_none() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let kinds = [
        json!({ "kind": "contact" }),
        json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 1 }] }),
        json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "Ring" }),
        json!({ "kind": "accept_delay" }),
        json!({ "kind": "refund_status" }),
        json!({ "kind": "leave_in_safe_place", "shipment_id": "s1", "answers": { "place": "shed" } }),
        json!({ "kind": "report_missing_item", "shipment_id": "s1", "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": 1 }] }),
    ];
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..42 {
        if round == 12 {
            shopper.happens("delivered", json!({})).await;
        }
        if round % 9 == 8 {
            backend.pass(5 * 86_400);
        }
        let before = shopper.order().await;
        let answer = shopper.asks(&format!("k{round}"), kinds[round * 5 % kinds.len()].clone()).await;
        let after = shopper.order().await;
        let version = |order: &Value| order["version"].as_u64().unwrap();
        if answer.status == 201 {
            accepted += 1;
            assert_eq!(version(&after), version(&before) + 1, "{answer:?}");
            assert_eq!(answer.header("etag"), format!("\"{}\"", version(&after)));
        } else {
            refused += 1;
            assert_eq!((answer.problem().0, &after), (409, &before));
        }
    }
    assert!(accepted > 5 && refused > 5, "{accepted} and {refused}");
}
