//! EasyPost: signature and payload of its webhooks. The meaning of its words is in [`words`].

mod signature;
mod words;

use chrono::DateTime;
use doorstep_core::wire::{
    ActionRequired, Confidence, Date, Delivered, DeliveredTo, Event, EventTime, LocalTime, Party, Place, PromiseSource, Raw,
    Source, Window, Zone,
};
use http::HeaderMap;
use serde_json::Value;

use super::{Delivery, Refusal, wording};
use crate::domain::identity::event_id;
use crate::domain::update::{ShipmentFacts, Update};

/// A tracker has dozens of details; one with more than this is not a tracker.
const MAX_DETAILS: usize = 2_000;

/// Reads a webhook. Events about anything but trackers are well received and say nothing.
pub(super) fn receive(headers: &HeaderMap, body: &[u8], secret: Option<&str>) -> Result<Vec<Delivery>, Refusal> {
    let given = headers.get("x-hmac-signature").and_then(|value| value.to_str().ok());
    match (given, secret) {
        (Some(given), Some(secret)) if signature::is_right(given, body, secret) => read(body),
        _ => Err(Refusal::BadSignature),
    }
}

fn read(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let event: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&event, "description") {
        Some("tracker.created" | "tracker.updated") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no description".to_owned())),
    }
    let tracker = event.get("result").ok_or_else(|| Refusal::Unreadable("no result".to_owned()))?;
    let number = text(tracker, "tracking_code").ok_or_else(|| Refusal::Unreadable("no tracking_code".to_owned()))?;
    let details = tracker.get("tracking_details").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(vec![Delivery {
        tracking_number: number.to_owned(),
        carrier: text(tracker, "carrier").map(str::to_owned),
        update: Update { facts: facts(tracker), events: details.iter().take(MAX_DETAILS).filter_map(detail).collect() },
    }])
}

/// A text that says something.
fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn facts(tracker: &Value) -> ShipmentFacts {
    let (status, status_detail) =
        (text(tracker, "status").unwrap_or_default(), text(tracker, "status_detail").unwrap_or_default());
    let meaning = words::meaning(status, status_detail);
    let expected = expected(tracker);
    let guaranteed = tracker.pointer("/carrier_detail/guaranteed_delivery_date").is_some_and(Value::is_string);
    let confidence = if guaranteed { Confidence::High } else { Confidence::Medium };
    ShipmentFacts {
        delivered: (status == "delivered").then(|| Delivered {
            at: None,
            to: last_message(tracker).map_or_else(DeliveredTo::default, words::left_with),
            detail: None,
            signed_by: text(tracker, "signed_by").and_then(wording::place),
            photo_url: None,
        }),
        action_required: words::is_shoppers_move(status_detail).then_some(ActionRequired {
            who: Party::Shopper,
            what: None,
            by: None,
        }),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| confidence),
        promise_reason: expected.and(meaning.reason),
        promise_expected: expected,
        tracking_url: text(tracker, "public_url").filter(|url| url.starts_with("https://")).map(str::to_owned),
        stage: Some(meaning.stage),
        ..ShipmentFacts::default()
    }
}

/// The day on which the carrier expects to deliver: the destination's own date where there is one.
fn expected(tracker: &Value) -> Option<Window> {
    let local = tracker.get("carrier_detail").and_then(|detail| text(detail, "est_delivery_date_local"));
    let written = local.or_else(|| text(tracker, "est_delivery_date"))?;
    let day = Date::parse(written.get(..10)?)?;
    Some(Window::Days { from: day, to: day })
}

/// The message of the delivered scan, wherever in the list it stands.
fn last_message(tracker: &Value) -> Option<&str> {
    let details = tracker.get("tracking_details").and_then(Value::as_array)?;
    details.iter().rev().find(|detail| text(detail, "status") == Some("delivered")).and_then(|detail| text(detail, "message"))
}

fn detail(detail: &Value) -> Option<Event> {
    let written = text(detail, "datetime")?;
    let at = event_time(written)?;
    let status = text(detail, "status").unwrap_or_default();
    let status_detail = text(detail, "status_detail").unwrap_or_default();
    let message = text(detail, "message").or_else(|| text(detail, "description"));
    let place = detail.get("tracking_location").and_then(place);
    let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let meaning = words::meaning(status, status_detail);
    let code = if status_detail.is_empty() { status.to_owned() } else { format!("{status}/{status_detail}") };
    Some(Event {
        id: event_id(&["easypost", written, status, message.unwrap_or_default(), place_name]),
        at,
        stage: meaning.stage,
        condition: meaning.condition,
        reason: meaning.reason,
        text: message.and_then(wording::sentence),
        source: Source::Carrier,
        raw: Some(Raw {
            provider: "easypost".to_owned(),
            code: (!code.is_empty()).then_some(code),
            text: message.map(|message| message.chars().take(1_000).collect()),
        }),
        place,
    })
}

/// `Z` stands on what is in fact the local time of the scan, so it says nothing about the zone; any other offset was written on
/// purpose.
fn event_time(written: &str) -> Option<EventTime> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(written) {
        let offset_min = instant.offset().local_minus_utc() / 60;
        let (offset_min, zone) = if offset_min == 0 { (None, Zone::default()) } else { (Some(offset_min), Zone::Explicit) };
        let local = instant.naive_local();
        let local = LocalTime { date: local.date(), time: chrono::Timelike::with_nanosecond(&local.time(), 0) };
        return Some(EventTime { local, offset_min, zone });
    }
    LocalTime::parse(written).map(|local| EventTime { local, offset_min: None, zone: Zone::default() })
}

fn place(location: &Value) -> Option<Place> {
    let city = text(location, "city").and_then(wording::place);
    let state = text(location, "state").map(str::to_owned);
    let name = [city, state].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let country = text(location, "country").filter(|code| code.len() == 2).map(str::to_ascii_uppercase);
    let name = (!name.is_empty()).then_some(name);
    (name.is_some() || country.is_some()).then_some(Place { name, country, lat: None, lon: None })
}

#[cfg(test)]
mod tests;
