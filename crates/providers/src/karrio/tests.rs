//! Tests complete webhook requests: sent with the secret as Karrio sends it, read, and applied to an order.

use doorstep_contract::{Confidence, DeliveredTo, PromiseSource, Reason, Shipment};
use proptest::prelude::*;
use serde_json::json;

use super::super::signature::{hmac, to_hex};
use super::super::testing::{any_json, send, shipment_after};
use super::super::{Delivery, Refusal, Secrets};

const SECRET: &str = "front-door";
const DELIVERED: &str = include_str!("fixtures/delivered.json");
const FAILED: &str = include_str!("fixtures/failed.json");
const RETURNED: &str = include_str!("fixtures/returned.json");
const CUSTOMS: &str = include_str!("fixtures/customs.json");
const PICKUP: &str = include_str!("fixtures/pickup.json");
const DELAYED: &str = include_str!("fixtures/delayed.json");

fn secrets() -> Secrets {
    Secrets { karrio: vec!["of-last-year".to_owned(), SECRET.to_owned()], ..Secrets::default() }
}

fn deliver(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    send("karrio", &[("x-event-id", SECRET.to_owned())], body, &secrets())
}

fn delivered(body: &str) -> Delivery {
    deliver(body.as_bytes()).expect("accepted").pop().expect("a delivery")
}

fn after(body: &str) -> Shipment {
    shipment_after(&[delivered(body)])
}

/// Returns stage, condition and reason of a shipment.
fn state(shipment: &Shipment) -> [&str; 3] {
    let reason = shipment.condition.reason.as_ref().map_or("-", Reason::as_str);
    [shipment.stage.as_str(), shipment.condition.state.as_str(), reason]
}

/// Returns a webhook body about a tracker with this status and these scans.
fn webhook(status: &str, scans: &serde_json::Value) -> String {
    json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": status, "events": scans}}).to_string()
}

#[test]
fn a_delivered_parcel_says_who_has_it_and_where_it_is() {
    let delivery = delivered(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("794000000042", Some("fedex")));
    let shipment = after(DELIVERED);
    assert_eq!((state(&shipment), shipment.events.len(), shipment.pieces), (["delivered", "ok", "-"], 4, Some(2)));
    let proof = shipment.delivered.as_ref().expect("a delivery");
    assert_eq!((&proof.to, proof.signed_by.as_deref()), (&DeliveredTo::SafePlace, Some("J. Rivera")));
    // The photo needs a login at Karrio, so there is no link to it.
    assert_eq!(proof.photo_url, None);
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://track.fedex.example/794000000042"));
    let promise = shipment.promise.as_ref().expect("a promise");
    assert_eq!((&promise.source, &promise.confidence), (&PromiseSource::Carrier, &Confidence::Medium));
    assert_eq!(json!(promise.expected), json!({"kind": "day", "from": "2026-10-07", "to": "2026-10-07"}));
}

#[test]
fn a_photo_that_anybody_may_see_is_shown() {
    let body = DELIVERED.replace("/v1/trackers/trk_1/delivery_image", "https://photos.example/1.jpg");
    let proof = after(&body).delivered.expect("a delivery");
    assert_eq!(proof.photo_url.as_deref(), Some("https://photos.example/1.jpg"));
}

#[test]
fn nobody_at_home_is_an_attempt() {
    let shipment = after(FAILED);
    assert_eq!((state(&shipment), shipment.attempts), (["out_for_delivery", "attempt_failed", "consignee_not_home"], 1));
}

#[test]
fn a_refused_parcel_goes_back() {
    let shipment = after(RETURNED);
    assert_eq!(state(&shipment)[0], "returning");
    assert_eq!(shipment.condition.reason, Some(Reason::ConsigneeRefused));
}

#[test]
fn customs_that_ask_for_papers_are_customs_with_documents_due() {
    let shipment = after(CUSTOMS);
    assert_eq!(state(&shipment), ["customs", "documents_due", "customs_documentation"]);
    let collected = shipment.events.iter().map(|event| event.at.local.to_string()).min();
    assert_eq!(collected.as_deref(), Some("2026-10-05"));
}

#[test]
fn what_waits_at_a_post_office_is_ready_and_nobody_says_where() {
    let shipment = after(PICKUP);
    assert_eq!((state(&shipment), &shipment.pickup), (["ready_for_pickup", "ok", "-"], &None));
}

#[test]
fn a_delay_is_late_for_its_reason() {
    let shipment = after(DELAYED);
    assert_eq!(state(&shipment), ["in_transit", "late", "weather_delay"]);
    let text = shipment.events.iter().find_map(|event| event.text.clone().filter(|text| text.contains("weather")));
    assert_eq!(text.as_deref(), Some("Severe weather conditions have delayed delivery."));
}

#[test]
fn a_delay_that_the_carrier_calls_unknown_is_none() {
    let scans = json!([
        {"date": "2026-10-08", "time": "06:00", "status": "delivery_delayed", "code": "unknown", "description": "Processed"},
        {"date": "2026-10-07", "time": "06:00", "status": "in_transit", "code": "transit", "description": "Arrived"},
    ]);
    let shipment = after(&webhook("delivery_delayed", &scans));
    assert_eq!(state(&shipment), ["in_transit", "ok", "-"]);
    let codes: Vec<_> = shipment.events.iter().filter_map(|event| event.raw.as_ref()?.code.as_deref()).collect();
    assert!(codes.contains(&"delivery_delayed/unknown"), "{codes:?}");
}

#[test]
fn an_older_server_that_gives_scans_no_status_is_understood_by_its_tracker() {
    let scan =
        |date: &str| json!({"date": date, "time": "10:39", "timestamp": null, "status": null, "code": "KB", "description": date});
    let failed = delivered(&webhook("delivery_failed", &json!([scan("2026-10-06")])));
    assert_eq!(state(&shipment_after(std::slice::from_ref(&failed))), ["out_for_delivery", "attempt_failed", "-"]);
    let moved = delivered(&webhook("ready_for_pickup", &json!([scan("2026-10-07"), scan("2026-10-06")])));
    let shipment = shipment_after(&[failed, moved]);
    assert_eq!((state(&shipment), shipment.events.len()), (["ready_for_pickup", "ok", "-"], 2));
}

#[test]
fn a_scan_that_karrio_classifies_anew_stays_one_scan() {
    let scan =
        |status: &str| json!([{"date": "2026-10-05", "time": "18:20", "status": status, "code": "AR", "description": "Arrived"}]);
    let before = delivered(&webhook("in_transit", &scan("in_transit")));
    let after = delivered(&webhook("in_transit", &scan("picked_up")));
    assert_eq!(shipment_after(&[before, after]).events.len(), 1);
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scans = json!([{"date": "2026-10-05", "status": "teleported", "code": "QX", "reason": "moon", "description": "QUANTUM HANDOVER"}]);
    let body = webhook("teleported", &scans);
    assert_eq!(delivered(&body).unknown, ["teleported", "teleported/moon"]);
    let shipment = after(&body);
    assert_eq!(state(&shipment), ["unknown", "ok", "-"]);
    let event = shipment.events.first().expect("an event");
    assert_eq!(event.text.as_deref(), Some("Quantum handover"));
    let raw = event.raw.as_ref().expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("teleported/QX"), Some("QUANTUM HANDOVER")));
}

#[test]
fn a_webhook_that_comes_twice_changes_nothing() {
    for body in [DELIVERED, FAILED, RETURNED, CUSTOMS, PICKUP, DELAYED] {
        let delivery = delivered(body);
        assert!(delivery.unknown.is_empty());
        assert_eq!(shipment_after(&[delivery.clone(), delivery.clone()]), shipment_after(&[delivery]));
    }
}

#[test]
fn the_secret_or_a_signature_opens_the_door_and_nothing_else_does() {
    let body = DELIVERED.as_bytes();
    let signed = |secret: &str| ("x-karrio-signature", format!("sha256={}", to_hex(&hmac(secret, &[body]))));
    assert!(send("karrio", &[signed(SECRET)], body, &secrets()).is_ok());
    let secret = ("x-event-id", SECRET.to_owned());
    for headers in [
        vec![],
        vec![("x-event-id", "back-door".to_owned())],
        vec![("x-event-id", String::new())],
        vec![signed("back-door")],
        vec![signed("back-door"), secret.clone()],
        vec![("x-karrio-signature", to_hex(&hmac(SECRET, &[body])))],
    ] {
        assert_eq!(send("karrio", &headers, body, &secrets()), Err(Refusal::BadSignature), "{headers:?}");
    }
    assert_eq!(send("karrio", &[secret], body, &Secrets::default()), Err(Refusal::BadSignature));
    assert_eq!(send("karrio", &[signed(SECRET)], FAILED.as_bytes(), &secrets()), Err(Refusal::BadSignature));
}

#[test]
fn other_events_are_well_received_and_bad_ones_refused() {
    assert_eq!(deliver(br#"{"event": "shipment_purchased", "data": {"tracking_number": "1"}}"#), Ok(Vec::new()));
    for body in ["", "{", "[]", "{}", r#"{"event": "tracker_updated"}"#, r#"{"event": "tracker_updated", "data": {}}"#] {
        assert!(matches!(deliver(body.as_bytes()), Err(Refusal::Unreadable(_))), "{body}");
    }
}

const NAMES: &[&str] = &[
    "events",
    "status",
    "reason",
    "code",
    "date",
    "time",
    "timestamp",
    "description",
    "location",
    "latitude",
    "info",
    "signed_by",
    "estimated_delivery",
    "shipment_package_count",
    "delivered",
    "delivery_delayed",
    "unknown",
];

proptest! {
    #[test]
    fn no_payload_makes_it_panic(tracker in any_json(NAMES), scans in proptest::collection::vec(any_json(NAMES), 0..4)) {
        let mut tracker = tracker;
        if let Some(tracker) = tracker.as_object_mut() {
            tracker.insert("tracking_number".to_owned(), json!("1"));
            tracker.insert("events".to_owned(), json!(scans));
        }
        let body = json!({"event": "tracker_updated", "data": tracker}).to_string();
        shipment_after(&deliver(body.as_bytes()).unwrap_or_default());
    }

    #[test]
    fn no_truncated_payload_changes_anything(end in 0_usize..DELIVERED.trim_end().len()) {
        prop_assert!(deliver(DELIVERED.as_bytes().get(..end).unwrap_or_default()).is_err());
    }
}
