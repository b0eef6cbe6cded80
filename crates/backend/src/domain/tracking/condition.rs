//! How a shipment goes, told from its scans and from its promise, and who answers for it.

use chrono::{DateTime, Utc};
use doorstep_core::wire::{Condition, ConditionState, Event, Reason, Responsibility, Stage, Timestamp};

use super::stage::is_ending;

/// Who answers for a reason.
pub(crate) fn responsibility(reason: &Reason) -> Responsibility {
    match reason {
        Reason::CarrierDamagedParcel
        | Reason::CarrierSortingError
        | Reason::CarrierAddressNotFound
        | Reason::CarrierParcelLost
        | Reason::CarrierNotEnoughTime
        | Reason::CarrierVehicleIssue
        | Reason::CarrierCapacityExceeded
        | Reason::CarrierMechanicalDelay
        | Reason::ParcelBeingResearched => Responsibility::Carrier,
        Reason::RetailerCancelled
        | Reason::RetailerIncorrectData
        | Reason::RetailerNotReady
        | Reason::RetailerIncorrectParcel
        | Reason::RetailerIncorrectDimensions
        | Reason::RetailerPackagingIssue => Responsibility::Retailer,
        Reason::ConsigneeRefused
        | Reason::ConsigneeBusinessClosed
        | Reason::ConsigneeNotAvailable
        | Reason::ConsigneeNotHome
        | Reason::ConsigneeCancelled
        | Reason::ConsigneeVerificationFailed
        | Reason::ConsigneeIncorrectAddress
        | Reason::ConsigneeAccessRestricted
        | Reason::ConsigneeSafePlaceUnavailable => Responsibility::Recipient,
        Reason::CustomsDelay
        | Reason::CustomsDocumentation
        | Reason::CustomsDutiesUnpaid
        | Reason::CustomsProhibited
        | Reason::CustomsInspection => Responsibility::Customs,
        Reason::WeatherDelay
        | Reason::NaturalDisaster
        | Reason::ForceMajeure
        | Reason::SecurityIssue
        | Reason::RegulatoryHold => Responsibility::External,
        Reason::Unknown(_) => Responsibility::Unknown(String::new()),
    }
}

/// Breaks the tie between two scans of one moment at one stage: trouble comes of what was under way, and passes after it was there.
pub(super) fn rank(event: &Event) -> u8 {
    match &event.condition {
        None => 0,
        Some(ConditionState::Ok) => 2,
        Some(
            ConditionState::AtRisk
            | ConditionState::Stalled
            | ConditionState::Held
            | ConditionState::AttemptFailed
            | ConditionState::Misrouted
            | ConditionState::Late
            | ConditionState::NotCollected
            | ConditionState::Refused
            | ConditionState::AddressProblem
            | ConditionState::PaymentDue
            | ConditionState::DocumentsDue
            | ConditionState::Damaged
            | ConditionState::Unknown(_),
        ) => 1,
    }
}

/// Returns how it goes after one more scan, which stands for this stage.
pub(super) fn after_event(current: Condition, event: &Event, stage: &Stage, at: DateTime<Utc>) -> Condition {
    let said = event.reason.is_some();
    let reason = event.reason.clone();
    let responsibility = event.reason.as_ref().map(responsibility);
    // What is said to be over by its reason, such as an investigation, ends nothing else.
    if said && event.condition == Some(ConditionState::Ok) && current.reason != reason {
        return current;
    }
    if let Some(state) = event.condition.clone() {
        return since(&current, Condition { state, reason, responsibility, since: Some(Timestamp::from(at)) });
    }
    // An ending has a reason without a condition: a parcel is lost, not stalled, because the carrier could not find it.
    let ends = is_ending(stage) && *stage != Stage::Delivered;
    let is_fine = current.state == ConditionState::Ok;
    if is_fine && ends && !said {
        return current;
    }
    if !is_fine && !is_over(&current.state, stage) {
        return current;
    }
    if ends { Condition { reason, responsibility, ..Condition::default() } } else { Condition::default() }
}

/// What the retailer or the provider says by itself, with the gaps filled in.
pub(super) fn as_told(current: &Condition, told: &Condition, now: DateTime<Utc>) -> Condition {
    let responsibility = told.responsibility.clone().or_else(|| told.reason.as_ref().map(responsibility));
    since(current, Condition { responsibility, since: told.since.or(Some(Timestamp::from(now))), ..told.clone() })
}

/// Keeps the date of a condition that was there before, and gives none to one that is no news.
fn since(current: &Condition, next: Condition) -> Condition {
    if next.state == ConditionState::Ok {
        return Condition::default();
    }
    let known = (current.state == next.state && current.reason == next.reason).then_some(current.since).flatten();
    Condition { since: known.or(next.since), ..next }
}

/// Whether a plain scan at this stage says that the trouble has passed.
fn is_over(state: &ConditionState, stage: &Stage) -> bool {
    let delivered = *stage == Stage::Delivered;
    let close = matches!(stage, Stage::AtLocalDepot | Stage::OutForDelivery | Stage::ReadyForPickup) || delivered;
    let moved = close || matches!(stage, Stage::HandedOver | Stage::InTransit | Stage::Customs);
    let gone = matches!(stage, Stage::Returning | Stage::Returned | Stage::Cancelled | Stage::Lost | Stage::Destroyed);
    match state {
        ConditionState::Ok => false,
        ConditionState::AtRisk
        | ConditionState::Stalled
        | ConditionState::Held
        | ConditionState::AttemptFailed
        | ConditionState::Misrouted
        | ConditionState::NotCollected
        | ConditionState::Unknown(_) => moved || gone,
        // It stays late while it moves on.
        ConditionState::Late => delivered || gone,
        ConditionState::Refused => delivered,
        // Only what somebody has done can bring it this far.
        ConditionState::AddressProblem | ConditionState::PaymentDue | ConditionState::DocumentsDue => close,
        // Arriving does not mend it.
        ConditionState::Damaged => false,
    }
}

/// Whether what goes like this may go back to the sender without another word.
pub(super) fn keeps_from_delivery(state: &ConditionState) -> bool {
    match state {
        ConditionState::Held
        | ConditionState::AttemptFailed
        | ConditionState::NotCollected
        | ConditionState::Refused
        | ConditionState::AddressProblem
        | ConditionState::PaymentDue
        | ConditionState::DocumentsDue
        | ConditionState::Damaged => true,
        ConditionState::Ok
        | ConditionState::AtRisk
        | ConditionState::Late
        | ConditionState::Stalled
        | ConditionState::Misrouted
        | ConditionState::Unknown(_) => false,
    }
}
