//! 17TRACK: signature and payload of its push notifications, version 2. [`status_codes`] maps its status codes, [`scan`] reads its scans.
//!
//! Several carriers may transport the parcel of one tracking number, on the first and on the last mile. Their scans form one
//! timeline.

#[cfg(test)]
pub(super) mod case;
mod scan;
mod signature;
mod status_codes;

use std::collections::BTreeSet;

use doorstep_contract::{Carrier, Confidence, Delivered, DeliveredTo, Event, Pickup, PromiseSource, Stage, Timestamp, Window};
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use crate::carrier_text;
use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, link, list, number_or_text, text};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::matches_any_secret;
use crate::time::{instant, window};

/// Maximum number of carriers that are read. A parcel usually has one or two carriers, rarely three.
const MAX_CARRIERS: usize = 10;
/// Maximum number of scans that are read per carrier. A real shipment has dozens.
const MAX_SCANS: usize = 2_000;

/// Checks and reads a push notification. Returns an empty list for events other than a tracking update, among them the notice that 17TRACK
/// no longer tracks a number.
pub(super) fn verify_and_parse(request: &Request<'_>, keys: &[String]) -> Result<Vec<Delivery>, Refusal> {
    let given = request.headers.get("sign").and_then(|value| value.to_str().ok());
    match given {
        Some(given) if matches_any_secret(keys, |key| signature::is_valid(given, request.body, key)) => {
            parse_unverified(request.body)
        }
        _ => Err(Refusal::BadSignature),
    }
}

pub(super) fn parse_unverified(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let push: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&push, "event") {
        Some("TRACKING_UPDATED") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no event".to_owned())),
    }
    let data = push.get("data").ok_or_else(|| Refusal::Unreadable("no data".to_owned()))?;
    let number = number_or_text(data, "number").ok_or_else(|| Refusal::Unreadable("no number".to_owned()))?;
    let track = data.get("track_info").unwrap_or(&Value::Null);
    let carriers = track.get("tracking").map(|tracking| list(tracking, "providers", MAX_CARRIERS)).unwrap_or_default();
    let scans = scans(track, carriers);
    let codes = scans.iter().map(|scan| scan::code(scan)).chain([status(track)]);
    let unknown: BTreeSet<_> = codes.filter(|code| !status_codes::is_known(code)).map(str::to_owned).collect();
    let events: Vec<_> = scans.iter().filter_map(|scan| scan::event(scan)).collect();
    Ok(vec![Delivery {
        tracking_number: number,
        carrier: first_carrier(data, carriers),
        update: TrackingUpdate {
            reported_at: update_time(track, carriers),
            facts: facts(data, track, &scans, &events),
            events,
            ..TrackingUpdate::default()
        },
        unknown: unknown.into_iter().collect(),
    }])
}

/// Returns the scans of all carriers, or the latest event if no carrier has scans.
fn scans<'a>(track: &'a Value, carriers: &'a [Value]) -> Vec<&'a Value> {
    let all: Vec<_> = carriers.iter().flat_map(|carrier| list(carrier, "events", MAX_SCANS)).collect();
    if all.is_empty() { track.get("latest_event").filter(|latest| latest.is_object()).into_iter().collect() } else { all }
}

/// Returns the sub-status, which begins with the main status, or else the main status.
fn status(track: &Value) -> &str {
    let latest = track.get("latest_status").unwrap_or(&Value::Null);
    text(latest, "sub_status").or_else(|| text(latest, "status")).unwrap_or_default()
}

/// Returns the last time at which 17TRACK received data from a carrier, or else the time of the latest event. A push notification
/// has no time of its own.
fn update_time(track: &Value, carriers: &[Value]) -> Option<Timestamp> {
    let asked = carriers.iter().filter_map(|carrier| text(carrier, "latest_sync_time").and_then(instant)).max();
    asked.or_else(|| text(track.get("latest_event")?, "time_utc").and_then(instant))
}

fn facts(data: &Value, track: &Value, scans: &[&Value], events: &[Event]) -> ShipmentFacts {
    let meaning = status_codes::meaning(status(track));
    let misc = track.get("misc_info").unwrap_or(&Value::Null);
    let promise = promise(track);
    ShipmentFacts {
        delivered: (meaning.stage == Some(Stage::Delivered)).then(|| Delivered {
            at: None,
            to: delivered_to(scans),
            detail: None,
            signed_by: None,
            photo_url: None,
        }),
        pickup: (meaning.stage == Some(Stage::ReadyForPickup)).then(|| pickup(scans)).flatten(),
        condition: meaning.shipment_condition(events),
        promise_source: promise.as_ref().map(|(_, source, _)| source.clone()),
        promise_confidence: promise.as_ref().map(|(_, _, confidence)| confidence.clone()),
        promise_withdrawn: promise.is_none() && is_withdrawn(&estimate(track), meaning.condition.as_ref()),
        promise_reason: meaning.reason.clone(),
        promise_expected: promise.map(|(window, _, _)| window),
        last_mile_carrier: last_mile(data, track, misc),
        last_mile_tracking_number: number_or_text(misc, "local_number"),
        pieces: number_or_text(misc, "pieces").and_then(|pieces| pieces.parse().ok()),
        stage: meaning.stage,
        ..ShipmentFacts::default()
    }
}

/// Returns the fields that withdraw the estimate if they are empty. A missing field is None.
fn estimate(track: &Value) -> [Option<&Value>; 2] {
    ["/time_metrics/estimated_delivery_date", "/time_metrics/estimated_delivery_date/to"].map(|field| track.pointer(field))
}

/// Returns the delivery window, its source and its confidence. Returns None if there is no readable estimate.
fn promise(track: &Value) -> Option<(Window, PromiseSource, Confidence)> {
    let expected = track.pointer("/time_metrics/estimated_delivery_date")?;
    let (from, to) = (text(expected, "from"), text(expected, "to"));
    let window = window(from.or(to)?, to.or(from)?)?;
    let (source, confidence) = match text(expected, "source") {
        Some("Official") => (PromiseSource::Carrier, Confidence::Medium),
        Some("17TRACK") => (PromiseSource::Model, Confidence::Low),
        _ => (PromiseSource::default(), Confidence::Low),
    };
    Some((window, source, confidence))
}

/// Returns the drop-off place from the text of a delivered scan. The place is unknown if no such text names a place.
fn delivered_to(scans: &[&Value]) -> DeliveredTo {
    let delivered = scans.iter().filter(|scan| status_codes::meaning(scan::code(scan)).stage == Some(Stage::Delivered));
    let places = delivered.filter_map(|scan| text(scan, "description")).map(carrier_text::delivered_to);
    places.into_iter().find(|to| !matches!(to, DeliveredTo::Unknown(_))).unwrap_or_default()
}

/// Returns the pickup point of the first scan that is ready for pickup and has a street. Returns None if there is no such scan,
/// because a town alone is not enough to find the pickup point.
fn pickup(scans: &[&Value]) -> Option<Pickup> {
    let mut waiting = scans.iter().filter(|scan| status_codes::meaning(scan::code(scan)).stage == Some(Stage::ReadyForPickup));
    waiting.find_map(|scan| {
        let address = scan.get("address")?;
        let street = text(address, "street")?;
        let town = [text(address, "postal_code"), text(address, "city")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let lines = [street.to_owned(), town].into_iter().filter(|line| !line.is_empty());
        Some(Pickup {
            name: text(scan, "location").and_then(carrier_text::proper_name).unwrap_or_default(),
            lines: lines.collect(),
            country: scan::place(scan).and_then(|place| place.country),
            hours: Vec::new(),
            collect_by: None,
            code: None,
            location: None,
        })
    })
}

/// Returns the name of the carrier whose key is in `data`. If no listed carrier has this key, returns the name of the first
/// carrier. If the chosen carrier has no name, returns the key.
fn first_carrier(data: &Value, carriers: &[Value]) -> Option<String> {
    let key = number_or_text(data, "carrier");
    let first = carriers.iter().find(|carrier| carrier_key(carrier) == key).or_else(|| carriers.first());
    first.and_then(|carrier| text(carrier.get("provider")?, "name")).map(str::to_owned).or(key)
}

/// Returns the carrier of the last mile. If `misc` names a local carrier, returns this carrier. Otherwise returns the first
/// carrier whose key differs from the key in `data`, or None if there is no such carrier.
fn last_mile(data: &Value, track: &Value, misc: &Value) -> Option<Carrier> {
    let carriers = track.get("tracking").map(|tracking| list(tracking, "providers", MAX_CARRIERS)).unwrap_or_default();
    let (first, local) = (number_or_text(data, "carrier"), text(misc, "local_provider"));
    let is_local = |carrier: &&Value| match local {
        Some(name) => carrier.pointer("/provider/name").and_then(Value::as_str) == Some(name),
        None => first.is_some() && carrier_key(carrier).is_some_and(|key| Some(key) != first),
    };
    let provider = carriers.iter().find(is_local).and_then(|carrier| carrier.get("provider")).unwrap_or(&Value::Null);
    let name = local.or_else(|| text(provider, "name")).and_then(carrier_text::plain)?;
    Some(Carrier {
        code: name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"),
        name,
        phone: text(provider, "tel").map(str::to_owned),
        url: link(provider, "homepage"),
    })
}

fn carrier_key(carrier: &Value) -> Option<String> {
    number_or_text(carrier.get("provider")?, "key")
}

#[cfg(test)]
mod tests;
