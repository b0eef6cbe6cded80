//! Tests complete push notifications: signed as 17TRACK signs, read, and applied to an order.

use doorstep_contract::{Confidence, DeliveredTo, Event, PromiseSource, Shipment};
use serde_json::{Value, json};

use super::case::{ATTEMPT, CASE, CUSTOMS, DELAYED, DELIVERED, PICKUP, RETURNED};
use crate::testing::{shipment_after, state};

fn event<'a>(shipment: &'a Shipment, text: &str) -> &'a Event {
    shipment.events.iter().find(|event| event.text.as_deref() == Some(text)).expect(text)
}

/// Returns a push notification about one scan.
fn push(status: &str, scan: &Value) -> String {
    let carrier =
        json!({"provider": {"key": 1, "name": "Hafenpost"}, "latest_sync_time": "2026-11-19T12:00:00Z", "events": [scan]});
    let track = json!({"latest_status": {"status": status}, "tracking": {"providers": [carrier]}});
    json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 1, "track_info": track}}).to_string()
}

#[test]
fn two_carriers_make_one_timeline_and_the_second_is_the_last_mile() {
    let delivery = CASE.delivery(DELIVERED);
    assert_eq!((delivery.tracking_number.as_str(), delivery.carrier.as_deref()), ("LZ900123456CN", Some("China Post")));
    assert_eq!(delivery.update.facts.last_mile_tracking_number.as_deref(), Some("9400100000000000000042"));
    let shipment = CASE.shipment_after(DELIVERED);
    assert_eq!((state(&shipment), shipment.events.len()), (["delivered", "ok", "-"], 6));
    assert_eq!(shipment.delivered.as_ref().map(|delivered| &delivered.to), Some(&DeliveredTo::SafePlace));
    let carrier = shipment.last_mile_carrier.as_ref().expect("a last mile");
    assert_eq!((carrier.code.as_str(), carrier.name.as_str()), ("usps", "USPS"));
    assert_eq!((carrier.phone.as_deref(), carrier.url.as_deref()), (Some("+1 800-275-8777"), Some("https://www.usps.com/")));
}

#[test]
fn a_second_carrier_is_the_last_mile_where_nobody_says_so() {
    let unnamed = DELIVERED.replace(r#""local_provider": "USPS""#, r#""local_provider": null"#);
    let name = |body: &str| CASE.shipment_after(body).last_mile_carrier.map(|carrier| carrier.name);
    assert_eq!(name(&unnamed).as_deref(), Some("USPS"));
    assert_eq!(name(ATTEMPT), None);
}

#[test]
fn the_clock_of_the_carrier_counts_and_a_guessed_zone_does_not() {
    let shipment = CASE.shipment_after(DELIVERED);
    for (text, local, offset) in [
        ("Electronic information received", "2026-11-05", None),
        ("Accepted", "2026-11-06T18:05:00", Some(480)),
        // The carrier wrote no zone, and California lies in one zone.
        ("Delivered, front door/porch", "2026-11-15T11:42:00", Some(-480)),
    ] {
        let at = &event(&shipment, text).at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{text}");
    }
    let scan = json!({"time_iso": "2026-11-15T11:42:00-06:00", "time_raw": {"date": "2026-11-15", "time": "11:42:00", "timezone": null},
        "description": "Here", "sub_status": "InTransit_Other", "address": {"country": "US", "state": "TX", "city": "El Paso"}});
    let at = CASE.delivery(&push("InTransit", &scan)).update.events.pop().expect("an event").at;
    assert_eq!((at.local.to_string().as_str(), at.offset_min), ("2026-11-15T11:42:00", None));
}

#[test]
fn times_of_every_kind_are_read_in_one_push() {
    for (scan, local, offset) in [
        (json!({"time_raw": {"date": "2026-11-15"}}), "2026-11-15", None),
        (json!({"time_raw": {"date": "2026-11-15", "time": "07:10", "timezone": "+0100"}}), "2026-11-15T07:10:00", Some(60)),
        (json!({"time_raw": {"date": "2026-11-15", "time": "07:10:00", "timezone": "CET"}}), "2026-11-15T07:10:00", None),
        (
            json!({"time_raw": {"date": "15 Nov", "time": "soon"}, "time_iso": "2026-11-15T07:10:00+01:00"}),
            "2026-11-15T07:10:00",
            Some(60),
        ),
        (json!({"time_utc": "2026-11-15T06:10:00Z"}), "2026-11-15T06:10:00", Some(0)),
        (json!({"time_utc": "2026-11-15T06:10:00Z", "address": {"country": "JP"}}), "2026-11-15T15:10:00", Some(540)),
    ] {
        let at = CASE.delivery(&push("InTransit", &scan)).update.events.pop().expect("an event").at;
        assert_eq!((at.local.to_string().as_str(), at.offset_min), (local, offset), "{scan}");
    }
    assert!(CASE.shipment_after(&push("InTransit", &json!({"description": "never"}))).events.is_empty());
}

#[test]
fn nobody_at_home_is_an_attempt() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!(state(&shipment), ["out_for_delivery", "attempt_failed", "consignee_not_available"]);
    assert_eq!((shipment.attempts, shipment.pieces), (1, Some(2)));
    let promise = shipment.promise.as_ref().expect("a promise");
    assert_eq!((&promise.source, &promise.confidence), (&PromiseSource::Carrier, &Confidence::Medium));
    assert_eq!(json!(promise.expected), json!({"kind": "day", "from": "2026-11-18", "to": "2026-11-18"}));
}

#[test]
fn what_was_sent_back_is_returned() {
    assert_eq!(state(&CASE.shipment_after(RETURNED)), ["returned", "ok", "-"]);
}

#[test]
fn customs_that_ask_for_papers_are_customs_with_documents_due() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!(state(&shipment), ["customs", "documents_due", "customs_documentation"]);
    assert_eq!(event(&shipment, "Presented to customs").at.offset_min, Some(540));
}

#[test]
fn a_parcel_shop_with_an_address_is_a_pickup_point() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!(state(&shipment), ["ready_for_pickup", "ok", "-"]);
    let pickup = shipment.pickup.as_ref().expect("a pickup point");
    assert_eq!((pickup.name.as_str(), pickup.country.as_deref()), ("Paketshop Lindenallee", Some("DE")));
    assert_eq!(pickup.lines, ["Lindenallee 4", "20259 Hamburg"]);
    let town_alone = PICKUP.replace(r#""street": "Lindenallee 4""#, r#""street": null"#);
    assert_eq!(CASE.shipment_after(&town_alone).pickup, None);
}

#[test]
fn a_delay_that_the_carrier_reports_is_late_with_the_new_days() {
    let shipment = CASE.shipment_after(DELAYED);
    assert_eq!(state(&shipment), ["in_transit", "late", "-"]);
    let promise = shipment.promise.as_ref().expect("a promise");
    assert_eq!(json!(promise.expected), json!({"kind": "days", "from": "2026-11-21", "to": "2026-11-23"}));
}

#[test]
fn a_prediction_of_17track_is_a_guess() {
    let promise = CASE.shipment_after(DELIVERED).promise.expect("a promise");
    assert_eq!((&promise.source, &promise.confidence), (&PromiseSource::Model, &Confidence::Low));
}

#[test]
fn a_number_that_the_carrier_does_not_know_changes_nothing() {
    for status in ["NotFound", "NotFound_Other", "NotFound_InvalidCode", "NotFound_Tomorrow"] {
        let body = json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 0, "track_info": {
            "latest_status": {"status": "NotFound", "sub_status": status}, "latest_event": null}}});
        let shipment = CASE.shipment_after(&body.to_string());
        assert_eq!((state(&shipment), shipment.events.len()), (["label_created", "ok", "-"], 0), "{status}");
    }
}

#[test]
fn silence_is_stalled_and_a_vague_exception_is_not_late() {
    let scan = json!({"time_raw": {"date": "2026-11-15"}, "sub_status": "InTransit_Other", "description": "Here"});
    assert_eq!(state(&CASE.shipment_after(&push("Expired", &scan))), ["in_transit", "stalled", "-"]);
    let vague = json!({"time_raw": {"date": "2026-11-16"}, "sub_status": "Exception_Other", "description": "Something happened"});
    let shipment = shipment_after(&[CASE.delivery(&push("InTransit", &scan)), CASE.delivery(&push("Exception", &vague))]);
    assert_eq!(state(&shipment), ["in_transit", "unknown", "-"]);
}

#[test]
fn a_scan_that_is_classified_anew_stays_one_scan() {
    let scan = |word: &str| json!({"time_raw": {"date": "2026-11-15"}, "sub_status": word, "description": "At the port"});
    let before = push("InTransit", &scan("InTransit_Other"));
    let after = push("InTransit", &scan("InTransit_Arrival")).replace("2026-11-19T12:00:00Z", "2026-11-19T13:00:00Z");
    for deliveries in [[&before, &after], [&after, &before]] {
        let shipment = shipment_after(&deliveries.map(|body| CASE.delivery(body)));
        let codes: Vec<_> = shipment.events.iter().filter_map(|event| event.raw.as_ref()?.code.as_deref()).collect();
        assert_eq!(codes, ["InTransit_Arrival"]);
    }
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scan = json!({"time_raw": {"date": "2026-11-15"}, "sub_status": "Teleported_Twice", "description": "QUANTUM HANDOVER"});
    let body = push("Teleported", &scan);
    assert_eq!(CASE.delivery(&body).unknown, ["Teleported", "Teleported_Twice"]);
    let shipment = CASE.shipment_after(&body);
    assert_eq!(state(&shipment), ["unknown", "ok", "-"]);
    let raw = event(&shipment, "Quantum handover").raw.as_ref().expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("Teleported_Twice"), Some("QUANTUM HANDOVER")));
}
