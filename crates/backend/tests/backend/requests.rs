//! Tests of self-service requests. The backend checks a request against the policy at the time of the write. It carries the
//! request out once for each idempotency key, and never for more items than are left.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::shopper::Shopper;
use crate::support::Backend;

const NO_PHOTO: &str = "[damaged]\nneeds = []\n";

fn missing(quantity: u32) -> Value {
    json!({ "kind": "report_missing_item", "shipment_id": "s1", "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": quantity }] })
}

#[tokio::test]
async fn a_request_becomes_a_case_of_the_order() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let body = json!({
        "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "replacement",
        "answers": { "household": "no", "neighbours": "no", "places": "yes" }, "note": "Not on the porch",
    });
    let answer = shopper.asks("a", body).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, "\"3\""), "{answer:?}");
    let case = answer.json();
    assert_eq!((&case["state"], &case["kind"]), (&json!("waiting_for_carrier"), &json!("report_non_receipt")));
    assert!(answer.text("reference").starts_with("DS-") && answer.text("reference").len() == 8);
    let order = shopper.order().await;
    assert_eq!((&order["version"], &order["cases"][0]), (&json!(3), &case));
    let again = shopper.action("report_non_receipt").await;
    assert_eq!((&again["state"], &again["reason"]), (&json!("unavailable"), &json!("case_open")));
}

#[tokio::test]
async fn what_cannot_be_done_now_is_refused_with_what_can_be_said_about_it() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let body = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    let early = shopper.asks("a", body.clone()).await;
    assert_eq!(early.problem(), (409, "action-unavailable".to_owned()));
    let action = &early.json()["action"];
    assert_eq!((&action["state"], &action["from"]), (&json!("not_yet"), &json!("2020-01-26T20:00:00Z")));
    backend.pass(20 * 3_600);
    assert_eq!(shopper.asks("a", body.clone()).await.status, 201);
    let twice = shopper.asks("b", body).await;
    assert_eq!((twice.problem().0, &twice.json()["action"]["reason"]), (409, &json!("case_open")));
    let moot = shopper.asks("c", json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "Ring" })).await;
    assert_eq!((moot.problem().0, &moot.json()["action"]["reason"]), (409, &json!("not_offered")));
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let report = |change: Value| {
        let mut body = missing(1);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (body, pointer, code) in [
        (json!({ "kind": "dance" }), "/kind", "unknown-value"),
        (json!({}), "/kind", "unknown-value"),
        (report(json!({ "colour": "red" })), "/colour", "unknown-field"),
        (report(json!({ "slot_id": "x" })), "/slot_id", "not-for-this-kind"),
        (report(json!({ "shipment_id": "s9" })), "/shipment_id", "unknown"),
        (report(json!({ "lines": [] })), "/lines", "missing"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": 0 }] })), "/lines/0/quantity", "zero"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": 3 }] })), "/lines/0/quantity", "more-than-left"),
        (
            report(json!({ "lines": [{ "line_id": "l1", "quantity": 1 }, { "line_id": "l1", "quantity": 2 }] })),
            "/lines/1/quantity",
            "more-than-left",
        ),
        (report(json!({ "lines": [{ "line_id": "l2", "quantity": 1 }] })), "/lines/0/line_id", "unknown-line"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": -1 }] })), "/lines/0/quantity", "invalid"),
        (report(json!({ "lines": [{ "line_id": "l1", "quantity": 1, "reason": "whim" }] })), "/lines/0/reason", "unknown-value"),
        (report(json!({ "outcome": "exchange" })), "/outcome", "not-offered"),
        (report(json!({ "evidence": ["e1"] })), "/evidence/0", "unknown"),
        (report(json!({ "note": "n".repeat(2_001) })), "/note", "too-long"),
        (report(json!({ "answers": { "mood": "bad" } })), "/answers/mood", "unknown-field"),
        (
            json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund", "answers": { "places": "maybe" } }),
            "/answers/places",
            "unknown-value",
        ),
        (
            json!({ "kind": "withdraw", "contact": "ada@example.org", "answers": { "name": "Ada" } }),
            "/answers/confirmed",
            "missing",
        ),
        (json!({ "kind": "contact", "contact": "nowhere" }), "/contact", "not-a-contact"),
    ] {
        let answer = shopper.asks("a", body.clone()).await;
        assert_eq!(answer.problem(), (422, "invalid-body".to_owned()), "{body}");
        assert_eq!(answer.json()["errors"], json!([{ "pointer": pointer, "code": code }]), "{body}");
    }
    assert_eq!(shopper.order().await["version"], 2);
}

#[tokio::test]
async fn a_photo_is_asked_for_where_the_policy_wants_one() {
    let body = json!({ "kind": "report_damaged", "shipment_id": "s1", "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": 1 }] });
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let answer = shopper.asks("a", body.clone()).await;
    assert_eq!(answer.json()["errors"], json!([{ "pointer": "/evidence", "code": "missing" }]));
    let backend = Backend::with_policy(NO_PHOTO).await;
    assert_eq!(Shopper::delivered(&backend, "household").await.asks("a", body).await.status, 201);
}

#[tokio::test]
async fn what_changes_the_order_is_asked_only_by_who_has_seen_it() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let body = json!({ "kind": "cancel" });
    let unseen = backend.send(shopper.post("requests", "a", None, &body)).await;
    assert_eq!(unseen.problem(), (428, "if-match-missing".to_owned()));
    backend.happen(&shopper.id, "e1").await;
    let stale = backend.send(shopper.post("requests", "a", Some("\"1\""), &body)).await;
    assert_eq!((stale.problem(), &stale.json()["order"]["version"]), ((412, "stale".to_owned()), &json!(2)));
    let first = backend.send(shopper.post("requests", "a", Some("\"2\""), &body)).await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = backend.send(shopper.post("requests", "a", Some("\"2\""), &body)).await;
    assert_eq!((again.status, &again.body, again.header("etag")), (first.status, &first.body, first.header("etag")));
    let other = backend.send(shopper.post("requests", "a", Some("\"2\""), &json!({ "kind": "contact" }))).await;
    assert_eq!(other.problem(), (422, "idempotency-key-reused".to_owned()));
    let keyless = backend.send(shopper.post("requests", "", Some("\"2\""), &body)).await;
    assert_eq!(keyless.problem(), (400, "idempotency-key-missing".to_owned()));
    // Idempotency keys belong to their order.
    let neighbour = Shopper::of(&backend, "1043", |_| {}).await;
    assert_eq!(neighbour.asks("a", json!({ "kind": "contact" })).await.status, 201);
}

#[tokio::test]
async fn cancelling_takes_the_lines_out_and_promises_their_price() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let answer = shopper.asks("a", json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 2 }] })).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let order = shopper.order().await;
    assert_eq!((&order["unshipped"][0]["quantity"], &order["refunds"][0]["amount"]["minor"]), (&json!(1), &json!(40_000)));
    assert_eq!(order["refunds"][0]["due_by"], "2020-02-09T23:00:00Z");
    let too_many = shopper.asks("b", json!({ "kind": "cancel", "lines": [{ "line_id": "l2", "quantity": 2 }] })).await;
    assert_eq!(too_many.json()["errors"][0]["pointer"], "/lines/0/quantity");
    assert_eq!(shopper.asks("c", json!({ "kind": "cancel" })).await.status, 201);
    let order = shopper.order().await;
    assert_eq!((&order["unshipped"], &order["refunds"][1]["amount"]["minor"]), (&json!([]), &json!(20_000)));
    assert_eq!(shopper.action("cancel").await["reason"], "dispatched");
}

#[tokio::test]
async fn a_withdrawal_is_acknowledged_with_date_and_time() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    assert_eq!(shopper.action("withdraw").await["prominent"], true);
    let body =
        json!({ "kind": "withdraw", "contact": "ada@example.org", "answers": { "name": "Ada Lovelace", "confirmed": "yes" } });
    let case = shopper.asks("a", body).await.json();
    assert_eq!((&case["acknowledged"], &case["return_id"]), (&json!(true), &json!("r1")), "{case}");
    let bearer = format!("Bearer {}", shopper.token);
    let path = format!("/v1/orders/{}/cases/c1/acknowledgement", shopper.id);
    let text = backend.get(&path, &[("authorization", &bearer)]).await;
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    let reference = case["reference"].as_str().unwrap();
    for part in [
        reference,
        "1042",
        "I withdraw from the contract.",
        "2020-01-26 01:53:20 +01:00",
        "Europe/Berlin",
        "Ada Lovelace",
        "ada@example.org",
    ] {
        assert!(text.body.contains(part), "{part}: {}", text.body);
    }
    assert_eq!(shopper.order().await["unshipped"], json!([]));
}

#[tokio::test]
async fn a_link_for_reading_does_not_act_and_tells_nobody_else_why() {
    let backend = Backend::start(&[]).await;
    let mut shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let body = json!({ "kind": "contact" });
    let look_up = backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "10961" })).await.text("token");
    shopper.token = look_up;
    assert_eq!(shopper.asks("a", body.clone()).await.problem(), (403, "act-not-allowed".to_owned()));
    shopper.token = backend.post("/v1/lookup", &json!({ "number": "1042", "email": "ada@example.org" })).await.text("token");
    assert_eq!(shopper.asks("a", body.clone()).await.status, 201);
    let stranger = Shopper::of(&backend, "1043", |_| {}).await;
    shopper.token = stranger.token;
    assert_eq!(backend.send(shopper.post("requests", "a", None, &body)).await.problem(), (404, "order-not-found".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_sixty_four_times_at_once_is_one_case() {
    let backend = Arc::new(Backend::start(&[]).await);
    let (id, token) = {
        let shopper = Shopper::delivered(&backend, "safe_place").await;
        (shopper.id.clone(), shopper.token.clone())
    };
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (backend, id, token) = (backend.clone(), id.clone(), token.clone());
            tokio::spawn(async move {
                let shopper = Shopper { backend: &backend, id, token };
                loop {
                    let answer = backend.send(shopper.post("requests", "k", Some("\"2\""), &missing(1))).await;
                    if answer.status != 409 {
                        return (answer.status.as_u16(), answer.header("etag").to_owned(), answer.body);
                    }
                    assert_eq!(answer.problem().1, "idempotency-in-progress");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let mut answers = std::collections::BTreeSet::new();
    for task in tasks {
        answers.insert(task.await.unwrap());
    }
    assert_eq!(answers.len(), 1);
    assert_eq!(answers.first().unwrap().0, 201);
    let shopper = Shopper { backend: &backend, id, token };
    assert_eq!(shopper.order().await["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_return_names_item_reason_and_way_and_takes_each_item_once() {
    let backend = Backend::start(&[]).await;
    let shopper = Shopper::delivered(&backend, "household").await;
    let back = |quantity: u32, reason: &str| {
        let lines = json!([{ "line_id": "l1", "quantity": quantity, "reason": reason }]);
        json!({ "kind": "start_return", "lines": lines, "outcome": "refund", "method_id": "drop-off-code" })
    };
    for (body, pointer, code) in [
        (back(1, "boredom"), "/lines/0/reason", "unknown-value"),
        (back(1, "other"), "/note", "missing"),
        (
            json!({ "kind": "start_return", "lines": [{ "line_id": "l1", "quantity": 1, "reason": "too_small" }], "outcome": "refund" }),
            "/method_id",
            "missing",
        ),
        (
            json!({ "kind": "start_return", "lines": [{ "line_id": "l1", "quantity": 1 }], "outcome": "refund", "method_id": "drop-off-code" }),
            "/lines/0/reason",
            "missing",
        ),
    ] {
        let errors = shopper.asks("a", body.clone()).await.json()["errors"].clone();
        assert_eq!(errors, json!([{ "pointer": pointer, "code": code }]), "{body}");
    }
    assert_eq!(shopper.asks("b", back(1, "too_small")).await.status, 201);
    assert_eq!(shopper.asks("c", back(2, "too_small")).await.json()["errors"][0]["code"], "more-than-left");
    assert_eq!(shopper.asks("d", back(1, "too_large")).await.status, 201);
    assert_eq!(shopper.action("start_return").await["reason"], "nothing_left");
}

#[tokio::test]
async fn nobody_asks_without_end() {
    let backend = Backend::with_policy("[cases]\nmax_per_day = 3\nmax_messages_per_day = 2\n").await;
    let shopper = Shopper::of(&backend, "1042", |_| {}).await;
    let ring = json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "Ring" });
    for key in ["a", "b", "c"] {
        assert_eq!(shopper.asks(key, ring.clone()).await.status, 201);
        backend.pass(60);
    }
    let wait = shopper.asks("d", ring.clone()).await;
    assert_eq!((wait.problem(), wait.header("retry-after")), ((429, "too-many-requests".to_owned()), "86220"));
    // The delivery instructions above count as messages of the shopper, too.
    let said = backend.send(shopper.post("cases/c3/messages", "m", None, &json!({ "text": "Twice", "evidence": [] }))).await;
    assert_eq!(said.problem().0, 429);
    backend.pass(86_220);
    assert_eq!(shopper.asks("d", ring).await.status, 201);
}
