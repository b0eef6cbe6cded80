//! Tests of the description of a parcel at every stage, and of the data that is left out.

use doorstep_contract::{Order, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::plain_text::{is_hidden, is_separator};
use super::json;

/// Returns an order with every field set.
fn order() -> Value {
    json!({
        "id": "ord_1", "number": "1042", "placed_at": "2026-11-12T09:30:00+01:00", "version": 3, "access": "full",
        "destination": {"lines": ["12 M… Street", "London N1"], "country": "GB"},
        "lines": [
            {"id": "l1", "title": "Rain jacket", "variant": "M, blue", "quantity": 2, "image_url": "https://shop.example/1.jpg",
             "url": "https://shop.example/jacket"},
            {"id": "l2", "title": "Tent", "quantity": 1},
        ],
        "shipments": [{
            "id": "s1", "direction": "outbound", "stage": "in_transit", "condition": {"state": "ok"},
            "carrier": {"code": "ups", "name": "UPS", "url": "https://ups.example", "phone": "+44 1"},
            "tracking_number": "1Z999", "tracking_url": "https://ups.example/track?n=1Z999&x=1",
            "lines": [{"line_id": "l1", "quantity": 2}, {"line_id": "gone", "quantity": 1}],
            "promise": {"promised": {"from": "2026-11-18", "to": "2026-11-18"}, "expected": {"from": "2026-11-19", "to": "2026-11-20"}},
        }],
    })
}

fn document_of(order: &Value) -> Value {
    let order = Order::from_json(&order.to_string()).expect("an order");
    serde_json::from_str(&json(&order).expect("JSON")).expect("JSON")
}

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut order = order();
    change(&mut order);
    document_of(&order)
}

fn schema(member: &str) -> Value {
    json!(format!("https://schema.org/{member}"))
}

#[test]
fn a_parcel_is_told_with_all_that_is_known_of_it() {
    let expected = json!([{
        "@context": "https://schema.org", "@type": "ParcelDelivery",
        "partOfOrder": {"@type": "Order", "orderNumber": "1042", "orderDate": "2026-11-12T09:30:00+01:00",
                        "orderStatus": "https://schema.org/OrderInTransit"},
        "deliveryAddress": {"@type": "PostalAddress", "streetAddress": "12 M… Street, London N1", "addressCountry": "GB"},
        "provider": {"@type": "Organization", "name": "UPS", "url": "https://ups.example"},
        "expectedArrivalFrom": "2026-11-19", "expectedArrivalUntil": "2026-11-20",
        "itemShipped": [{"@type": "Product", "name": "Rain jacket, M, blue", "image": "https://shop.example/1.jpg",
                         "url": "https://shop.example/jacket"}],
        "trackingNumber": "1Z999", "trackingUrl": "https://ups.example/track?n=1Z999&x=1",
        "hasDeliveryMethod": "https://schema.org/ParcelService",
    }]);
    assert_eq!(document_of(&order()), expected);
}

#[test]
fn every_stage_has_its_word_and_only_what_is_awaited_is_expected() {
    let table = [
        ("ordered", "OrderProcessing", true),
        ("packed", "OrderProcessing", true),
        ("label_created", "OrderProcessing", true),
        ("handed_over", "OrderInTransit", true),
        ("in_transit", "OrderInTransit", true),
        ("customs", "OrderInTransit", true),
        ("at_local_depot", "OrderInTransit", true),
        ("out_for_delivery", "OrderInTransit", true),
        ("ready_for_pickup", "OrderPickupAvailable", false),
        ("delivered", "OrderDelivered", false),
        ("returning", "OrderProblem", false),
        ("returned", "OrderReturned", false),
        ("cancelled", "OrderCancelled", false),
        ("lost", "OrderProblem", false),
        ("destroyed", "OrderProblem", false),
    ];
    assert_eq!(table.map(|(stage, ..)| stage).as_slice(), Stage::VALUES);
    for (stage, status, awaited) in table {
        let parcel = changed(|order| order["shipments"][0]["stage"] = json!(stage));
        assert_eq!(parcel[0]["partOfOrder"]["orderStatus"], schema(status), "{stage}");
        assert_eq!(parcel[0].get("expectedArrivalUntil").is_some(), awaited, "{stage}");
    }
    let unknown = changed(|order| order["shipments"][0]["stage"] = json!("beamed"));
    assert_eq!(unknown[0]["partOfOrder"].get("orderStatus"), None);
}

#[test]
fn of_several_parcels_the_one_that_needs_attention_speaks_for_the_order() {
    let with = |stages: &[&str], unshipped: bool| {
        let shipments: Vec<Value> =
            stages.iter().map(|stage| json!({"id": stage, "direction": "outbound", "stage": stage})).collect();
        let parcels = changed(|order| {
            order["shipments"] = json!(shipments);
            order["unshipped"] = if unshipped { json!([{"line_id": "l2", "quantity": 1}]) } else { json!([]) };
        });
        parcels[0]["partOfOrder"].get("orderStatus").cloned()
    };
    for (stages, unshipped, status) in [
        (&["delivered", "in_transit"][..], false, "OrderInTransit"),
        (&["delivered", "lost"], false, "OrderProblem"),
        (&["in_transit", "ready_for_pickup"], false, "OrderPickupAvailable"),
        (&["delivered"], true, "OrderProcessing"),
        (&["delivered", "cancelled"], false, "OrderDelivered"),
        (&["returned", "cancelled"], false, "OrderReturned"),
    ] {
        assert_eq!(with(stages, unshipped), Some(schema(status)), "{stages:?}");
    }
    assert_eq!(with(&["delivered", "beamed"], false), None);
}

#[test]
fn what_waiting_does_not_mend_is_a_problem_and_a_part_is_not_the_whole() {
    for (state, status) in [("damaged", "OrderProblem"), ("payment_due", "OrderProblem"), ("late", "OrderInTransit")] {
        let parcel = changed(|order| order["shipments"][0]["condition"] = json!({"state": state}));
        assert_eq!(parcel[0]["partOfOrder"]["orderStatus"], schema(status), "{state}");
    }
    let in_part = changed(|order| {
        order["shipments"][0]["stage"] = json!("delivered");
        order["shipments"][0]["delivered"] = json!({"to": "in_part"});
    });
    assert_eq!(in_part[0]["partOfOrder"].get("orderStatus"), None);
}

#[test]
fn replacements_are_told_returns_are_not_and_what_was_replaced_no_longer_counts() {
    let parcels = changed(|order| {
        order["shipments"] = json!([
            {"id": "s1", "direction": "outbound", "stage": "lost"},
            {"id": "s2", "direction": "replacement", "of": "s1", "stage": "delivered"},
            {"id": "s3", "direction": "return", "of": "s2", "stage": "in_transit"},
            {"id": "s4", "direction": "sideways", "stage": "in_transit"},
        ]);
    });
    assert_eq!(parcels.as_array().map(Vec::len), Some(2));
    assert_eq!(parcels[0]["partOfOrder"]["orderStatus"], schema("OrderDelivered"));
    assert_eq!(changed(|order| order["shipments"] = json!([])), json!([]));
}

#[test]
fn a_window_of_hours_keeps_its_offset_and_a_promise_stands_until_more_is_known() {
    let hours = changed(|order| {
        order["shipments"][0]["promise"]["expected"] =
            json!({"from": "2026-11-19T14:00:00+01:00", "to": "2026-11-19T16:00:00+01:00"});
    });
    assert_eq!(hours[0]["expectedArrivalFrom"], "2026-11-19T14:00:00+01:00");
    assert_eq!(hours[0]["expectedArrivalUntil"], "2026-11-19T16:00:00+01:00");
    let promised = changed(|order| order["shipments"][0]["promise"]["expected"] = Value::Null);
    assert_eq!(
        (&promised[0]["expectedArrivalFrom"], &promised[0]["expectedArrivalUntil"]),
        (&json!("2026-11-18"), &json!("2026-11-18"))
    );
}

#[test]
fn a_pickup_point_is_where_it_goes_and_its_code_is_never_told() {
    let parcel = changed(|order| {
        order["shipments"][0]["stage"] = json!("ready_for_pickup");
        order["shipments"][0]["pickup"] = json!({"name": "Corner shop", "lines": ["1 High Street"], "country": "GB", "collect_by": "2026-11-27", "code": "47-11"});
    });
    let address =
        json!({"@type": "PostalAddress", "name": "Corner shop", "streetAddress": "1 High Street", "addressCountry": "GB"});
    assert_eq!(parcel[0]["deliveryAddress"], address);
    assert_eq!(parcel[0]["deliveryStatus"], json!({"@type": "DeliveryEvent", "availableThrough": "2026-11-27"}));
    assert_eq!(parcel[0]["hasDeliveryMethod"], schema("OnSitePickup"));
    assert!(!parcel.to_string().contains("47-11"));
}

#[test]
fn a_delivery_says_when_and_how_but_not_to_whom() {
    let parcel = changed(|order| {
        order["shipments"][0]["stage"] = json!("delivered");
        order["shipments"][0]["delivered"] = json!({"at": "2026-11-19T14:02:00Z", "to": "locker", "detail": "box 7", "signed_by": "A. Byron",
            "photo_url": "https://ups.example/photo"});
    });
    assert_eq!(parcel[0]["deliveryStatus"], json!({"@type": "DeliveryEvent", "startDate": "2026-11-19T14:02:00Z"}));
    assert_eq!(parcel[0]["hasDeliveryMethod"], schema("LockerDelivery"));
    for private in ["box 7", "Byron", "photo"] {
        assert!(!parcel.to_string().contains(private), "{private}");
    }
}

#[test]
fn nothing_personal_is_told_to_whom_nothing_was_proved() {
    for access in ["limited", "a word of tomorrow"] {
        let parcel = changed(|order| {
            order["access"] = json!(access);
            order["shipments"][0]["stage"] = json!("ready_for_pickup");
            order["shipments"][0]["pickup"] = json!({"name": "Corner shop", "collect_by": "2026-11-27"});
        });
        let mut fields: Vec<&String> = parcel[0].as_object().expect("an object").keys().collect();
        fields.sort();
        assert_eq!(fields, ["@context", "@type", "hasDeliveryMethod", "partOfOrder", "provider"], "{access}");
    }
}

#[test]
fn what_is_not_known_stays_out() {
    let bare = document_of(&json!({"id": "ord_1", "access": "full", "shipments": [{"id": "s1", "direction": "outbound"}]}));
    let expected = json!([{"@context": "https://schema.org", "@type": "ParcelDelivery", "partOfOrder": {"@type": "Order"}}]);
    assert_eq!(bare, expected);
}

#[test]
fn only_pages_of_the_web_are_links() {
    for url in
        ["http://ups.example", "javascript:alert(1)", "tel:+441", "mailto:a@b.example", "//ups.example", "/1.jpg", "https://"]
    {
        let parcel = changed(|order| {
            order["shipments"][0]["tracking_url"] = json!(url);
            order["shipments"][0]["carrier"]["url"] = json!(url);
            order["lines"][0]["image_url"] = json!(url);
            order["lines"][0]["url"] = json!(url);
        });
        let item = &parcel[0]["itemShipped"][0];
        let links = [parcel[0].get("trackingUrl"), parcel[0]["provider"].get("url"), item.get("image"), item.get("url")];
        assert_eq!(links, [None; 4], "{url}");
    }
}

proptest! {
    #[test]
    fn a_hostile_title_is_a_text_and_nothing_else(title in "\\PC{0,30}|.{0,10}(</script>|<!--|\"}]|\\\\u003c|&lt;).{0,10}") {
        let mut hostile = order();
        hostile["lines"][0]["title"] = json!(title);
        hostile["lines"][0]["variant"] = Value::Null;
        let order = Order::from_json(&hostile.to_string()).expect("an order");
        let text = json(&order).expect("JSON");
        prop_assert!(!text.contains(['<', '>', '&']));
        let parcels: Value = serde_json::from_str(&text).expect("JSON");
        let name = parcels[0]["itemShipped"][0]["name"].as_str().unwrap_or_default();
        // The expected name has no hidden characters, and spaces in place of separators.
        let visible = title.trim().chars().filter(|letter| !is_hidden(*letter));
        let plain = |letter: char| if is_separator(letter) { ' ' } else { letter };
        prop_assert_eq!(name, visible.map(plain).collect::<String>());
    }
}
