//! Reads a fulfilment event: one scan of a parcel. The event identifies the parcel by its fulfilment only, unless an app of the shop has
//! added more data.

use doorstep_contract::{
    ActionRequired, Confidence, Delivered, DeliveredTo, Event, EventTime, Party, Pickup, Place, PromiseSource, Source, Stage,
    Zone,
};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use super::parcel::{numbers, reference, unknown_code};
use super::status_codes;
use crate::carrier_text;
use crate::delivery::Delivery;
use crate::fields::{is_withdrawn, number_or_text, raw, text};
use crate::meaning::Meaning;
use crate::place::{place_of, with_coordinates};
use crate::refusal::Refusal;
use crate::time::{ZSuffix, event_time, instant, window};

/// Reads the event as an update of its fulfilment's parcel. If an app of the shop has added the fulfilment to the event, the
/// tracking number identifies the parcel. Returns an empty list if there are several numbers, and an error if there is no
/// fulfilment id.
pub(super) fn parse(event: &Value) -> Result<Vec<Delivery>, Refusal> {
    let id = number_or_text(event, "fulfillment_id").ok_or_else(|| Refusal::Unreadable("no fulfillment_id".to_owned()))?;
    let fulfillment = event.get("fulfillment").unwrap_or(&Value::Null);
    let number = match numbers(fulfillment)[..] {
        [] => reference(&id),
        [number] => number.to_owned(),
        _ => return Ok(Vec::new()),
    };
    let status = text(event, "status").unwrap_or_default();
    let meaning = status_codes::meaning(status);
    Ok(vec![Delivery {
        tracking_number: number,
        carrier: text(fulfillment, "tracking_company").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: text(event, "updated_at").or_else(|| text(event, "created_at")).and_then(instant),
            facts: facts(event, &meaning, status),
            events: scan(event, &meaning, status).into_iter().collect(),
            ..TrackingUpdate::default()
        },
        unknown: unknown_code(status),
    }])
}

fn facts(event: &Value, meaning: &Meaning, status: &str) -> ShipmentFacts {
    // The estimate is a day in the zone of the shop, although it is written with a time, so the date is used as written.
    let expected = text(event, "estimated_delivery_at").and_then(|day| window(day, day));
    ShipmentFacts {
        delivered: (meaning.stage == Some(Stage::Delivered)).then(|| Delivered {
            at: text(event, "happened_at").and_then(instant),
            to: delivered_to(event, status),
            detail: None,
            signed_by: None,
            photo_url: None,
        }),
        pickup: (meaning.stage == Some(Stage::ReadyForPickup)).then(|| pickup(event)).flatten(),
        action_required: meaning.awaits_shopper.then_some(ActionRequired { who: Party::Shopper, what: None, by: None }),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_expected: expected,
        promise_withdrawn: expected.is_none() && is_withdrawn(&[event.get("estimated_delivery_at")], meaning.condition.as_ref()),
        ..ShipmentFacts::default()
    }
}

fn delivered_to(event: &Value, status: &str) -> DeliveredTo {
    if status_codes::is_collected(status) {
        return DeliveredTo::PickupPoint;
    }
    text(event, "message").map(carrier_text::delivered_to).unwrap_or_default()
}

fn scan(event: &Value, meaning: &Meaning, status: &str) -> Option<Event> {
    let (happened, message, place) = (text(event, "happened_at")?, text(event, "message"), place(event));
    let name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let id = match number_or_text(event, "id") {
        Some(id) => event_id(&["shopify", &id]),
        None => event_id(&["shopify", happened, status, message.unwrap_or_default(), name]),
    };
    Some(Event {
        id,
        at: at(happened, place.as_ref(), text(event, "province"))?,
        stage: meaning.stage.clone().unwrap_or_default(),
        condition: meaning.condition.clone(),
        reason: None,
        text: message.and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("shopify", (!status.is_empty()).then_some(status), message)),
        place,
    })
}

fn place(event: &Value) -> Option<Place> {
    let place = place_of(text(event, "city"), text(event, "province"), text(event, "country"));
    place.map(|place| with_coordinates(place, Some(event)))
}

/// Returns the time of the event. Shopify sends the time with the offset of the shop. It is converted to the zone of the place if
/// this zone is known, and otherwise kept as written.
fn at(happened: &str, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let utc = instant(happened).map(|at| at.utc().to_rfc3339());
    let there = utc.and_then(|utc| event_time(&utc, ZSuffix::Utc, place, region)).filter(|at| at.zone == Zone::FromPlace);
    there.or_else(|| event_time(happened, ZSuffix::Utc, None, None))
}

/// Returns the pickup point, or None if the event has no street address.
fn pickup(event: &Value) -> Option<Pickup> {
    let street = text(event, "address1")?;
    let town = [text(event, "zip"), text(event, "city")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [street.to_owned(), town].into_iter().filter(|line| !line.is_empty());
    Some(Pickup {
        name: String::new(),
        lines: lines.collect(),
        country: place(event).and_then(|place| place.country),
        hours: Vec::new(),
        collect_by: None,
        code: None,
        location: None,
    })
}
