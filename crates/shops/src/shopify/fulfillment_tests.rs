//! Tests of each field of a fulfilment.

use serde_json::json;

use super::tests::{fulfillment, order, read};
use crate::testing::{composed, short, with};

#[test]
fn a_fulfilment_is_a_shipment_for_each_tracking_number() {
    for (numbers, socks, mugs, shipments) in [
        (vec!["RM1"], 3, 1, vec!["f255 royal-mail RM1 [14008235720951x3 14008235720952x1]"]),
        (vec!["RM1", "RM2"], 2, 0, vec!["f255 royal-mail RM1 [14008235720951x1]", "f255-2 royal-mail RM2 [14008235720951x1]"]),
        (vec!["RM1", "RM2"], 3, 0, vec!["f255 royal-mail RM1 [14008235720951x3]", "f255-2 royal-mail RM2 []"]),
        (vec!["RM1", "RM1"], 1, 0, vec!["f255 royal-mail RM1 [14008235720951x1]"]),
        (vec![], 1, 0, vec!["f255 royal-mail - [14008235720951x1]"]),
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
        ("/tracking_company", json!(null), "f255 - RM1"),
        ("/tracking_numbers", json!(null), "f255 royal-mail -"),
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
