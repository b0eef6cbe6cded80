//! Tests complete webhook requests: signed as Shopify signs, read, and applied to an order.

use doorstep_contract::{ConditionState, DeliveredTo, Party, PromiseSource, Shipment, Zone};
use serde_json::json;

use super::case::{
    ATTEMPT, BARE_EVENT, CASE, CUSTOMS, DELAYED, DELIVERED, EVENTS, FULFILLMENT, FULFILLMENTS, PICKUP, RETURNING, TWO_PARCELS,
};
use crate::delivery::Delivery;
use crate::refusal::Refusal;
use crate::suite::case::ContentHeaders;
use crate::testing::{shipment_after, state};

fn delivery(headers: ContentHeaders, body: &str) -> Delivery {
    let mut deliveries = CASE.deliver_with(headers, body.as_bytes()).expect("accepted");
    assert_eq!(deliveries.len(), 1);
    deliveries.pop().expect("a delivery")
}

fn after(headers: ContentHeaders, body: &str) -> Shipment {
    shipment_after(&[delivery(headers, body)])
}

/// Returns the update for the fulfilment with this shipment status, dated this number of minutes after ten o'clock.
fn fulfillment(status: &str, minute: u32) -> Delivery {
    let body = FULFILLMENT
        .replace(r#""shipment_status": "delivered""#, &format!(r#""shipment_status": "{status}""#))
        .replace("2026-10-08T16:30:11", &format!("2026-10-08T10:{minute:02}:00"));
    delivery(FULFILLMENTS, &body)
}

#[test]
fn a_fulfilment_says_where_its_parcel_is_and_has_no_history() {
    let delivery = delivery(FULFILLMENTS, FULFILLMENT);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("1ZDOORSTEP5501", Some("UPS")));
    let told_at = delivery.update.told_at.expect("a time").utc();
    assert_eq!(told_at.to_rfc3339(), "2026-10-08T20:30:11+00:00");
    let shipment = shipment_after(&[delivery]);
    assert_eq!((state(&shipment), shipment.events.len()), (["delivered", "ok", "-"], 0));
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://track.carrier.example/1ZDOORSTEP5501"));
}

#[test]
fn a_plain_word_ends_the_trouble_before_it() {
    let attempt = fulfillment("attempted_delivery", 1);
    assert_eq!(state(&shipment_after(std::slice::from_ref(&attempt))), ["out_for_delivery", "attempt_failed", "-"]);
    let ready = fulfillment("READY_FOR_PICKUP", 2);
    for deliveries in [[attempt.clone(), ready.clone()], [ready, attempt]] {
        assert_eq!(state(&shipment_after(&deliveries)), ["ready_for_pickup", "ok", "-"]);
    }
}

#[test]
fn of_two_parcels_in_one_fulfilment_none_is_told_as_delivered() {
    let deliveries = CASE.deliver_with(FULFILLMENTS, TWO_PARCELS.as_bytes()).expect("accepted");
    let numbers: Vec<_> = deliveries.iter().map(|delivery| delivery.tracking_number.as_str()).collect();
    assert_eq!(numbers, ["1ZDOORSTEP5501", "1ZDOORSTEP5502"]);
    let second = shipment_after(deliveries.get(1..).expect("two"));
    assert_eq!(state(&second), ["label_created", "ok", "-"]);
    assert_eq!(second.tracking_url.as_deref(), Some("https://track.carrier.example/1ZDOORSTEP5502"));
}

#[test]
fn a_fulfilment_without_news_says_nothing() {
    let quiet = FULFILLMENT.replace(r#""shipment_status": "delivered""#, r#""shipment_status": null"#);
    assert_eq!(state(&after(FULFILLMENTS, &quiet)), ["label_created", "ok", "-"]);
    let unnumbered = json!({"id": 1, "tracking_number": null, "tracking_numbers": [], "shipment_status": "delivered"});
    assert_eq!(
        CASE.deliver_with(&[("x-shopify-topic", "fulfillments/create")], unnumbered.to_string().as_bytes()),
        Ok(Vec::new())
    );
}

#[test]
fn a_cancelled_fulfilment_is_still_with_the_shop_unless_it_moved() {
    let cancelled = FULFILLMENT.replace(r#""status": "success""#, r#""status": "cancelled""#);
    assert_eq!(state(&after(FULFILLMENTS, &cancelled))[0], "delivered");
    let unsent = cancelled.replace(r#""shipment_status": "delivered""#, r#""shipment_status": "label_printed""#);
    assert_eq!(state(&after(FULFILLMENTS, &unsent))[0], "packed");
}

#[test]
fn a_failure_to_track_is_neither_late_nor_lost() {
    let shipment = shipment_after(&[fulfillment("in_transit", 1), fulfillment("failure", 2)]);
    assert_eq!(state(&shipment), ["in_transit", "unknown", "-"]);
}

#[test]
fn what_was_fetched_is_delivered_at_a_pickup_point() {
    let shipment = shipment_after(&[fulfillment("PICKED_UP", 1)]);
    assert_eq!(shipment.delivered.map(|delivered| delivered.to), Some(DeliveredTo::PickupPoint));
}

#[test]
fn what_the_buyer_has_to_do_is_the_shoppers_move() {
    let shipment = shipment_after(&[fulfillment("in_transit", 1), fulfillment("buyer_action_required", 2)]);
    assert_eq!(shipment.stage.as_str(), "in_transit");
    assert_eq!(shipment.action_required.map(|action| action.who), Some(Party::Shopper));
}

#[test]
fn an_event_as_shopify_sends_it_is_about_the_parcel_of_its_fulfilment() {
    let event = delivery(EVENTS, BARE_EVENT);
    assert_eq!(Some(&event.tracking_number), delivery(FULFILLMENTS, FULFILLMENT).update.reference.as_ref());
    let shipment = shipment_after(&[event]);
    assert_eq!((state(&shipment), shipment.events.len()), (["in_transit", "ok", "-"], 1));
}

#[test]
fn of_several_parcels_in_one_fulfilment_nobody_knows_which_one_an_event_is_about() {
    let deliveries = CASE.deliver_with(FULFILLMENTS, TWO_PARCELS.as_bytes()).expect("accepted");
    assert!(deliveries.iter().all(|delivery| delivery.update.reference.is_none()));
    let two = DELIVERED.replace(r#""tracking_numbers": ["#, r#""tracking_numbers": ["1ZDOORSTEP5502","#);
    assert_eq!(CASE.deliver_with(EVENTS, two.as_bytes()), Ok(Vec::new()));
}

#[test]
fn an_event_with_its_fulfilment_is_a_scan() {
    let shipment = after(EVENTS, DELIVERED);
    assert_eq!((state(&shipment), shipment.events.len()), (["delivered", "ok", "-"], 1));
    let delivered = shipment.delivered.as_ref().expect("a delivery");
    assert_eq!(delivered.to, DeliveredTo::SafePlace);
    assert_eq!(delivered.at.map(|at| at.utc().to_rfc3339()).as_deref(), Some("2026-10-08T20:04:00+00:00"));
    let event = shipment.events.first().expect("an event");
    assert_eq!(event.text.as_deref(), Some("Delivered, front door/porch"));
    let raw = event.raw.as_ref().expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("delivered"), Some("DELIVERED, FRONT DOOR/PORCH")));
}

#[test]
fn an_instant_is_shown_on_the_clock_of_the_place_and_else_on_the_shops() {
    for (body, local, offset, zone) in [
        (DELIVERED.to_owned(), "2026-10-08T13:04:00", Some(-420), Zone::FromPlace),
        (CUSTOMS.to_owned(), "2026-10-06T22:00:00", Some(540), Zone::FromPlace),
        (CUSTOMS.replace(r#""JP""#, "null"), "2026-10-06T09:00:00", Some(-240), Zone::Explicit),
        (CUSTOMS.replace("T09:00:00-04:00", ""), "2026-10-06", None, Zone::default()),
    ] {
        let at = delivery(EVENTS, &body).update.events.pop().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min, at.zone), (local, offset, zone));
    }
}

#[test]
fn an_attempt_and_a_delay_bring_the_new_day() {
    for (body, said, day) in [
        (ATTEMPT, ["out_for_delivery", "attempt_failed", "-"], "2026-10-08"),
        (DELAYED, ["in_transit", "late", "-"], "2026-10-09"),
    ] {
        let shipment = after(EVENTS, body);
        assert_eq!(state(&shipment), said);
        let promise = shipment.promise.as_ref().expect("a promise");
        assert_eq!(json!(promise.expected), json!({"kind": "day", "from": day, "to": day}));
        assert_eq!(promise.source, PromiseSource::Carrier);
    }
    assert_eq!(after(EVENTS, ATTEMPT).attempts, 1);
}

#[test]
fn a_depot_with_an_address_is_a_pickup_point() {
    let shipment = after(EVENTS, PICKUP);
    assert_eq!(state(&shipment), ["ready_for_pickup", "ok", "-"]);
    let pickup = shipment.pickup.as_ref().expect("a pickup point");
    assert_eq!(
        (pickup.lines.join(", ").as_str(), pickup.country.as_deref()),
        ("200 Example Dock Road, 94607 Oakland", Some("US"))
    );
    let unaddressed = PICKUP.replace(r#""200 Example Dock Road""#, "null");
    assert_eq!(after(EVENTS, &unaddressed).pickup, None);
}

#[test]
fn what_goes_back_is_returning() {
    let shipment = shipment_after(&[delivery(EVENTS, PICKUP), delivery(EVENTS, RETURNING)]);
    assert_eq!((state(&shipment)[0], shipment.events.len()), ("returning", 2));
}

#[test]
fn customs_are_no_word_of_shopifys() {
    let shipment = after(EVENTS, CUSTOMS);
    assert_eq!(state(&shipment), ["in_transit", "ok", "-"]);
    assert_eq!(shipment.events.first().and_then(|event| event.text.as_deref()), Some("Released by customs"));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let body = ATTEMPT.replace(r#""attempted_delivery""#, r#""teleported""#);
    assert_eq!(delivery(EVENTS, &body).unknown, ["teleported"]);
    let shipment = after(EVENTS, &body);
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    assert_eq!(shipment.events.first().and_then(|event| event.text.as_deref()), Some("Nobody was there to sign"));
    assert_eq!(fulfillment("teleported", 1).unknown, ["teleported"]);
    let shipment = shipment_after(&[fulfillment("in_transit", 1), fulfillment("teleported", 2)]);
    assert_eq!(state(&shipment), ["in_transit", "ok", "-"]);
}

#[test]
fn a_request_without_a_topic_is_unreadable() {
    assert!(matches!(CASE.deliver_with(&[], FULFILLMENT.as_bytes()), Err(Refusal::Unreadable(_))));
}
