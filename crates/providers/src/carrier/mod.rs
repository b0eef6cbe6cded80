//! Carriers that a retailer connects directly, in the format that Doorstep documents in `docs/tracking-providers.md`. Each carrier has a
//! table of its codes; `status_codes.rs` selects it.

#[cfg(test)]
pub(super) mod case;
mod dhl;
mod fedex;
mod payload;
mod status_codes;
mod ups;
mod usps;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use doorstep_contract::{ActionRequired, Confidence, Delivered, DeliveredTo, Event, Party, PromiseSource, Source, Stage};
use doorstep_domain::tracking::event_id;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};

use crate::delivery::Delivery;
use crate::fields::{is_secure_link, raw};
use crate::meaning::Meaning;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::check_own;
use crate::time::{ZSuffix, event_time};
use crate::{carrier_text, return_to_sender};
use payload::{Payload, Scan};
use status_codes::{ReportedStatus, carrier_code};

/// Checks and reads a webhook request in the documented format.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    check_own(request, secrets)?;
    parse_unverified(request.body, request.now)
}

/// Reads a body in the documented format without checking a signature. Returns an error if it does not fit the format.
pub(super) fn parse_unverified(body: &[u8], now: DateTime<Utc>) -> Result<Vec<Delivery>, Refusal> {
    let payload = Payload::parse(body, now).map_err(Refusal::Unreadable)?;
    Ok(vec![delivery(payload)])
}

/// A scan with the meaning of its code.
struct ParsedScan {
    event: Event,
    meaning: Meaning,
    piece: Option<String>,
}

fn delivery(payload: Payload) -> Delivery {
    let carrier = carrier_code(&payload.carrier);
    let scans: Vec<ParsedScan> = payload.events.iter().filter_map(|scan| parse_scan(&carrier, scan)).collect();
    let status = payload.status.as_ref().map(|status| status.reported());
    let all = status.iter().copied().chain(payload.events.iter().map(Scan::reported));
    let unknown = all
        .filter(|reported| status_codes::meaning(&carrier, reported).is_none())
        .filter_map(|reported| reported.qualified_code(&carrier));
    let unknown = unknown.collect::<BTreeSet<_>>().into_iter().collect();
    let status =
        status.map(|status| meaning(&carrier, &status, payload.status.as_ref().and_then(|status| status.text.as_deref())));
    let pieces = scans.iter().filter_map(|scan| Some((scan.event.id.clone(), scan.piece.clone()?))).collect::<BTreeMap<_, _>>();
    let (number, told_at) = (payload.tracking_number.trim().to_owned(), payload.told_at);
    let (events, meanings): (Vec<Event>, Vec<Meaning>) = scans.into_iter().map(|scan| (scan.event, scan.meaning)).unzip();
    let (carrier, facts) = (payload.carrier.trim().to_owned(), facts(payload, status, &events, &meanings));
    let update = TrackingUpdate { reported_at: Some(told_at), facts, events, pieces, ..TrackingUpdate::default() };
    Delivery { tracking_number: number, carrier: Some(carrier), update, unknown }
}

/// Returns the meaning of a status. Sources are the carrier's table and the payload's fields `stage`, `condition` and `reason`;
/// if they give nothing, the carrier's text. A text that names a delivery to the sender turns a delivery into a return.
fn meaning(carrier: &str, reported: &ReportedStatus<'_>, text: Option<&str>) -> Meaning {
    let by_table =
        status_codes::meaning(carrier, reported).filter(|meaning| reported.code.is_some() || *meaning != Meaning::default());
    let meaning = by_table.or_else(|| status_codes::from_text(text?)).unwrap_or_default();
    Meaning { stage: return_to_sender::corrected_stage(meaning.stage, text), ..meaning }
}

fn parse_scan(carrier: &str, scan: &Scan) -> Option<ParsedScan> {
    let reported = scan.reported();
    let meaning = meaning(carrier, &reported, scan.text.as_deref());
    let code = reported.qualified_code(carrier);
    let place = scan.place.as_ref().and_then(payload::ScanPlace::place);
    let region = scan.place.as_ref().and_then(|place| place.region.as_deref());
    // The format allows an offset only where the carrier wrote one, so a `Z` is a real offset.
    let at = event_time(&scan.at, ZSuffix::Utc, place.as_ref(), region)?;
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let place_name = place.as_ref().and_then(|place| place.name.clone()).unwrap_or_default();
    let stage = meaning.stage.clone().unwrap_or_default();
    let by_content = || {
        let parts = [
            "carrier",
            carrier,
            &scan.at,
            &or_empty(&code),
            stage_name(scan),
            &or_empty(&scan.text),
            &place_name,
            &or_empty(&scan.piece),
        ];
        event_id(&parts)
    };
    let event = Event {
        id: scan.id.clone().unwrap_or_else(by_content),
        at,
        stage,
        condition: meaning.condition.clone(),
        reason: meaning.reason.clone(),
        text: scan.text.as_deref().and_then(carrier_text::sentence),
        source: Source::Carrier,
        raw: Some(raw("carrier", code.as_deref(), scan.text.as_deref())),
        place,
    };
    Some(ParsedScan { event, meaning, piece: scan.piece.clone() })
}

/// Returns the stage in the payload, which is part of a scan's id. The stage from the table is not part of the id, because a
/// corrected table would then give known scans new ids and duplicate the timeline.
fn stage_name(scan: &Scan) -> &str {
    scan.stage.as_ref().map_or("", Stage::as_str)
}

fn facts(payload: Payload, status: Option<Meaning>, events: &[Event], meanings: &[Meaning]) -> ShipmentFacts {
    let newest = events.iter().zip(meanings).max_by_key(|(event, _)| event.at.local).map(|(_, meaning)| meaning.clone());
    let main = status.clone().or(newest).unwrap_or_default();
    let status = status.unwrap_or_default();
    let awaits_shopper = main.awaits_shopper.then_some(ActionRequired { who: Party::Shopper, what: None, by: None });
    let (last_mile_carrier, last_mile_tracking_number) = payload.last_mile.clone().map_or((None, None), |last| last.parts());
    let (expected, is_withdrawn) = (payload.expected.flatten(), payload.expected == Some(None));
    ShipmentFacts {
        promise_withdrawn: is_withdrawn,
        condition: status.shipment_condition(events),
        delivered: delivered(&payload, &status, events),
        stage: status.stage,
        action_required: payload.action_required.or(awaits_shopper),
        promise_source: expected.or(payload.first_expected).map(|_| PromiseSource::Carrier),
        promise_confidence: expected.map(|_| Confidence::Medium),
        promise_reason: main.reason,
        promise_first: payload.first_expected,
        promise_expected: expected,
        pickup: payload.pickup,
        attempts: payload.attempts,
        last_mile_carrier,
        last_mile_tracking_number,
        tracking_url: payload.tracking_url.filter(|url| is_secure_link(url)),
        reroute_url: payload.reroute_url.filter(|url| is_secure_link(url)),
        tracking_level: payload.tracking_level,
        pieces: payload.pieces,
        ..ShipmentFacts::default()
    }
}

/// Returns the proof of delivery. If the payload does not give the drop-off place, the place is derived from the text of the
/// delivered scan, or else from the text of the status. Returns None if neither the proof, a scan nor the status reports a
/// delivery.
fn delivered(payload: &Payload, status: &Meaning, events: &[Event]) -> Option<Delivered> {
    let arrived = events.iter().filter(|event| event.stage == Stage::Delivered);
    let scan = arrived.max_by_key(|event| event.at.local);
    if payload.delivered.is_none() && scan.is_none() && status.stage != Some(Stage::Delivered) {
        return None;
    }
    let raw_text = scan.and_then(|scan| scan.raw.as_ref()?.text.as_deref());
    let text = raw_text.or_else(|| payload.status.as_ref()?.text.as_deref());
    let from_text = || text.map_or_else(DeliveredTo::default, carrier_text::delivered_to);
    let Some(stated) = payload.delivered.clone() else {
        return Some(Delivered { at: None, to: from_text(), detail: None, signed_by: None, photo_url: None });
    };
    let says_where = !matches!(stated.to, DeliveredTo::Unknown(_));
    let to = if says_where { stated.to } else { from_text() };
    let signed_by = stated.signed_by.as_deref().and_then(carrier_text::proper_name);
    Some(Delivered { to, signed_by, photo_url: stated.photo_url.filter(|url| is_secure_link(url)), ..stated })
}

#[cfg(test)]
mod documented;
#[cfg(test)]
mod tests;
