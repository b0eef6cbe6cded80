//! Computes place, time and proof of a delivery from the delivered scan and all reports of the delivery.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Delivered, DeliveredTo, Event, Shipment, Stage};

use super::attribution::{Attribution, time_with_offset};
use super::delivered_scan::delivered_scan;
use super::fold::TrackingFold;
use super::log::ShipmentReport;
use super::stage::{self, Moment, begins_a_new_leg};

/// Time of an arrival, as far as it is known.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    /// Local date at the place of the arrival.
    pub(super) date: NaiveDate,
    /// Exact time, if it was reported with a UTC offset.
    pub(super) at: Option<DateTime<Utc>>,
}

/// Returns the proof of delivery, merged from all reports. A later report replaces the fields that it contains. Reports from
/// before the current leg are left out. Reports from the time after the parcel went back are left out too, because they describe
/// the delivery to the sender. Returns None if the parcel is not delivered and no report of a delivery is left.
pub(super) fn proof_of_delivery(
    attribution: &Attribution<'_>,
    reports: &[&ShipmentReport],
    fold: &TrackingFold,
    zone: Tz,
) -> Option<Delivered> {
    let is_back = |at: DateTime<Utc>| fold.returning_since.is_some_and(|since| at >= since);
    let this_leg = |at: DateTime<Utc>| fold.leg_began.is_none_or(|began| at >= began) && !is_back(at);
    let reported = reports.iter().filter(|report| this_leg(report.at.utc()));
    let mut reports = reported.filter_map(|report| report.facts.delivered.as_ref()).peekable();
    if fold.stage != Stage::Delivered && reports.peek().is_none() {
        return None;
    }
    let mut known = Delivered { at: None, to: DeliveredTo::default(), detail: None, signed_by: None, photo_url: None };
    for reported in reports {
        if !matches!(reported.to, DeliveredTo::Unknown(_)) {
            known.to = reported.to.clone();
        }
        known.at = reported.at.or(known.at);
        known.detail = reported.detail.clone().or(known.detail);
        known.signed_by = reported.signed_by.clone().or(known.signed_by);
        known.photo_url = reported.photo_url.clone().or(known.photo_url);
    }
    if fold.in_part {
        known.to = DeliveredTo::InPart;
    }
    let scan =
        attribution.delivered(zone).filter(|scan| this_leg(stage::instant(scan, zone)) && !is_misdated(scan, attribution, zone));
    known.at = known.at.or(scan.and_then(time_with_offset));
    Some(known)
}

/// Returns true if the delivered scan has a wrong date, because another scan shows the parcel on its way on a later day.
fn is_misdated(scan: &Event, attribution: &Attribution<'_>, zone: Tz) -> bool {
    attribution.scans.iter().any(|other| begins_a_new_leg(&other.event, Moment::of(scan, zone), zone))
}

/// Returns the arrival at the door or at the pickup point, or None if it is unknown. The arrival at a pickup point may be days
/// before the shopper collects the parcel.
pub(super) fn arrival(shipment: &Shipment, zone: Tz) -> Option<Arrival> {
    let ready = shipment.events.iter().filter(|event| event.stage == Stage::ReadyForPickup);
    let ready = ready.min_by_key(|event| stage::instant(event, zone)).map(|event| event.at.local.date);
    match (ready, delivery(shipment, zone)) {
        (Some(ready), Some(delivered)) if delivered.date <= ready => Some(delivered),
        (Some(ready), _) => Some(Arrival { date: ready, at: None }),
        (None, delivered) => delivered,
    }
}

/// Returns the arrival at the door, or None if no time is known. If the delivery is dated before the day of the last departure
/// for delivery, the date of the delivery is wrong. In this case the day of the departure is returned.
fn delivery(shipment: &Shipment, zone: Tz) -> Option<Arrival> {
    let reported = shipment.delivered.as_ref().and_then(|delivered| delivered.at).map(|at| at.utc());
    let scan = || shown_scan(shipment, zone).map(|scan| Moment::of(scan, zone));
    let moment = reported.map(|at| Moment::at(at, zone)).or_else(scan)?;
    let departures = shipment.events.iter().filter(|event| event.stage == Stage::OutForDelivery);
    let later =
        departures.filter(|departure| begins_a_new_leg(departure, moment, zone)).map(|departure| departure.at.local.date).max();
    Some(later.map_or(Arrival { date: moment.date(), at: reported }, |left| Arrival { date: left, at: None }))
}

/// Returns the delivered scan among the events that are shown. For a shipment of several pieces, returns the last delivered scan,
/// because the shown events do not name their piece.
fn shown_scan(shipment: &Shipment, zone: Tz) -> Option<&Event> {
    let events = stage::in_order(&shipment.events, zone);
    match shipment.pieces.is_some_and(|pieces| pieces > 1) {
        true => events.into_iter().rev().find(|event| event.stage == Stage::Delivered),
        false => delivered_scan(events.into_iter(), zone),
    }
}

/// Returns the time of the delivery: from the proof of delivery, else from the delivered scan, else the last carrier update. A
/// date without a time counts as the beginning of the day. Returns None if the shipment is not delivered or no time is known.
pub(crate) fn arrived_at(shipment: &Shipment, zone: Tz) -> Option<DateTime<Utc>> {
    if shipment.stage != Stage::Delivered {
        return None;
    }
    let reported = shipment.delivered.as_ref().and_then(|delivered| delivered.at).map(|at| at.utc());
    reported
        .or_else(|| shown_scan(shipment, zone).map(|scan| stage::instant(scan, zone)))
        .or_else(|| shipment.last_carrier_update.map(|at| at.utc()))
}
