//! Tests of the generic order webhook: signature, each field, and the reasons of refusals.

use doorstep_domain::signature::sign;
use doorstep_providers::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{SECRET, any_json, composed, deliver, now, records, secrets, send, short, with};
use crate::{Change, Secrets};

/// A message about an order of two lines, of which one was sent.
fn message() -> Value {
    json!({
        "id": "shop-1042", "changed_at": "2026-11-13T08:00:00Z",
        "order": {
            "number": "1042", "placed_at": "2026-11-12T09:30:00Z", "currency": "EUR", "email": "jonas@shopper.example", "lang": "de-DE",
            "address": {"first_name": "Jonas", "last_name": "Brandt", "street": "Bergmannstraße 9", "city": "Berlin", "postcode": "10961", "country": "DE"},
            "lines": [
                {"id": "l1", "title": "Wollsocken", "variant": "Grau", "quantity": 3, "total": "81.13", "image_url": "https://shop.example/socken.jpg", "url": "https://shop.example/socken"},
                {"id": "l2", "title": "Emaillebecher", "quantity": 1, "total": 18}
            ],
            "delivery_cost": "4.90",
            "shipments": [{"id": "s7", "carrier": "DHL", "tracking_numbers": ["00340"], "tracking_url": "https://track.carrier.example/00340", "lines": [{"line_id": "l1", "quantity": 2}]}]
        }
    })
}

fn read(message: &Value) -> [Vec<String>; 3] {
    short(&composed("orders", &records("orders", "", message)).expect("an order").order)
}

fn refusal(message: &Value) -> String {
    match deliver("orders", "", message.to_string().as_bytes()) {
        Err(Refusal::Unreadable(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_a_recent_request_that_was_signed_with_one_of_the_secrets_is_read() {
    let body = message().to_string();
    let deliver = |secret: &str, minutes: i64, secrets: &Secrets| {
        let signature = sign(secret.as_bytes(), now().timestamp() + minutes * 60, body.as_bytes());
        send("orders", &[("doorstep-signature", &signature)], body.as_bytes(), secrets)
    };
    assert!(deliver(SECRET, 4, &secrets()).is_ok() && deliver("former-lantern-1041", -4, &secrets()).is_ok());
    assert_eq!(deliver(SECRET, -6, &secrets()), Err(Refusal::Stale));
    for secret in ["", "other"] {
        assert_eq!(deliver(secret, 0, &secrets()), Err(Refusal::BadSignature));
    }
    for none in [Vec::new(), vec![String::new()]] {
        let secrets = Secrets { orders: none, ..Secrets::default() };
        assert_eq!(deliver("", 0, &secrets), Err(Refusal::BadSignature));
    }
    assert_eq!(send("orders", &[], body.as_bytes(), &secrets()), Err(Refusal::BadSignature));
}

#[test]
fn a_message_becomes_the_order_that_a_shopper_sees() {
    let notice = deliver("orders", "", message().to_string().as_bytes()).expect("a notice");
    assert_eq!(notice.delivery_id.as_deref(), Some("d-1"));
    let [Change::Record { order_ref, record }] = &notice.changes[..] else { panic!("one record") };
    assert_eq!(
        (order_ref.as_str(), record.key.as_str(), record.changed_at.to_rfc3339().as_str()),
        ("shop-1042", "order", "2026-11-13T08:00:00+00:00")
    );
    let composed = composed("orders", std::slice::from_ref(record)).expect("an order");
    let order = composed.order;
    // `composed` uses the reference 1042 for every shop.
    assert_eq!((order.id.as_deref(), order.number.as_str(), order.time_zone.as_str()), (Some("1042"), "1042", "Europe/Berlin"));
    assert_eq!(
        short(&order),
        [
            vec!["l1 x3 8113".to_owned(), "l2 x1 1800".to_owned()],
            vec!["fs7 dhl 00340 [l1x2]".to_owned()],
            vec!["l1x1".to_owned(), "l2x1".to_owned()]
        ]
    );
    assert_eq!(
        order.destination.as_ref().map(|to| to.lines.join("|")).as_deref(),
        Some("J. Brandt|Bergmannstraße •|10961 Berlin")
    );
    assert_eq!(order.shipments[0].tracking_url.as_deref(), Some("https://track.carrier.example/00340"));
    assert_eq!(
        (order.lines[0].url.as_deref(), order.lines[0].image_url.as_deref()),
        (Some("https://shop.example/socken"), Some("https://shop.example/socken.jpg"))
    );
    assert_eq!((order.delivery_cost.map(|cost| cost.minor), order.lines[0].variant.as_deref()), (Some(490), Some("Grau")));
    assert_eq!(
        composed.contact.map(|contact| (contact.email, contact.lang)),
        Some(("jonas@shopper.example".to_owned(), Some("de-DE".to_owned())))
    );
    assert_eq!(composed.remarks, []);
}

#[test]
fn each_field_changes_what_it_is_about() {
    for (pointer, value, lines, shipped, left) in [
        ("/order/status", json!("cancelled"), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2]", ""),
        ("/order/status", json!("sent"), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2] frest - - [l1x1 l2x1]", ""),
        ("/order/status", json!("open"), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2]", "l1x1 l2x1"),
        ("/order/lines/0/cancelled", json!("1.0000"), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2]", "l2x1"),
        ("/order/lines/0/quantity", json!("4.0000"), "l1 x4 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2]", "l1x2 l2x1"),
        ("/order/lines/1/digital", json!(true), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x2]", "l1x1"),
        ("/order/lines/1/total", json!(null), "l1 x3 8113 l2 x1 -", "fs7 dhl 00340 [l1x2]", "l1x1 l2x1"),
        ("/order/currency", json!("KWD"), "l1 x3 81130 l2 x1 18000", "fs7 dhl 00340 [l1x2]", "l1x1 l2x1"),
        ("/order/shipments", json!([]), "l1 x3 8113 l2 x1 1800", "", "l1x3 l2x1"),
        ("/order/shipments/0/lines", json!(null), "l1 x3 8113 l2 x1 1800", "fs7 dhl 00340 [l1x3 l2x1]", ""),
        ("/order/shipments/0/id", json!(9), "l1 x3 8113 l2 x1 1800", "f9 dhl 00340 [l1x2]", "l1x1 l2x1"),
        ("/order/shipments/0/carrier", json!(null), "l1 x3 8113 l2 x1 1800", "fs7 - 00340 [l1x2]", "l1x1 l2x1"),
        (
            "/order/shipments/0/tracking_numbers",
            json!([1, "2"]),
            "l1 x3 8113 l2 x1 1800",
            "fs7 dhl 1 [l1x1] fs7-2 dhl 2 [l1x1]",
            "l1x1 l2x1",
        ),
    ] {
        let shown = read(&with(message(), pointer, value.clone())).map(|texts| texts.join(" "));
        assert_eq!(shown, [lines, shipped, left], "{pointer} {value}");
    }
    let stated =
        composed("orders", &records("orders", "", &with(message(), "/order/time_zone", json!("Asia/Tokyo")))).expect("an order");
    assert_eq!(stated.order.time_zone, "Asia/Tokyo");
    let final_sale =
        composed("orders", &records("orders", "", &with(message(), "/order/lines/0/final_sale", json!(true)))).expect("an order");
    assert!(final_sale.order.lines[0].final_sale && !final_sale.order.lines[1].final_sale);
    let draft = records("orders", "", &with(message(), "/order/status", json!("draft")));
    assert!(composed("orders", &draft).is_none());
}

#[test]
fn a_deletion_cancels_and_a_newer_order_restores() {
    let mut all = records("orders", "", &message());
    all.extend(records("orders", "", &json!({"id": "shop-1042", "changed_at": "2026-11-14T00:00:00Z", "deleted": true})));
    assert_eq!(composed("orders", &all).expect("an order").order.unshipped.len(), 0);
    all.extend(records("orders", "", &with(message(), "/changed_at", json!("2026-11-15 00:00:00"))));
    assert_eq!(composed("orders", &all).expect("an order").order.unshipped.len(), 2);
}

#[test]
fn a_refusal_names_the_place() {
    for (pointer, value, place) in [
        ("/id", json!("a/b"), "id:"),
        ("/changed_at", json!("yesterday"), "changed_at"),
        ("/order", json!(null), "order:"),
        ("/order/numbr", json!("1"), "numbr"),
        ("/order/number", json!(""), "order.number"),
        ("/order/status", json!("lost"), "order.status"),
        ("/order/time_zone", json!("Europe/Atlantis"), "order.time_zone"),
        ("/order/lines", json!([]), "order.lines"),
        ("/order/lines/1/id", json!("l1"), "order.lines[1].id"),
        ("/order/lines/0/title", json!(" "), "order.lines[0].title"),
        ("/order/lines/0/quantity", json!(0), "order.lines[0].quantity"),
        ("/order/lines/0/quantity", json!("many"), "order.lines[0].quantity"),
        ("/order/lines/0/total", json!("-1"), "order.lines[0].total"),
        ("/order/lines/0/total", json!("1,00"), "order.lines[0].total"),
        ("/order/lines/0/url", json!("javascript:alert(1)"), "order.lines[0].url"),
        ("/order/currency", json!("€"), "order.lines[0].total"),
        ("/order/shipments/0/lines/0/line_id", json!("l9"), "order.shipments[0].lines[0].line_id"),
    ] {
        let reason = refusal(&with(message(), pointer, value));
        assert!(reason.contains(place), "{pointer}: {reason}");
    }
    assert!(matches!(deliver("orders", "", b"{} {}"), Err(Refusal::Unreadable(_))));
    assert!(matches!(deliver("orders", "", "[".repeat(100_000).as_bytes()), Err(Refusal::Unreadable(_))));
}

const NAMES: &[&str] = &[
    "id",
    "changed_at",
    "order",
    "number",
    "placed_at",
    "currency",
    "lines",
    "title",
    "quantity",
    "total",
    "shipments",
    "deleted",
];

proptest! {
    #[test]
    fn any_value_in_any_place_is_read_or_refused(at in 0_usize..9, value in any_json(NAMES)) {
        let pointers = [
            "/id", "/changed_at", "/order", "/order/number", "/order/address", "/order/lines/0/total", "/order/lines/0/quantity",
            "/order/shipments", "/order/lines",
        ];
        let body = with(message(), pointers[at], value).to_string();
        if deliver("orders", "", body.as_bytes()).is_ok() {
            composed("orders", &records("orders", "", &serde_json::from_str(&body).expect("JSON")));
        }
    }
}

/// Page with the documented format.
const PAGE: &str = include_str!("../../../../docs/connecting-a-shop.md");

#[test]
fn the_documented_message_is_accepted_and_every_field_is_documented() {
    let example = PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let example: Value = serde_json::from_str(example).expect("JSON");
    assert_eq!(
        read(&example),
        [
            vec!["l1 x3 8113".to_owned(), "l2 x1 2000".to_owned()],
            vec!["fs1 dhl 00340434161094022115 [l1x2]".to_owned()],
            vec!["l1x1".to_owned()]
        ]
    );
    let fields = [
        "deleted",
        "status",
        "lang",
        "time_zone",
        "address",
        "first_name",
        "last_name",
        "name",
        "street",
        "city",
        "region",
        "postcode",
        "country",
        "variant",
        "image_url",
        "url",
        "final_sale",
        "digital",
        "cancelled",
        "delivery_cost",
        "tracking_numbers",
        "tracking_url",
        "sent_at",
        "carrier",
    ];
    for field in fields {
        assert!(PAGE.contains(&format!("`{field}`")) || PAGE.contains(&format!(".{field}`")), "{field}");
    }
}
