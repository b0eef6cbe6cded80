//! Tests of returns over HTTP: from the estimate to the refund, with the return shipment tracked like any other.

use axum::http::Request;
use doorstep_service::store::Channel;
use serde_json::{Value, json};

use crate::shopper::Shopper;
use crate::support::{ADMIN_KEY, Answer, Backend, request};

const POLICY: &str = r#"
    [returns]
    address = ["Return centre", "Dock Road 4", "10115 Berlin"]
    store_credit_bonus_percent = 10
    methods = [
      { id = "code", kind = "drop_off", name = "Parcel shop", fee = { minor = 299, currency = "EUR" }, formats = ["image/png", "image/svg+xml"] },
      { id = "print", kind = "drop_off", name = "Printed", printer = true, formats = ["application/pdf", "image/svg+xml"] },
      { id = "keep", kind = "keep", name = "Keep it" },
    ]
"#;

/// Creates a shopper who bought two jackets at 89.00 each and paid for the delivery. The parcel was delivered.
async fn shopper(backend: &Backend) -> Shopper<'_> {
    let shopper = Shopper::of(backend, "1042", |order| {
        order["lines"] =
            json!([{ "id": "l1", "title": "Rain jacket", "quantity": 2, "unit_price": { "minor": 8_900, "currency": "EUR" } }]);
        order["shipments"][0]["lines"] = json!([{ "line_id": "l1", "quantity": 2 }]);
        order["unshipped"] = json!([]);
        order["delivery_cost"] = json!({ "minor": 495, "currency": "EUR" });
    })
    .await;
    shopper.happens("delivered", json!({ "delivered": { "to": "recipient" } })).await;
    shopper
}

fn wants(method: &str, outcome: &str, reason: &str, quantity: u32) -> Value {
    let mut body = json!({ "kind": "start_return", "method_id": method, "outcome": outcome,
        "lines": [{ "line_id": "l1", "shipment_id": "s1", "quantity": quantity, "reason": reason }] });
    if reason == "other" {
        body["note"] = json!("because");
    }
    body
}

async fn quote(shopper: &Shopper<'_>, body: &Value) -> Answer {
    shopper.backend.send(shopper.post("returns/quote", "", None, body)).await
}

/// Reports a scan of the return shipment.
async fn scan(shopper: &Shopper<'_>, stage: &str, local: &str) {
    let order = shopper.order().await;
    let back = order["shipments"].as_array().unwrap().iter().find(|shipment| shipment["direction"] == "return").unwrap().clone();
    let event = json!({ "shipment_id": back["id"], "at": { "local": local, "offset_min": 0 }, "stage": stage });
    let answer = shopper.backend.admin("POST", &format!("/v1/admin/orders/{}/events", shopper.id), &event).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn decide(shopper: &Shopper<'_>, body: Value) -> Answer {
    shopper.backend.admin("POST", &format!("/v1/admin/orders/{}/returns/r1", shopper.id), &body).await
}

async fn pays(shopper: &Shopper<'_>, refund: &str, state: &str) {
    let path = format!("/v1/admin/orders/{}/refunds/{refund}", shopper.id);
    let answer = shopper.backend.admin("POST", &path, &json!({ "state": state, "reference": "pay_1" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn steps(order: &Value) -> Vec<&str> {
    order["cases"][0]["timeline"].as_array().unwrap().iter().map(|entry| entry["what"].as_str().unwrap()).collect()
}

fn label(shopper: &Shopper<'_>, accept: Option<&str>) -> Request<axum::body::Body> {
    let bearer = format!("Bearer {}", shopper.token);
    let mut headers = vec![("authorization", &*bearer)];
    headers.extend(accept.map(|accept| ("accept", accept)));
    request("GET", &format!("/v1/orders/{}/returns/r1/label", shopper.id), &headers, "")
}

#[tokio::test]
async fn an_estimate_says_what_each_way_costs_and_changes_nothing() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    let before = shopper.order().await;
    let asked = |outcome: &str, reason: &str| json!({ "outcome": outcome, "lines": [{ "line_id": "l1", "quantity": 2, "reason": reason }] });
    let estimate = quote(&shopper, &asked("refund", "changed_mind")).await.json();
    assert_eq!(estimate["amount"], json!({ "minor": 17_800, "currency": "EUR" }));
    let amounts: Vec<_> =
        estimate["methods"].as_array().unwrap().iter().map(|method| method["amount"]["minor"].clone()).collect();
    assert_eq!(amounts, [17_501, 17_800, 17_800]);
    assert_eq!(estimate["refund_days"], 14);
    // A return for which the shop is at fault costs nothing, store credit adds a bonus, and an exchange refunds no money.
    let faulty = quote(&shopper, &asked("refund", "faulty")).await.json();
    assert_eq!((&faulty["methods"][0]["amount"]["minor"], &faulty["methods"][0]["fee"]), (&json!(17_800), &Value::Null));
    let credit = quote(&shopper, &asked("store_credit", "faulty")).await.json();
    assert_eq!((&credit["amount"]["minor"], &credit["parts"][1]["kind"]), (&json!(19_580), &json!("bonus")));
    assert_eq!(quote(&shopper, &asked("exchange", "faulty")).await.json()["amount"], Value::Null);
    let too_many = json!({ "outcome": "refund", "lines": [{ "line_id": "l1", "quantity": 3, "reason": "faulty" }] });
    assert_eq!(
        quote(&shopper, &too_many).await.json()["errors"],
        json!([{ "pointer": "/lines/0/quantity", "code": "more-than-left" }])
    );
    assert_eq!(shopper.order().await, before);
}

#[tokio::test]
async fn a_return_goes_from_the_label_to_the_money() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    let case = shopper.asks("k", wants("code", "refund", "changed_mind", 1)).await;
    assert_eq!((case.status.as_u16(), &case.json()["next"]["what"]), (201, &json!("send_back")));
    let order = shopper.order().await;
    let back = &order["returns"][0];
    assert_eq!((&back["state"], &back["estimate"]["minor"]), (&json!("label_ready"), &json!(8_601)));
    let number = back["label"]["qr_text"].as_str().unwrap().to_owned();
    assert!(number.starts_with("RT") && number.len() == 14, "{number}");
    let parcel = order["shipments"].as_array().unwrap().iter().find(|shipment| shipment["id"] == back["shipment_id"]).unwrap();
    assert_eq!(
        (&parcel["tracking_number"], &parcel["of"], &parcel["stage"]),
        (&json!(number), &json!("s1"), &json!("label_created"))
    );
    // An item that is on its way back cannot be returned again.
    let action = shopper.action("start_return").await;
    assert_eq!(action["lines"][0]["quantity"], 1);

    scan(&shopper, "in_transit", "2020-01-26T00:30:00").await;
    assert_eq!(shopper.order().await["returns"][0]["state"], "in_transit");
    backend.pass(3 * 86_400);
    scan(&shopper, "delivered", "2020-01-28T10:00:00").await;
    let order = shopper.order().await;
    assert_eq!(order["returns"][0]["state"], "received");
    // The return is received on the 28th; fourteen days end with the 11th in Berlin.
    assert_eq!(order["cases"][0]["next"], json!({ "what": "inspect", "who": "retailer", "by": "2020-02-11T23:00:00Z" }));
    let too_much =
        json!({ "step": "inspect", "result": "partially", "deduction": { "minor": 8_602, "currency": "EUR" }, "text": "Worn" });
    assert_eq!(
        decide(&shopper, too_much).await.json()["errors"],
        json!([{ "pointer": "/deduction/minor", "code": "out-of-range" }])
    );
    let worn =
        json!({ "step": "inspect", "result": "partially", "deduction": { "minor": 1_000, "currency": "EUR" }, "text": "Worn" });
    let order = decide(&shopper, worn).await.json();
    assert_eq!(order["refunds"][0]["amount"]["minor"], 7_601);
    assert_eq!(
        (&order["refunds"][0]["due_by"], &order["returns"][0]["state"]),
        (&json!("2020-02-11T23:00:00Z"), &json!("inspected"))
    );
    pays(&shopper, "f1", "sent").await;
    let order = shopper.order().await;
    assert_eq!((&order["returns"][0]["state"], &order["cases"][0]["state"]), (&json!("completed"), &json!("resolved")));
    assert_eq!(
        steps(&order),
        [
            "opened",
            "return_approved",
            "label_ready",
            "return_in_transit",
            "return_received",
            "return_inspected",
            "refund_promised",
            "refund_sent",
            "resolved"
        ]
    );
    assert_eq!(backend.send(label(&shopper, Some("image/png"))).await.problem(), (404, "label-not-found".to_owned()));
}

#[tokio::test]
async fn a_label_is_a_file_in_the_formats_of_its_method() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    shopper.asks("k", wants("print", "refund", "changed_mind", 1)).await;
    let reference = shopper.order().await["cases"][0]["reference"].as_str().unwrap().to_owned();
    for (accept, media_type, begins) in [
        (None, "application/pdf", &b"%PDF-1.4"[..]),
        (Some("image/svg+xml"), "image/svg+xml", b"<svg "),
        (Some("*/*"), "application/pdf", b"%PDF"),
    ] {
        let (status, headers, body) = backend.send_for_bytes(label(&shopper, accept)).await;
        assert_eq!((status.as_u16(), headers["content-type"].to_str().unwrap()), (200, media_type), "{accept:?}");
        assert!(body.starts_with(begins), "{accept:?}");
        let name = headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with(&format!("attachment; filename=\"return-{reference}.")), "{name}");
        assert!(headers["cache-control"] == "private, no-store" && headers["referrer-policy"] == "no-referrer");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
    let (.., svg) = backend.send_for_bytes(label(&shopper, Some("image/svg+xml"))).await;
    let svg = String::from_utf8(svg).unwrap();
    assert!(svg.contains("Dock Road 4") && svg.contains("Bergmannstraße") && svg.contains("10115 Berlin"), "{svg}");
    assert_eq!(backend.send(label(&shopper, Some("text/html"))).await.problem(), (406, "not-acceptable".to_owned()));
    assert_eq!(backend.send(label(&shopper, Some("image/png"))).await.problem(), (404, "label-not-found".to_owned()));
}

#[tokio::test]
async fn a_label_that_nobody_uses_runs_out_and_what_it_was_for_can_be_sent_back_anew() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    shopper.asks("k", wants("code", "refund", "changed_mind", 2)).await;
    backend.pass(15 * 86_400);
    let order = shopper.order().await;
    assert_eq!((&order["returns"][0]["state"], &order["cases"][0]["state"]), (&json!("expired"), &json!("resolved")));
    assert_eq!(shopper.asks("again", wants("code", "refund", "changed_mind", 2)).await.status, 201);
    let order = shopper.order().await;
    assert_eq!(order["returns"][1]["state"], "label_ready");
    assert_ne!(order["returns"][0]["label"]["qr_text"], order["returns"][1]["label"]["qr_text"]);
}

#[tokio::test]
async fn what_may_be_kept_is_paid_at_once() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    shopper.asks("k", wants("keep", "store_credit", "changed_mind", 1)).await;
    let order = shopper.order().await;
    assert_eq!((&order["returns"][0]["state"], &order["returns"][0]["label"]), (&json!("approved"), &Value::Null));
    assert_eq!((&order["refunds"][0]["amount"]["minor"], &order["refunds"][0]["to"]), (&json!(9_790), &json!("store_credit")));
    assert_eq!(order["shipments"].as_array().unwrap().len(), 1);
    pays(&shopper, "f1", "sent").await;
    assert_eq!(shopper.order().await["returns"][0]["state"], "completed");
}

#[tokio::test]
async fn an_exchange_sends_something_else_and_pays_nothing() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    shopper.asks("k", wants("code", "exchange", "too_small", 1)).await;
    scan(&shopper, "delivered", "2020-01-26T00:00:00").await;
    let order = decide(&shopper, json!({ "step": "inspect", "result": "accepted" })).await.json();
    assert_eq!((&order["returns"][0]["state"], order["refunds"].as_array().unwrap().len()), (&json!("completed"), 0));
    let sent = order["shipments"].as_array().unwrap().iter().find(|shipment| shipment["direction"] == "replacement").unwrap();
    assert_eq!((&sent["stage"], &sent["lines"]), (&json!("ordered"), &json!([{ "line_id": "l1", "quantity": 1 }])));
    assert_eq!(order["cases"][0]["next"]["what"], "send_replacement");
}

#[tokio::test]
async fn a_withdrawal_brings_back_the_delivery_too_and_cannot_be_refused() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = shopper(&backend).await;
    let withdrawal = json!({ "kind": "withdraw", "method_id": "print", "contact": "ada@example.org", "answers": { "name": "Ada", "confirmed": "yes" } });
    let estimate = quote(&shopper, &json!({ "kind": "withdraw" })).await.json();
    assert_eq!(estimate["amount"]["minor"], 17_800 + 495);
    assert_eq!(shopper.asks("k", withdrawal).await.status, 201);
    scan(&shopper, "handed_over", "2020-01-26T00:30:00").await;
    let order = shopper.order().await;
    // The withdrawal is declared on the 26th, and the refund is due fourteen days later. It is promised as soon as the goods are
    // on their way.
    assert_eq!(
        (&order["refunds"][0]["amount"]["minor"], &order["refunds"][0]["due_by"]),
        (&json!(18_295), &json!("2020-02-09T23:00:00Z"))
    );
    scan(&shopper, "delivered", "2020-01-26T00:50:00").await;
    let no = json!({ "step": "inspect", "result": "rejected", "text": "No" });
    assert_eq!(decide(&shopper, no).await.json()["errors"], json!([{ "pointer": "/result", "code": "not-for-a-withdrawal" }]));
    let order = decide(&shopper, json!({ "step": "inspect", "result": "accepted" })).await.json();
    assert_eq!((&order["refunds"][0]["amount"]["minor"], order["refunds"].as_array().unwrap().len()), (&json!(18_295), 1));
}

#[tokio::test]
async fn a_return_that_a_person_decides_waits_and_every_decision_is_made_once() {
    let backend = Backend::with_policy(&POLICY.replace("[returns]", "[returns]\n    decision = \"review\"")).await;
    let shopper = shopper(&backend).await;
    shopper.asks("k", wants("code", "refund", "changed_mind", 1)).await;
    assert_eq!(shopper.order().await["returns"][0]["state"], "requested");
    let early = decide(&shopper, json!({ "step": "inspect", "result": "accepted" })).await;
    assert_eq!(early.json()["errors"], json!([{ "pointer": "/step", "code": "not-possible-from-here" }]));
    let before = shopper.order().await["version"].as_u64().unwrap();
    let order = decide(&shopper, json!({ "step": "approve" })).await.json();
    assert_eq!((&order["returns"][0]["state"], &order["version"]), (&json!("label_ready"), &json!(before + 1)));
    assert_eq!(decide(&shopper, json!({ "step": "refuse", "text": "Late" })).await.problem(), (422, "invalid-body".to_owned()));
    let nowhere = format!("/v1/admin/orders/{}/returns/r9", shopper.id);
    assert_eq!(
        backend.admin("POST", &nowhere, &json!({ "step": "approve" })).await.problem(),
        (404, "return-not-found".to_owned())
    );
    // A case whose return is open is decided by the return.
    let path = format!("/v1/admin/orders/{}/cases/c1", shopper.id);
    let twice = backend.admin("POST", &path, &json!({ "outcome": "refund" })).await;
    assert_eq!(twice.json()["errors"][0], json!({ "pointer": "/outcome", "code": "decided-by-the-return" }));
}

#[tokio::test]
async fn the_helpdesk_hears_of_a_case_in_the_same_breath() {
    let flags = ["--helpdesk-url", "https://helpdesk.example/tickets", "--public-url", "https://orders.example"];
    let backend = Backend::start(&flags).await;
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let report = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "replacement",
        "answers": { "neighbours": "yes" }, "note": "Not behind the bin.", "contact": "ada@example.org" });
    for _repetition in 0..2 {
        assert_eq!(backend.send(shopper.post("requests", "k", None, &report)).await.status, 201);
    }
    let message = json!({ "text": "Still nothing." });
    assert_eq!(backend.send(shopper.post("cases/c1/messages", "m", None, &message)).await.status, 200);
    let bearer = format!("Bearer {ADMIN_KEY}");
    let waiting = backend.get("/v1/admin/helpdesk/messages?state=waiting", &[("authorization", &bearer)]).await.json();
    let events: Vec<_> =
        waiting["messages"].as_array().unwrap().iter().map(|message| message["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["case.message", "case.opened"]);
    let first = backend.app.service.due_message(Channel::Helpdesk).await.unwrap().unwrap();
    let note = serde_json::from_str::<Value>(&first.payload).unwrap()["note"].as_str().unwrap().to_owned();
    for fact in
        ["\"Not behind the bin.\"", "asked the neighbours: yes", "Contact: ada@example.org", "left with or at: safe place"]
    {
        assert!(note.contains(fact), "{fact}\n{note}");
    }
}

#[tokio::test]
async fn three_for_81_13_are_quoted_and_paid_back_to_the_cent_whether_cancelled_or_sent_back() {
    let backend = Backend::with_policy(POLICY).await;
    let shopper = Shopper::of(&backend, "1042", |order| {
        order["lines"] = json!([{ "id": "l1", "title": "Wool socks", "quantity": 3, "unit_price": { "minor": 2_705, "currency": "EUR" },
            "total": { "minor": 8_113, "currency": "EUR" } }]);
        order["shipments"][0]["lines"] = json!([{ "line_id": "l1", "quantity": 2 }]);
        order["unshipped"] = json!([{ "line_id": "l1", "quantity": 1 }]);
    })
    .await;
    shopper.happens("delivered", json!({ "delivered": { "to": "recipient" } })).await;
    assert_eq!(shopper.order().await["lines"][0]["total"], json!({ "minor": 8_113, "currency": "EUR" }));
    let cancel = shopper.asks("k1", json!({ "kind": "cancel", "lines": [{ "line_id": "l1", "quantity": 1 }] })).await;
    assert_eq!(cancel.status, 201, "{cancel:?}");
    let first = shopper.asks("k2", wants("keep", "refund", "changed_mind", 1)).await;
    assert_eq!(first.status, 201, "{first:?}");
    let asked = json!({ "outcome": "refund", "lines": [{ "line_id": "l1", "shipment_id": "s1", "quantity": 1, "reason": "changed_mind" }] });
    assert_eq!(quote(&shopper, &asked).await.json()["amount"]["minor"], 2_704);
    assert_eq!(shopper.asks("k3", wants("keep", "refund", "changed_mind", 1)).await.status, 201);
    let order = shopper.order().await;
    let refunds: Vec<i64> =
        order["refunds"].as_array().unwrap().iter().map(|refund| refund["amount"]["minor"].as_i64().unwrap()).collect();
    assert_eq!((refunds.iter().sum::<i64>(), refunds), (8_113, vec![2_705, 2_704, 2_704]));
}

#[tokio::test]
async fn a_total_is_money_of_the_same_kind_as_the_price() {
    let backend = Backend::start(&[]).await;
    let mut order = crate::shopper::order("1042");
    order["lines"][0]["total"] = json!({ "minor": -1, "currency": "USD" });
    let errors = backend.admin("POST", "/v1/admin/orders", &order).await.json()["errors"].clone();
    assert_eq!(
        errors,
        json!([{ "pointer": "/lines/0/total/minor", "code": "negative" }, { "pointer": "/lines/0/total/currency", "code": "differs" }])
    );
}
