//! Rules for the sequence of stages. Carriers report scans late, out of order and with wrong dates. Three rules keep these scans
//! from moving a parcel backwards:
//!
//! - Scans are applied in the order in which they happened.
//! - A pre-transit scan is ignored once the carrier has the parcel.
//! - After an ending (delivered, returned, destroyed), only certain stages are accepted.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_contract::{Event, LocalTime, Stage, StagePhase};

/// Maximum error of the time between two scans. The error comes from a missing time zone or from different clocks, such as the
/// clocks of a depot and a driver.
const MAX_CLOCK_DIFFERENCE: TimeDelta = TimeDelta::hours(3);

/// Group of stages. The group of the current stage decides which stages can follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unknown,
    /// The carrier does not have the parcel yet.
    Early,
    /// The carrier has the parcel.
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

/// Returns the progress of a stage as a number, by which scans of the same time are sorted.
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

/// Returns true for stages that end the way to the shopper: delivered, going back, returned, cancelled, lost or destroyed.
pub(crate) fn is_ending(stage: &Stage) -> bool {
    match kind(stage) {
        Kind::Delivered | Kind::Returning | Kind::Returned | Kind::Cancelled | Kind::Lost | Kind::Destroyed => true,
        Kind::Unknown | Kind::Early | Kind::Moving => false,
    }
}

/// Returns true if the journey of a parcel at this stage has ended. A parcel on its way back to the sender is still travelling.
pub(crate) fn has_ended(stage: &Stage) -> bool {
    is_ending(stage) && *stage != Stage::Returning
}

/// Returns true if the carrier does not have the parcel yet at this stage.
pub(super) fn is_early(stage: &Stage) -> bool {
    stage.phase() == StagePhase::BeforeHandOver
}

/// Returns true if the carrier has the parcel, and the parcel is on its way to the shopper or ready for pickup.
pub(super) fn is_moving(stage: &Stage) -> bool {
    kind(stage) == Kind::Moving
}

/// Returns true if the stage is unknown.
pub(super) fn is_unknown(stage: &Stage) -> bool {
    stage.phase() == StagePhase::Unknown
}

/// Returns the time of an event, for sorting and comparison. If the time zone is unknown, assumes the zone of the destination, so
/// the result must not be shown. A date without a time counts as the beginning of the day.
pub fn instant(event: &Event, zone: Tz) -> DateTime<Utc> {
    let reading = event.at.local.date.and_time(event.at.local.time.unwrap_or_default());
    let offset = event.at.offset_min.map(|minutes| chrono::TimeDelta::minutes(i64::from(minutes)));
    match offset {
        Some(offset) => reading.checked_sub_signed(offset).unwrap_or(reading).and_utc(),
        None => reading.and_local_timezone(zone).earliest().map_or_else(|| reading.and_utc(), |local| local.to_utc()),
    }
}

/// The time of an event, as instant and local time, for comparison with another event that may lack a time or a time zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    local: LocalTime,
    at: DateTime<Utc>,
    has_zone: bool,
}

impl Moment {
    /// Returns the moment of an event.
    pub(super) fn of(event: &Event, zone: Tz) -> Self {
        Self { local: event.at.local, at: instant(event, zone), has_zone: event.at.offset_min.is_some() }
    }

    /// Returns the moment of an instant, in the time zone of the destination.
    pub(super) fn at(at: DateTime<Utc>, zone: Tz) -> Self {
        let reading = at.with_timezone(&zone).naive_local();
        Self { local: LocalTime { date: reading.date(), time: Some(reading.time()) }, at, has_zone: true }
    }

    /// Returns the local date at the place of the event.
    pub(super) fn date(self) -> NaiveDate {
        self.local.date
    }

    /// Returns true if this moment is more than three hours later than the other moment. The clocks of two scans differ by less.
    /// A date without a time counts as the end of the day.
    pub(super) fn is_well_after(self, earlier: Self) -> bool {
        self.since(earlier) > MAX_CLOCK_DIFFERENCE
    }

    /// Returns true if this moment is on a later local day than the other moment and more than three hours later. Because clocks
    /// differ, a scan shortly after midnight may have happened on the day before.
    pub(super) fn is_on_a_later_day(self, than: Self) -> bool {
        self.local.date > than.local.date && self.is_well_after(than)
    }

    /// Returns the time between two moments. If one of them has no time zone, returns the smaller of the differences between the
    /// instants and between the local times.
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

/// Returns true if an event shows that a delivered parcel is on its way again. Customs scans do not count, because customs papers
/// may be closed after the delivery.
pub(super) fn begins_a_new_leg(event: &Event, delivered: Moment, zone: Tz) -> bool {
    is_moving(&event.stage) && event.stage != Stage::Customs && Moment::of(event, zone).is_on_a_later_day(delivered)
}

/// Returns the events in the order in which they happened.
pub(super) fn in_order(events: &[Event], zone: Tz) -> Vec<&Event> {
    let mut sorted: Vec<&Event> = events.iter().collect();
    sorted.sort_by_cached_key(|event| (instant(event, zone), rank(&event.stage), event.id.clone()));
    sorted
}

/// Returns true if a scan with the stage `next` moves a parcel from the stage `current` to `next`. The scans must be applied in
/// the order in which they happened.
pub(super) fn follows(current: &Stage, next: &Stage) -> bool {
    match (kind(current), kind(next)) {
        (_, Kind::Unknown) => kind(current) == Kind::Unknown,
        (Kind::Unknown, _) => true,
        (Kind::Early, Kind::Early) => rank(next) >= rank(current),
        (Kind::Early, _) => true,
        (Kind::Moving, next) => next != Kind::Early,
        // A delivered parcel stays delivered unless it goes back to the sender.
        (Kind::Delivered, next) => matches!(next, Kind::Returning | Kind::Returned),
        (Kind::Returning, next) => matches!(next, Kind::Returned | Kind::Delivered | Kind::Lost | Kind::Destroyed),
        (Kind::Returned, next) => next == Kind::Destroyed,
        // A scan after a cancellation or a loss means that the parcel still exists.
        (Kind::Cancelled | Kind::Lost, next) => next != Kind::Early,
        (Kind::Destroyed, _) => false,
    }
}

/// Returns true if an ending in a shipment report is accepted at the current stage. Reports have no exact time, so after a
/// cancellation only a delivery or a return is accepted.
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
