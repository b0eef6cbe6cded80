//! Tests of Shopify: signature, topics, and each field of order, fulfilment and refund.

use doorstep_providers::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{SECRET, any_json, composed, deliver, records, secrets, send, short, signature, with};
use crate::{Change, PrivacyTopic, Record, RecordContent, Remark, Secrets};

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

const SOCKS: &str = "14008235720951";

fn read(order: &Value) -> Vec<Record> {
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

#[test]
fn a_privacy_topic_names_the_orders_that_it_is_about() {
    let body = json!({"shop_domain": "shop.example", "customer": {"id": 1, "email": "ada@shopper.example"},
        "orders_requested": [7_230_914_885_431_u64, 2], "orders_to_redact": [3]});
    for (topic, is, orders) in [
        ("customers/data_request", PrivacyTopic::Export, vec!["7230914885431", "2"]),
        ("customers/redact", PrivacyTopic::EraseCustomer, vec!["3"]),
        ("shop/redact", PrivacyTopic::EraseShop, vec![]),
    ] {
        let notice = deliver("shopify", topic, body.to_string().as_bytes()).expect("a notice");
        let [Change::Privacy(request)] = &notice.changes[..] else { panic!("{topic}") };
        assert_eq!(
            (request.topic, &request.order_refs[..], request.shop.as_deref()),
            (is, &orders.into_iter().map(str::to_owned).collect::<Vec<_>>()[..], Some("shop.example"))
        );
    }
}

#[test]
fn an_order_becomes_the_order_that_a_shopper_sees() {
    let composed = composed("shopify", &read(&order())).expect("an order");
    let order = composed.order;
    assert_eq!((order.id.as_deref(), order.number.as_str()), (Some("shopify-1042"), "#1042"));
    assert_eq!(order.placed_at.to_string(), "2026-11-12T10:29:58+01:00");
    assert_eq!((order.time_zone.as_str(), order.postcode.as_deref()), ("Europe/London", Some("W1U 6QA")));
    let destination = order.destination.as_ref().expect("a destination");
    assert_eq!(
        (destination.lines.join("|").as_str(), destination.country.as_deref()),
        ("A. Byron|1• Dorset Street|London W1U", Some("GB"))
    );
    assert_eq!(
        short(&order),
        [
            vec![format!("{SOCKS} x3 8113"), "14008235720952 x1 1800".to_owned()],
            vec![],
            vec![format!("{SOCKS}x3"), "14008235720952x1".to_owned()]
        ]
    );
    let variants: Vec<_> = order.lines.iter().map(|line| line.variant.as_deref()).collect();
    assert_eq!(variants, [Some("Grey / M"), None]);
    assert_eq!(order.lines[0].unit_price.as_ref().map(|price| price.minor), Some(2_704));
    assert_eq!(order.delivery_cost.as_ref().map(|cost| cost.minor), Some(350));
    let contact = composed.contact.expect("a contact");
    assert_eq!((contact.email.as_str(), contact.lang.as_deref()), ("ada@shopper.example", Some("en-GB")));
    assert_eq!(composed.remarks, []);
}

#[test]
fn stored_records_have_neither_the_name_nor_the_street_nor_the_telephone_number() {
    let stored = serde_json::to_string(&read(&order())).expect("JSON");
    for personal in ["Ada", "12 Dorset", "Flat 3", "7946"] {
        assert!(!stored.contains(personal), "{personal}: {stored}");
    }
    let again: Vec<Record> = serde_json::from_str(&stored).expect("records");
    assert_eq!(again, read(&order()));
}

#[test]
fn each_field_is_read_or_has_a_substitute() {
    for (pointer, value, seen) in [
        ("/name", json!(null), "1042"),
        ("/name", json!("A-7"), "A-7"),
        ("/processed_at", json!(null), "2026-11-12T10:30:00+01:00"),
        ("/email", json!(null), "contact: none"),
        ("/email", json!("nobody"), "contact: none"),
        ("/customer_locale", json!("de_AT"), "lang: de-AT"),
        ("/customer_locale", json!("<b>"), "lang: none"),
        ("/shipping_address", json!(null), "destination: none"),
        ("/shipping_address/country_code", json!("US"), "zone: Europe/Berlin"),
        ("/line_items/0/title", json!("Socks &amp; <b>more</b>"), "Socks & more"),
        ("/line_items/0/quantity", json!("2"), "14008235720951 x2"),
        ("/line_items/0/price", json!(30), "81"),
        ("/shipping_lines", json!([]), "delivery: 0"),
        ("/shipping_lines/0/is_removed", json!(true), "delivery: 0"),
        ("/shipping_lines/0/price", json!("x"), "delivery: none"),
        ("/line_items/0/gift_card", json!(true), "unshipped: 14008235720952x1"),
        ("/line_items/0/requires_shipping", json!(false), "unshipped: 14008235720952x1"),
        ("/cancelled_at", json!("2026-11-12T11:00:00Z"), "unshipped: none"),
    ] {
        let composed = composed("shopify", &read(&with(order(), pointer, value.clone()))).expect("an order");
        let (order, parts) = (&composed.order, short(&composed.order));
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
        let shown = [
            order.number.clone(),
            order.placed_at.to_string(),
            order.lines.iter().map(|line| line.title.clone()).collect::<Vec<_>>().join(" "),
            parts[0].join(" "),
            format!("contact: {}", or_none(composed.contact.as_ref().map(|contact| contact.email.clone()))),
            format!("lang: {}", or_none(composed.contact.as_ref().and_then(|contact| contact.lang.clone()))),
            format!("destination: {}", or_none(order.destination.as_ref().map(|to| to.lines.join("|")))),
            format!("zone: {}", order.time_zone),
            format!("delivery: {}", or_none(order.delivery_cost.as_ref().map(|cost| cost.minor.to_string()))),
            format!("unshipped: {}", if parts[2].is_empty() { "none".to_owned() } else { parts[2].join(" ") }),
        ];
        assert!(shown.iter().any(|text| text.contains(seen)), "{pointer} {value}: {shown:?}");
    }
}

#[test]
fn what_was_assumed_is_said() {
    for (pointer, value, remark) in [
        ("/shipping_address/country_code", json!("US"), Remark::ZoneAssumed { place: "US ENG W1U".to_owned() }),
        ("/shipping_address/country_code", json!("England"), Remark::CountryUnreadable),
        ("/email", json!("nobody"), Remark::EmailUnusable),
        (
            "/line_items/0/price_set",
            json!({"shop_money": {"amount": "-1"}}),
            Remark::AmountUnreadable { field: format!("line_items/{SOCKS}/price") },
        ),
        ("/line_items/0/title", json!(null), Remark::LineLeftOut { index: 0 }),
        ("/line_items/0/quantity", json!(0), Remark::LineLeftOut { index: 0 }),
        ("/currency", json!("pounds"), Remark::AmountUnreadable { field: "shipping_lines".to_owned() }),
    ] {
        let base = with(with(order(), "/line_items/0/name", json!(null)), "/presentment_currency", json!(null));
        let composed = composed("shopify", &read(&with(base, pointer, value))).expect("an order");
        assert!(composed.remarks.contains(&remark), "{pointer}: {:?}", composed.remarks);
    }
}

#[test]
fn a_line_costs_what_the_shopper_paid_in_one_currency() {
    let line = |price: &str, presentment: &str, discount: [&str; 2], tax: [&str; 2]| {
        let set = |shop: &str, other: &str| json!({"shop_money": {"amount": shop, "currency_code": "GBP"}, "presentment_money": {"amount": other, "currency_code": "JPY"}});
        json!([{"id": 1, "title": "Tent", "quantity": 3, "price": price, "price_set": set(price, presentment),
            "discount_allocations": [{"amount": discount[0], "amount_set": set(discount[0], discount[1])}],
            "tax_lines": [{"price": tax[0], "price_set": set(tax[0], tax[1])}]}])
    };
    let base = with(
        with(order(), "/line_items", line("10.00", "1900", ["1.50", "285"], ["5.70", "1083"])),
        "/shipping_lines",
        json!([]),
    );
    for (presentment, included, paid) in [
        ("JPY", true, (5_415, "JPY")),
        ("JPY", false, (6_498, "JPY")),
        ("GBP", true, (2_850, "GBP")),
        ("GBP", false, (3_420, "GBP")),
        // Amounts in euros are missing, so the shop's currency is used for everything.
        ("EUR", false, (3_420, "GBP")),
    ] {
        let order = with(with(base.clone(), "/presentment_currency", json!(presentment)), "/taxes_included", json!(included));
        let order = composed("shopify", &read(&order)).expect("an order").order;
        let total = order.lines[0].total.as_ref().expect("a total");
        assert_eq!((total.minor, total.currency.as_str()), paid, "{presentment} {included}");
        let unit = order.lines[0].unit_price.as_ref().expect("a price");
        assert!(unit.minor * 3 <= total.minor && unit.minor * 3 > total.minor - 3);
        assert_eq!(order.delivery_cost.as_ref().map(|cost| cost.currency.as_str()), Some(paid.1));
    }
}

#[test]
fn a_fulfilment_is_a_shipment_for_each_tracking_number() {
    for (numbers, socks, mugs, shipments) in [
        (vec!["RM1"], 3, 1, vec!["f255 royal-mail RM1 [14008235720951x3 14008235720952x1]"]),
        (vec!["RM1", "RM2"], 2, 0, vec!["f255 royal-mail RM1 [14008235720951x1]", "f255-2 royal-mail RM2 [14008235720951x1]"]),
        (vec!["RM1", "RM2"], 3, 0, vec!["f255 royal-mail RM1 [14008235720951x3]", "f255-2 royal-mail RM2 []"]),
        (vec!["RM1", "RM1"], 1, 0, vec!["f255 royal-mail RM1 [14008235720951x1]"]),
        (vec![], 1, 0, vec!["f255 royal-mail #1042-F255 [14008235720951x1]"]),
        (vec![], 0, 0, vec![]),
    ] {
        let parts = json!([fulfillment(255, &numbers, socks, mugs)]);
        let order = composed("shopify", &read(&with(order(), "/fulfillments", parts))).expect("an order").order;
        assert_eq!(short(&order)[1], shipments, "{numbers:?}");
    }
}

#[test]
fn each_field_of_a_fulfilment_is_read() {
    let base = fulfillment(255, &["RM1"], 1, 0);
    for (pointer, value, seen) in [
        ("/status", json!("cancelled"), "none"),
        ("/status", json!("ERROR"), "none"),
        ("/status", json!("failure"), "none"),
        ("/status", json!("pending"), "f255 royal-mail RM1"),
        ("/tracking_company", json!("Hafenkurier"), "f255 hafenkurier RM1"),
        ("/tracking_company", json!(null), "f255 other RM1"),
        ("/tracking_numbers", json!(null), "f255 royal-mail #1042-F255"),
        ("/tracking_numbers", json!([null, " ", 4711]), "f255 royal-mail 4711"),
        ("/line_items", json!(null), "f255 royal-mail RM1 []"),
        ("/line_items/0/quantity", json!(9), "[14008235720951x3]"),
        ("/line_items/0/id", json!(1), "f255 royal-mail RM1 []"),
        ("/tracking_urls", json!(["http://insecure.example"]), "link: none"),
        ("/tracking_urls", json!(["https://track.carrier.example/x"]), "link: https://track.carrier.example/x"),
    ] {
        let parts = json!([with(base.clone(), pointer, value.clone())]);
        let order = composed("shopify", &read(&with(order(), "/fulfillments", parts))).expect("an order").order;
        let link = order.shipments.first().and_then(|shipment| shipment.tracking_url.as_deref()).unwrap_or("none");
        let shown =
            if order.shipments.is_empty() { "none".to_owned() } else { format!("{} link: {link}", short(&order)[1].join(" ")) };
        assert!(shown.contains(seen), "{pointer} {value}: {shown}");
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
