//! What can follow a stage. Carriers deliver scans late, out of order and with the wrong date; three rules keep that from moving a
//! parcel backwards: scans are taken in the order in which they happened; a pre-transit scan says nothing about a parcel that already
//! moves; and an ending (delivered, returned, destroyed) is left only for what can follow it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Event, LocalTime, Stage};

/// How far the clocks of two scans can be apart: those of a depot and of a driver, or of a zone that one of them does not name.
const CLOCKS: TimeDelta = TimeDelta::hours(3);

/// What kind of place a stage is, which is all that decides about what can follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unknown,
    /// The carrier does not have it yet.
    Early,
    /// The carrier has it.
    Moving,
    Delivered,
    Returning,
    Returned,
    Cancelled,
    Lost,
    Destroyed,
}

fn kind(stage: &Stage) -> Kind {
    match stage {
        Stage::Unknown(_) => Kind::Unknown,
        Stage::Ordered | Stage::Packed | Stage::LabelCreated => Kind::Early,
        Stage::HandedOver
        | Stage::InTransit
        | Stage::Customs
        | Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup => Kind::Moving,
        Stage::Delivered => Kind::Delivered,
        Stage::Returning => Kind::Returning,
        Stage::Returned => Kind::Returned,
        Stage::Cancelled => Kind::Cancelled,
        Stage::Lost => Kind::Lost,
        Stage::Destroyed => Kind::Destroyed,
    }
}

/// How far along a stage is; breaks the tie between two scans of the same minute.
pub(crate) fn rank(stage: &Stage) -> u8 {
    match stage {
        Stage::Unknown(_) => 0,
        Stage::Ordered => 1,
        Stage::Packed => 2,
        Stage::LabelCreated => 3,
        Stage::HandedOver => 4,
        Stage::InTransit => 5,
        Stage::Customs => 6,
        Stage::AtLocalDepot => 7,
        Stage::OutForDelivery => 8,
        Stage::ReadyForPickup => 9,
        Stage::Returning => 10,
        Stage::Lost => 11,
        Stage::Cancelled => 12,
        Stage::Delivered => 13,
        Stage::Returned => 14,
        Stage::Destroyed => 15,
    }
}

/// The stages in which nothing more is expected to happen on the way to the shopper.
pub(crate) fn is_ending(stage: &Stage) -> bool {
    match kind(stage) {
        Kind::Delivered | Kind::Returning | Kind::Returned | Kind::Cancelled | Kind::Lost | Kind::Destroyed => true,
        Kind::Unknown | Kind::Early | Kind::Moving => false,
    }
}

/// Returns whether nothing more happens to a parcel at this stage; what is on its way back still travels.
pub(super) fn has_ended(stage: &Stage) -> bool {
    is_ending(stage) && *stage != Stage::Returning
}

/// The stages in which the carrier does not have it yet.
pub(super) fn is_early(stage: &Stage) -> bool {
    kind(stage) == Kind::Early
}

/// The stages in which the carrier has it, on the way to the shopper.
pub(super) fn is_moving(stage: &Stage) -> bool {
    kind(stage) == Kind::Moving
}

/// Nobody knows.
pub(super) fn is_unknown(stage: &Stage) -> bool {
    kind(stage) == Kind::Unknown
}

/// When an event happened, for putting events in order. Where the zone is unknown it is taken for the destination's: good enough to
/// sort by, never shown.
pub(crate) fn instant(event: &Event, zone: Tz) -> DateTime<Utc> {
    let reading = event.at.local.date.and_time(event.at.local.time.unwrap_or_default());
    let offset = event.at.offset_min.map(|minutes| chrono::TimeDelta::minutes(i64::from(minutes)));
    match offset {
        Some(offset) => reading.checked_sub_signed(offset).unwrap_or(reading).and_utc(),
        None => reading.and_local_timezone(zone).earliest().map_or_else(|| reading.and_utc(), |local| local.to_utc()),
    }
}

/// When something happened, as well as it can be compared with when something else did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    local: LocalTime,
    at: DateTime<Utc>,
    has_zone: bool,
}

impl Moment {
    /// When an event happened.
    pub(super) fn of(event: &Event, zone: Tz) -> Self {
        Self { local: event.at.local, at: instant(event, zone), has_zone: event.at.offset_min.is_some() }
    }

    /// An instant, on the clock of the destination.
    pub(super) fn at(at: DateTime<Utc>, zone: Tz) -> Self {
        let reading = at.with_timezone(&zone).naive_local();
        Self { local: LocalTime { date: reading.date(), time: Some(reading.time()) }, at, has_zone: true }
    }

    /// The date on the clock of the place.
    pub(super) fn date(self) -> NaiveDate {
        self.local.date
    }

    /// Returns whether it happened later than another moment by more than two clocks can differ. A date without a time is any time of it:
    /// the later one is taken from its end, the earlier one as well.
    pub(super) fn is_well_after(self, earlier: Self) -> bool {
        self.since(earlier) > CLOCKS
    }

    /// Returns whether it happened on a later day than another moment, and not only minutes after midnight by another clock.
    pub(super) fn is_on_a_later_day(self, than: Self) -> bool {
        self.local.date > than.local.date && self.is_well_after(than)
    }

    /// The time between two moments; the shorter one where a clock without a zone leaves two.
    pub(super) fn since(self, earlier: Self) -> TimeDelta {
        let (by_instant, by_reading) = (self.end() - earlier.end(), self.reading() - earlier.reading());
        if self.has_zone && earlier.has_zone { by_instant } else { by_instant.min(by_reading) }
    }

    fn end(self) -> DateTime<Utc> {
        let day = if self.local.time.is_none() { TimeDelta::days(1) } else { TimeDelta::zero() };
        self.at.checked_add_signed(day).unwrap_or(self.at)
    }

    fn reading(self) -> NaiveDateTime {
        let end_of_day = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        self.local.date.and_time(self.local.time.unwrap_or(end_of_day))
    }
}

/// Returns whether an event says that a delivered parcel is on its way once more. Papers that customs closes afterwards do not.
pub(super) fn begins_a_new_leg(event: &Event, delivered: Moment, zone: Tz) -> bool {
    is_moving(&event.stage) && event.stage != Stage::Customs && Moment::of(event, zone).is_on_a_later_day(delivered)
}

/// The events in the order in which they happened, whatever the order in which they came.
pub(super) fn in_order(events: &[Event], zone: Tz) -> Vec<&Event> {
    let mut sorted: Vec<&Event> = events.iter().collect();
    sorted.sort_by_cached_key(|event| (instant(event, zone), rank(&event.stage), event.id.clone()));
    sorted
}

/// Whether a parcel that is at `current` is at `next` once a scan says so, the scans being in order.
pub(super) fn follows(current: &Stage, next: &Stage) -> bool {
    match (kind(current), kind(next)) {
        (_, Kind::Unknown) => kind(current) == Kind::Unknown,
        (Kind::Unknown, _) => true,
        (Kind::Early, Kind::Early) => rank(next) >= rank(current),
        (Kind::Early, _) => true,
        (Kind::Moving, next) => next != Kind::Early,
        // Delivered stays delivered, but for a new leg back.
        (Kind::Delivered, next) => matches!(next, Kind::Returning | Kind::Returned),
        (Kind::Returning, next) => matches!(next, Kind::Returned | Kind::Delivered | Kind::Lost | Kind::Destroyed),
        (Kind::Returned, next) => next == Kind::Destroyed,
        // A parcel that was cancelled or given up and then scanned has turned up.
        (Kind::Cancelled | Kind::Lost, next) => next != Kind::Early,
        (Kind::Destroyed, _) => false,
    }
}

/// Whether a claim of an ending can stand against what is known: claims have no date, so an old one may come late.
pub(super) fn may_claim(current: &Stage, claim: &Stage) -> bool {
    match kind(current) {
        Kind::Cancelled => matches!(kind(claim), Kind::Delivered | Kind::Returning | Kind::Returned),
        Kind::Unknown
        | Kind::Early
        | Kind::Moving
        | Kind::Delivered
        | Kind::Returning
        | Kind::Returned
        | Kind::Lost
        | Kind::Destroyed => follows(current, claim),
    }
}
