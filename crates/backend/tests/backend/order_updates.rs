//! Tests of order webhooks for the retailer's own systems, with a server that listens: they are signed, sent in order, repeated after a
//! failure, put aside when they cannot be delivered, and never lost.

use doorstep_backend::{helpdesk, webhook};
use doorstep_contract::Order;
use doorstep_documents::order_webhook::changes;
use doorstep_domain::signature;
use doorstep_outbound::Sender;
use doorstep_service::store::MessageState;
use serde_json::{Value, json};

use crate::durability::{Process, write};
use crate::receiver::{Receiver, SILENCE};
use crate::shopper::Shopper;
use crate::support::{ADMIN_KEY, Backend, event, order};

const SECRET: &str = "a secret that both sides know";

struct Shop {
    backend: Backend,
    sender: Sender,
    systems: Receiver,
}

impl Shop {
    async fn open(answers: &[u16], flags: &[&str]) -> Self {
        let (systems, url) = Receiver::open(answers).await;
        let own = ["--webhook-url", &url, "--webhook-secret", SECRET, "--webhook-allow-private"];
        let backend = Backend::start(&[&own, flags].concat()).await;
        let sender = webhook::sender(&backend.app.config).unwrap().unwrap();
        Self { backend, sender, systems }
    }

    /// Sends all messages that are due. Returns the number of attempts.
    async fn sends(&self) -> u32 {
        let mut attempts = 0;
        while self.sender.send_next(&self.backend.app.service).await.unwrap() {
            attempts += 1;
        }
        attempts
    }

    async fn listed(&self, query: &str) -> Vec<Value> {
        let bearer = format!("Bearer {ADMIN_KEY}");
        let answer = self.backend.get(&format!("/v1/admin/messages?{query}"), &[("authorization", &bearer)]).await;
        answer.json()["messages"].as_array().unwrap().clone()
    }

    /// Returns the messages that were received, as JSON.
    fn told(&self) -> Vec<Value> {
        self.systems.heard().iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
    }

    /// Returns the kinds of the changes in the last message.
    fn last_words(&self) -> Vec<String> {
        let told = self.told();
        let changes = told.last().unwrap()["changes"].as_array().unwrap().clone();
        changes.iter().map(|change| change["what"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn an_update_is_signed_and_says_what_changed_and_how_the_order_is_now() {
    let shop = Shop::open(&[], &[]).await;
    let id = shop.backend.create("1042").await;
    shop.backend.happen(&id, "e1").await;
    assert_eq!(shop.sends().await, 2);
    assert_eq!(shop.systems.events(), ["order.created", "order.updated"]);
    assert_eq!(shop.systems.values("doorstep-id"), shop.systems.values("idempotency-key"));
    let now = shop.backend.app.service.now().timestamp();
    for (headers, body) in shop.systems.heard() {
        let signature = headers[signature::HEADER].to_str().unwrap();
        assert!(signature::verify(SECRET.as_bytes(), signature, &body, now, 300));
        assert!(!signature::verify(b"another", signature, &body, now, 300));
        let told: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(told["id"], headers["doorstep-id"].to_str().unwrap());
        assert_eq!(told["type"], headers["doorstep-event"].to_str().unwrap());
    }
    let told = shop.told();
    assert_eq!((&told[0]["version"], &told[0]["changes"]), (&json!(1), &json!([])));
    assert_eq!(
        (&told[1]["order_id"], &told[1]["number"], &told[1]["at"]),
        (&json!(id), &json!("1042"), &json!("2020-01-26T00:53:20Z"))
    );
    let stage = json!({ "what": "shipment.stage", "shipment_id": "s1", "from": "label_created", "to": "in_transit" });
    assert_eq!((&told[1]["version"], &told[1]["changes"]), (&json!(2), &json!([stage])));
    let token = shop.backend.token(&id, &["read", "act"]).await;
    assert_eq!(told[1]["order"], shop.backend.read(&id, &token).await.json());
}

#[tokio::test]
async fn nothing_is_told_twice_and_nothing_that_did_not_happen() {
    let shop = Shop::open(&[], &[]).await;
    let id = shop.backend.create("1042").await;
    shop.backend.happen(&id, "e1").await;
    assert_eq!(shop.sends().await, 2);
    shop.backend.happen(&id, "e1").await;
    shop.backend.happen(&id, "another scan on the same way").await;
    let same = crate::support::admin("POST", "/v1/admin/orders", "one-key", &order("1043").to_string());
    let again = crate::support::admin("POST", "/v1/admin/orders", "one-key", &order("1043").to_string());
    assert_eq!(
        (shop.backend.send(same).await.status, shop.backend.send(again).await.status.as_u16()),
        (201.try_into().unwrap(), 201)
    );
    let mut refused = order("1044");
    refused["lines"] = json!("none");
    assert_eq!(shop.backend.admin("POST", "/v1/admin/orders", &refused).await.status, 422);
    assert_eq!(shop.sends().await, 1);
    assert_eq!((shop.systems.events().last().unwrap().as_str(), &shop.told()[2]["number"]), ("order.created", &json!("1043")));
}

#[tokio::test]
async fn whoever_changes_the_order_is_told_of_and_time_too() {
    let shop = Shop::open(&[], &[]).await;
    let promise = json!({ "promised": { "from": "2020-01-27", "to": "2020-01-27" } });
    let shopper = Shopper::of(&shop.backend, "1042", |order| order["shipments"][0]["promise"] = promise).await;
    assert_eq!(shop.sends().await, 1);
    shop.backend.pass(3 * 86_400);
    assert_eq!(shop.backend.app.service.recompute_due().await.unwrap(), 1);
    assert_eq!(shop.sends().await, 1);
    assert!(shop.last_words().contains(&"shipment.verdict".to_owned()), "{:?}", shop.told().last());
    assert_eq!(shopper.asks("a", json!({ "kind": "cancel" })).await.status, 201);
    assert_eq!(shop.sends().await, 1);
    assert_eq!(shop.last_words(), ["case.state", "refund.state"]);
    let path = format!("/v1/admin/orders/{}/refunds/f1", shopper.id);
    assert_eq!(shop.backend.admin("POST", &path, &json!({ "state": "sent" })).await.status, 200);
    assert_eq!(shop.sends().await, 1);
    assert!(shop.last_words().contains(&"refund.state".to_owned()));
    let mut replaced = crate::shopper::order("1042");
    replaced["shipments"] = json!([]);
    assert_eq!(shop.backend.admin("PUT", &format!("/v1/admin/orders/{}", shopper.id), &replaced).await.status, 200);
    assert_eq!(shop.sends().await, 1);
    let gone = shop.told().last().unwrap()["changes"][0].clone();
    assert_eq!((&gone["what"], &gone["shipment_id"], &gone["to"]), (&json!("shipment.stage"), &json!("s1"), &Value::Null));
}

#[tokio::test]
async fn between_two_messages_nothing_changed_that_the_second_does_not_tell() {
    let shop = Shop::open(&[], &[]).await;
    let shopper = Shopper::delivered(&shop.backend, "safe_place").await;
    let report = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    assert_eq!(shopper.asks("report", report).await.status, 201);
    assert_eq!(shopper.asks("cancel", json!({ "kind": "cancel" })).await.status, 201);
    shop.backend.pass(48 * 3_600);
    assert_eq!(shop.backend.app.service.recompute_due().await.unwrap(), 1);
    let path = format!("/v1/admin/orders/{}/refunds/f1", shopper.id);
    assert_eq!(shop.backend.admin("POST", &path, &json!({ "state": "sent" })).await.status, 200);
    shop.backend.pass(30 * 86_400);
    let now = shopper.order().await;
    shop.sends().await;
    let (told, order) = (shop.told(), |document: &Value| Order::from_json(&document.to_string()).unwrap());
    assert!(told.len() >= 6, "{}", told.len());
    for pair in told.windows(2) {
        assert_eq!(json!(changes(&order(&pair[0]["order"]), &order(&pair[1]["order"]))), pair[1]["changes"]);
    }
    assert_eq!(changes(&order(&told.last().unwrap()["order"]), &order(&now)), []);
}

#[tokio::test]
async fn a_failure_is_repeated_to_the_byte_and_keeps_back_its_own_order_only() {
    let shop = Shop::open(&[503], &[]).await;
    let first = shop.backend.create("1042").await;
    shop.backend.happen(&first, "e1").await;
    shop.backend.create("1043").await;
    assert_eq!(shop.sends().await, 2, "the failed one, and the other order");
    assert_eq!(shop.listed("channel=webhook&state=waiting").await.len(), 2);
    shop.backend.pass(5);
    assert_eq!(shop.sends().await, 0, "too early");
    shop.backend.pass(10);
    assert_eq!(shop.sends().await, 2);
    assert_eq!(shop.systems.events(), ["order.created", "order.created", "order.created", "order.updated"]);
    let (heard, ids) = (shop.systems.heard(), shop.systems.values("doorstep-id"));
    assert!(heard[0].1 == heard[2].1 && ids[0] == ids[2] && ids[1] != ids[0]);
    assert_eq!(shop.told()[3]["order_id"], json!(first));
    assert_eq!(shop.listed("channel=webhook&state=sent").await.len(), 3);
}

#[tokio::test]
async fn what_will_never_be_taken_is_put_aside_listed_and_sent_again() {
    for status in [410, 401] {
        let shop = Shop::open(&[status], &["--helpdesk-url", "https://helpdesk.example/"]).await;
        let id = shop.backend.create("1042").await;
        shop.backend.happen(&id, "e1").await;
        assert_eq!(shop.sends().await, 2, "the dead one does not hold up the next");
        let dead = shop.listed("channel=webhook").await;
        assert_eq!((dead.len(), &dead[0]["channel"], &dead[0]["order_id"]), (1, &json!("webhook"), &json!(id)));
        assert_eq!((&dead[0]["event"], dead[0].get("case_id")), (&json!("order.created"), None));
        assert_eq!((shop.listed("").await.len(), shop.listed("channel=helpdesk").await.len()), (1, 0));
        let message = dead[0]["id"].as_str().unwrap();
        let of_the_helpdesk = format!("/v1/admin/helpdesk/messages/{message}/resend");
        assert_eq!(shop.backend.admin("POST", &of_the_helpdesk, &json!({})).await.problem().1, "unknown-message");
        let path = format!("/v1/admin/messages/{message}/resend");
        assert_eq!(shop.backend.admin("POST", &path, &json!({})).await.status, 202);
        assert_eq!(shop.sends().await, 1);
        let told = shop.told();
        assert_eq!((&told[0], told[2]["version"].as_u64()), (&told[2], Some(1)), "what it said then");
        assert!(shop.listed("").await.is_empty());
    }
    let shop = Shop::open(&[], &[]).await;
    let bearer = format!("Bearer {ADMIN_KEY}");
    for query in ["channel=pigeon", "state=lost"] {
        let answer = shop.backend.get(&format!("/v1/admin/messages?{query}"), &[("authorization", &bearer)]).await;
        assert_eq!(answer.problem(), (422, "invalid-body".to_owned()), "{query}");
    }
}

#[tokio::test]
async fn the_helpdesk_and_the_shops_systems_hear_of_a_case_side_by_side() {
    let (desk, url) = Receiver::open(&[SILENCE]).await;
    let shop = Shop::open(&[], &["--helpdesk-url", &url, "--helpdesk-allow-private"]).await;
    let Shop { backend, sender, systems } = shop;
    let (service, shutdown) = (backend.app.service.clone(), backend.app.shutdown.clone());
    let to_desk = helpdesk::sender(&backend.app.config).unwrap().unwrap();
    let running = [sender, to_desk].map(|sender| tokio::spawn(sender.run(service.clone(), shutdown.clone())));
    let shopper = Shopper::delivered(&backend, "safe_place").await;
    let report = json!({ "kind": "report_non_receipt", "shipment_id": "s1", "outcome": "refund" });
    assert_eq!(shopper.asks("open", report).await.status, 201);
    desk.hears(1).await;
    systems.hears(3).await;
    assert_eq!((desk.events(), systems.events().len()), (vec!["case.opened".to_owned()], 3));
    let last: Value = serde_json::from_slice(&systems.heard()[2].1).unwrap();
    assert_eq!((&last["changes"][0]["what"], &last["changes"][0]["case_id"]), (&json!("case.state"), &json!("c1")));
    shutdown.cancel();
    running.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn nothing_is_kept_for_nobody_nothing_goes_unsigned_and_a_private_address_must_be_meant() {
    let backend = Backend::start(&[]).await;
    backend.create("1042").await;
    assert!(webhook::sender(&backend.app.config).unwrap().is_none());
    assert!(backend.app.service.messages(None, MessageState::Waiting).await.unwrap().is_empty());
    for (flags, advice) in [
        (&["--webhook-url", "https://shop.example/"][..], "DOORSTEP_WEBHOOK_SECRET"),
        (&["--webhook-url", "https://shop.example/", "--webhook-secret", ""], "DOORSTEP_WEBHOOK_SECRET"),
        (&["--webhook-url", "https://10.0.0.1/", "--webhook-secret", SECRET], "--webhook-allow-private"),
        (&["--webhook-url", "http://shop.example/", "--webhook-secret", SECRET], "https://"),
    ] {
        let backend = Backend::start(flags).await;
        let why = webhook::sender(&backend.app.config).err().unwrap();
        assert!(why.contains(advice), "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_loses_no_update_and_keeps_their_order() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let (systems, url) = Receiver::open(&[SILENCE]).await;
    let flags = ["--webhook-url", &url, "--webhook-secret", SECRET, "--webhook-allow-private"];
    let mut process = Process::start_with(&file, &flags);
    for number in ["1042", "1043"] {
        let mut body = order(number);
        body["id"] = json!(number);
        assert_eq!(write(&process.address, "/v1/admin/orders", number, &body).unwrap().0, 201);
        let path = format!("/v1/admin/orders/{number}/events");
        assert_eq!(write(&process.address, &path, &format!("{number}-e1"), &event("e1")).unwrap().0, 200);
    }
    systems.hears(1).await;
    process.signal("-KILL");
    process.ended();
    let _again = Process::start_with(&file, &flags);
    systems.hears(5).await;
    let (heard, ids) = (systems.heard(), systems.values("doorstep-id"));
    assert_eq!((&ids[0], &heard[0].1), (&ids[1], &heard[1].1), "what was under way is sent again");
    for number in ["1042", "1043"] {
        let told = heard[1..].iter().map(|(_, body)| serde_json::from_slice::<Value>(body).unwrap());
        let versions: Vec<_> = told.filter(|told| told["order_id"] == number).map(|told| told["version"].clone()).collect();
        assert_eq!(versions, [1, 2], "{number}");
    }
}
