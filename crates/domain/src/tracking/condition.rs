//! Computes the condition of a shipment from scans and reports, and the party that is responsible for the condition. Called by
//! `fold` and `delay_detection`.

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

/// Returns the sort position of a scan among scans of the same time and stage: scans without a condition first, then scans with a
/// problem, then scans with the condition `ok`, which ends a problem.
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

/// Returns the condition after one more scan. `stage` is the stage of the scan as `fold` interprets it, which can differ from the
/// stage that the scan states.
pub(super) fn after_event(current: Condition, event: &Event, stage: &Stage, at: DateTime<Utc>) -> Condition {
    let has_reason = event.reason.is_some();
    let reason = event.reason.clone();
    let responsibility = event.reason.as_ref().map(responsibility);
    // A scan with the condition `ok` and a reason, such as the end of an investigation, ends only a condition with the same
    // reason.
    if has_reason && event.condition == Some(ConditionState::Ok) && current.reason != reason {
        return current;
    }
    if let Some(state) = event.condition.clone() {
        return since(&current, Condition { state, reason, responsibility, since: Some(Timestamp::from(at)) });
    }
    // A stage that ends the way to the shopper ends the problem too. The condition becomes `ok` and takes the reason of the scan,
    // so that the page can say why the way ended. For example, a stalled parcel that the carrier cannot find is lost, no longer
    // stalled.
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

/// Returns the condition that the retailer or a provider reports. Fills in the responsible party and the start time if they are
/// missing.
pub(super) fn as_reported(current: &Condition, reported: &Condition, now: DateTime<Utc>) -> Condition {
    let responsibility = reported.responsibility.clone().or_else(|| reported.reason.as_ref().map(responsibility));
    since(current, Condition { responsibility, since: reported.since.or(Some(Timestamp::from(now))), ..reported.clone() })
}

/// Returns the next condition. Keeps the earlier start time if state and reason did not change. The condition `ok` is returned
/// without a reason and without a start time.
fn since(current: &Condition, next: Condition) -> Condition {
    if next.state == ConditionState::Ok {
        return Condition::default();
    }
    let known = (current.state == next.state && current.reason == next.reason).then_some(current.since).flatten();
    Condition { since: known.or(next.since), ..next }
}

/// Returns true if a scan with this stage and without a condition ends the problem.
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
        // A parcel reaches these stages only after somebody has solved the problem.
        ConditionState::AddressProblem | ConditionState::PaymentDue | ConditionState::DocumentsDue => close,
        // Damage remains after the arrival.
        ConditionState::Damaged => false,
    }
}

/// Returns true for a problem that can make the carrier send the parcel back, even if no scan reports that it goes back.
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
