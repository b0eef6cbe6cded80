//! Tests of each field of an order, and of the amounts that were paid.

use serde_json::json;

use super::tests::{SOCKS, order, read};
use crate::testing::{composed, short, with};
use crate::{Record, Remark};

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
