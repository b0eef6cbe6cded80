use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_contract::{CaseId, Order};
use doorstep_documents::news::{News, facts};
use doorstep_service::Declaration;
use lettre::message::Mailbox;
use serde_json::{Value, json};

use crate::content::{Content, Source, content};
use crate::html::html;
use crate::message::{Head, mime};
use crate::text::text;

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

fn order(changes: &Value) -> Value {
    let mut order = json!({
        "id": "ord_1", "number": "1042", "version": 1, "as_of": "2026-11-20T11:59:03Z", "time_zone": "Europe/London", "access": "full",
        "lines": [{ "id": "l1", "title": "Rain jacket", "quantity": 2 }, { "id": "l2", "title": "Tent", "quantity": 1 }],
        "shipments": [parcel("s1", "l1", "in_transit"), parcel("s2", "l2", "label_created")]
    });
    for (name, value) in changes.as_object().expect("an object") {
        order[name] = value.clone();
    }
    order
}

fn parcel(id: &str, line: &str, stage: &str) -> Value {
    json!({ "id": id, "direction": "outbound", "carrier": { "code": "dhl", "name": "DHL" }, "tracking_number": format!("JD{id}"),
        "tracking_level": "full", "lines": [{ "line_id": line, "quantity": 1 }], "stage": stage, "condition": { "state": "ok" }, "events": [] })
}

fn written(order: &Value, language: &str, declarations: &BTreeMap<CaseId, Declaration>) -> Option<Content> {
    let document = order.to_string();
    let order = Order::from_json(&document).expect("an order");
    let news: Vec<News> = facts(&order, now());
    content(&Source {
        document: &document,
        order: &order,
        news: &news,
        declarations,
        language,
        shop: "Fell & Harrow",
        link: "https://shop.example/order#doorstep=ord_1/abc",
        unsubscribe: "https://shop.example/api/v1/unsubscribe?order=ord_1&token=abc",
        api: "https://shop.example/api",
        now: now(),
    })
}

fn mail(order: &Value, language: &str) -> Content {
    written(order, language, &BTreeMap::new()).expect("a mail")
}

#[test]
fn a_mail_is_about_the_parcels_that_have_news_and_says_what_the_page_says() {
    let content = mail(&order(&json!({})), "en");
    assert_eq!(content.subject, "Order 1042: your parcel is on its way");
    let text = text(&content);
    for part in [
        "Parcel 1 of 2",
        "Nothing for you to do",
        "It travels to the depot near you.",
        "1 of 2 Rain jacket",
        "DHL · Tracking number JDs1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        !text.contains("Tent") && text.contains("You get this mail from Fell & Harrow because of your order 1042."),
        "{text}"
    );
    let html = html(&content);
    assert!(html.contains("Fell &amp; Harrow") && html.contains("<li style=\"margin:0\">1 of 2 Rain jacket</li></ul>"), "{html}");
    assert!(html.contains("href=\"https://shop.example/api/v1/unsubscribe?order=ord_1&amp;token=abc\""), "{html}");
}

#[test]
fn no_news_is_no_mail() {
    let waiting = order(&json!({ "shipments": [parcel("s1", "l1", "label_created")] }));
    assert_eq!(written(&waiting, "en", &BTreeMap::new()), None);
}

#[test]
fn a_problem_has_the_headline_of_the_page_as_its_subject_and_says_whose_move_it_is() {
    let mut late = order(&json!({ "shipments": [parcel("s1", "l1", "at_local_depot")] }));
    late["shipments"][0]["condition"]["state"] = json!("address_problem");
    let content = mail(&late, "en");
    assert_eq!(content.subject, "Order 1042: The carrier needs a better address");
    assert!(text(&content).contains("Your move"), "{}", text(&content));
}

#[test]
fn refunds_returns_and_answers_are_told_as_on_their_cards() {
    let case = json!({ "id": "c1", "reference": "DS-7K2M4", "kind": "report_damaged", "state": "resolved", "opened_at": "2026-11-19T10:00:00Z",
        "refund_id": "f1", "timeline": [{ "at": "2026-11-20T10:00:00Z", "who": "retailer", "what": "message", "text": "Sorry.\nWe refund it." }] });
    let refund = json!({ "id": "f1", "amount": { "minor": 1250, "currency": "GBP" }, "state": "sent", "to": "original_payment", "case_id": "c1" });
    let back =
        json!({ "id": "r1", "state": "label_ready", "method": "drop_off", "drop_off_by": "2026-12-01T00:00:00Z", "lines": [] });
    let parts = json!({ "shipments": [], "cases": [case], "refunds": [refund], "returns": [back] });
    let content = mail(&order(&parts), "en");
    assert_eq!((content.subject.as_str(), content.linked_data.as_deref()), ("Order 1042: an answer to your request", None));
    let text = text(&content);
    for part in [
        "Your request\n\n",
        "DS-7K2M4",
        "> Sorry.\n> We refund it.",
        "\nYour refund\n\n£12.50",
        "\nYour return\n\nReady to hand over",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_withdrawal_is_acknowledged_with_all_that_was_declared_and_cannot_be_unsubscribed_from() {
    let case = json!({ "id": "c1", "reference": "DS-7K2M4", "kind": "withdraw", "state": "in_progress", "opened_at": "2026-11-20T11:30:00Z",
        "lines": [{ "line_id": "l2", "quantity": 1 }], "timeline": [] });
    let declared = Declaration { name: Some("Ada Lovelace".to_owned()), note: Some("Too small.".to_owned()) };
    let declarations = BTreeMap::from([(CaseId::from("c1"), declared)]);
    let content = written(&order(&json!({ "shipments": [], "cases": [case] })), "de", &declarations).expect("a mail");
    let text = text(&content);
    for part in [
        "am Freitag, 20. November 2026, 11:30 Uhr",
        "Europe/London",
        "Erklärt von Ada Lovelace",
        "> In Ihren Worten: Too small.",
        "- 1× Tent",
        "DS-7K2M4",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("unsubscribe") && text.contains("schreibt das Gesetz vor"), "{text}");
}

#[test]
fn the_headers_are_those_that_the_standards_ask_for_and_no_text_can_add_one() {
    let hostile = "1\r\nBcc: eve@example.net\r\n\r\nhello";
    let content = mail(&order(&json!({ "number": hostile })), "en");
    let from: Mailbox = "Fell & Harrow <orders@shop.example>".parse().expect("a sender");
    let link = format!("https://shop.example/{}", "a".repeat(300));
    let head = |to, unsubscribe| Head { from: &from, to, id: "ml_1", made_at: 1_795_000_000, unsubscribe };
    let message =
        String::from_utf8(mime(&head("ada@example.org", Some(&link)), &content).expect("a message").formatted()).expect("text");
    let (headers, _) = message.split_once("\r\n\r\n").expect("headers");
    for line in [
        "To: ada@example.org",
        "Message-ID: <ml_1@shop.example>",
        "Auto-Submitted: auto-generated",
        "Content-Language: en",
        &format!("List-Unsubscribe: <{link}>"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "MIME-Version: 1.0",
    ] {
        assert!(headers.lines().any(|header| header == line), "{line}: {headers}");
    }
    assert!(
        headers.lines().all(|line| !line.starts_with("Bcc"))
            && headers.contains("Subject: Order 1 / Bcc: eve@example.net / hello:"),
        "{headers}"
    );
    assert!(headers.lines().any(|line| line.starts_with("From: ") && line.ends_with(" <orders@shop.example>")), "{headers}");
    for to in ["ada@example.org\r\nBcc: eve@example.net", "nobody", "ada@example.org, eve@example.net", ""] {
        let refused = mime(&head(to, None), &content).expect_err(to);
        assert!(!refused.contains("example"), "{refused}");
    }
    assert!(mime(&head("ada@example.org", Some("https://shop.example/\r\nBcc: eve@example.net")), &content).is_err());
}
