//! Tests complete webhook requests: signed as AfterShip signs, read, and applied to an order.

use doorstep_contract::{ConditionState, Confidence, DeliveredTo, Party, PromiseSource, Reason, Source, Stage};
use serde_json::{Value, json};

use super::case::{self, ATTEMPT, CASE, CUSTOMS, DELAYED, DELIVERED, PICKUP, RETURNED};
use crate::testing::shipment_after;

/// Returns an update about a shipment with these fields.
fn parcel(fields: &Value) -> String {
    case::parcel(fields).to_string()
}

#[test]
fn a_delivered_parcel_says_with_whom_it_is_and_shows_the_photo() {
    let shipment = CASE.shipment_after(DELIVERED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Delivered, &ConditionState::Ok));
    let delivered = shipment.delivered.expect("a delivery");
    assert_eq!((&delivered.to, delivered.signed_by.as_deref()), (&DeliveredTo::Neighbour, Some("T. Adeyemi")));
    assert_eq!(delivered.photo_url.as_deref(), Some("https://proof.example/p.jpg"));
    assert_eq!(delivered.at.map(|at| at.utc().to_rfc3339()).as_deref(), Some("2026-10-16T09:38:00+00:00"));
    let promise = shipment.promise.expect("a promise");
    assert_eq!((promise.verdict.as_str(), promise.source), ("on_time", PromiseSource::Carrier));
    assert_eq!(shipment.tracking_url.as_deref(), Some("https://carrier.example/track/DS00420042"));
    assert_eq!(shipment.events.len(), 4);
    let told_at = CASE.delivery(DELIVERED).update.told_at.map(|at| at.utc().timestamp());
    assert_eq!(told_at, Some(1_792_143_669));
}

#[test]
fn a_failed_attempt_is_one_with_its_reason() {
    let shipment = CASE.shipment_after(ATTEMPT);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::OutForDelivery, &ConditionState::AttemptFailed));
    assert_eq!((shipment.condition.reason, shipment.attempts), (Some(Reason::ConsigneeBusinessClosed), 1));
    assert_eq!(
        shipment.promise.and_then(|promise| promise.expected).map(|window| window.kind().as_str().to_owned()).as_deref(),
        Some("day")
    );
}

#[test]
fn a_refused_parcel_comes_back_to_its_sender() {
    let shipment = CASE.shipment_after(RETURNED);
    assert_eq!((&shipment.stage, shipment.delivered), (&Stage::Returned, None));
    let refused = shipment.events.iter().find(|event| event.condition == Some(ConditionState::Refused)).expect("a refusal");
    assert_eq!(refused.reason, Some(Reason::ConsigneeRefused));
}

#[test]
fn customs_waits_for_documents_and_somebody_else_brings_the_parcel() {
    let shipment = CASE.shipment_after(CUSTOMS);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::Customs, &ConditionState::DocumentsDue));
    assert_eq!(shipment.condition.reason, Some(Reason::CustomsDocumentation));
    let last_mile = shipment.last_mile_carrier.expect("a carrier");
    assert_eq!((last_mile.code.as_str(), last_mile.name.as_str()), ("deutsche-post", "Deutsche Post"));
    let facts = CASE.delivery(CUSTOMS).update.facts;
    assert_eq!(facts.last_mile_tracking_number.as_deref(), Some("JD0099"));
    let place = shipment.events.first().and_then(|event| event.place.as_ref()).and_then(|place| place.country.clone());
    assert_eq!(place.as_deref(), Some("CN"));
}

#[test]
fn a_parcel_in_a_shop_says_which_shop_and_whose_move_it_is() {
    let shipment = CASE.shipment_after(PICKUP);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::ReadyForPickup, &ConditionState::Ok));
    let pickup = shipment.pickup.expect("a place");
    assert_eq!((pickup.name.as_str(), pickup.lines.join("|").as_str()), ("Kiosk Lindner", "Hauptstr. 5|10827 Berlin"));
    let action = shipment.action_required.expect("something to do");
    assert_eq!((action.who, action.what.as_deref()), (Party::Shopper, Some("Please bring your ID")));
}

#[test]
fn a_delay_has_its_reason_and_the_range_that_is_expected_now() {
    let shipment = CASE.shipment_after(DELAYED);
    assert_eq!((&shipment.stage, &shipment.condition.state), (&Stage::InTransit, &ConditionState::Late));
    assert_eq!(shipment.condition.reason, Some(Reason::WeatherDelay));
    let promise = shipment.promise.expect("a promise");
    assert_eq!((promise.source, promise.confidence), (PromiseSource::Model, Confidence::Medium));
    assert_eq!(
        promise.expected.map(|window| json!(window)),
        Some(json!({"kind": "days", "from": "2026-10-24", "to": "2026-10-26"}))
    );
    let facts = CASE.delivery(DELAYED).update.facts;
    assert_eq!(
        facts.promise_first.map(|window| json!(window)),
        Some(json!({"kind": "day", "from": "2026-10-22", "to": "2026-10-22"}))
    );
    assert_eq!(facts.promise_reason, Some(Reason::WeatherDelay));
}

#[test]
fn a_reading_without_a_zone_is_never_converted() {
    let at =
        |written: &str| json!({"tag": "InTransit", "subtag": "InTransit_001", "checkpoint_time": written, "message": "Scan"});
    let body = parcel(&json!({"checkpoints": [at("2026-11-18T23:30:00"), at("2026-11-18"), at("2026-11-18T23:30:00+09:00")]}));
    let events = CASE.delivery(&body).update.events;
    let read: Vec<_> = events.iter().map(|event| (event.at.local.to_string(), event.at.offset_min)).collect();
    let expected = [("2026-11-18T23:30:00", None), ("2026-11-18", None), ("2026-11-18T23:30:00", Some(540))];
    assert_eq!(read, expected.map(|(local, offset)| (local.to_owned(), offset)));
}

#[test]
fn a_vague_exception_on_the_way_is_not_late() {
    let checkpoints = json!([
        {"tag": "InTransit", "subtag": "InTransit_001", "checkpoint_time": "2026-11-17T10:00:00", "message": "On the way"},
        {"tag": "Exception", "subtag": "Exception_001", "checkpoint_time": "2026-11-18T10:00:00", "message": "Exception"},
    ]);
    let shipment =
        CASE.shipment_after(&parcel(&json!({"tag": "Exception", "subtag": "Exception_001", "checkpoints": checkpoints})));
    assert_eq!((&shipment.stage, shipment.condition.state.as_str()), (&Stage::InTransit, "unknown"));
}

#[test]
fn what_no_scan_says_is_said_by_the_tag() {
    let facts = CASE.delivery(&parcel(&json!({"tag": "Expired", "subtag": "Expired_001"}))).update.facts;
    assert_eq!((facts.stage, facts.condition.map(|condition| condition.state)), (None, Some(ConditionState::Stalled)));
    let facts = CASE.delivery(&parcel(&json!({"tag": "Pending", "subtag": "Pending_001"}))).update.facts;
    assert_eq!((facts.stage, facts.condition), (None, None));
}

#[test]
fn an_attempt_counts_however_it_is_told() {
    for (fields, attempts) in [
        (json!({"tag": "AttemptFail", "failed_delivery_attempts": 2}), Some(2)),
        (json!({"tag": "AttemptFail", "first_attempted_at": "2026-11-18T10:00:00"}), Some(1)),
        // The first attempt may be the successful one.
        (json!({"tag": "Delivered", "first_attempted_at": "2026-11-18T10:00:00"}), None),
    ] {
        assert_eq!(CASE.delivery(&parcel(&fields)).update.facts.attempts, attempts, "{fields}");
    }
}

#[test]
fn the_shop_may_end_a_tracking_by_hand() {
    let checkpoint =
        json!({"tag": "Exception", "subtag": "Exception_013", "checkpoint_time": "2026-11-18T10:00:00+00:00", "source": "user"});
    let events = CASE.delivery(&parcel(&json!({"checkpoints": [checkpoint]}))).update.events;
    assert_eq!(events.first().map(|event| (&event.source, &event.stage)), Some((&Source::Retailer, &Stage::Lost)));
}

#[test]
fn the_words_of_the_scan_say_where_it_was_left() {
    for (subtag, message, place, to) in [
        ("Delivered_001", "Delivered, front porch", None, DeliveredTo::SafePlace),
        ("Delivered_002", "Collected", None, DeliveredTo::PickupPoint),
        ("Delivered_002", "Collected from locker", None, DeliveredTo::Locker),
        ("Delivered_003", "Delivered", None, DeliveredTo::Recipient),
        ("Delivered_001", "Delivered", Some("mailbox"), DeliveredTo::Mailbox),
        ("Delivered_001", "Delivered", None, DeliveredTo::default()),
    ] {
        let scan = json!({"tag": "Delivered", "subtag": subtag, "checkpoint_time": "2026-11-18T10:00:00", "message": message});
        let body = parcel(&json!({"tag": "Delivered", "subtag": subtag, "delivery_location_type": place, "checkpoints": [scan]}));
        assert_eq!(CASE.delivery(&body).update.facts.delivered.map(|delivered| delivered.to), Some(to), "{subtag} {message}");
    }
}

#[test]
fn a_link_that_is_not_secure_is_left_out() {
    let proofs = json!([{"type": "photo", "url": "http://proof.example/p.jpg"}]);
    let fields = json!({"tag": "Delivered", "proof_of_delivery": proofs, "courier_tracking_link": "javascript:alert(1)"});
    let facts = CASE.delivery(&parcel(&fields)).update.facts;
    assert_eq!((facts.tracking_url, facts.delivered.and_then(|delivered| delivered.photo_url)), (None, None));
}

#[test]
fn unknown_words_stay_unknown_with_their_text() {
    let scan = json!({"tag": "Teleported", "subtag": "Teleported_001", "checkpoint_time": "2026-11-18T10:00:00", "message": "QUANTUM HANDOVER"});
    let edd = json!({"datetime": "2026-11-25", "source": "Oracle EDD", "revise_reason": "meteorites"});
    let fields = json!({"tag": "Teleported", "checkpoints": [scan], "latest_estimated_delivery": edd});
    let delivery = CASE.delivery(&parcel(&fields));
    assert_eq!(delivery.unknown, ["Teleported", "Teleported/Teleported_001", "revise_reason/meteorites", "source/Oracle EDD"]);
    let shipment = shipment_after(&[delivery]);
    assert_eq!((shipment.stage.as_str(), &shipment.condition.state), ("unknown", &ConditionState::Ok));
    let raw = shipment.events.first().and_then(|event| event.raw.as_ref()).expect("raw");
    assert_eq!((raw.code.as_deref(), raw.text.as_deref()), (Some("Teleported/Teleported_001"), Some("QUANTUM HANDOVER")));
}

#[test]
fn a_checkpoint_that_is_classified_anew_stays_one() {
    let body = |subtag: &str, ts: i64| {
        let scan =
            json!({"tag": "InTransit", "subtag": subtag, "checkpoint_time": "2026-11-18T10:00:00", "message": "At the port"});
        let parcel = json!({"tracking_number": "DS1", "tag": "InTransit", "subtag": subtag, "checkpoints": [scan]});
        json!({"event": "tracking_update", "ts": ts, "msg": parcel}).to_string()
    };
    let (first, then) = (body("InTransit_001", 1_795_000_000), body("InTransit_003", 1_795_000_900));
    assert_eq!(shipment_after(&[CASE.delivery(&first), CASE.delivery(&then)]).events.len(), 1);
}
