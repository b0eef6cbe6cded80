//! ShipEngine, now ShipStation's API: signature and payload of its tracking webhooks. [`status_codes`] maps its status codes.

#[cfg(test)]
pub(super) mod case;
mod local_time;
mod signature;
mod status_codes;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionRequired, Confidence, Delivered, DeliveredTo, Event, Party, Pickup, PromiseSource, Source, Stage, Timestamp,
};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use crate::carrier_text;
use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, link, list, number_or_text, raw, text};
use crate::place::{place_of, with_coordinates};
use crate::public_keys::PublicKeys;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::time::{instant, window};

/// Maximum number of scans that are read. A real shipment has dozens.
const MAX_SCANS: usize = 2_000;

/// Checks and reads a webhook request. Returns an empty list for events that do not concern a tracking.
pub(super) fn verify_and_parse(request: &Request<'_>, keys: Option<&dyn PublicKeys>) -> Result<Vec<Delivery>, Refusal> {
    let signed_at = signature::check(request, keys.ok_or(Refusal::BadSignature)?)?;
    parse_unverified(request.body, signed_at)
}

pub(super) fn parse_unverified(body: &[u8], signed_at: DateTime<Utc>) -> Result<Vec<Delivery>, Refusal> {
    let event: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&event, "resource_type") {
        Some("API_TRACK" | "TRACK_EVENT_V2") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no resource_type".to_owned())),
    }
    let parcel = event.get("data").ok_or_else(|| Refusal::Unreadable("no data".to_owned()))?;
    let number = text(parcel, "tracking_number").ok_or_else(|| Refusal::Unreadable("no tracking_number".to_owned()))?;
    let scans = list(parcel, "events", MAX_SCANS);
    let events: Vec<Event> = scans.iter().filter_map(scan).collect();
    let codes = std::iter::once(parcel).chain(scans).filter_map(unknown_code);
    Ok(vec![Delivery {
        tracking_number: number.to_owned(),
        carrier: text(parcel, "carrier_code").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: Some(update_time(scans, signed_at)),
            facts: facts(parcel, scans, &events),
            events,
            ..TrackingUpdate::default()
        },
        unknown: codes.collect::<BTreeSet<_>>().into_iter().collect(),
    }])
}

/// Returns the time of the update: the time of the newest scan, but never later than the signature; without a scan, the time of
/// the signature. ShipEngine signs again when it repeats a failed request, so the signature may be newer than the data.
fn update_time(scans: &[Value], signed_at: DateTime<Utc>) -> Timestamp {
    let newest = scans.iter().filter_map(|scan| instant(text(scan, "occurred_at")?)).max();
    let signed = Timestamp::from(signed_at);
    newest.map_or(signed, |newest| newest.min(signed))
}

/// Returns the status, in capitals as documented, and its detail.
fn status(json: &Value) -> (String, &str) {
    (text(json, "status_code").unwrap_or_default().to_ascii_uppercase(), text(json, "status_detail_code").unwrap_or_default())
}

fn code(json: &Value) -> String {
    let (status, detail) = status(json);
    if detail.is_empty() { status } else { format!("{status}/{detail}") }
}

fn unknown_code(json: &Value) -> Option<String> {
    let (status, detail) = status(json);
    (!status_codes::is_known(&status, detail)).then(|| code(json))
}

fn facts(parcel: &Value, scans: &[Value], events: &[Event]) -> ShipmentFacts {
    let (status_code, detail) = status(parcel);
    let meaning = status_codes::meaning(&status_code, detail);
    // The estimate is midnight without a zone: a day in the calendar of the destination.
    let expected = text(parcel, "estimated_delivery_date").and_then(|day| window(day, day));
    ShipmentFacts {
        condition: meaning.shipment_condition(events),
        action_required: meaning.awaits_shopper.then(|| ActionRequired {
            who: Party::Shopper,
            what: text(parcel, "exception_description").and_then(carrier_text::sentence),
            by: None,
        }),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_withdrawn: expected.is_none()
            && is_withdrawn(&[parcel.get("estimated_delivery_date")], meaning.condition.as_ref()),
        promise_reason: meaning.reason.clone(),
        promise_expected: expected,
        delivered: (meaning.stage == Some(Stage::Delivered)).then(|| delivered(parcel, scans)),
        pickup: (meaning.stage == Some(Stage::ReadyForPickup)).then(|| pickup(scans)).flatten(),
        attempts: scans.iter().chain(std::iter::once(parcel)).filter_map(|scan| status_codes::attempts(status(scan).1)).max(),
        tracking_url: link(parcel, "tracking_url"),
        stage: meaning.stage,
        ..ShipmentFacts::default()
    }
}

fn delivered(parcel: &Value, scans: &[Value]) -> Delivered {
    let is_delivered = |scan: &&Value| stage(scan) == Some(Stage::Delivered);
    let sources = scans.iter().filter(is_delivered).chain(std::iter::once(parcel));
    let by_detail = sources.clone().map(|scan| status_codes::delivered_to(status(scan).1));
    let by_text = sources.clone().filter_map(|scan| text(scan, "description")).map(carrier_text::delivered_to);
    Delivered {
        // The zone of the delivery time differs from carrier to carrier. The timeline shows the time as written.
        at: None,
        to: by_detail.chain(by_text).find(|to| *to != DeliveredTo::default()).unwrap_or_default(),
        detail: None,
        signed_by: scans
            .iter()
            .chain(std::iter::once(parcel))
            .find_map(|scan| text(scan, "signer").and_then(carrier_text::proper_name)),
        photo_url: sources.clone().find_map(|scan| link(scan, "proof_of_delivery_url")),
    }
}

fn stage(scan: &Value) -> Option<Stage> {
    let (status, detail) = status(scan);
    status_codes::meaning(&status, detail).stage
}

/// Returns the pickup point of the first scan that is ready for pickup and has a company name; None if there is no such scan.
fn pickup(scans: &[Value]) -> Option<Pickup> {
    let ready = scans.iter().find(|scan| stage(scan) == Some(Stage::ReadyForPickup) && text(scan, "company_name").is_some())?;
    let city = text(ready, "city_locality").and_then(carrier_text::proper_name);
    let town = [text(ready, "postal_code").map(str::to_owned), city].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(Pickup {
        name: text(ready, "company_name").and_then(carrier_text::proper_name)?,
        lines: if town.is_empty() { Vec::new() } else { vec![town] },
        country: place_of(None, None, text(ready, "country_code")).and_then(|place| place.country),
        hours: Vec::new(),
        collect_by: None,
        code: None,
        location: None,
    })
}

fn scan(scan: &Value) -> Option<Event> {
    let written = text(scan, "carrier_occurred_at").or_else(|| text(scan, "occurred_at"))?;
    let (status, detail) = status(scan);
    let description = text(scan, "description").or_else(|| text(scan, "carrier_status_description"));
    let region = text(scan, "state_province");
    let place = place_of(text(scan, "city_locality"), region, text(scan, "country_code"))
        .map(|place| with_coordinates(place, Some(scan)));
    let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let meaning = status_codes::meaning(&status, detail);
    // Many scans have no code of ShipEngine, but one of the carrier.
    let carriers = || number_or_text(scan, "carrier_status_code").or_else(|| number_or_text(scan, "event_code"));
    let code = Some(code(scan)).filter(|code| !code.is_empty()).or_else(carriers);
    Some(Event {
        // ShipEngine may assign a more precise code later. The id does not contain the code, so that the scan keeps its id.
        id: event_id(&["shipengine", written, description.or(code.as_deref()).unwrap_or_default(), place_name]),
        at: local_time::with_offset(written, text(scan, "occurred_at"), place.as_ref(), region)?,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: description.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("shipengine", code.as_deref(), description)),
        place,
    })
}

#[cfg(test)]
mod tests;
