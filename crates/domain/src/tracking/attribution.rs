//! Selects the scans that belong to this parcel, without duplicates, in the order in which they happened.
//!
//! Carriers reuse tracking numbers, so scans under one number may belong to several parcels. Scans from more than two days before
//! the order belong to an earlier parcel. A new label more than 30 days after the end of this parcel belongs to a later parcel.
//! `duplicates` merges repeated reports of one scan.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Event, LocalTime, Source, Stage, Timestamp, Zone};

use super::context::Context;
use super::delivered_scan::delivered_scan;
use super::duplicates::without_duplicates;
use super::log::{AHEAD, ShipmentReport, TrackingEvent, TrackingLog};
use super::stage;
use crate::calendar::whole_seconds;

/// A scan that is dated up to this time before the order still belongs to the order, because of wrong clocks, unknown time zones
/// and orders that are entered late.
const BEFORE_THE_ORDER: TimeDelta = TimeDelta::days(2);
/// Time after the end of a parcel from which its carrier may use the tracking number for another parcel.
const NUMBER_REUSED_AFTER: TimeDelta = TimeDelta::days(30);

/// Returns the carrier's scans. If the carrier has reported none, returns the scans that the retailer reported, such as those of
/// the shop's own drivers.
pub(super) fn carrier_events<'a>(events: impl Iterator<Item = &'a Event> + Clone) -> impl Iterator<Item = &'a Event> {
    let has_carrier = events.clone().any(|event| event.source == Source::Carrier);
    let who = if has_carrier { Source::Carrier } else { Source::Retailer };
    events.filter(move |event| event.source == who)
}

/// The scans of one parcel.
pub(super) struct Attribution<'a> {
    /// Scans in the order in which they happened.
    pub(super) scans: Vec<Cow<'a, TrackingEvent>>,
    /// Time of the first scan of a later parcel with the same tracking number.
    reassigned_at: Option<DateTime<Utc>>,
}

impl<'a> Attribution<'a> {
    pub(super) fn of(log: &'a TrackingLog, context: Context<'_>) -> Self {
        let zone = context.zone;
        let is_attributed = |scan: &&TrackingEvent| !is_before(stage::instant(&scan.event, zone), log, context);
        let mut scans = without_duplicates(log.scans().filter(is_attributed).collect(), zone);
        let reassigned_at = end_of_life(&mut scans, zone);
        Self { scans, reassigned_at }
    }

    /// Returns the shipment reports about this parcel. Reports about an earlier or a later parcel with the same tracking number
    /// are left out.
    pub(super) fn reports(&self, log: &'a TrackingLog, context: Context<'_>) -> Vec<&'a ShipmentReport> {
        let is_later = |at: DateTime<Utc>| self.reassigned_at.is_some_and(|reassigned_at| at >= reassigned_at);
        let is_attributed = |report: &&ShipmentReport| !is_before(report.at.utc(), log, context) && !is_later(report.at.utc());
        log.reports().iter().filter(is_attributed).collect()
    }

    /// Returns the number of pieces that have separate scans, or None if it is less than two.
    pub(super) fn pieces(&self) -> Option<u32> {
        let named: BTreeSet<_> = self.scans.iter().filter_map(|scan| scan.piece.as_deref()).collect();
        u32::try_from(named.len()).ok().filter(|pieces| *pieces > 1)
    }

    /// Returns the scan that gives the time of the delivery: the first delivered scan since the parcel was last on its way. Later
    /// delivered scans only add a proof or a photo of the same delivery. If the shipment has several pieces, only delivered scans
    /// of the piece that was delivered last count. Returns None if there is no delivered scan.
    pub(super) fn delivered(&self, zone: Tz) -> Option<&Event> {
        let events = self.scans.iter().map(|scan| &scan.event);
        let piece = self.scans.iter().rev().find(|scan| scan.event.stage == Stage::Delivered)?.piece.as_ref();
        let of_it =
            events.zip(&self.scans).filter(|(event, scan)| event.stage != Stage::Delivered || scan.piece.as_ref() == piece);
        delivered_scan(of_it.map(|(event, _)| event), zone)
    }

    /// Returns the time of the carrier's last scan, or None if there is no scan. If the carrier has reported no scans, the
    /// retailer's scans count. A time in the future is replaced by the current time, and a scan that is dated more than a day
    /// ahead is ignored. A date without a time counts as the end of the day. A local time without a zone is assumed to be in the
    /// destination's zone, which is precise enough for the age of a scan.
    pub(super) fn last_carrier_scan(&self, context: Context<'_>) -> Option<Timestamp> {
        let end_of_day = NaiveTime::from_hms_opt(23, 59, 59);
        let events = carrier_events(self.scans.iter().map(|scan| &scan.event));
        let times = events.map(|event| {
            let mut at = event.clone();
            at.at.local.time = at.at.local.time.or(end_of_day);
            time_with_offset(&at).unwrap_or_else(|| Timestamp::from(stage::instant(&at, context.zone)))
        });
        let latest = Timestamp::from(context.now.checked_add_signed(AHEAD).unwrap_or(context.now));
        times.filter(|at| *at <= latest).map(|at| at.min(Timestamp::from(whole_seconds(context.now)))).max()
    }

    /// Returns the events as they are shown. A UTC time without a place is converted to the time zone of the destination. An
    /// event in `returned_scan_ids` gets the stage `returned`, because it is a delivery to the sender.
    pub(super) fn into_events(self, returned_scan_ids: &BTreeSet<String>, zone: Tz) -> Vec<Event> {
        let events =
            self.scans.into_iter().map(|scan| scan.into_owned().event).map(|event| match returned_scan_ids.contains(&event.id) {
                true => Event { stage: Stage::Returned, ..event },
                false => event,
            });
        events.map(|event| if event.place.is_none() { at_destination(event, zone) } else { event }).collect()
    }
}

/// Returns true if a scan or a report of this time belongs to an earlier parcel with the same tracking number.
fn is_before(at: DateTime<Utc>, log: &TrackingLog, context: Context<'_>) -> bool {
    let placed = context.placed_at.and_then(|placed| placed.checked_sub_signed(BEFORE_THE_ORDER));
    placed.is_some_and(|placed| at < placed) && log.shown_from().is_none_or(|shown| at < shown)
}

/// Removes the scans of a later parcel with the same tracking number. Returns the time of the first removed scan, or None if no
/// scan was removed.
fn end_of_life(scans: &mut Vec<Cow<'_, TrackingEvent>>, zone: Tz) -> Option<DateTime<Utc>> {
    let mut ended: Option<DateTime<Utc>> = None;
    let cut = scans.iter().position(|scan| {
        let at = stage::instant(&scan.event, zone);
        let begins = stage::is_early(&scan.event.stage);
        if begins && ended.is_some_and(|ended| at - ended > NUMBER_REUSED_AFTER) {
            return true;
        }
        if stage::is_ending(&scan.event.stage) {
            ended = Some(at);
        }
        false
    });
    let cut = cut?;
    let reassigned_at = scans.get(cut).map(|scan| stage::instant(&scan.event, zone));
    scans.truncate(cut);
    reassigned_at
}

/// Returns the time of an event with its UTC offset, or None if the event has no time or no offset.
pub(super) fn time_with_offset(event: &Event) -> Option<Timestamp> {
    let offset = chrono::FixedOffset::east_opt(event.at.offset_min?.checked_mul(60)?)?;
    let reading = event.at.local.date.and_time(event.at.local.time?);
    reading.and_local_timezone(offset).single().map(Timestamp)
}

fn at_destination(mut event: Event, zone: Tz) -> Event {
    let is_utc = event.at.offset_min == Some(0) && event.at.zone == Zone::Explicit && zone != Tz::UTC;
    if let (true, Some(at)) = (is_utc, time_with_offset(&event)) {
        let local = zone.from_utc_datetime(&at.0.naive_utc());
        let reading = local.naive_local();
        event.at.local = LocalTime { date: reading.date(), time: Some(reading.time()) };
        event.at.offset_min = Some(local.offset().fix().local_minus_utc() / 60);
    }
    event
}
