//! AfterShip: signature and payload of its webhooks, in the classic and in the newer format. [`status_codes`] maps its status
//! codes, [`estimate`] reads its estimates.

#[cfg(test)]
pub(super) mod case;
mod estimate;
mod status_codes;

use std::collections::BTreeSet;

use doorstep_contract::{ActionRequired, Carrier, Delivered, DeliveredTo, Event, Party, Pickup, Source, TrackingLevel};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use serde_json::Value;

use crate::delivery::Delivery;
use crate::fields::{count, link, list, raw, text};
use crate::meaning::Meaning;
use crate::place::{place_of, with_coordinates};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::{base64, is_valid_hmac, matches_any_secret};
use crate::time::{ZSuffix, event_time, from_seconds, instant};
use crate::{carrier_text, country, markup};

/// Maximum number of checkpoints that are read. A real shipment has dozens.
const MAX_CHECKPOINTS: usize = 2_000;
/// Maximum number of address lines of a pickup point, including its name.
const MAX_LINES: usize = 6;

/// Checks and reads a webhook request. Returns an empty list for events that do not concern a tracking.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    let given = request.headers.get("aftership-hmac-sha256").and_then(|value| base64(value.to_str().ok()?));
    match given {
        Some(given) if matches_any_secret(secrets, |secret| is_valid_hmac(secret, &[request.body], &given)) => {
            parse_unverified(request.body)
        }
        _ => Err(Refusal::BadSignature),
    }
}

pub(super) fn parse_unverified(body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
    let event: Value = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    match text(&event, "event") {
        Some("tracking_update" | "edd_revise" | "tracking_pending_time") => {}
        Some(_) => return Ok(Vec::new()),
        None => return Err(Refusal::Unreadable("no event".to_owned())),
    }
    let parcel = event.get("msg").ok_or_else(|| Refusal::Unreadable("no msg".to_owned()))?;
    let number = text(parcel, "tracking_number").ok_or_else(|| Refusal::Unreadable("no tracking_number".to_owned()))?;
    let checkpoints = list(parcel, "checkpoints", MAX_CHECKPOINTS);
    let codes = std::iter::once(parcel).chain(checkpoints).filter_map(unknown_code).chain(estimate::unknown_codes(parcel));
    let events: Vec<Event> = checkpoints.iter().filter_map(checkpoint).collect();
    let sent_at = event.get("ts").and_then(Value::as_i64).and_then(from_seconds);
    Ok(vec![Delivery {
        tracking_number: number.to_owned(),
        carrier: text(parcel, "slug").map(str::to_owned),
        update: TrackingUpdate {
            reported_at: sent_at.or_else(|| text(parcel, "updated_at").and_then(instant)),
            facts: facts(parcel, checkpoints, &events),
            events,
            ..TrackingUpdate::default()
        },
        unknown: codes.collect::<BTreeSet<_>>().into_iter().collect(),
    }])
}

/// Returns tag and subtag of a shipment or of a checkpoint.
fn tags(json: &Value) -> (&str, &str) {
    (text(json, "tag").unwrap_or_default(), text(json, "subtag").unwrap_or_default())
}

fn code(json: &Value) -> String {
    let (tag, subtag) = tags(json);
    if subtag.is_empty() { tag.to_owned() } else { format!("{tag}/{subtag}") }
}

fn unknown_code(json: &Value) -> Option<String> {
    let (tag, subtag) = tags(json);
    (!status_codes::is_known(tag, subtag)).then(|| code(json))
}

fn facts(parcel: &Value, checkpoints: &[Value], events: &[Event]) -> ShipmentFacts {
    let (tag, subtag) = tags(parcel);
    // An update of the estimate alone may come without a tag. It does not change the stage.
    let meaning = if tag.is_empty() { Meaning::default() } else { status_codes::meaning(tag, subtag) };
    let last_mile = last_mile(parcel);
    let level = (parcel.get("last_mile_tracking_supported") == Some(&Value::Bool(false))).then_some(TrackingLevel::Partial);
    let condition = meaning.condition.clone();
    let facts = ShipmentFacts {
        condition: meaning.shipment_condition(events),
        stage: meaning.stage,
        action_required: meaning.awaits_shopper.then(|| ActionRequired {
            who: Party::Shopper,
            what: text(parcel, "pickup_note").and_then(carrier_text::sentence),
            by: None,
        }),
        delivered: (tag == "Delivered").then(|| delivered(parcel, checkpoints)),
        pickup: pickup(parcel),
        attempts: attempts(parcel),
        last_mile_tracking_number: last_mile.and_then(|mile| text(mile, "tracking_number")).map(str::to_owned),
        last_mile_carrier: last_mile.and_then(carrier),
        tracking_url: link(parcel, "courier_tracking_link"),
        reroute_url: link(parcel, "courier_redirect_link"),
        tracking_level: level,
        pieces: count(parcel, "shipment_package_count").filter(|pieces| *pieces > 0),
        ..ShipmentFacts::default()
    };
    estimate::add(facts, parcel, condition.as_ref())
}

/// Returns the number of failed delivery attempts, or None if AfterShip reports none. Older versions of AfterShip's webhooks
/// report only that an attempt failed, which counts as one.
fn attempts(parcel: &Value) -> Option<u32> {
    let tried = tags(parcel).0 == "AttemptFail" && text(parcel, "first_attempted_at").is_some();
    count(parcel, "failed_delivery_attempts").or_else(|| tried.then_some(1))
}

fn delivered(parcel: &Value, checkpoints: &[Value]) -> Delivered {
    let scan = checkpoints.iter().rev().find(|checkpoint| text(checkpoint, "tag") == Some("Delivered"));
    let place = text(parcel, "delivery_location_type");
    let by_text = [place, scan.and_then(|scan| text(scan, "message"))].into_iter().flatten().map(carrier_text::delivered_to);
    let by_subtag = status_codes::delivered_to(tags(parcel).1);
    let by_priority = by_text.chain(std::iter::once(by_subtag.clone())).find(|to| *to != DeliveredTo::default());
    Delivered {
        at: text(parcel, "shipment_delivery_date").and_then(instant),
        // The subtag for a neighbour is specific and takes precedence. All other subtags are less precise than the text of the
        // scan.
        to: if by_subtag == DeliveredTo::Neighbour { by_subtag } else { by_priority.unwrap_or_default() },
        detail: place.and_then(|place| carrier_text::sentence(&place.replace('_', " "))),
        signed_by: text(parcel, "signed_by").and_then(carrier_text::proper_name),
        photo_url: photo(parcel),
    }
}

/// Returns the photo among the proofs of delivery. A drawn signature is not a photo of the parcel.
fn photo(parcel: &Value) -> Option<String> {
    let is_photo = |proof: &&Value| {
        text(proof, "type")
            .is_some_and(|kind| ["photo", "image", "picture"].iter().any(|word| kind.to_lowercase().contains(word)))
    };
    let proofs = list(parcel, "proof_of_delivery", MAX_CHECKPOINTS);
    proofs.iter().filter(is_photo).find_map(|proof| link(proof, "url"))
}

fn pickup(parcel: &Value) -> Option<Pickup> {
    text(parcel, "delivery_type").filter(|kind| kind.starts_with("pickup_at_"))?;
    let written = markup::text(text(parcel, "pickup_location")?);
    let mut parts = written.split([',', '\n']).filter_map(carrier_text::proper_name).take(MAX_LINES);
    Some(Pickup {
        name: parts.next()?,
        lines: parts.collect(),
        country: None,
        hours: Vec::new(),
        collect_by: None,
        code: None,
        location: None,
    })
}

/// Returns the carrier of the last mile if it differs from the main carrier. Older versions of AfterShip's webhooks list the next
/// carriers instead; the last one in the list counts.
fn last_mile(parcel: &Value) -> Option<&Value> {
    let next = list(parcel, "next_couriers", MAX_CHECKPOINTS).last();
    let mile = parcel.get("last_mile").filter(|mile| mile.is_object()).or(next)?;
    text(mile, "slug").is_some_and(|slug| Some(slug) != text(parcel, "slug")).then_some(mile)
}

fn carrier(mile: &Value) -> Option<Carrier> {
    let slug = text(mile, "slug")?;
    Some(Carrier { code: slug.to_owned(), name: carrier_text::carrier_name(slug)?, phone: None, url: None })
}

fn checkpoint(checkpoint: &Value) -> Option<Event> {
    let written = text(checkpoint, "checkpoint_time")?;
    let (tag, subtag) = tags(checkpoint);
    let message = text(checkpoint, "message").or_else(|| text(checkpoint, "subtag_message"));
    let region = text(checkpoint, "state");
    let land = text(checkpoint, "country_region").or_else(|| text(checkpoint, "country_iso3")).and_then(country::two_letters);
    let town = text(checkpoint, "city").or_else(|| text(checkpoint, "location").filter(|_| region.is_none()));
    let place = place_of(town, region, land).map(|place| with_coordinates(place, checkpoint.get("coordinate")));
    let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
    let meaning = status_codes::meaning(tag, subtag);
    let code = code(checkpoint);
    // AfterShip may classify the carrier's message differently later. The id contains neither tag nor subtag, so that the scan
    // keeps its id.
    let by_content = || event_id(&["aftership", written, message.unwrap_or(&code), place_name]);
    Some(Event {
        id: text(checkpoint, "hash").map_or_else(by_content, |hash| event_id(&["aftership", hash])),
        // The time is local. An offset is present only where the carrier wrote one, so it is valid.
        at: event_time(written, ZSuffix::Utc, place.as_ref(), region)?,
        stage: meaning.stage.unwrap_or_default(),
        condition: meaning.condition,
        reason: meaning.reason,
        text: message.and_then(carrier_text::sentence),
        // The source `user` means that the shop ended the tracking by hand.
        source: if text(checkpoint, "source") == Some("user") { Source::Retailer } else { Source::Carrier },
        raw: Some(raw("aftership", (!code.is_empty()).then_some(&code), message)),
        place,
    })
}

#[cfg(test)]
mod tests;
