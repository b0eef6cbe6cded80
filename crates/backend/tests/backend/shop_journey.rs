//! The way of an order from a shop platform to the shopper's mails: signed webhooks of Shopify and EasyPost, one registration of the
//! tracking number, and three mails in the language of the order.

use doorstep_backend::registration;
use serde_json::{Value, json};

use crate::mail_post::{ADDRESS, PAGE, Post, subjects};
use crate::provider_api::ProviderApi;
use crate::shops::{ORDER, fulfillment, shopify, shopify_order};
use crate::signing::{Provider, SECRET, post};

/// Reports a scan that was made now, twice.
async fn scanned(shop: &Post, status: &str, message: &str) {
    let at = shop.backend.app.service.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let details =
        json!([{"message": message, "status": status, "datetime": at, "tracking_location": {"city": "BERLIN", "country": "DE"}}]);
    let body = json!({"object": "Event", "description": "tracker.updated", "result": {"object": "Tracker", "tracking_code": "1Z1042",
        "carrier": "UPS", "status": status, "tracking_details": details}});
    let body = body.to_string();
    for _ in 0..2 {
        let answer = post(&shop.backend, Provider::EasyPost, &body, &Provider::EasyPost.proof(&body, 0, SECRET)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

fn of_today(mut body: Value) -> Value {
    for field in ["created_at", "updated_at", "processed_at"] {
        if body.get(field).is_some() {
            body[field] = json!("2020-01-26T09:30:00+01:00");
        }
    }
    if body.get("email").is_some() {
        (body["email"], body["contact_email"]) = (json!(ADDRESS), json!(ADDRESS));
        body["line_items"][0]["quantity"] = json!(2);
    }
    body
}

#[tokio::test]
async fn an_order_of_a_platform_is_registered_once_and_told_in_three_mails_in_german() {
    let (api, url) = ProviderApi::open(&[]).await;
    let url = format!("--registration-url=aftership={url}");
    let shop = ["--shopify-secret", SECRET, "--easypost-secret", SECRET, "--notify-shop-orders"];
    let provider =
        ["--register-with", "aftership", "--aftership-api-key", "key_of_the_tests_0001", "--registration-allow-private", &url];
    let shop = Post::open(&[], &[&shop[..], &provider].concat()).await;
    let registrations = registration::sender(&shop.backend.app.config).unwrap().unwrap();
    let service = &shop.backend.app.service;
    let mut mails = Vec::new();
    for (topic, body) in
        [("fulfillments/create", fulfillment()), ("orders/create", shopify_order()), ("orders/updated", shopify_order())]
    {
        for _ in 0..2 {
            assert_eq!(shopify(&shop.backend, topic, &of_today(body.clone())).await.status, 200);
            service.compose_shop_orders().await.unwrap();
            while registrations.send_next(service).await.unwrap() {}
        }
    }
    for (status, message) in
        [("in_transit", "DEPARTED FACILITY"), ("out_for_delivery", "OUT FOR DELIVERY"), ("delivered", "DELIVERED")]
    {
        scanned(&shop, status, message).await;
        mails.extend(shop.mails_after_a_while().await);
        shopify(&shop.backend, "orders/updated", &of_today(shopify_order())).await;
        service.compose_shop_orders().await.unwrap();
        mails.extend(shop.mails_after_a_while().await);
    }
    let expected = ["ist unterwegs", "ist in der Zustellung", "Zugestellt"];
    let subjects = subjects(&mails);
    let is_told = |(subject, words): (&&str, &str)| subject.contains(words);
    assert!(subjects.len() == 3 && subjects.iter().zip(expected).all(is_told), "{subjects:?}");
    for mail in &mails {
        assert_eq!((mail.to.as_str(), mail.header("content-language")), (ADDRESS, "de-DE"));
        let (id, token) = mail.link(PAGE).split_once("#doorstep=").unwrap().1.split_once('/').unwrap();
        assert_eq!((id, shop.backend.read(id, token).await.json()["access"].as_str()), (ORDER, Some("full")));
    }
    assert_eq!(api.numbers(), ["1Z1042"]);
}

#[tokio::test]
async fn a_refusal_of_mails_is_kept_and_mails_end_with_the_address() {
    let shop = Post::open(&[], &["--shopify-secret", SECRET, "--notify-shop-orders"]).await;
    let address = async || {
        let export = shop.backend.admin("GET", &format!("/v1/admin/orders/{ORDER}/export"), &Value::Null).await.json();
        export["mails"]["email"].as_str().map(str::to_owned)
    };
    let send = async |at: &str, change: &dyn Fn(&mut Value)| {
        let mut body = of_today(shopify_order());
        body["updated_at"] = json!(at);
        change(&mut body);
        assert_eq!(shopify(&shop.backend, "orders/updated", &body).await.status, 200);
        shop.backend.app.service.compose_shop_orders().await.unwrap();
    };
    send("2020-01-26T10:00:00+01:00", &|_| {}).await;
    assert_eq!(address().await.as_deref(), Some(ADDRESS));
    send("2020-01-26T11:00:00+01:00", &|body| (body["email"], body["contact_email"]) = (json!(null), json!(null))).await;
    assert_eq!(address().await, None, "the shop has no address any more");
    send("2020-01-26T12:00:00+01:00", &|_| {}).await;
    assert_eq!(address().await.as_deref(), Some(ADDRESS));
    let order = json!({"number": "#1001", "placed_at": "2020-01-24T10:00:00+01:00", "time_zone": "Europe/Berlin", "notify": false,
        "lines": [{"id": "11", "title": "Wool socks", "quantity": 2}], "unshipped": [{"line_id": "11", "quantity": 2}]});
    assert_eq!(shop.backend.admin("PUT", &format!("/v1/admin/orders/{ORDER}"), &order).await.status, 200);
    send("2020-01-26T13:00:00+01:00", &|body| body["line_items"][0]["title"] = json!("Merino socks")).await;
    assert_eq!(address().await, None, "the retailer has refused");
}
