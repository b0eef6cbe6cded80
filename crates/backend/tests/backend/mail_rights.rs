//! Tests of a shopper's rights with mails: who gets them, how they end, what the law requires, and that the address is kept nowhere else.

use doorstep_backend::mail;
use serde_json::{Value, json};

use crate::erasure::{asks, bytes_with};
use crate::mail_post::{ADDRESS, API, Post, UNTIL_MORNING_S, subjects};
use crate::mail_server::Answer;
use crate::shopper::{Shopper, order};
use crate::support::Backend;

#[tokio::test]
async fn one_click_ends_the_mails_and_another_begins_them_again() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    post.happens(&shopper.id, "s1", "in_transit", json!({})).await;
    let mail = post.mails_after_a_while().await.remove(0);
    let address = mail.header("list-unsubscribe").trim_matches(['<', '>']).to_owned();
    assert_eq!(mail.link(&format!("{API}/v1/unsubscribe")), address);
    let page = post.backend.get(address.strip_prefix(API).unwrap(), &[]).await;
    assert!(page.status.is_success() && page.body.contains("<html lang=\"de\"") && !page.body.contains(ADDRESS), "{page:?}");
    assert!(!page.body.contains("<script") && page.header("content-security-policy").starts_with("default-src 'none'"));
    let wrong = address.replace("token=", "token=x");
    for address in [wrong.as_str(), &format!("{API}/v1/unsubscribe"), &format!("{API}/v1/unsubscribe?order=ord_1&token=x")] {
        assert_eq!(post.clicks(address, "List-Unsubscribe=One-Click").await.status, 404, "{address}");
    }
    post.backend.pass(13 * 3_600);
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    for _ in 0..2 {
        let answer = post.clicks(&address, "List-Unsubscribe=One-Click").await;
        assert!(answer.status.is_success() && answer.header("set-cookie").is_empty(), "{answer:?}");
    }
    post.backend.pass(10 * 3_600);
    assert_eq!(post.mails_after_a_while().await.len(), 0, "the mail that waited for the morning is not sent either");
    post.happens(&shopper.id, "s1", "delivered", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0);
    let withdrawal = json!({ "kind": "withdraw", "contact": ADDRESS, "answers": { "name": "Ada", "confirmed": "yes" } });
    assert_eq!(shopper.asks("a", withdrawal).await.status, 201);
    assert_eq!(subjects(&post.mails_after_a_while().await), ["Bestellung 1042: Ihr Widerruf ist eingegangen"]);
    assert!(post.clicks(&address, "mails=begin").await.status.is_success());
    let answer = json!({ "message": "Wir schauen nach." });
    let told = post.backend.admin("POST", &format!("/v1/admin/orders/{}/cases/c1", shopper.id), &answer).await;
    assert_eq!(told.status, 200, "{told:?}");
    let mails = post.mails_after_a_while().await;
    assert_eq!(subjects(&mails), ["Bestellung 1042: Antwort auf Ihre Anfrage"]);
    assert!(mails[0].text.contains("> Wir schauen nach."), "{}", mails[0].text);
}

#[tokio::test]
async fn a_withdrawal_is_acknowledged_at_once_also_at_night_with_declaration_date_and_time() {
    let post = Post::open(&[], &["--mail-events", "delivered"]).await;
    post.backend.pass(15 * 3_600);
    let shopper = post.shopper(|_| {}).await;
    let body =
        json!({ "kind": "withdraw", "contact": ADDRESS, "answers": { "name": "Ada <b>Lovelace</b>", "confirmed": "yes" } });
    let case = shopper.asks("a", body).await.json();
    assert_eq!(post.sends().await, 1);
    let mail = post.server.mails().remove(0);
    assert_eq!(mail.header("list-unsubscribe"), "", "nobody can unsubscribe from it");
    for part in [
        "widerrufen",
        "1042",
        "Montag, 27. Januar 2020, 01:00 Uhr",
        "Europe/Berlin",
        "Ada <b>Lovelace</b>",
        "2× Rain jacket",
        case["reference"].as_str().unwrap(),
    ] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    assert!(mail.html.contains("Ada &lt;b&gt;Lovelace&lt;/b&gt;"), "{}", mail.html);
}

#[tokio::test]
async fn an_order_gets_mails_only_if_the_shop_says_so_and_only_about_what_happens_from_then_on() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|order| order["notify"] = json!(null)).await;
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0);
    let put = async |change: fn(&mut Value)| {
        let mut body = order("1042");
        body["unshipped"] = json!([]);
        change(&mut body);
        let answer = post.backend.admin("PUT", &format!("/v1/admin/orders/{}", shopper.id), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        asks(&post.backend, "GET", &format!("/v1/admin/orders/{}/export", shopper.id)).await.json()["mails"].clone()
    };
    assert_eq!(put(|_| {}).await, json!(null));
    let kept = json!({ "email": ADDRESS, "lang": "de", "unsubscribed_at": null });
    assert_eq!(put(|order| (order["notify"], order["lang"]) = (json!(true), json!("de"))).await, kept);
    assert_eq!(put(|_| {}).await, kept);
    assert_eq!(post.mails_after_a_while().await.len(), 0, "it was out for delivery before");
    assert_eq!(put(|order| order["email"] = json!("grace@example.org")).await["email"], "grace@example.org");
    post.happens(&shopper.id, "s1", "delivered", json!({})).await;
    assert_eq!(post.mails_after_a_while().await[0].to, "grace@example.org");
    assert_eq!(put(|order| order["notify"] = json!(false)).await, json!(null));
}

#[tokio::test]
async fn no_name_or_number_adds_a_header_or_markup() {
    let hostile = "x\r\nBcc: eve@example.net\r\n\r\n<script>alert(1)</script>\u{2028}\u{202e}";
    let post = Post::open(&[], &["--shop-name", hostile]).await;
    let shopper = post
        .shopper(|order| {
            order["number"] = json!(hostile);
            order["lines"][0]["title"] = json!(hostile);
            order["shipments"][0]["carrier"]["name"] = json!(hostile);
        })
        .await;
    let delivered = json!({ "delivered": { "to": "neighbour", "detail": hostile, "signed_by": hostile } });
    post.happens(&shopper.id, "s1", "delivered", delivered).await;
    let mail = post.mails_after_a_while().await.remove(0);
    assert_eq!(mail.to, ADDRESS);
    assert_eq!(mail.header("bcc"), "");
    assert!(!mail.raw.lines().any(|line| line.starts_with("Bcc")), "{}", mail.raw);
    assert!(!mail.html.contains("<script>alert") && mail.html.matches("<script").count() == 1, "{}", mail.html);
    assert!(!mail.text.contains('\u{202e}') && !mail.text.contains('\u{2028}'));
    assert_eq!(mail.header("content-type").split(';').next(), Some("multipart/alternative"));
}

#[tokio::test]
async fn the_address_is_in_no_file_in_clear_and_nothing_of_it_is_left_after_the_erasure() {
    let post = Post::open(&[Answer::Refuse(550)], &[]).await;
    let shopper = post.shopper(|order| order["email"] = json!("PERSONAL@example.org")).await;
    let path = format!("/v1/admin/orders/{}", shopper.id);
    post.happens(&shopper.id, "s1", "in_transit", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0, "it was refused");
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    let other = post.backend.create("other").await;
    assert_eq!(bytes_with(&post.backend, b"PERSONAL@"), Vec::<String>::new());
    assert_eq!(asks(&post.backend, "GET", &format!("{path}/export")).await.json()["mails"]["email"], "PERSONAL@example.org");
    let id = shopper.id.clone().into_bytes();
    assert!(!bytes_with(&post.backend, &id).is_empty());
    assert_eq!(asks(&post.backend, "DELETE", &path).await.status, 204);
    assert_eq!(bytes_with(&post.backend, &id), Vec::<String>::new());
    assert_eq!(post.sends().await, 0, "what waited is not sent");
    assert_eq!(asks(&post.backend, "GET", "/v1/admin/messages?channel=mail&state=dead").await.json()["messages"], json!([]));
    assert_eq!(asks(&post.backend, "GET", &format!("/v1/admin/orders/{other}")).await.status, 200);
}

#[tokio::test]
async fn the_demo_keeps_its_mails_and_sends_none() {
    let backend = Backend::start(&["--demo", "--smtp-url", "smtp://127.0.0.1:9"]).await;
    backend.pass(UNTIL_MORNING_S);
    let mailer = mail::sender(&backend.app).unwrap().unwrap();
    let shopper =
        Shopper::of(&backend, "1042", |order| (order["notify"], order["lang"]) = (json!(true), json!("de-x-informal"))).await;
    let event = json!({ "shipment_id": "s1", "at": { "local": "2020-01-26T08:00:00", "offset_min": 0 }, "stage": "in_transit" });
    backend.admin("POST", &format!("/v1/admin/orders/{}/events", shopper.id), &event).await;
    while mailer.send_next().await.unwrap() {}
    let mails = backend.get("/demo/mails", &[]).await.json()["mails"].clone();
    let list = backend.get("/demo/mails/", &[]).await;
    assert!(list.body.contains("Bestellung 1042: dein Paket ist unterwegs"), "{list:?}");
    let shown = backend.get(&format!("/demo/mails/{}", mails[0]["id"].as_str().unwrap()), &[]).await;
    assert_eq!(
        (shown.body.as_str(), shown.header("content-type")),
        (mails[0]["html"].as_str().unwrap(), "text/html; charset=utf-8")
    );
    assert_eq!(backend.get("/demo/mails/ml_none", &[]).await.problem(), (404, "not-found".to_owned()));
    assert_eq!(
        (&mails[0]["subject"], &mails[0]["lang"]),
        (&json!("Bestellung 1042: dein Paket ist unterwegs"), &json!("de-x-informal"))
    );
    assert!(
        mails[0]["html"].as_str().unwrap().starts_with("<!doctype html>")
            && mails[0]["text"].as_str().unwrap().contains("#doorstep=")
    );
}
