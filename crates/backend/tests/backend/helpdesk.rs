//! Tests of messages to the helpdesk, with a server that listens: they are signed, sent in order, repeated after a failure, and put aside
//! when they cannot be delivered.

use doorstep_backend::helpdesk;
use doorstep_contract::Order;
use doorstep_documents::helpdesk_ticket::Occasion;
use doorstep_domain::order::new_order::NewOrder;
use doorstep_domain::order::{InternalState, OrderAggregate};
use doorstep_domain::signature;
use doorstep_outbound::Sender;
use doorstep_service::CaseRef;
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::shopper::Shopper;
use crate::support::{ADMIN_KEY, Backend, order};

struct Shop {
    backend: Backend,
    sender: Sender,
    desk: Receiver,
}

fn case_ref(order_id: &str) -> CaseRef {
    CaseRef { order_id: order_id.into(), case_id: "cs_1".into() }
}

impl Shop {
    async fn open(answers: &[u16], flags: &[&str]) -> Self {
        let (desk, url) = Receiver::open(answers).await;
        let own = ["--helpdesk-url", &url, "--helpdesk-allow-private", "--public-url", "https://orders.example"];
        let backend = Backend::start(&[&own, flags].concat()).await;
        let sender = helpdesk::sender(&backend.app.config).unwrap().unwrap();
        let shop = Self { backend, sender, desk };
        shop.case("ord_a").await;
        shop
    }

    /// Stores an order that has a case.
    async fn case(&self, id: &str) {
        let mut document = order("1042");
        document["id"] = json!(id);
        let body: NewOrder = serde_json::from_value(document.clone()).unwrap();
        let reference = if id == "ord_a" { "DS-7K2M4" } else { "DS-8K2M4" };
        document["cases"] = json!([{"id": "cs_1", "reference": reference, "kind": "report_non_receipt", "state": "received"}]);
        let record =
            OrderAggregate { order: Order::from_json(&document.to_string()).unwrap(), private: InternalState::default() };
        self.backend.app.service.restore(record, &body, false).await.unwrap();
    }

    async fn tells(&self, id: &str, occasion: Occasion) {
        self.backend.app.service.post_case_note(&case_ref(id), occasion).await.unwrap();
    }

    /// Sends all messages that are due. Returns the number of attempts.
    async fn sends(&self) -> u32 {
        let mut attempts = 0;
        while self.sender.send_next(&self.backend.app.service).await.unwrap() {
            attempts += 1;
        }
        attempts
    }

    async fn listed(&self, state: &str) -> Vec<Value> {
        let bearer = format!("Bearer {ADMIN_KEY}");
        let path = format!("/v1/admin/helpdesk/messages?state={state}");
        let answer = self.backend.get(&path, &[("authorization", &bearer)]).await;
        answer.json()["messages"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_message_is_signed_and_carries_its_identity() {
    let shop = Shop::open(&[], &["--helpdesk-secret", "s3cret", "--helpdesk-authorization", "Basic YTpi"]).await;
    shop.tells("ord_a", Occasion::Opened).await;
    assert_eq!(shop.sends().await, 1);
    let (headers, body) = shop.desk.heard().remove(0);
    let signature = headers[signature::HEADER].to_str().unwrap();
    let now = shop.backend.app.service.now().timestamp();
    assert!(signature::verify(b"s3cret", signature, &body, now, 300));
    assert!(!signature::verify(b"another", signature, &body, now, 300));
    assert_eq!(headers["authorization"], "Basic YTpi");
    assert_eq!(headers["doorstep-id"], headers["idempotency-key"]);
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((&body["type"], &body["reference"]), (&json!("case.opened"), &json!("DS-7K2M4")));
    assert_eq!(body["admin_url"], "https://orders.example/v1/admin/orders/ord_a/cases/cs_1");
    assert_eq!(shop.sends().await, 0);
}

#[tokio::test]
async fn a_failure_is_tried_again_with_the_same_identity_and_holds_up_its_case_only() {
    let shop = Shop::open(&[500], &[]).await;
    shop.case("ord_b").await;
    shop.tells("ord_a", Occasion::Opened).await;
    shop.tells("ord_a", Occasion::Message).await;
    shop.tells("ord_b", Occasion::Opened).await;
    assert_eq!(shop.sends().await, 2, "the failed one, and the other case");
    assert_eq!(shop.desk.events(), ["case.opened", "case.opened"]);
    assert_eq!(shop.listed("waiting").await[1]["last_error"], "500 Internal Server Error: theanswer");
    shop.backend.pass(5);
    assert_eq!(shop.sends().await, 0, "too early");
    shop.backend.pass(10);
    assert_eq!(shop.sends().await, 2);
    assert_eq!(shop.desk.events(), ["case.opened", "case.opened", "case.opened", "case.message"]);
    let ids: Vec<_> = shop.desk.heard().iter().map(|(headers, _)| headers["doorstep-id"].clone()).collect();
    assert!(ids[0] == ids[2] && ids[1] != ids[0] && ids[3] != ids[0]);
    assert_eq!(shop.listed("sent").await.len(), 3);
}

#[tokio::test]
async fn after_nine_attempts_a_message_is_put_aside_and_can_be_sent_again() {
    let shop = Shop::open(&[503; 9], &[]).await;
    shop.tells("ord_a", Occasion::Opened).await;
    shop.tells("ord_a", Occasion::HandedOver).await;
    for _ in 0..8 {
        assert_eq!(shop.sends().await, 1);
        shop.backend.pass(86_400);
    }
    assert_eq!(shop.sends().await, 2, "the last attempt, and what waited behind it");
    let dead = shop.listed("dead").await;
    assert_eq!((dead.len(), &dead[0]["attempts"], &dead[0]["event"]), (1, &json!(9), &json!("case.opened")));
    let path = format!("/v1/admin/helpdesk/messages/{}/resend", dead[0]["id"].as_str().unwrap());
    assert_eq!(shop.backend.admin("POST", &path, &json!({})).await.status, 202);
    assert_eq!(shop.sends().await, 1);
    assert_eq!(shop.desk.events().last().unwrap(), "case.opened");
    assert!(shop.listed("dead").await.is_empty());
    assert_eq!(shop.backend.admin("POST", &path, &json!({})).await.problem(), (404, "unknown-message".to_owned()));
}

#[tokio::test]
async fn time_alone_promises_nothing_by_the_default_policy_and_a_person_hears_of_it() {
    let shop = Shop::open(&[], &[]).await;
    let shopper = Shopper::delivered(&shop.backend, "safe_place").await;
    let asks = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    assert_eq!(shopper.asks("k", asks).await.status, 201);
    shop.sends().await;
    shop.backend.pass(49 * 3_600);
    assert_eq!(shop.backend.app.service.recompute_due().await.unwrap(), 1);
    shop.sends().await;
    assert_eq!(shop.desk.events(), ["case.opened", "case.handed_over"]);
    for _ in 0..60 {
        shop.backend.pass(86_400);
        shop.backend.app.service.recompute_due().await.unwrap();
        let order = shopper.order().await;
        assert_eq!((&order["refunds"], &order["cases"][0]["state"]), (&json!([]), &json!("in_progress")));
    }
    shop.sends().await;
    assert_eq!(shop.desk.events().len(), 2, "said once");
}

#[tokio::test]
async fn what_will_never_be_taken_is_not_repeated() {
    for status in [400, 401, 403, 404, 422] {
        let shop = Shop::open(&[status], &[]).await;
        shop.tells("ord_a", Occasion::Opened).await;
        assert_eq!(shop.sends().await, 1);
        assert_eq!(shop.listed("dead").await.len(), 1, "{status}");
    }
    let moved = Shop::open(&[307], &[]).await;
    moved.tells("ord_a", Occasion::Opened).await;
    assert_eq!((moved.sends().await, moved.listed("waiting").await.len()), (1, 1));
}

#[tokio::test]
async fn nothing_is_kept_for_a_helpdesk_that_does_not_exist_and_a_private_one_must_be_meant() {
    let backend = Backend::start(&[]).await;
    assert!(helpdesk::sender(&backend.app.config).unwrap().is_none());
    let (desk, url) = Receiver::open(&[]).await;
    let named = url.replace("127.0.0.1", "localhost").replace("http:", "https:");
    let backend = Backend::start(&["--helpdesk-url", &named]).await;
    let sender = helpdesk::sender(&backend.app.config).unwrap().unwrap();
    let shop = Shop { backend, sender, desk };
    shop.case("ord_a").await;
    shop.tells("ord_a", Occasion::Opened).await;
    assert_eq!(shop.sends().await, 1);
    let why = shop.listed("waiting").await[0]["last_error"].as_str().unwrap().to_owned();
    assert!(why.contains("leads nowhere outside") && shop.desk.heard().is_empty(), "{why}");
}

#[tokio::test]
async fn the_sender_wakes_up_by_itself_and_ends_with_the_process() {
    let Shop { backend, sender, desk } = Shop::open(&[], &[]).await;
    let service = backend.app.service.clone();
    let running = tokio::spawn(sender.run(service.clone(), backend.app.shutdown.clone()));
    service.post_case_note(&case_ref("ord_a"), Occasion::Opened).await.unwrap();
    desk.hears(1).await;
    backend.app.shutdown.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn a_person_hears_of_a_case_whose_time_is_over_also_when_the_retailer_writes_before_the_sweep() {
    let shop = Shop::open(&[], &[]).await;
    let shopper = Shopper::delivered(&shop.backend, "safe_place").await;
    let asks = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    assert_eq!(shopper.asks("k", asks).await.status, 201);
    shop.sends().await;
    shop.backend.pass(49 * 3_600);
    let path = format!("/v1/admin/orders/{}/cases/c1", shopper.id);
    assert_eq!(shop.backend.admin("POST", &path, &json!({ "message": "We are looking into it." })).await.status, 200);
    shop.sends().await;
    assert_eq!(shop.desk.events(), ["case.opened", "case.handed_over"]);
}
