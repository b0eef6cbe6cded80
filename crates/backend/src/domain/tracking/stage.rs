//! What can follow a stage. Carriers deliver scans late, out of order and with the wrong date; three rules keep that from moving a
//! parcel backwards: scans are taken in the order in which they happened; a pre-transit scan says nothing about a parcel that already
//! moves; and an ending (delivered, returned, destroyed) is left only for what can follow it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{Event, Stage};

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
