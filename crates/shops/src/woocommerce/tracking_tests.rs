//! Tests of the tracking numbers of each plugin.

use serde_json::{Value, json};

use super::tests::{order, read, shipments};
use crate::Remark;
use crate::testing::{composed, short, with};

fn meta(key: &str, value: Value) -> Value {
    with(order(), "/meta_data", json!([{"id": 5, "key": "_other", "value": [1]}, {"id": 6, "key": key, "value": value}]))
}

#[test]
fn the_tracking_numbers_of_each_plugin_are_shipments() {
    for (key, value, shipped) in [
        (
            "_wc_shipment_tracking_items",
            json!([{"tracking_provider": "dhl-de", "custom_tracking_provider": "", "tracking_number": "00340", "date_shipped": "1763000000", "tracking_id": "a1b2"}]),
            vec!["fa1b2 dhl 00340 [315x3 316x1]"],
        ),
        (
            "_wc_shipment_tracking_items",
            json!([{"tracking_provider": "", "custom_tracking_provider": "Hafenkurier", "custom_tracking_link": "https://hk.example/7", "tracking_number": 77, "products_list": []}]),
            vec!["f77 hafenkurier 77 [315x3 316x1]"],
        ),
        (
            "_wc_shipment_tracking_items",
            json!([
                {"tracking_provider": "gls", "tracking_number": "G1", "tracking_id": "g1", "products_list": [{"product": "97", "item_id": "315", "qty": "2"}]},
                {"tracking_provider": "ups", "tracking_number": "1Z2", "tracking_id": "u2", "products_list": [{"product": 22, "qty": 1}]}
            ]),
            vec!["fg1 gls G1 [315x2]", "fu2 ups 1Z2 [316x1]"],
        ),
        (
            "_wc_shipment_tracking_items",
            json!({"1": {"tracking_provider": "gls", "tracking_number": "G1", "tracking_id": "g1"}, "4": {"tracking_provider": "gls", "tracking_number": "G2", "tracking_id": "g2"}}),
            vec!["fg1 gls G1 [315x3 316x1]", "fg2 gls G2 []"],
        ),
        (
            "_wc_shipment_tracking_items",
            json!("[{\"tracking_provider\": \"gls\", \"tracking_number\": \"G1\"}]"),
            vec!["fG1 gls G1 [315x3 316x1]"],
        ),
        (
            "_aftership_tracking_items",
            json!([{"slug": "hermes-uk", "tracking_number": "H1", "tracking_id": "h1", "line_items": [{"id": 316, "quantity": 1}], "metrics": {"created_at": "2026-11-13T10:00:00Z"}}]),
            vec!["fh1 evri H1 [316x1]"],
        ),
        ("ywot_tracking_code", json!("Y1"), vec!["fywot - Y1 [315x3 316x1]"]),
        (
            "_wc_shipment_tracking_items",
            json!([{"tracking_provider": "gls", "tracking_number": "G1", "tracking_id": "g"}, {"tracking_provider": "gls", "tracking_number": "G2", "tracking_id": "g"}]),
            vec!["fg gls G1 [315x3 316x1]", "fg.2 gls G2 []"],
        ),
        ("_wc_shipment_tracking_items", json!([{"tracking_number": ""}, null, 7]), vec![]),
        ("_wc_shipment_tracking_items", json!("none"), vec![]),
    ] {
        assert_eq!(shipments(&meta(key, value.clone()))[1], shipped, "{value}");
    }
}

#[test]
fn a_number_that_two_plugins_know_is_one_shipment() {
    let both = json!([
        {"key": "_wc_shipment_tracking_items", "value": [{"tracking_provider": "gls", "tracking_number": "g 1", "tracking_id": "a"}]},
        {"key": "_aftership_tracking_items", "value": [{"slug": "gls", "tracking_number": "G1", "tracking_id": "b", "line_items": [{"id": 315, "quantity": 1}]}]}
    ]);
    assert_eq!(shipments(&with(order(), "/meta_data", both))[1], ["fa gls g 1 [315x1]"]);
}

#[test]
fn contents_of_a_partly_sent_order_stay_unknown_unless_the_plugin_states_them() {
    let tracked =
        meta("_wc_shipment_tracking_items", json!([{"tracking_provider": "gls", "tracking_number": "G1", "tracking_id": "g1"}]));
    let composed = composed("woocommerce", &read(&with(tracked, "/status", json!("partial-shipped")))).expect("an order");
    let [_, shipments, unshipped] = short(&composed.order);
    assert_eq!((shipments, unshipped), (vec!["fg1 gls G1 []".to_owned()], vec!["315x3".to_owned(), "316x1".to_owned()]));
    assert!(composed.remarks.contains(&Remark::ContentsUnknown { fulfillment: "g1".to_owned() }));
}

#[test]
fn fulfilments_that_the_shop_adds_are_shipments() {
    let fulfillment = |is_fulfilled: bool, deleted: Value| {
        json!({"id": 55, "status": "fulfilled", "is_fulfilled": is_fulfilled, "date_deleted": deleted, "meta_data": [
            {"id": 1, "key": "_items", "value": [{"item_id": 315, "qty": 2}]}, {"id": 2, "key": "_tracking_number", "value": "1Z55"},
            {"id": 3, "key": "_shipping_provider", "value": "ups"}, {"id": 4, "key": "_tracking_url", "value": "https://track.carrier.example/1Z55"},
            {"id": 5, "key": "_date_fulfilled", "value": "2026-11-13 08:00:00"}
        ]})
    };
    for (fulfilled, deleted, shipped) in [
        (true, Value::Null, vec!["f55 ups 1Z55 [315x2]"]),
        (false, Value::Null, vec![]),
        (true, json!("2026-11-14 08:00:00"), vec![]),
    ] {
        assert_eq!(shipments(&with(order(), "/fulfillments", json!([fulfillment(fulfilled, deleted)])))[1], shipped);
    }
}
