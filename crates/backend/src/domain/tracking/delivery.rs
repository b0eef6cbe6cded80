//! Where a parcel was left, and the proof: out of the delivered scan and of everything that was told about the delivery.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Delivered, DeliveredTo, Event, Shipment, Stage};

use super::log::Statement;
use super::own::{Own, written};
use super::stage::{self, is_moving};
use super::story::Story;

/// When a delivered parcel was delivered, as far as that is known.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    /// The date at the place.
    pub(super) date: NaiveDate,
    /// The instant, where the zone is known.
    pub(super) at: Option<DateTime<Utc>>,
}

/// One record out of all reports; a poorer one takes nothing away from a richer one.
pub(super) fn delivered(own: &Own<'_>, statements: &[&Statement], story: &Story, zone: Tz) -> Option<Delivered> {
    let this_leg = |at: DateTime<Utc>| story.leg_began.is_none_or(|began| at >= began);
    let told = statements.iter().filter(|statement| this_leg(statement.at.utc()));
    let mut reports = told.filter_map(|statement| statement.facts.delivered.as_ref()).peekable();
    if story.stage != Stage::Delivered && reports.peek().is_none() {
        return None;
    }
    let mut known = Delivered { at: None, to: DeliveredTo::default(), detail: None, signed_by: None, photo_url: None };
    for told in reports {
        if !matches!(told.to, DeliveredTo::Unknown(_)) {
            known.to = told.to.clone();
        }
        known.at = told.at.or(known.at);
        known.detail = told.detail.clone().or(known.detail);
        known.signed_by = told.signed_by.clone().or(known.signed_by);
        known.photo_url = told.photo_url.clone().or(known.photo_url);
    }
    if story.in_part {
        known.to = DeliveredTo::InPart;
    }
    let scan = own.last_delivered().filter(|scan| this_leg(stage::instant(scan, zone)) && !is_misdated(scan, own));
    known.at = known.at.or(scan.and_then(written));
    Some(known)
}

/// Whether the parcel was still on its way on a later day: then the clock of the delivered scan was wrong.
fn is_misdated(scan: &Event, own: &Own<'_>) -> bool {
    own.scans.iter().map(|other| &other.event).any(|other| is_moving(&other.stage) && other.at.local.date > scan.at.local.date)
}

/// When it arrived: at its door, or where it can be collected, which may be days before anybody does.
pub(super) fn arrival(shipment: &Shipment, zone: Tz) -> Option<Arrival> {
    let ready = shipment.events.iter().filter(|event| event.stage == Stage::ReadyForPickup);
    let ready = ready.min_by_key(|event| stage::instant(event, zone)).map(|event| event.at.local.date);
    match (ready, delivery(shipment, zone)) {
        (Some(ready), Some(delivered)) if delivered.date <= ready => Some(delivered),
        (Some(ready), _) => Some(Arrival { date: ready, at: None }),
        (None, delivered) => delivered,
    }
}

/// When it was delivered. A delivered scan that is dated before the van left is dated wrongly: it arrived no earlier than that day.
fn delivery(shipment: &Shipment, zone: Tz) -> Option<Arrival> {
    let told = shipment.delivered.as_ref().and_then(|delivered| delivered.at);
    let scans = stage::in_order(&shipment.events, zone);
    let scan = scans.into_iter().rev().find(|event| event.stage == Stage::Delivered);
    let date = told.map(|at| at.0.with_timezone(&zone).date_naive()).or_else(|| scan.map(|event| event.at.local.date))?;
    let on_the_van = shipment.events.iter().filter(|event| event.stage == Stage::OutForDelivery);
    match on_the_van.map(|event| event.at.local.date).max() {
        Some(left) if left > date => Some(Arrival { date: left, at: None }),
        Some(_) | None => Some(Arrival { date, at: told.map(|at| at.utc()) }),
    }
}

/// When a shipment arrived, as well as it is known; a date without a time is taken from its beginning.
pub(crate) fn arrived_at(shipment: &Shipment, zone: Tz) -> Option<DateTime<Utc>> {
    if shipment.stage != Stage::Delivered {
        return None;
    }
    let told = shipment.delivered.as_ref().and_then(|delivered| delivered.at).map(|at| at.utc());
    let scans = shipment.events.iter().filter(|event| event.stage == Stage::Delivered);
    told.or_else(|| scans.map(|event| stage::instant(event, zone)).max())
        .or_else(|| shipment.last_carrier_update.map(|at| at.utc()))
}
