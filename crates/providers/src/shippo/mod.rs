//! Shippo: authenticity and payload of its `track_updated` webhooks. [`status_codes`] maps its status codes.

#[cfg(test)]
pub(super) mod case;
mod signature;
mod status_codes;

use std::collections::BTreeSet;

use doorstep_contract::{ActionRequired, Confidence, Delivered, DeliveredTo, Event, Party, PromiseSource, Source, Stage, Window};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, list, raw, text};
use crate::meaning::Meaning;
use crate::place::place_of;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::time::{ZSuffix, event_time, instant, window};
use crate::{carrier_text, return_to_sender};

/// Maximum number of scans that are read. A real shipment has dozens.
const MAX_SCANS: usize = 2_000;

/// Checks and reads a webhook request. Returns an empty list for events that do not concern a tracking.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    signature::check(request, secrets)?;
    parse_unverified(request.body)
}

pub(super) fn parse_unverified(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let event: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&event, "event") {
        Some("track_updated") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no event".to_owned())),
    }
    let track = event.get("data").ok_or_else(|| Refusal::Unreadable("no data".to_owned()))?;
    let number = text(track, "tracking_number").ok_or_else(|| Refusal::Unreadable("no tracking_number".to_owned()))?;
    let latest_scan = track.get("tracking_status").unwrap_or(&Value::Null);
    // The newest scan is in the field `tracking_status`. Depending on the carrier, the history contains this scan too.
    let scans = list(track, "tracking_history", MAX_SCANS).iter().chain(std::iter::once(latest_scan));
    let mut seen = BTreeSet::new();
    let events: Vec<Event> = scans.clone().filter_map(scan).filter(|event| seen.insert(event.id.clone())).collect();
    Ok(vec![Delivery {
        tracking_number: number.to_owned(),
        carrier: text(track, "carrier").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: text(latest_scan, "object_updated").or_else(|| text(latest_scan, "object_created")).and_then(instant),
            facts: facts(track, latest_scan, &events),
            events,
            ..TrackingUpdate::default()
        },
        unknown: scans.filter_map(unknown_code).collect::<BTreeSet<_>>().into_iter().collect(),
    }])
}

/// Returns the status and the code of its substatus.
fn status(scan: &Value) -> (&str, &str) {
    let substatus = scan.get("substatus").and_then(|substatus| text(substatus, "code"));
    (text(scan, "status").unwrap_or_default(), substatus.unwrap_or_default())
}

fn code(scan: &Value) -> String {
    let (status, substatus) = status(scan);
    if substatus.is_empty() { status.to_owned() } else { format!("{status}/{substatus}") }
}

fn unknown_code(scan: &Value) -> Option<String> {
    let (status, substatus) = status(scan);
    (!status_codes::is_known(status, substatus)).then(|| code(scan))
}

fn facts(track: &Value, latest_scan: &Value, events: &[Event]) -> ShipmentFacts {
    let (status, substatus) = status(latest_scan);
    let meaning = status_codes::meaning(status, substatus);
    let stage = return_to_sender::corrected_stage(meaning.stage.clone(), text(latest_scan, "status_details"));
    let expected = day(track, "eta");
    ShipmentFacts {
        condition: meaning.shipment_condition(events),
        action_required: action(latest_scan, &meaning),
        promise_first: day(track, "original_eta"),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_withdrawn: expected.is_none() && is_withdrawn(&[track.get("eta")], meaning.condition.as_ref()),
        promise_reason: meaning.reason,
        promise_expected: expected,
        delivered: (stage == Some(Stage::Delivered)).then(|| Delivered {
            at: None,
            to: text(latest_scan, "status_details").map_or_else(DeliveredTo::default, carrier_text::delivered_to),
            detail: None,
            signed_by: None,
            photo_url: None,
        }),
        stage,
        ..ShipmentFacts::default()
    }
}

/// Returns an estimate as a day of the destination's calendar. A time of day after the date is ignored.
fn day(track: &Value, name: &str) -> Option<Window> {
    let written = text(track, name)?;
    window(written, written)
}

/// Returns the required action, or None if nobody has to act. Shippo reports only that somebody has to act. If the status code
/// says that the carrier waits for the shopper, the shopper has to act. Otherwise the retailer has to act, for example for a lost
/// parcel. If Shippo does not report whether an action is required, the status code decides.
fn action(latest_scan: &Value, meaning: &Meaning) -> Option<ActionRequired> {
    let substatus = latest_scan.get("substatus");
    let is_required = substatus.and_then(|substatus| substatus.get("action_required")).and_then(Value::as_bool);
    let who = if meaning.awaits_shopper { Party::Shopper } else { Party::Retailer };
    is_required.unwrap_or(meaning.awaits_shopper).then_some(ActionRequired { who, what: None, by: None })
}

fn scan(scan: &Value) -> Option<Event> {
    let written = text(scan, "status_date")?;
    let (status, substatus) = status(scan);
    let details = text(scan, "status_details");
    let location = scan.get("location").unwrap_or(&Value::Null);
    let region = text(location, "state");
    let place = place_of(text(location, "city"), region, text(location, "country"));
    let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let meaning = status_codes::meaning(status, substatus);
    let code = code(scan);
    Some(Event {
        // Shippo may assign a more precise code later. The id does not contain the code, so that the scan keeps its id.
        id: event_id(&["shippo", written, details.unwrap_or(&code), place_name]),
        // `Z` is documented as UTC, but Shippo appends it to the carriers' local times.
        at: event_time(written, ZSuffix::Local, place.as_ref(), region)?,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: details.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("shippo", (!code.is_empty()).then_some(&code), details)),
        place,
    })
}

#[cfg(test)]
mod tests;
