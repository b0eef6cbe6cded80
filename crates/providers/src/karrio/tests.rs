//! Tests complete webhook requests: sent with the secret as Karrio sends it, read, and applied to an order.

use doorstep_contract::{Confidence, DeliveredTo, PromiseSource, Reason};
use serde_json::{Value, json};

use super::case::{CASE, CUSTOMS, DELAYED, DELIVERED, FAILED, PICKUP, RETURNED};
use crate::testing::{shipment_after, state};

/// Returns a webhook body about a tracker with this status and these scans.
fn webhook(status: &str, scans: &Value) -> String {
    json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": status, "events": scans}}).to_string()
}

#[test]
fn a_delivered_parcel_says_who_has_it_and_where_it_is() {
    let delivery = CASE.delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("794000000042", Some("fedex")));
    let shipment = CASE.shipment_after(DELIVERED);
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
    let proof = CASE.shipment_after(&body).delivered.expect("a delivery");
    assert_eq!(proof.photo_url.as_deref(), Some("https://photos.example/1.jpg"));
}

#[test]
fn nobody_at_home_is_an_attempt() {
    let shipment = CASE.shipment_after(FAILED);
    assert_eq!((state(&shipment), shipment.attempts), (["out_for_delivery", "attempt_failed", "consignee_not_home"], 1));
}

#[test]
fn a_refused_parcel_goes_back() {
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!(state(&shipment)[0], "returning");
    assert_eq!(shipment.condition.reason, Some(Reason::ConsigneeRefused));
}

#[test]
fn customs_that_ask_for_papers_are_customs_with_documents_due() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!(state(&shipment), ["customs", "documents_due", "customs_documentation"]);
    let collected = shipment.events.iter().map(|event| event.at.local.to_string()).min();
    assert_eq!(collected.as_deref(), Some("2026-10-05"));
}

#[test]
fn what_waits_at_a_post_office_is_ready_and_nobody_says_where() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!((state(&shipment), &shipment.pickup), (["ready_for_pickup", "ok", "-"], &None));
}

#[test]
fn a_delay_is_late_for_its_reason() {
    let shipment = CASE.shipment_after(DELAYED);
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
    let shipment = CASE.shipment_after(&webhook("delivery_delayed", &scans));
    assert_eq!(state(&shipment), ["in_transit", "ok", "-"]);
    let codes: Vec<_> = shipment.events.iter().filter_map(|event| event.raw.as_ref()?.code.as_deref()).collect();
    assert!(codes.contains(&"delivery_delayed/unknown"), "{codes:?}");
}

#[test]
fn an_older_server_that_gives_scans_no_status_is_understood_by_its_tracker() {
    let scan =
        |date: &str| json!({"date": date, "time": "10:39", "timestamp": null, "status": null, "code": "KB", "description": date});
    let failed = CASE.delivery(&webhook("delivery_failed", &json!([scan("2026-10-06")])));
    assert_eq!(state(&shipment_after(std::slice::from_ref(&failed))), ["out_for_delivery", "attempt_failed", "-"]);
    let moved = CASE.delivery(&webhook("ready_for_pickup", &json!([scan("2026-10-07"), scan("2026-10-06")])));
    let shipment = shipment_after(&[failed, moved]);
    assert_eq!((state(&shipment), shipment.events.len()), (["ready_for_pickup", "ok", "-"], 2));
}

#[test]
fn a_scan_that_karrio_classifies_anew_stays_one_scan() {
    let scan =
        |status: &str| json!([{"date": "2026-10-05", "time": "18:20", "status": status, "code": "AR", "description": "Arrived"}]);
    let before = CASE.delivery(&webhook("in_transit", &scan("in_transit")));
    let after = CASE.delivery(&webhook("in_transit", &scan("picked_up")));
    assert_eq!(shipment_after(&[before, after]).events.len(), 1);
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scans = json!([{"date": "2026-10-05", "status": "teleported", "code": "QX", "reason": "moon", "description": "QUANTUM HANDOVER"}]);
    let body = webhook("teleported", &scans);
    assert_eq!(CASE.delivery(&body).unknown, ["teleported", "teleported/moon"]);
    let shipment = CASE.shipment_after(&body);
    assert_eq!(state(&shipment), ["unknown", "ok", "-"]);
    let event = shipment.events.first().expect("an event");
    assert_eq!(event.text.as_deref(), Some("Quantum handover"));
    let raw = event.raw.as_ref().expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("teleported/QX"), Some("QUANTUM HANDOVER")));
}
