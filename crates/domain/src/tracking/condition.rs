//! Computes the condition of a shipment from its scans and reports, and the party that is responsible for it. Called by `fold`
//! and `delay_detection`.

use chrono::{DateTime, Utc};
use doorstep_contract::{Condition, ConditionState, Event, Reason, Responsibility, Stage, StagePhase, Timestamp};

use super::stage::is_ending;

/// Returns the party that is responsible for a reason.
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

/// Orders two scans of the same time and stage: first a plain scan, then a problem, then its end.
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

/// Returns the condition after one more scan. `stage` is the stage that the scan means.
pub(super) fn after_event(current: Condition, event: &Event, stage: &Stage, at: DateTime<Utc>) -> Condition {
    let has_reason = event.reason.is_some();
    let reason = event.reason.clone();
    let responsibility = event.reason.as_ref().map(responsibility);
    // A reason that is reported as over, such as an investigation, ends only a condition with the same reason.
    if has_reason && event.condition == Some(ConditionState::Ok) && current.reason != reason {
        return current;
    }
    if let Some(state) = event.condition.clone() {
        return since(&current, Condition { state, reason, responsibility, since: Some(Timestamp::from(at)) });
    }
    // An ending can have a reason without a condition: a parcel that the carrier could not find is lost, not stalled.
    let ends = is_ending(stage) && *stage != Stage::Delivered;
    let is_fine = current.state == ConditionState::Ok;
    if is_fine && ends && !has_reason {
        return current;
    }
    if !is_fine && !is_over(&current.state, stage) {
        return current;
    }
    if ends { Condition { reason, responsibility, ..Condition::default() } } else { Condition::default() }
}

/// Returns the condition that the retailer or a provider reports, with the responsible party and the start time filled in if they
/// are missing.
pub(super) fn as_reported(current: &Condition, reported: &Condition, now: DateTime<Utc>) -> Condition {
    let responsibility = reported.responsibility.clone().or_else(|| reported.reason.as_ref().map(responsibility));
    since(current, Condition { responsibility, since: reported.since.or(Some(Timestamp::from(now))), ..reported.clone() })
}

/// Keeps the start time of a condition that did not change. `ok` has none.
fn since(current: &Condition, next: Condition) -> Condition {
    if next.state == ConditionState::Ok {
        return Condition::default();
    }
    let known = (current.state == next.state && current.reason == next.reason).then_some(current.since).flatten();
    Condition { since: known.or(next.since), ..next }
}

/// Returns true if a scan without a condition at this stage ends the problem.
fn is_over(state: &ConditionState, stage: &Stage) -> bool {
    let delivered = *stage == Stage::Delivered;
    let close = matches!(stage, Stage::AtLocalDepot | Stage::OutForDelivery | Stage::ReadyForPickup) || delivered;
    let moved = close || stage.phase() == StagePhase::OnTheWay;
    let gone = matches!(stage.phase(), StagePhase::BackToSender | StagePhase::Ended);
    match state {
        ConditionState::Ok => false,
        ConditionState::AtRisk
        | ConditionState::Stalled
        | ConditionState::Held
        | ConditionState::AttemptFailed
        | ConditionState::Misrouted
        | ConditionState::NotCollected
        | ConditionState::Unknown(_) => moved || gone,
        // A shipment stays late while it moves on.
        ConditionState::Late => delivered || gone,
        ConditionState::Refused => delivered,
        // These stages are reached only after somebody has solved the problem.
        ConditionState::AddressProblem | ConditionState::PaymentDue | ConditionState::DocumentsDue => close,
        // Damage remains after the arrival.
        ConditionState::Damaged => false,
    }
}

/// Returns true if a parcel in this condition may go back to the sender without a further report.
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
