//! Tests of the mails to shoppers, with a mail server that listens: each fact is told once, in the shopper's language and at a decent hour,
//! and no mail is lost.

use serde_json::{Value, json};

use crate::durability::{Process, exchange, write};
use crate::erasure::asks;
use crate::mail_post::{ADDRESS, API, PAGE, Post, flags, subjects};
use crate::mail_server::{Answer, MailServer};
use crate::shopper::order;

#[tokio::test]
async fn a_shopper_reads_in_their_language_when_the_parcel_leaves_comes_and_is_there_and_each_mail_opens_the_order() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    post.happens(&shopper.id, "s1", "in_transit", json!({})).await;
    assert_eq!(post.sends().await, 0, "it waits for further parcels");
    let mut mails = post.mails_after_a_while().await;
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    mails.extend(post.mails_after_a_while().await);
    post.happens(&shopper.id, "s1", "delivered", json!({ "delivered": { "to": "neighbour", "detail": "Familie Yıldız" } })).await;
    mails.extend(post.mails_after_a_while().await);
    let expected = [
        "Bestellung 1042: Ihr Paket ist unterwegs",
        "Bestellung 1042: Ihr Paket ist in der Zustellung",
        "Bestellung 1042: Bei den Nachbarn abgegeben, am Sonntag, 26. Januar 2020",
    ];
    assert_eq!(subjects(&mails), expected);
    for mail in &mails {
        assert_eq!((mail.to.as_str(), mail.header("to"), mail.header("content-language")), (ADDRESS, ADDRESS, "de"));
        assert_eq!(mail.header("from"), "Bücher & Co <orders@shop.example>");
        assert_eq!(
            (mail.header("auto-submitted"), mail.header("list-unsubscribe-post")),
            ("auto-generated", "List-Unsubscribe=One-Click")
        );
        assert!(mail.header("list-unsubscribe").starts_with(&format!("<{API}/v1/unsubscribe?order=")), "{mail:?}");
        let (id, token) = mail.link(PAGE).split_once("#doorstep=").unwrap().1.split_once('/').unwrap();
        assert_eq!(post.backend.read(id, token).await.json()["access"], "full");
        assert!(
            mail.html.contains("lang=\"de\" dir=\"ltr\"") && mail.html.contains("\"@type\":\"ParcelDelivery\""),
            "{}",
            mail.html
        );
        assert!(!mail.html.contains("<img") && !mail.html.contains("src="), "nothing is loaded when the mail is opened");
        assert!(mail.text.contains("2× Rain jacket") && mail.text.contains("Bücher & Co"), "{}", mail.text);
    }
    assert!(mails[2].text.contains("Familie Yıldız"), "{}", mails[2].text);
    let ids: std::collections::BTreeSet<&str> = mails.iter().map(|mail| mail.header("message-id")).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.ends_with("@shop.example>")), "{ids:?}");
}

#[tokio::test]
async fn repeated_and_reordered_updates_tell_nothing_twice() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    for stage in ["in_transit", "in_transit", "out_for_delivery", "in_transit", "out_for_delivery"] {
        post.happens(&shopper.id, "s1", stage, json!({})).await;
    }
    assert_eq!(subjects(&post.mails_after_a_while().await), ["Bestellung 1042: Ihr Paket ist in der Zustellung"]);
    post.happens(&shopper.id, "s1", "delivered", json!({})).await;
    for stage in ["delivered", "in_transit", "out_for_delivery", "delivered"] {
        post.happens(&shopper.id, "s1", stage, json!({})).await;
    }
    assert_eq!(post.mails_after_a_while().await.len(), 1);
    assert_eq!(post.mails_after_a_while().await.len(), 0);
}

#[tokio::test]
async fn parcels_that_leave_one_after_the_other_are_one_mail() {
    let post = Post::open(&[], &[]).await;
    let shopper = post
        .shopper(|order| {
            let second = json!({ "id": "s2", "carrier": { "code": "dhl", "name": "DHL" }, "tracking_number": "JJD 2",
                "lines": [{ "line_id": "l2", "quantity": 3 }] });
            order["shipments"].as_array_mut().unwrap().push(second);
        })
        .await;
    post.happens(&shopper.id, "s1", "in_transit", json!({})).await;
    post.backend.pass(120);
    post.happens(&shopper.id, "s2", "in_transit", json!({})).await;
    let mails = post.mails_after_a_while().await;
    assert_eq!(subjects(&mails), ["Bestellung 1042: 2 Pakete sind unterwegs"]);
    assert!(mails[0].text.contains("Rain jacket") && mails[0].text.contains("Tent"), "{}", mails[0].text);
}

#[tokio::test]
async fn a_shopper_is_not_woken_and_what_is_over_in_the_morning_is_not_told() {
    let post = Post::open(&[], &["--mail-hold", "1s"]).await;
    post.backend.pass(14 * 3_600);
    let shopper = post.shopper(|_| {}).await;
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0);
    post.happens(&shopper.id, "s1", "ready_for_pickup", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0, "it is midnight");
    post.backend.pass(7 * 3_600);
    assert_eq!(subjects(&post.mails_after_a_while().await), ["Bestellung 1042: Ihr Paket liegt zur Abholung bereit"]);
}

#[tokio::test]
async fn a_mail_that_is_tried_again_waits_for_the_morning() {
    let post = Post::open(&[Answer::Refuse(451)], &["--mail-hold", "1s"]).await;
    post.backend.pass(11 * 3_600 + 50 * 60);
    let shopper = post.shopper(|_| {}).await;
    post.happens(&shopper.id, "s1", "ready_for_pickup", json!({})).await;
    assert_eq!(post.mails_after_a_while().await.len(), 0, "the server refuses it shortly before ten");
    assert_eq!(post.mails_after_a_while().await.len(), 0, "it would take it, but it is night");
    post.backend.pass(3_600);
    assert_eq!(post.mails_after_a_while().await.len(), 0);
    post.backend.pass(8 * 3_600 + 900);
    assert_eq!(subjects(&post.mails_after_a_while().await), ["Bestellung 1042: Ihr Paket liegt zur Abholung bereit"]);
}

#[tokio::test]
async fn who_has_not_collected_a_parcel_is_reminded_once() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    let pickup = json!({ "pickup": { "name": "Packstation 137", "lines": ["Gneisenaustraße 4"], "collect_by": "2020-02-01", "code": "7419" } });
    post.happens(&shopper.id, "s1", "ready_for_pickup", pickup).await;
    let ready = post.mails_after_a_while().await;
    assert!(ready[0].text.contains("Packstation 137") && ready[0].text.contains("7419"), "{}", ready[0].text);
    post.backend.pass(4 * 86_400);
    assert_eq!(post.mails_after_a_while().await.len(), 0);
    post.backend.pass(86_400);
    assert_eq!(subjects(&post.mails_after_a_while().await), ["Bestellung 1042: bitte denken Sie an die Abholung"]);
    post.backend.pass(3_600);
    assert_eq!(post.mails_after_a_while().await.len(), 0);
}

#[tokio::test]
async fn a_refused_address_is_a_dead_letter_without_the_address_and_a_busy_server_is_asked_again() {
    let post = Post::open(&[Answer::Refuse(451), Answer::Refuse(550)], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    post.happens(&shopper.id, "s1", "out_for_delivery", json!({})).await;
    assert_eq!((post.sends().await, post.server.mails().len()), (1, 0));
    post.backend.pass(15);
    assert_eq!((post.sends().await, post.server.mails().len()), (1, 0));
    let dead = asks(&post.backend, "GET", "/v1/admin/messages?channel=mail&state=dead").await;
    let message = &dead.json()["messages"][0];
    assert_eq!((&message["attempts"], &message["event"]), (&json!(2), &json!("out_for_delivery")));
    let reason = message["last_error"].as_str().unwrap();
    assert!(reason.starts_with("the mail server answered 550: ") && !reason.contains(ADDRESS), "{reason}");
    let path = format!("/v1/admin/messages/{}/resend", message["id"].as_str().unwrap());
    assert_eq!(post.backend.admin("POST", &path, &json!({})).await.status, 202);
    assert_eq!((post.sends().await, post.server.mails().len()), (1, 1));
}

#[tokio::test]
async fn an_old_delivery_is_not_told() {
    let post = Post::open(&[], &[]).await;
    let shopper = post.shopper(|_| {}).await;
    let event = json!({ "shipment_id": "s1", "at": { "local": "2020-01-20T12:00:00", "offset_min": 0 }, "stage": "delivered" });
    let answer = post.backend.admin("POST", &format!("/v1/admin/orders/{}/events", shopper.id), &event).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(post.mails_after_a_while().await.len(), 0);
}

#[test]
fn a_mail_whose_answer_was_lost_is_sent_again_with_the_same_message_id() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let server = MailServer::open(&[Answer::Silence]);
    let own = flags(&server);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let mut process = Process::start_with(&file, &own);
    let mut body = order("1042");
    (body["id"], body["notify"], body["time_zone"]) = (json!("shop-1042"), json!(true), json!("UTC"));
    let created = write(&process.address, "/v1/admin/orders", "create", &body).unwrap();
    assert_eq!(created.0, 201, "{created:?}");
    // A withdrawal is acknowledged at every hour, so the time of the test does not matter.
    let (_, token) =
        write(&process.address, "/v1/admin/orders/shop-1042/token", "mint", &json!({ "scopes": ["read", "act"] })).unwrap();
    let token: Value = serde_json::from_str(&token).unwrap();
    let headers = format!(
        "authorization: Bearer {}\r\ncontent-type: application/json\r\nidempotency-key: one\r\nif-match: *\r\n",
        token["token"].as_str().unwrap()
    );
    let withdrawal = json!({ "kind": "withdraw", "contact": ADDRESS, "answers": { "name": "Ada", "confirmed": "yes" } });
    let asked = exchange(&process.address, "POST", "/v1/orders/shop-1042/requests", &headers, &withdrawal.to_string());
    assert_eq!(asked.as_ref().map(|(status, _)| *status), Some(201), "{asked:?}");
    server.wait_for(1);
    process.signal("-KILL");
    process.ended();
    let _again = Process::start_with(&file, &own);
    let mails = server.wait_for(2);
    assert_eq!(mails[0].header("message-id"), mails[1].header("message-id"));
    assert_eq!((mails[0].subject(), mails[0].header("date")), (mails[1].subject(), mails[1].header("date")));
}
