//! Which scans are about this parcel, each once, in the order in which they happened.
//!
//! Carriers use their numbers again, so scans under one number may belong to several parcels. What happened before the order was placed
//! happened to an earlier one; a new label long after the end of this one belongs to a later one. A scan that was told twice is in
//! `duplicates`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Event, LocalTime, Source, Stage, Timestamp, Zone};

use super::delivery::delivered_scan;
use super::duplicates::without_duplicates;
use super::log::{AHEAD, Log, Scan, Statement};
use super::{Context, stage};
use crate::domain::calendar::whole_seconds;

/// How long before the order a scan can be dated and still be about it: clocks, zones, and orders that are written down late.
const BEFORE_THE_ORDER: TimeDelta = TimeDelta::days(2);
/// How long after its end a parcel's number is not given to another one.
const NUMBER_RESTS: TimeDelta = TimeDelta::days(30);
/// The scans of whoever carries the parcel: the carrier's, or where no carrier has said anything, those of the shop's own drivers.
pub(super) fn of_who_carries_it<'a>(events: impl Iterator<Item = &'a Event> + Clone) -> impl Iterator<Item = &'a Event> {
    let has_carrier = events.clone().any(|event| event.source == Source::Carrier);
    let who = if has_carrier { Source::Carrier } else { Source::Retailer };
    events.filter(move |event| event.source == who)
}

/// The scans of one parcel.
pub(super) struct Own<'a> {
    /// In the order in which they happened.
    pub(super) scans: Vec<Cow<'a, Scan>>,
    /// When the number was given to a later parcel.
    given_away: Option<DateTime<Utc>>,
}

impl<'a> Own<'a> {
    pub(super) fn of(log: &'a Log, context: Context<'_>) -> Self {
        let zone = context.zone;
        let is_own = |scan: &&Scan| !is_before(stage::instant(&scan.event, zone), log, context);
        let mut scans = without_duplicates(log.scans().filter(is_own).collect(), zone);
        let given_away = end_of_life(&mut scans, zone);
        Self { scans, given_away }
    }

    /// What was said about this parcel, and not about an earlier or a later one under its number.
    pub(super) fn statements(&self, log: &'a Log, context: Context<'_>) -> Vec<&'a Statement> {
        let is_later = |at: DateTime<Utc>| self.given_away.is_some_and(|given_away| at >= given_away);
        let own = |statement: &&Statement| !is_before(statement.at.utc(), log, context) && !is_later(statement.at.utc());
        log.statements().iter().filter(own).collect()
    }

    /// How many pieces have scans of their own.
    pub(super) fn pieces(&self) -> Option<u32> {
        let named: BTreeSet<_> = self.scans.iter().filter_map(|scan| scan.piece.as_deref()).collect();
        u32::try_from(named.len()).ok().filter(|pieces| *pieces > 1)
    }

    /// Returns the scan that says that it was delivered: the first of those that nothing came between, because a proof or a photo that is
    /// told later is of the same delivery. Of several pieces it is the scan of the last one.
    pub(super) fn delivered(&self, zone: Tz) -> Option<&Event> {
        let events = self.scans.iter().map(|scan| &scan.event);
        let piece = self.scans.iter().rev().find(|scan| scan.event.stage == Stage::Delivered)?.piece.as_ref();
        let of_it =
            events.zip(&self.scans).filter(|(event, scan)| event.stage != Stage::Delivered || scan.piece.as_ref() == piece);
        delivered_scan(of_it.map(|(event, _)| event), zone)
    }

    /// When the carrier last said anything, never later than now: a date without a time counts to its end, and a reading without a zone
    /// is taken for the destination's, because how old the news is needs no better answer. A clock that is a year ahead says nothing.
    pub(super) fn carrier_last_spoke(&self, context: Context<'_>) -> Option<Timestamp> {
        let end_of_day = NaiveTime::from_hms_opt(23, 59, 59);
        let events = of_who_carries_it(self.scans.iter().map(|scan| &scan.event));
        let spoken = events.map(|event| {
            let mut at = event.clone();
            at.at.local.time = at.at.local.time.or(end_of_day);
            written(&at).unwrap_or_else(|| Timestamp::from(stage::instant(&at, context.zone)))
        });
        let latest = Timestamp::from(context.now.checked_add_signed(AHEAD).unwrap_or(context.now));
        spoken.filter(|at| *at <= latest).map(|at| at.min(Timestamp::from(whole_seconds(context.now)))).max()
    }

    /// The events as they are shown. An instant in UTC of an unknown place is told on the clock of the destination: nobody reads it
    /// otherwise.
    /// What was delivered to the sender came back, whatever the carrier calls it.
    pub(super) fn into_events(self, came_back: &BTreeSet<String>, zone: Tz) -> Vec<Event> {
        let events =
            self.scans.into_iter().map(|scan| scan.into_owned().event).map(|event| match came_back.contains(&event.id) {
                true => Event { stage: Stage::Returned, ..event },
                false => event,
            });
        events.map(|event| if event.place.is_none() { at_destination(event, zone) } else { event }).collect()
    }
}

fn is_before(at: DateTime<Utc>, log: &Log, context: Context<'_>) -> bool {
    let placed = context.placed_at.and_then(|placed| placed.checked_sub_signed(BEFORE_THE_ORDER));
    placed.is_some_and(|placed| at < placed) && log.shown_from().is_none_or(|shown| at < shown)
}

/// Cuts off what happened to another parcel under the same number; when that began.
fn end_of_life(scans: &mut Vec<Cow<'_, Scan>>, zone: Tz) -> Option<DateTime<Utc>> {
    let mut ended: Option<DateTime<Utc>> = None;
    let cut = scans.iter().position(|scan| {
        let at = stage::instant(&scan.event, zone);
        let begins = stage::is_early(&scan.event.stage);
        if begins && ended.is_some_and(|ended| at - ended > NUMBER_RESTS) {
            return true;
        }
        if stage::is_ending(&scan.event.stage) {
            ended = Some(at);
        }
        false
    });
    let cut = cut?;
    let given_away = scans.get(cut).map(|scan| stage::instant(&scan.event, zone));
    scans.truncate(cut);
    given_away
}

/// The instant of an event as it was written, with its offset.
pub(super) fn written(event: &Event) -> Option<Timestamp> {
    let offset = chrono::FixedOffset::east_opt(event.at.offset_min?.checked_mul(60)?)?;
    let reading = event.at.local.date.and_time(event.at.local.time?);
    reading.and_local_timezone(offset).single().map(Timestamp)
}

fn at_destination(mut event: Event, zone: Tz) -> Event {
    let is_utc = event.at.offset_min == Some(0) && event.at.zone == Zone::Explicit && zone != Tz::UTC;
    if let (true, Some(at)) = (is_utc, written(&event)) {
        let local = zone.from_utc_datetime(&at.0.naive_utc());
        let reading = local.naive_local();
        event.at.local = LocalTime { date: reading.date(), time: Some(reading.time()) };
        event.at.offset_min = Some(local.offset().fix().local_minus_utc() / 60);
    }
    event
}
