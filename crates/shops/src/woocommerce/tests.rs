//! Tests of WooCommerce: signature, topics and each field of an order.

use doorstep_providers::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{SECRET, any_json, composed, deliver, now, records, secrets, send, settings, short, signature, with};
use crate::{CannotCompose, Change, Record, RecordContent, Remark, Secrets, compose};

/// An order of two lines, paid and not sent yet. Prices are without tax, which is kept apart.
pub(super) fn order() -> Value {
    json!({
        "id": 727, "number": "727", "status": "processing", "currency": "EUR", "prices_include_tax": true,
        "date_created_gmt": "2026-11-12T09:30:00", "date_modified_gmt": "2026-11-12T09:31:00", "date_completed_gmt": null,
        "billing": {
            "first_name": "Jonas", "last_name": "Brandt", "company": "", "address_1": "Bergmannstraße 9", "address_2": "", "city": "Berlin",
            "state": "DE-BE", "postcode": "10961", "country": "DE", "email": "jonas@shopper.example", "phone": "+49 30 0000000"
        },
        "shipping": {"first_name": "", "last_name": "", "address_1": "", "city": "", "state": "", "postcode": "", "country": ""},
        "line_items": [
            {
                "id": 315, "name": "Wollsocken - Grau", "parent_name": "Wollsocken", "product_id": 93, "variation_id": 97, "quantity": 3,
                "subtotal": "75.63", "subtotal_tax": "14.37", "total": "68.18", "total_tax": "12.95", "price": 22.726_666_7,
                "image": {"id": "12", "src": "https://shop.example/socken.jpg"},
                "meta_data": [
                    {"id": 1, "key": "pa_farbe", "value": "grau", "display_key": "Farbe", "display_value": "<p>Grau</p>"},
                    {"id": 2, "key": "Gravur", "value": "Ada", "display_key": "Gravur", "display_value": "Ada"},
                    {"id": 3, "key": "_reduced_stock", "value": "3"}
                ]
            },
            {"id": 316, "name": "Emaillebecher", "parent_name": null, "product_id": 22, "variation_id": 0, "quantity": 1, "total": "15.13", "total_tax": "2.87"}
        ],
        "shipping_lines": [{"id": 9, "method_title": "Standard", "total": "4.12", "total_tax": "0.78"}],
        "shipping_total": "4.12", "shipping_tax": "0.78", "refunds": [], "meta_data": []
    })
}

/// Returns the records of an order.
pub(super) fn read(order: &Value) -> Vec<Record> {
    records("woocommerce", "order.updated", order)
}

/// Returns lines, shipments and unshipped parts of an order in short.
pub(super) fn shipments(order: &Value) -> [Vec<String>; 3] {
    short(&composed("woocommerce", &read(order)).expect("an order").order)
}

#[test]
fn only_a_request_that_was_signed_with_one_of_the_secrets_is_read() {
    let body = order().to_string();
    let deliver = |signature: &str, secrets: &Secrets| {
        send(
            "woocommerce",
            &[("x-wc-webhook-topic", "order.created"), ("x-wc-webhook-signature", signature)],
            body.as_bytes(),
            secrets,
        )
    };
    let genuine = signature(SECRET, body.as_bytes());
    assert!(deliver(&genuine, &secrets()).is_ok());
    assert!(deliver(&signature("former-lantern-1041", body.as_bytes()), &secrets()).is_ok());
    for forged in ["", "!", &signature("other", body.as_bytes()), &signature("", body.as_bytes()), &signature(SECRET, b"{}")] {
        assert_eq!(deliver(forged, &secrets()), Err(Refusal::BadSignature), "{forged}");
    }
    for none in [Vec::new(), vec![String::new()]] {
        let secrets = Secrets { woocommerce: none, ..Secrets::default() };
        assert_eq!(deliver(&genuine, &secrets), Err(Refusal::BadSignature));
        assert_eq!(deliver(&signature("", body.as_bytes()), &secrets), Err(Refusal::BadSignature));
        assert_eq!(send("woocommerce", &[], b"webhook_id=7", &secrets), Err(Refusal::BadSignature));
    }
}

#[test]
fn the_first_ping_is_answered_and_does_nothing() {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let notice = send("woocommerce", &form, b"webhook_id=7", &secrets()).expect("a notice");
    assert_eq!(notice.changes, []);
    for other in ["webhook_id=", "webhook_id=7&x=1", "webhook_id=x", "{}", ""] {
        assert_eq!(send("woocommerce", &form, other.as_bytes(), &secrets()), Err(Refusal::BadSignature), "{other}");
    }
}

#[test]
fn each_topic_gives_its_records() {
    for (topic, body, keys) in [
        ("order.created", order(), vec!["order"]),
        ("order.updated", order(), vec!["order"]),
        ("order.restored", order(), vec!["order", "deletion"]),
        ("order.deleted", json!({"id": 727}), vec!["deletion"]),
        ("coupon.created", json!({"id": 1}), vec![]),
        ("action.woocommerce_add_to_cart", json!({"action": "x", "arg": 1}), vec![]),
    ] {
        let notice = deliver("woocommerce", topic, body.to_string().as_bytes()).expect("a notice");
        assert_eq!(notice.delivery_id.as_deref(), Some("d-1"));
        let found: Vec<_> = notice
            .changes
            .iter()
            .map(|change| match change {
                Change::Record { order_ref, record } => {
                    assert_eq!(order_ref, "727");
                    record.key.as_str()
                }
                Change::Privacy(_) => "privacy",
            })
            .collect();
        assert_eq!(found, keys, "{topic}");
    }
}

#[test]
fn an_order_under_the_topic_of_a_deletion_is_refused() {
    let refused = deliver("woocommerce", "order.deleted", order().to_string().as_bytes());
    assert!(matches!(refused, Err(Refusal::Unreadable(_))));
}

#[test]
fn a_deleted_order_is_cancelled_until_it_is_restored_or_changed() {
    let mut all = read(&order());
    all.extend(records("woocommerce", "order.deleted", &json!({"id": 727})));
    let deleted = composed("woocommerce", &all).expect("an order");
    assert_eq!((deleted.order.unshipped.len(), deleted.remarks.contains(&Remark::DeletedInShop)), (0, true));
    let restored =
        Record { key: "deletion".to_owned(), changed_at: now() + chrono::TimeDelta::hours(1), content: RecordContent::Restored };
    let again = composed("woocommerce", &[all.clone(), vec![restored]].concat()).expect("an order");
    assert_eq!(again.order.unshipped.len(), 2);
    all.extend(read(&with(order(), "/date_modified_gmt", json!("2026-11-21T00:00:00"))));
    assert_eq!(composed("woocommerce", &all).expect("an order").order.unshipped.len(), 2);
}

#[test]
fn an_order_becomes_the_order_that_a_shopper_sees() {
    let composed = composed("woocommerce", &read(&order())).expect("an order");
    let order = composed.order;
    assert_eq!((order.id.as_deref(), order.number.as_str()), (Some("woocommerce-1042"), "727"));
    assert_eq!(order.placed_at.to_string(), "2026-11-12T09:30:00Z");
    assert_eq!((order.time_zone.as_str(), order.postcode.as_deref()), ("Europe/Berlin", Some("10961")));
    assert_eq!(
        order.destination.as_ref().map(|to| to.lines.join("|")).as_deref(),
        Some("J. Brandt|Bergmannstraße •|10961 Berlin")
    );
    assert_eq!(
        short(&order),
        [vec!["315 x3 8113".to_owned(), "316 x1 1800".to_owned()], vec![], vec!["315x3".to_owned(), "316x1".to_owned()]]
    );
    let line = &order.lines[0];
    assert_eq!((line.title.as_str(), line.variant.as_deref()), ("Wollsocken", Some("Grau")));
    assert_eq!(line.unit_price.as_ref().map(|price| price.minor), Some(2_704));
    assert_eq!(line.image_url.as_deref(), Some("https://shop.example/socken.jpg"));
    assert_eq!(line.url.as_deref(), Some("https://shop.example/?p=93"));
    assert_eq!(order.delivery_cost.as_ref().map(|cost| cost.minor), Some(490));
    assert_eq!(composed.contact.map(|contact| (contact.email, contact.lang)), Some(("jonas@shopper.example".to_owned(), None)));
    assert_eq!(composed.remarks, []);
}

#[test]
fn stored_records_have_neither_the_name_nor_the_street_nor_the_engraving() {
    let stored = serde_json::to_string(&read(&order())).expect("JSON");
    for personal in ["Jonas", "straße 9", "Ada", "+49"] {
        assert!(!stored.contains(personal), "{personal}: {stored}");
    }
}

#[test]
fn each_field_is_read_or_has_a_substitute() {
    for (pointer, value, seen) in [
        ("/number", json!(null), "727"),
        ("/number", json!("R-9"), "R-9"),
        ("/date_created_gmt", json!("2026-11-12 09:30:00"), "2026-11-12T09:30:00Z"),
        ("/date_created_gmt", json!(null), "2026-11-12T09:31:00Z"),
        ("/shipping/address_1", json!("8 Rue Longue"), "• Rue Longue"),
        ("/billing/country", json!("US"), "zone: Europe/Berlin"),
        ("/billing/email", json!(""), "contact: none"),
        ("/meta_data", json!([{"key": "wpml_language", "value": "de"}]), "lang: de"),
        ("/meta_data", json!([{"key": "_locale", "value": "fr_FR"}]), "lang: fr-FR"),
        ("/line_items/0/name", json!("Wollsocken - Grau"), "Wollsocken (Grau)"),
        ("/line_items/0/parent_name", json!(null), "Wollsocken - Grau (-)"),
        ("/line_items/1/name", json!("Becher &amp; <em>Teller</em>"), "Becher & Teller (-)"),
        ("/line_items/0/quantity", json!("2.0"), "315 x2"),
        ("/line_items/0/total_tax", json!(null), "315 x3 6818"),
        ("/line_items/0/total", json!("-5"), "315 x3 -"),
        ("/line_items/0/total", json!(68.18), "315 x3 8113"),
        ("/currency", json!("JPY"), "315 x3 81 "),
        ("/shipping_total", json!("0.00"), "delivery: 78"),
        ("/shipping_total", json!(null), "delivery: none"),
    ] {
        let composed = composed("woocommerce", &read(&with(order(), pointer, value.clone()))).expect("an order");
        let order = &composed.order;
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
        let lines = order.lines.iter().map(|line| format!("{} ({})", line.title, line.variant.as_deref().unwrap_or("-")));
        let shown = [
            order.number.clone(),
            order.placed_at.to_string(),
            lines.collect::<Vec<_>>().join(" "),
            short(order)[0].join(" "),
            order.destination.as_ref().map_or_else(String::new, |to| to.lines.join("|")),
            format!("zone: {}", order.time_zone),
            format!("contact: {}", or_none(composed.contact.as_ref().map(|contact| contact.email.clone()))),
            format!("lang: {}", or_none(composed.contact.as_ref().and_then(|contact| contact.lang.clone()))),
            format!("delivery: {}", or_none(order.delivery_cost.as_ref().map(|cost| cost.minor.to_string()))),
        ];
        assert!(shown.iter().any(|text| text.contains(seen)), "{pointer} {value}: {shown:?}");
    }
}

#[test]
fn each_status_says_what_is_left_to_send() {
    let after = |status: &str, completed: Value| {
        let order = with(with(order(), "/status", json!(status)), "/date_completed_gmt", completed);
        composed("woocommerce", &read(&order)).map(|composed| (composed.order.unshipped.len(), composed.order.shipments.len()))
    };
    for (status, left) in [
        ("checkout-draft", None),
        ("auto-draft", None),
        ("pending", None),
        ("on-hold", Some((2, 0))),
        ("processing", Some((2, 0))),
        ("packing-by-a-plugin", Some((2, 0))),
        ("wc-partial-shipped", Some((2, 0))),
        ("completed", Some((0, 1))),
        ("shipped", Some((0, 1))),
        ("cancelled", Some((0, 1))),
        ("refunded", Some((0, 1))),
        ("failed", Some((0, 1))),
        ("trash", Some((0, 1))),
    ] {
        assert_eq!(after(status, Value::Null), left, "{status}");
    }
    let digital = with(with(order(), "/status", json!("completed")), "/shipping_lines", json!([]));
    assert_eq!(compose("woocommerce", "727", &read(&digital), &settings()).err(), Some(CannotCompose::NothingToSend));
    // A refund after the order was completed does not undo that it was sent.
    assert_eq!(after("refunded", json!("2026-11-15T10:00:00")), Some((0, 1)));
}

#[test]
fn a_body_that_is_no_order_is_refused_with_the_reason() {
    for (body, reason) in [
        ("{", "EOF"),
        ("[]", "no id"),
        (r#"{"id": 727}"#, "no line_items"),
        (r#"{"code": "woocommerce_rest_cannot_view", "message": "x"}"#, "woocommerce_rest_cannot_view"),
    ] {
        let Err(Refusal::Unreadable(text)) = deliver("woocommerce", "order.updated", body.as_bytes()) else { panic!("{body}") };
        assert!(text.contains(reason), "{text}");
    }
}

const NAMES: &[&str] = &[
    "id",
    "status",
    "currency",
    "line_items",
    "name",
    "quantity",
    "total",
    "total_tax",
    "meta_data",
    "key",
    "value",
    "billing",
    "shipping",
    "_wc_shipment_tracking_items",
    "tracking_number",
    "products_list",
    "product",
    "qty",
    "fulfillments",
    "_items",
    "item_id",
    "product_id",
    "_aftership_tracking_items",
    "slug",
    "is_fulfilled",
    "_tracking_number",
    "display_value",
    "variation_id",
    "pa_x",
    "date_shipped",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_body_makes_the_reader_fail(body in any_json(NAMES), topic in 0_usize..4) {
        let topic = ["order.created", "order.updated", "order.restored", "order.deleted"][topic];
        let _ = deliver("woocommerce", topic, body.to_string().as_bytes());
    }

    #[test]
    fn any_value_in_any_place_of_an_order_leaves_an_order_that_is_accepted(at in 0_usize..12, value in any_json(NAMES), parts in any_json(NAMES)) {
        let pointers = [
            "/number", "/status", "/currency", "/date_created_gmt", "/date_modified_gmt", "/billing", "/shipping", "/line_items/0/quantity",
            "/line_items/0/total", "/line_items/0/meta_data", "/meta_data", "/line_items/0/image",
        ];
        let order = with(order(), "/fulfillments", parts.clone());
        let order = with(order, "/meta_data", json!([{"key": "_wc_shipment_tracking_items", "value": parts}]));
        composed("woocommerce", &read(&with(order, pointers[at], value)));
    }
}
