//! Where a shipment is, decided from everything that is known of it; the newest row never decides alone.
//!
//! Carriers deliver scans late, out of order and with the wrong date. Three rules keep that from moving a parcel backwards: scans are
//! taken in the order in which they happened; a pre-transit scan says nothing about a parcel that already moves; and an ending
//! (delivered, returned, destroyed) is left only for what can follow it.

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
pub(in crate::domain) fn rank(stage: &Stage) -> u8 {
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
pub(in crate::domain) fn is_ending(stage: &Stage) -> bool {
    match kind(stage) {
        Kind::Delivered | Kind::Returning | Kind::Returned | Kind::Cancelled | Kind::Lost | Kind::Destroyed => true,
        Kind::Unknown | Kind::Early | Kind::Moving => false,
    }
}

/// When an event happened, for putting events in order. Where the zone is unknown it is taken for the destination's: good enough to
/// sort by, never shown.
pub(in crate::domain) fn instant(event: &Event, zone: Tz) -> DateTime<Utc> {
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

/// Where the events alone say that it is; `None` without events.
pub(super) fn from_events(events: &[Event], zone: Tz) -> Option<Stage> {
    in_order(events, zone).into_iter().fold(None, |current, event| match current {
        Some(current) if !follows(&current, &event.stage) => Some(current),
        _ => Some(event.stage.clone()),
    })
}

/// Whether a parcel that is at `current` is at `next` once a scan says so, the scans being in order.
fn follows(current: &Stage, next: &Stage) -> bool {
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

/// What is known when a decision is due.
pub(super) struct Known<'a> {
    /// The stage before the update.
    pub(super) before: &'a Stage,
    /// What the events before the update said.
    pub(super) events_before: Option<Stage>,
    /// What all events say now.
    pub(super) events_now: Option<Stage>,
    /// What the update claims by itself.
    pub(super) claim: Option<&'a Stage>,
    /// Whether nothing is known that is newer than the update.
    pub(super) update_is_newest: bool,
    /// Whether the update brings scans, which say more than the claim beside them.
    pub(super) update_has_events: bool,
}

/// Where the shipment is after an update.
pub(super) fn decide(known: Known<'_>) -> Stage {
    let told_by_events = kind(known.before) == Kind::Early || known.events_before.as_ref() == Some(known.before);
    let by_events = match known.events_now {
        Some(stage) if told_by_events => stage,
        // An earlier claim stands until something newer, or an ending, follows it.
        Some(stage) if (known.update_is_newest || is_ending(&stage)) && follows(known.before, &stage) => stage,
        Some(_) | None => known.before.clone(),
    };
    // A provider sums up roughly: "in transit" beside a scan of the last depot takes nothing back.
    let adds = |claim: &Stage| !known.update_has_events || rank(claim) > rank(&by_events);
    match known.claim {
        Some(claim) if is_ending(claim) && may_claim(&by_events, claim) => claim.clone(),
        Some(claim) if known.update_is_newest && !is_ending(&by_events) && follows(&by_events, claim) && adds(claim) => {
            claim.clone()
        }
        Some(_) | None => by_events,
    }
}

/// Whether a claim of an ending can stand against what is known: claims have no date, so an old one may come late.
fn may_claim(current: &Stage, claim: &Stage) -> bool {
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
