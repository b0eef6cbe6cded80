use std::collections::BTreeSet;

use doorstep_contract::{Access, Order};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::limited::limited;

/// Returns an order with every field set. Each text field contains a marker with the name of the field, unless the contract
/// prescribes its values.
fn marked(stage: &str, direction: &str) -> Order {
    let money = json!({ "minor": 1, "currency": "MARK-currency" });
    let carrier = json!({ "code": "MARK-code", "name": "MARK-carrier", "phone": "MARK-phone", "url": "MARK-carrier-url" });
    let line = json!([{ "line_id": "l1", "quantity": 1 }]);
    let event = json!({ "id": "MARK-event", "at": { "local": "2020-01-25T20:00:00", "zone": "explicit" }, "stage": stage,
        "place": { "name": "MARK-place", "country": "MARK-place-country", "lat": 51.5, "lon": 0.1 }, "text": "MARK-text",
        "source": "carrier", "raw": { "provider": "MARK-provider", "code": "MARK-raw-code", "text": "MARK-raw" } });
    let pickup = json!({ "name": "MARK-point", "lines": ["MARK-point-street"], "country": "MARK-point-country", "hours": ["MARK-hours"],
        "collect_by": "2020-02-01", "code": "MARK-pin", "location": "MARK-map" });
    let delivered = json!({ "at": "2020-01-25T20:00:00Z", "to": "neighbour", "detail": "MARK-detail", "signed_by": "MARK-signature",
        "photo_url": "MARK-photo" });
    let shipment = json!({
        "id": "s1", "direction": direction, "carrier": carrier, "last_mile_carrier": carrier,
        "last_mile_tracking_number": "MARK-last-mile", "tracking_number": "MARK-number", "tracking_url": "MARK-tracking-url",
        "tracking_level": "full", "lines": line, "stage": stage, "condition": { "state": "ok" },
        "action_required": { "who": "shopper", "what": "MARK-what" }, "delivered": delivered, "pickup": pickup,
        "reroute_url": "MARK-reroute", "events": [event],
    });
    let actions = json!([
        { "kind": "contact", "state": "available", "text": "MARK-policy-text", "needs": ["note"],
            "reasons": [{ "code": "MARK-reason", "text": "MARK-reason-text" }] },
        { "kind": "refund_status", "state": "available", "text": "MARK-refund" },
        { "kind": "report_damaged", "shipment_id": "s1", "state": "unavailable", "reason": "case_open", "text": "MARK-open" },
    ]);
    let message = json!({ "at": "2020-01-25T20:00:00Z", "who": "shopper", "what": "message", "text": "MARK-message" });
    let label = json!({ "formats": ["MARK-format"], "qr_text": "MARK-qr", "qr_rows": ["MARK-rows"] });
    let mut order = json!({
        "id": "ord_1", "number": "1042", "version": 7, "access": "full", "time_zone": "Europe/London",
        "placed_at": "2020-01-20T09:30:00Z", "as_of": "2020-01-20T09:30:00Z", "stream": true, "poll_after_s": 60,
        "destination": { "lines": ["MARK-street"], "country": "MARK-country" },
        "lines": [{ "id": "l1", "title": "MARK-title", "variant": "MARK-variant", "quantity": 1, "unit_price": money,
            "image_url": "MARK-image", "url": "MARK-line-url" }],
        "unshipped": [{ "line_id": "l1", "quantity": 1 }],
        "summary": { "lang": "en", "headline": "MARK-headline", "detail": "MARK-summary", "tone": "good" },
    });
    order["shipments"] = json!([shipment]);
    order["actions"] = actions;
    order["cases"] =
        json!([{ "id": "c1", "reference": "MARK-reference", "kind": "contact", "state": "received", "timeline": [message] }]);
    order["returns"] = json!([{ "id": "r1", "state": "label_ready", "lines": line, "label": label }]);
    order["refunds"] =
        json!([{ "id": "f1", "amount": money, "state": "sent", "to": "original_payment", "reference": "MARK-payment" }]);
    order["support"] =
        json!([{ "kind": "email", "label": "MARK-support", "url": "MARK-support-url", "hours": "MARK-support-hours" }]);
    serde_json::from_value(order).expect("an order")
}

fn marks(json: &Value, found: &mut BTreeSet<String>) {
    match json {
        Value::String(text) => found.extend(text.starts_with("MARK-").then(|| text.clone())),
        Value::Array(list) => list.iter().for_each(|json| marks(json, found)),
        Value::Object(fields) => fields.values().for_each(|json| marks(json, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn left(order: &Order) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    marks(&serde_json::to_value(order).expect("JSON"), &mut found);
    found
}

/// Markers of texts that the shop wrote about its goods, its carriers, its policy and its support.
const PUBLIC: [&str; 12] = [
    "MARK-carrier",
    "MARK-carrier-url",
    "MARK-code",
    "MARK-image",
    "MARK-phone",
    "MARK-policy-text",
    "MARK-reason",
    "MARK-reason-text",
    "MARK-support",
    "MARK-support-hours",
    "MARK-support-url",
    "MARK-title",
];

#[test]
fn a_limited_document_has_only_the_texts_that_are_on_the_list() {
    let whole = marked("in_transit", "outbound");
    assert_eq!(left(&whole).len(), 48, "everything is marked: {:?}", left(&whole));
    let limited = limited(&whole);
    assert_eq!((limited.access.clone(), limited.version, limited.number.as_str()), (Access::Limited, 7, "1042"));
    let hubs = ["MARK-place", "MARK-place-country"];
    let expected: BTreeSet<String> = PUBLIC.into_iter().chain(hubs).map(str::to_owned).collect();
    assert_eq!(left(&limited), expected);
    let text = serde_json::to_string(&limited).expect("JSON");
    assert!(!text.contains("51.5"), "{text}");
}

#[test]
fn a_scan_at_the_shoppers_door_has_no_place() {
    for stage in ["out_for_delivery", "delivered", "ready_for_pickup", "returning", "returned", "a_word_of_tomorrow"] {
        let limited = limited(&marked(stage, "outbound"));
        assert_eq!(limited.shipments[0].events[0].place, None, "{stage}");
    }
}

#[test]
fn nothing_tells_of_what_was_asked_for() {
    let back = limited(&marked("in_transit", "return"));
    assert_eq!(back.shipments, [], "a parcel that goes back");
    let whole = limited(&marked("delivered", "outbound"));
    let kinds: Vec<&str> = whole.actions.iter().map(|action| action.kind.as_str()).collect();
    assert_eq!(kinds, ["contact"]);
    assert!(whole.cases.is_empty() && whole.returns.is_empty() && whole.refunds.is_empty());
}

#[test]
fn an_event_keeps_an_identity_that_says_nothing() {
    let limited = limited(&marked("in_transit", "outbound"));
    let id = &limited.shipments[0].events[0].id;
    assert!(id.starts_with("ev_") && id.len() == 27, "{id}");
}

proptest! {
    #[test]
    fn what_is_limited_once_is_limited_for_good(stage in prop::sample::select(doorstep_contract::Stage::VALUES),
        direction in prop::sample::select(doorstep_contract::Direction::VALUES)) {
        let mut once = limited(&marked(stage, direction));
        let mut twice = limited(&once);
        prop_assert!(left(&once).is_subset(&PUBLIC.into_iter().chain(["MARK-place", "MARK-place-country"]).map(str::to_owned).collect()));
        // Applying `limited` again hashes the event ids again. Nothing else changes.
        for shipment in once.shipments.iter_mut().chain(&mut twice.shipments) {
            shipment.events.iter_mut().for_each(|event| event.id.clear());
        }
        prop_assert_eq!(once, twice);
    }
}
