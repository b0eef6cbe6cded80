//! A fulfilment event: one scan, of a parcel that the event knows by its fulfilment only, unless an app of the shop has added more.

use doorstep_core::wire::{
    ActionRequired, Confidence, Delivered, DeliveredTo, Event, EventTime, Party, Pickup, Place, PromiseSource, Source, Stage,
    Zone,
};
use serde_json::Value;

use super::super::meaning::Meaning;
use super::super::reading::{self, Zulu, event_time, instant, is_taken_back, located, number_or_text, raw, text, window};
use super::super::{Delivery, Refusal, wording};
use super::{numbers, reference, unknown_word, words};
use crate::domain::identity::event_id;
use crate::domain::update::{ShipmentFacts, Update};

/// The event, about the parcel of its fulfilment. Where an app of the shop has added the fulfilment, that says which parcel it is, or that
/// there are several and nobody knows which.
pub(super) fn read(event: &Value) -> Result<Vec<Delivery>, Refusal> {
    let id = number_or_text(event, "fulfillment_id").ok_or_else(|| Refusal::Unreadable("no fulfillment_id".to_owned()))?;
    let fulfillment = event.get("fulfillment").unwrap_or(&Value::Null);
    let number = match numbers(fulfillment)[..] {
        [] => reference(&id),
        [number] => number.to_owned(),
        _ => return Ok(Vec::new()),
    };
    let status = text(event, "status").unwrap_or_default();
    let meaning = words::meaning(status);
    Ok(vec![Delivery {
        tracking_number: number,
        carrier: text(fulfillment, "tracking_company").map(str::to_owned),
        update: Update {
            told_at: text(event, "updated_at").or_else(|| text(event, "created_at")).and_then(instant),
            facts: facts(event, &meaning, status),
            events: scan(event, &meaning, status).into_iter().collect(),
            ..Update::default()
        },
        unknown: unknown_word(status),
    }])
}

fn facts(event: &Value, meaning: &Meaning, status: &str) -> ShipmentFacts {
    // A day, although it is written as an instant, in the zone of the shop: so the day that was written counts.
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
        action_required: meaning.shoppers_move.then_some(ActionRequired { who: Party::Shopper, what: None, by: None }),
        promise_source: expected.map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_expected: expected,
        promise_withdrawn: expected.is_none() && is_taken_back(&[event.get("estimated_delivery_at")], meaning.condition.as_ref()),
        ..ShipmentFacts::default()
    }
}

fn delivered_to(event: &Value, status: &str) -> DeliveredTo {
    if words::is_collected(status) {
        return DeliveredTo::PickupPoint;
    }
    text(event, "message").map(wording::left_with).unwrap_or_default()
}

fn scan(event: &Value, meaning: &Meaning, status: &str) -> Option<Event> {
    let (happened, said, place) = (text(event, "happened_at")?, text(event, "message"), place(event));
    let name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let id = match number_or_text(event, "id") {
        Some(id) => event_id(&["shopify", &id]),
        None => event_id(&["shopify", happened, status, said.unwrap_or_default(), name]),
    };
    Some(Event {
        id,
        at: at(happened, place.as_ref(), text(event, "province"))?,
        stage: meaning.stage.clone().unwrap_or_default(),
        condition: meaning.condition.clone(),
        reason: None,
        text: said.and_then(wording::sentence),
        source: Source::Carrier,
        raw: Some(raw("shopify", (!status.is_empty()).then_some(status), said)),
        place,
    })
}

fn place(event: &Value) -> Option<Place> {
    let place = reading::place(text(event, "city"), text(event, "province"), text(event, "country"));
    place.map(|place| located(place, Some(event)))
}

/// A true instant with the offset of the shop: on the clock of the place where that is known, on the shop's otherwise.
fn at(happened: &str, place: Option<&Place>, region: Option<&str>) -> Option<EventTime> {
    let utc = instant(happened).map(|at| at.utc().to_rfc3339());
    let there = utc.and_then(|utc| event_time(&utc, Zulu::Utc, place, region)).filter(|at| at.zone == Zone::FromPlace);
    there.or_else(|| event_time(happened, Zulu::Utc, None, None))
}

/// Where it can be collected, where the event has the address of that place.
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
