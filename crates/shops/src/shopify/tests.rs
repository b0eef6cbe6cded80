//! Tests of Shopify: signature, topics and broken bodies, with the payloads of all tests.

use doorstep_providers::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{SECRET, any_json, composed, deliver, records, secrets, send, signature, with};
use crate::{Change, PrivacyTopic, Record, RecordContent, Secrets};

const ORDERS: [&str; 7] = [
    "orders/create",
    "orders/updated",
    "orders/cancelled",
    "orders/edited",
    "orders/paid",
    "orders/fulfilled",
    "orders/partially_fulfilled",
];

/// An order of two lines in pounds, of which nothing was sent yet.
pub(crate) fn order() -> Value {
    json!({
        "id": 7_230_914_885_431_u64, "name": "#1042", "order_number": 1042, "test": false, "email": "ada@shopper.example",
        "created_at": "2026-11-12T10:30:00+01:00", "processed_at": "2026-11-12T10:29:58+01:00", "updated_at": "2026-11-12T10:31:00+01:00",
        "cancelled_at": null, "currency": "GBP", "presentment_currency": "GBP", "taxes_included": true, "customer_locale": "en-GB",
        "shipping_address": {
            "first_name": "Ada", "last_name": "Byron", "name": "Ada Byron", "company": null, "address1": "12 Dorset Street", "address2": "Flat 3",
            "city": "London", "zip": "W1U 6QA", "province": "England", "province_code": "ENG", "country": "United Kingdom", "country_code": "GB",
            "phone": "+44 20 7946 0000"
        },
        "line_items": [
            {
                "id": 14_008_235_720_951_u64, "title": "Wool socks", "variant_title": "Grey / M", "name": "Wool socks - Grey / M", "quantity": 3,
                "current_quantity": 3, "fulfillable_quantity": 3, "requires_shipping": true, "gift_card": false, "price": "30.00",
                "price_set": {"shop_money": {"amount": "30.00", "currency_code": "GBP"}, "presentment_money": {"amount": "30.00", "currency_code": "GBP"}},
                "discount_allocations": [{"amount": "8.87", "discount_application_index": 0}], "tax_lines": [{"price": "13.52", "rate": 0.2}]
            },
            {
                "id": 14_008_235_720_952_u64, "title": "Enamel mug", "variant_title": "Default Title", "quantity": 1, "current_quantity": 1,
                "fulfillable_quantity": 1, "requires_shipping": true, "price": "18.00", "discount_allocations": [], "tax_lines": []
            }
        ],
        "shipping_lines": [{"price": "4.50", "discount_allocations": [{"amount": "1.00"}], "tax_lines": [{"price": "0.58"}]}],
        "fulfillments": [], "refunds": []
    })
}

/// A fulfilment of these quantities of the two lines.
pub(crate) fn fulfillment(id: u64, numbers: &[&str], socks: u32, mugs: u32) -> Value {
    json!({
        "id": id, "order_id": 7_230_914_885_431_u64, "name": format!("#1042-F{id}"), "status": "success", "tracking_company": "Royal Mail",
        "created_at": "2026-11-13T09:00:00+01:00", "updated_at": "2026-11-13T09:00:00+01:00", "tracking_numbers": numbers,
        "tracking_urls": numbers.iter().map(|number| format!("https://track.carrier.example/{number}")).collect::<Vec<_>>(),
        "line_items": [{"id": 14_008_235_720_951_u64, "quantity": socks}, {"id": 14_008_235_720_952_u64, "quantity": mugs}]
    })
}

/// A refund of socks with this restock type.
pub(crate) fn refund(id: u64, quantity: u32, restock: &str) -> Value {
    json!({
        "id": id, "order_id": 7_230_914_885_431_u64, "created_at": "2026-11-14T09:00:00+01:00",
        "refund_line_items": [{"line_item_id": 14_008_235_720_951_u64, "quantity": quantity, "restock_type": restock}]
    })
}

/// Id of the line of socks.
pub(crate) const SOCKS: &str = "14008235720951";

/// Returns the records of an order.
pub(crate) fn read(order: &Value) -> Vec<Record> {
    records("shopify", "orders/updated", order)
}

#[test]
fn only_a_request_that_was_signed_with_one_of_the_secrets_is_read() {
    let body = order().to_string();
    let deliver = |signature: &str, secrets: &Secrets| {
        send("shopify", &[("x-shopify-topic", "orders/create"), ("x-shopify-hmac-sha256", signature)], body.as_bytes(), secrets)
    };
    let genuine = signature(SECRET, body.as_bytes());
    assert!(deliver(&genuine, &secrets()).is_ok());
    assert!(deliver(&signature("former-lantern-1041", body.as_bytes()), &secrets()).is_ok());
    for forged in ["", "!", &signature("other", body.as_bytes()), &signature("", body.as_bytes()), &signature(SECRET, b"{}")] {
        assert_eq!(deliver(forged, &secrets()), Err(Refusal::BadSignature), "{forged}");
    }
    for none in [Vec::new(), vec![String::new()]] {
        let secrets = Secrets { shopify: none, ..Secrets::default() };
        assert_eq!(deliver(&genuine, &secrets), Err(Refusal::BadSignature));
        assert_eq!(deliver(&signature("", body.as_bytes()), &secrets), Err(Refusal::BadSignature));
    }
    assert_eq!(send("shopify", &[("x-shopify-topic", "orders/create")], body.as_bytes(), &secrets()), Err(Refusal::BadSignature));
}

#[test]
fn each_topic_gives_the_records_that_its_body_has() {
    let with_parts = with(order(), "/fulfillments", json!([fulfillment(255, &["RM1"], 1, 0)]));
    let with_parts = with(with_parts, "/refunds", json!([refund(509, 1, "cancel")]));
    for topic in ORDERS {
        let keys: Vec<_> = records("shopify", topic, &with_parts).into_iter().map(|record| record.key).collect();
        assert_eq!(keys, ["order", "fulfillment/255", "refund/509"], "{topic}");
    }
    for (topic, body, key) in [
        ("fulfillments/create", fulfillment(255, &[], 1, 0), "fulfillment/255"),
        ("Fulfillments/Update", fulfillment(255, &[], 1, 0), "fulfillment/255"),
        ("refunds/create", refund(509, 1, "cancel"), "refund/509"),
        ("orders/delete", json!({"id": 7_230_914_885_431_u64}), "deletion"),
    ] {
        let notice = deliver("shopify", topic, body.to_string().as_bytes()).expect("a notice");
        assert_eq!(notice.delivery_id.as_deref(), Some("d-1"));
        let [Change::Record { order_ref, record }] = &notice.changes[..] else { panic!("{topic}") };
        assert_eq!((order_ref.as_str(), record.key.as_str()), ("7230914885431", key), "{topic}");
    }
    for topic in ["fulfillment_events/create", "products/update", "app/uninstalled"] {
        assert_eq!(records("shopify", topic, &json!({"id": 1})), Vec::new(), "{topic}");
    }
    assert_eq!(records("shopify", "orders/edited", &json!({"order_edit": {"id": 1, "order_id": 2}})), Vec::new());
}

#[test]
fn a_test_order_is_ignored() {
    assert_eq!(read(&with(order(), "/test", json!(true))), Vec::new());
}

/// Bodies of the topics about personal data.
fn privacy_bodies() -> [(&'static str, Value); 3] {
    let customer = json!({"id": 1, "email": "ada@shopper.example"});
    [
        (
            "customers/data_request",
            json!({"shop_domain": "shop.example", "customer": customer, "orders_requested": [7_230_914_885_431_u64, 2]}),
        ),
        ("customers/redact", json!({"shop_domain": "shop.example", "customer": customer, "orders_to_redact": [3]})),
        ("shop/redact", json!({"shop_id": 1, "shop_domain": "shop.example"})),
    ]
}

#[test]
fn a_privacy_topic_names_the_orders_that_it_is_about() {
    let expected = [
        (PrivacyTopic::Export, vec!["7230914885431", "2"]),
        (PrivacyTopic::EraseCustomer, vec!["3"]),
        (PrivacyTopic::EraseShop, vec![]),
    ];
    for ((topic, body), (is, orders)) in privacy_bodies().into_iter().zip(expected) {
        let notice = deliver("shopify", topic, body.to_string().as_bytes()).expect("a notice");
        let [Change::Privacy(request)] = &notice.changes[..] else { panic!("{topic}") };
        let refs: Vec<_> = request.order_refs.iter().map(String::as_str).collect();
        assert_eq!((request.topic, refs, request.shop.as_deref()), (is, orders, Some("shop.example")));
    }
}

#[test]
fn a_genuine_body_under_a_forged_topic_is_refused() {
    let deleted = json!({"id": 7_230_914_885_431_u64});
    let [requested, redacted, shop] = privacy_bodies();
    let all = [
        ("orders/updated", order()),
        ("fulfillments/update", fulfillment(255, &["RM1"], 1, 0)),
        ("refunds/create", refund(509, 1, "cancel")),
        ("orders/delete", deleted),
        requested,
        redacted,
        shop,
    ];
    for (own, body) in &all {
        for (topic, _) in &all {
            let result = deliver("shopify", topic, body.to_string().as_bytes());
            assert_eq!(result.is_ok(), topic == own, "the body of {own} under {topic}: {result:?}");
        }
    }
}

#[test]
fn a_body_that_is_no_order_is_refused_with_the_reason() {
    for (topic, body) in [
        ("orders/create", "{"),
        ("orders/create", "[]"),
        ("orders/create", "null"),
        ("orders/create", "{}"),
        ("orders/create", r#"{"id": 0}"#),
        ("orders/create", r#"{"id": "../x", "line_items": []}"#),
        ("orders/create", r#"{"id": 1.5, "line_items": []}"#),
        ("orders/create", r#"{"id": 1, "line_items": {}}"#),
        ("fulfillments/create", r#"{"id": 1}"#),
        ("refunds/create", r#"{"order_id": 1}"#),
    ] {
        assert!(matches!(deliver("shopify", topic, body.as_bytes()), Err(Refusal::Unreadable(_))), "{topic} {body}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(deliver("shopify", "orders/create", deep.as_bytes()), Err(Refusal::Unreadable(_))));
}

const NAMES: &[&str] = &[
    "id",
    "order_id",
    "name",
    "test",
    "line_items",
    "fulfillments",
    "refunds",
    "refund_line_items",
    "line_item_id",
    "quantity",
    "price",
    "price_set",
    "shop_money",
    "presentment_money",
    "amount",
    "currency_code",
    "currency",
    "presentment_currency",
    "tracking_numbers",
    "tracking_urls",
    "tracking_number",
    "status",
    "updated_at",
    "created_at",
    "shipping_address",
    "zip",
    "country_code",
    "title",
    "current_quantity",
    "fulfillable_quantity",
    "discount_allocations",
    "tax_lines",
    "shipping_lines",
    "restock_type",
    "cancelled_at",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_body_makes_the_reader_fail(body in any_json(NAMES), topic in 0_usize..10) {
        let topics = ["orders/delete", "fulfillments/create", "refunds/create"].into_iter().chain(ORDERS).collect::<Vec<_>>();
        if let Ok(notice) = deliver("shopify", topics[topic], body.to_string().as_bytes()) {
            let records: Vec<Record> = notice.changes.into_iter().filter_map(|change| match change {
                Change::Record { record, .. } => Some(record),
                Change::Privacy(_) => None,
            }).collect();
            if let Ok(Some(composed)) = crate::compose("shopify", "1", &records, &crate::testing::settings()) {
                prop_assert!(composed.order.into_order("shopify-1".into(), crate::testing::now()).is_ok());
            }
        }
    }

    #[test]
    fn any_value_in_any_place_of_an_order_leaves_an_order_that_is_accepted(
        at in 0_usize..24, value in any_json(NAMES), parts in any_json(NAMES),
    ) {
        let pointers = [
            "/name", "/email", "/created_at", "/processed_at", "/updated_at", "/currency", "/presentment_currency", "/taxes_included",
            "/customer_locale", "/shipping_address", "/shipping_address/zip", "/shipping_address/country_code", "/shipping_address/address1",
            "/line_items/0/id", "/line_items/0/title", "/line_items/0/quantity", "/line_items/0/price_set", "/line_items/0/tax_lines",
            "/line_items/0/current_quantity", "/line_items/0/fulfillable_quantity", "/shipping_lines", "/fulfillments", "/refunds",
            "/cancelled_at",
        ];
        let order = with(with(order(), "/fulfillments", parts), pointers[at], value);
        composed("shopify", &read(&order));
    }

    #[test]
    fn a_truncated_body_is_refused(length in 0_usize..2_000) {
        let body = order().to_string();
        let cut = body.get(..length.min(body.len() - 1)).unwrap_or("{");
        let refused = matches!(deliver("shopify", "orders/create", cut.as_bytes()), Err(Refusal::Unreadable(_)));
        prop_assert!(refused);
    }
}

#[test]
fn the_content_of_a_record_is_told_apart_when_it_is_stored() {
    let deleted = serde_json::to_value(RecordContent::Deleted).expect("JSON");
    assert_eq!(deleted, json!({"kind": "deleted"}));
}
