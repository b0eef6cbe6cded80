//! Tests of the registration of tracking numbers, with a server in the place of the provider's API: each number is given once, repeated
//! after a failure, and listed with advice when it is refused.

use doorstep_backend::registration;
use doorstep_outbound::RegistrationSender;
use doorstep_providers::registration::RegistrationProvider;
use doorstep_service::store::{Channel, MessageState};
use serde_json::{Value, json};

use crate::provider_api::{ProviderApi, Scripted, error};
use crate::support::{ADMIN_KEY, Answer, Backend, admin, order};

pub(crate) const KEY: &str = "key_of_the_tests_0001";

pub(crate) struct Shop {
    pub(crate) backend: Backend,
    sender: RegistrationSender,
    pub(crate) api: ProviderApi,
}

impl Shop {
    async fn open(scripted: &[Scripted]) -> Self {
        Self::with(scripted, &["--register-with", "aftership"]).await
    }

    pub(crate) async fn with(scripted: &[Scripted], flags: &[&str]) -> Self {
        let (api, url) = ProviderApi::open(scripted).await;
        let mut own = vec!["--registration-allow-private".to_owned()];
        for provider in RegistrationProvider::ALL.map(RegistrationProvider::as_str) {
            own.extend([format!("--registration-url={provider}={url}"), format!("--{provider}-api-key={KEY}")]);
        }
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let backend = Backend::start(&[&own, flags].concat()).await;
        let sender = registration::sender(&backend.app.config).unwrap().unwrap();
        Self { backend, sender, api }
    }

    /// Creates an order with this id and this tracking number.
    pub(crate) async fn create(&self, id: &str, number: &str) {
        assert_eq!(self.backend.admin("POST", "/v1/admin/orders", &body(id, number)).await.status, 201);
    }

    async fn replace(&self, id: &str, body: &Value) -> Answer {
        let answer = self.backend.admin("PUT", &format!("/v1/admin/orders/{id}"), body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer
    }

    /// Sends all registrations that are due. Returns the number of attempts.
    pub(crate) async fn sends(&self) -> u32 {
        let mut attempts = 0;
        while self.sender.send_next(&self.backend.app.service).await.unwrap() {
            attempts += 1;
        }
        attempts
    }

    pub(crate) async fn listed(&self, state: &str) -> Vec<Value> {
        let bearer = format!("Bearer {ADMIN_KEY}");
        let path = format!("/v1/admin/messages?channel=registration&state={state}");
        let answer = self.backend.get(&path, &[("authorization", &bearer)]).await;
        answer.json()["messages"].as_array().unwrap().clone()
    }

    async fn resend(&self, message: &Value) -> Answer {
        let path = format!("/v1/admin/messages/{}/resend", message["id"].as_str().unwrap());
        self.backend.admin("POST", &path, &json!({})).await
    }
}

pub(crate) fn body(id: &str, number: &str) -> Value {
    let mut body = order(id);
    body["id"] = json!(id);
    body["destination"] = json!({ "lines": ["1 Private Road"], "country": "GB" });
    body["shipments"][0]["tracking_number"] = json!(number);
    body
}

fn refused(code: u32) -> Scripted {
    Scripted::Answer(400, None, error(code))
}

#[tokio::test]
async fn a_new_number_is_given_once_however_often_its_order_is_written() {
    let shop = Shop::open(&[]).await;
    shop.create("a", "1Z 42").await;
    assert_eq!(shop.sends().await, 1);
    let heard = shop.api.heard().remove(0);
    assert_eq!(heard.path, "/tracking/2026-01/trackings");
    assert_eq!(heard.headers["as-api-key"], KEY);
    assert_eq!(heard.body, json!({ "tracking_number": "1Z42", "slug": "ups", "destination_country_region": "GBR" }));
    for _ in 0..2 {
        shop.replace("a", &body("a", "1z-42")).await;
    }
    shop.backend.happen("a", "e1").await;
    let mut without = body("a", "1Z 42");
    without["shipments"] = json!([]);
    shop.replace("a", &without).await;
    shop.replace("a", &body("a", "1Z 42")).await;
    assert_eq!((shop.sends().await, shop.api.numbers().len()), (0, 1));
    let sent = shop.listed("sent").await;
    assert_eq!((sent.len(), &sent[0]["event"], sent[0].get("registration")), (1, &json!("register.aftership"), None));
}

#[tokio::test]
async fn a_number_of_two_orders_is_given_once_and_two_numbers_of_an_order_do_not_wait_for_each_other() {
    let shop = Shop::open(&[Scripted::Answer(503, None, json!({}))]).await;
    shop.create("a", "1Z 42").await;
    shop.create("b", "1Z42").await;
    let mut both = body("a", "1Z 42");
    let mut second = both["shipments"][0].clone();
    (second["id"], second["tracking_number"], second["lines"]) = (json!("s2"), json!("1Z 43"), json!([]));
    both["shipments"].as_array_mut().unwrap().push(second);
    shop.replace("a", &both).await;
    assert_eq!(shop.sends().await, 2);
    assert_eq!(shop.listed("waiting").await[0]["reason"], "unavailable");
    shop.backend.pass(20);
    assert_eq!(shop.sends().await, 1);
    assert_eq!(shop.api.numbers(), ["1Z42", "1Z43", "1Z42"]);
    assert_eq!(shop.api.registered().len(), 2);
}

#[tokio::test]
async fn a_number_that_the_provider_has_already_is_registered() {
    let shop = Shop::open(&[refused(4003)]).await;
    shop.create("a", "1Z 42").await;
    assert_eq!((shop.sends().await, shop.listed("sent").await.len()), (1, 1));
}

#[tokio::test]
async fn a_provider_that_asks_for_a_pause_gets_it_for_all_numbers_and_then_all_of_them() {
    let shop = Shop::open(&[Scripted::Answer(429, Some(30), error(429))]).await;
    for id in ["a", "b", "c"] {
        shop.create(id, &format!("1Z {id}")).await;
    }
    shop.sends().await;
    assert_eq!(shop.api.heard().len(), 1, "the others are not sent in the pause");
    let waiting = shop.listed("waiting").await;
    assert_eq!((waiting.len(), &waiting[0]["reason"], &waiting[0]["attempts"]), (3, &json!("rate-limited"), &json!(0)));
    shop.backend.pass(29);
    assert_eq!(shop.sends().await, 0);
    shop.backend.pass(1);
    assert_eq!((shop.sends().await, shop.api.registered().len()), (3, 3));
}

#[tokio::test]
async fn a_key_that_is_refused_loses_no_number() {
    let shop = Shop::open(&[]).await;
    for id in ["a", "b"] {
        shop.create(id, &format!("1Z {id}")).await;
    }
    for _ in 0..30 {
        shop.api.will(Scripted::Answer(401, None, error(401)));
        shop.sends().await;
        shop.backend.pass(900);
    }
    assert_eq!(shop.api.heard().len(), 30, "one number at a time finds out");
    let waiting = shop.listed("waiting").await;
    assert!(waiting.iter().all(|message| message["reason"] == "key-refused"), "{waiting:?}");
    assert!(waiting[0]["what_to_do"].as_str().unwrap().starts_with("Set a valid API key"));
    assert!(shop.listed("dead").await.is_empty());
    shop.sends().await;
    assert_eq!((shop.listed("sent").await.len(), shop.api.registered().len()), (2, 2));
}

#[tokio::test]
async fn a_refused_number_is_listed_with_what_to_do_and_can_be_sent_again() {
    let invalid = json!({ "meta": { "code": 4005, "type": "BadRequest" }, "data": {} });
    let shop = Shop::open(&[Scripted::Answer(422, None, invalid)]).await;
    shop.create("a", "1Z 42").await;
    assert_eq!(shop.sends().await, 1);
    let dead = shop.listed("dead").await.remove(0);
    assert_eq!(
        (&dead["reason"], &dead["channel"], &dead["order_id"]),
        (&json!("invalid-number"), &json!("registration"), &json!("a"))
    );
    assert!(dead["what_to_do"].as_str().unwrap().contains("Compare the number with the label"));
    assert!(dead["last_error"].as_str().unwrap().contains("4005"));
    let registration = json!({ "provider": "aftership", "shipment_id": "s1", "tracking_number": "1Z 42", "carrier": "ups" });
    assert_eq!(dead["registration"], registration);
    shop.replace("a", &body("a", "1Z 42")).await;
    assert_eq!(shop.sends().await, 0, "the refusal stands until somebody acts");
    assert_eq!(shop.resend(&dead).await.status, 202);
    assert_eq!((shop.sends().await, shop.listed("sent").await.len()), (1, 1));
}

#[tokio::test]
async fn a_number_that_is_corrected_before_it_was_sent_is_registered_in_place_of_the_wrong_one() {
    let shop = Shop::open(&[]).await;
    shop.create("a", "1Z wrong").await;
    shop.create("b", "1Z wrong").await;
    for id in ["a", "b"] {
        shop.replace(id, &body(id, "1Z right")).await;
    }
    assert_eq!((shop.sends().await, shop.api.numbers()), (1, vec!["1Zright".to_owned()]));
    shop.replace("a", &body("a", "1Z wrong")).await;
    assert_eq!((shop.sends().await, shop.api.numbers().len()), (1, 2), "the first number may come back");
}

#[tokio::test]
async fn a_carrier_that_the_provider_needs_and_does_not_know_is_said_before_anything_is_sent_and_its_correction_is_enough() {
    let shop = Shop::with(&[], &["--register-with", "shippo"]).await;
    let mut new = body("a", "HK 42");
    new["shipments"][0]["carrier"] = json!({ "code": "hafenkurier", "name": "Hafenkurier" });
    assert_eq!(shop.backend.admin("POST", "/v1/admin/orders", &new).await.status, 201);
    assert_eq!((shop.sends().await, shop.api.heard().len()), (1, 0));
    let dead = shop.listed("dead").await.remove(0);
    assert_eq!((&dead["reason"], &dead["registration"]["carrier"]), (&json!("unknown-carrier"), &json!("hafenkurier")));
    assert!(dead["what_to_do"].as_str().unwrap().contains("--register-carrier"));
    new["shipments"][0]["carrier"] = json!({ "code": "ups", "name": "UPS" });
    shop.replace("a", &new).await;
    assert_eq!(shop.sends().await, 1);
    assert_eq!((shop.api.heard()[0].path.as_str(), &shop.api.heard()[0].body["carrier"]), ("/tracks/", &json!("ups")));
    assert!(shop.listed("dead").await.is_empty(), "the refusal is settled");
    assert_eq!(shop.resend(&dead).await.problem().1, "unknown-message");
}

#[tokio::test]
async fn nothing_is_registered_without_a_provider() {
    let backend = Backend::start(&[]).await;
    backend.create("1042").await;
    assert!(registration::sender(&backend.app.config).unwrap().is_none());
    assert!(backend.app.service.messages(Some(Channel::Registration), MessageState::Waiting).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_erased_order_leaves_no_registration_and_what_another_order_has_is_kept_for_it() {
    let shop = Shop::open(&[]).await;
    shop.create("a", "PERSONAL 1").await;
    shop.create("b", "PERSONAL 2").await;
    shop.create("c", "PERSONAL 2").await;
    for id in ["a", "b"] {
        let bearer = format!("Bearer {ADMIN_KEY}");
        let erase = crate::support::request("DELETE", &format!("/v1/admin/orders/{id}"), &[("authorization", &bearer)], "");
        assert_eq!(shop.backend.send(erase).await.status, 204);
    }
    let waiting = shop.listed("waiting").await;
    assert_eq!((waiting.len(), &waiting[0]["order_id"]), (1, &json!("c")));
    assert_eq!((shop.sends().await, shop.api.numbers()), (1, vec!["PERSONAL2".to_owned()]));
    // The carrier may use the number again, for another order.
    shop.create("d", "PERSONAL 1").await;
    shop.create("e", "PERSONAL 2").await;
    assert_eq!((shop.sends().await, shop.api.numbers().len()), (1, 2));
}

#[tokio::test]
async fn a_repeated_request_of_the_shop_registers_nothing_twice() {
    let shop = Shop::open(&[]).await;
    for _ in 0..2 {
        let create = admin("POST", "/v1/admin/orders", "one-key", &body("a", "1Z 42").to_string());
        assert_eq!(shop.backend.send(create).await.status, 201);
    }
    assert_eq!(shop.sends().await, 1);
}
