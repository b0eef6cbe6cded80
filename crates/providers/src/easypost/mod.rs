//! EasyPost: signature and payload of its webhooks. [`status_codes`] maps its status codes.

#[cfg(test)]
pub(super) mod case;
mod signature;
mod status_codes;

use std::collections::BTreeSet;

use doorstep_contract::{
    ActionRequired, Confidence, Date, Delivered, DeliveredTo, Event, Party, PromiseSource, Source, Stage, Window,
};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use crate::carrier_text;
use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, link, list, raw, text};
use crate::place::place_of;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::time::{ZSuffix, event_time, instant};

/// Maximum number of tracking details that are read. A real tracker has dozens.
const MAX_DETAILS: usize = 2_000;

/// Checks and reads a webhook request. Returns an empty list for events that do not concern a tracker.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String], require_dated: bool) -> Result<Vec<Delivery>, Refusal> {
    signature::check(request, secrets, require_dated)?;
    parse_unverified(request.body)
}

pub(super) fn parse_unverified(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let event: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&event, "description") {
        Some("tracker.created" | "tracker.updated") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no description".to_owned())),
    }
    let tracker = event.get("result").ok_or_else(|| Refusal::Unreadable("no result".to_owned()))?;
    let number = text(tracker, "tracking_code").ok_or_else(|| Refusal::Unreadable("no tracking_code".to_owned()))?;
    let details = list(tracker, "tracking_details", MAX_DETAILS);
    let codes = std::iter::once(tracker).chain(details).filter_map(unknown_code);
    Ok(vec![Delivery {
        tracking_number: number.to_owned(),
        carrier: text(tracker, "carrier").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: text(tracker, "updated_at").or_else(|| text(&event, "created_at")).and_then(instant),
            facts: facts(tracker),
            events: details.iter().filter_map(detail).collect(),
            ..TrackingUpdate::default()
        },
        unknown: codes.collect::<BTreeSet<_>>().into_iter().collect(),
    }])
}

fn unknown_code(json: &Value) -> Option<String> {
    let (status, detail) = (text(json, "status").unwrap_or_default(), text(json, "status_detail").unwrap_or_default());
    (!status_codes::is_known(status, detail)).then(|| code(status, detail))
}

fn code(status: &str, detail: &str) -> String {
    if detail.is_empty() { status.to_owned() } else { format!("{status}/{detail}") }
}

fn facts(tracker: &Value) -> ShipmentFacts {
    let (status, status_detail) =
        (text(tracker, "status").unwrap_or_default(), text(tracker, "status_detail").unwrap_or_default());
    let meaning = status_codes::meaning(status, status_detail);
    let expected = expected(tracker);
    let guaranteed = tracker.pointer("/carrier_detail/guaranteed_delivery_date").is_some_and(Value::is_string);
    let confidence = if guaranteed { Confidence::High } else { Confidence::Medium };
    ShipmentFacts {
        delivered: (meaning.stage == Some(Stage::Delivered)).then(|| Delivered {
            at: None,
            to: last_message(tracker).map_or_else(DeliveredTo::default, carrier_text::delivered_to),
            detail: None,
            signed_by: text(tracker, "signed_by").and_then(carrier_text::proper_name),
            photo_url: None,
        }),
        action_required: meaning.awaits_shopper.then_some(ActionRequired { who: Party::Shopper, what: None, by: None }),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| confidence),
        promise_withdrawn: expected.is_none() && is_withdrawn(&[tracker.get("est_delivery_date")], meaning.condition.as_ref()),
        promise_reason: meaning.reason,
        promise_expected: expected,
        tracking_url: link(tracker, "public_url"),
        stage: meaning.stage,
        ..ShipmentFacts::default()
    }
}

/// Returns the day on which the carrier expects to deliver. The local date of the destination takes precedence.
fn expected(tracker: &Value) -> Option<Window> {
    let local = tracker.get("carrier_detail").and_then(|detail| text(detail, "est_delivery_date_local"));
    let written = local.or_else(|| text(tracker, "est_delivery_date"))?;
    let day = Date::parse(written.get(..10)?)?;
    Some(Window::Days { from: day, to: day })
}

/// Returns the message of the last delivered scan in the list.
fn last_message(tracker: &Value) -> Option<&str> {
    let details = tracker.get("tracking_details").and_then(Value::as_array)?;
    details.iter().rev().find(|detail| text(detail, "status") == Some("delivered")).and_then(|detail| text(detail, "message"))
}

fn detail(detail: &Value) -> Option<Event> {
    let written = text(detail, "datetime")?;
    let status = text(detail, "status").unwrap_or_default();
    let status_detail = text(detail, "status_detail").unwrap_or_default();
    let message = text(detail, "message").or_else(|| text(detail, "description"));
    let location = detail.get("tracking_location").unwrap_or(&Value::Null);
    let region = text(location, "state");
    let place = place_of(text(location, "city"), region, text(location, "country"));
    let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let meaning = status_codes::meaning(status, status_detail);
    let code = code(status, status_detail);
    Some(Event {
        id: event_id(&["easypost", written, status, message.unwrap_or_default(), place_name]),
        // EasyPost appends a `Z` to local times, so the `Z` does not mean UTC.
        at: event_time(written, ZSuffix::Local, place.as_ref(), region)?,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: message.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("easypost", (!code.is_empty()).then_some(&code), message)),
        place,
    })
}

#[cfg(test)]
mod tests;
