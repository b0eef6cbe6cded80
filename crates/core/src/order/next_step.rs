//! Decides who has to act and what happens next, for every stage, condition and reason. Stage and condition make a situation, and
//! a reason may require another step than the situation. Both tables match every enum value without a wildcard, so a new value
//! without a row does not compile.

use super::status::{Situation, Tone, situation_at};
use crate::local_clock::{LocalClock, with_day};
use crate::message::{Key, Message, keys};
use doorstep_contract::{Party, Reason, Shipment, Stage, StagePhase, TrackingLevel};

/// Line below the promise that names the party that has to act and the next step.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// Party that has to act, as a message.
    pub party: Message,
    /// Message about the next step; absent if `asked` already states it.
    pub what: Option<Message>,
    /// Action that the backend requires, as text from the backend.
    pub asked: Option<String>,
    /// Time by which the party has to act.
    pub by: Option<Message>,
    /// True if the shopper has to act.
    pub shopper: bool,
    /// Urgency of the step.
    pub tone: Tone,
}

/// Returns the next step of a shipment, or None if it is delivered or cancelled and the backend requires no action.
pub fn next_step(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<NextStep> {
    let situation = situation_at(shipment, clock);
    // A parcel that was not collected in time can no longer be collected, so the backend's required action no longer applies.
    let required = shipment.action_required.as_ref().filter(|_| situation != Situation::NotCollected);
    let reason = shipment.condition.reason.as_ref().filter(|_| is_explained_by_reason(situation));
    let (usual, what) = match reason.map(step_of_reason) {
        Some(RequiredStep::Retailer) => Some((Party::Retailer, keys::NEXT_RETAILER)),
        Some(RequiredStep::As(other)) => usual(other),
        Some(RequiredStep::Nothing) | None if is_before_hand_over(shipment, situation) => {
            Some((Party::Retailer, keys::NEXT_RETAILER))
        }
        Some(RequiredStep::Nothing) | None if is_at_customs(shipment, situation) => usual(Situation::Customs),
        Some(RequiredStep::Nothing) | None if is_without_scans(shipment, situation) => {
            Some((Party::default(), keys::NEXT_UNSEEN))
        }
        Some(RequiredStep::Nothing) | None => usual(situation),
    }
    .or_else(|| required.map(|_| (Party::default(), keys::NEXT_ASKED)))?;
    let who = required.map(|required| required.who.clone()).filter(|who| *who != Party::default()).unwrap_or(usual.clone());
    let asked = required.and_then(|required| required.what.clone()).filter(|what| !what.trim().is_empty());
    // If another party than usual has to act, the usual message is wrong. The message about a failed attempt stays correct: the
    // carrier comes again, even if the shopper chooses the day.
    let what = match who {
        Party::Shopper if who != usual && asked.is_none() => keys::NEXT_ASK_CARRIER,
        Party::Shopper if who != usual && situation != Situation::AttemptFailed => keys::NEXT_ASKED,
        Party::Retailer if who != usual => keys::NEXT_RETAILER,
        Party::Shopper | Party::Retailer | Party::Carrier | Party::Unknown(_) => what,
    };
    // The backend's text replaces the usual message. Two messages are kept because they add a fact: nothing is paid on this page,
    // and the carrier comes again.
    let replaces_message = asked.is_some() && what != keys::NEXT_PAYMENT_DUE && what != keys::NEXT_ATTEMPT_FAILED;
    let what = match what {
        keys::NEXT_OUT_FOR_DELIVERY => with_day(what, clock.day(clock.today())),
        _ => what.into(),
    };
    let shopper = who == Party::Shopper;
    let party = match who {
        Party::Shopper => keys::WHOSE_SHOPPER,
        Party::Retailer => keys::WHOSE_RETAILER,
        Party::Carrier => keys::WHOSE_CARRIER,
        Party::Unknown(_) => keys::WHOSE_NOBODY,
    };
    Some(NextStep {
        party: party.into(),
        what: (!replaces_message).then_some(what),
        asked,
        by: required.and_then(|required| required.by).map(|by| Message::new(keys::NEXT_BY).with("moment", clock.moment(by))),
        shopper,
        tone: if shopper { situation.tone().max(Tone::Attention) } else { situation.tone() },
    })
}

/// Returns true if the shipment is late, at risk or stalled while the carrier does not have it yet.
fn is_before_hand_over(shipment: &Shipment, situation: Situation) -> bool {
    shipment.stage.phase() == StagePhase::BeforeHandOver
        && matches!(situation, Situation::Late | Situation::AtRisk | Situation::Stalled)
}

/// Returns true if customs holds the shipment, and not the carrier.
fn is_at_customs(shipment: &Shipment, situation: Situation) -> bool {
    shipment.stage == Stage::Customs && situation == Situation::Held
}

/// Returns true if the shipment is on its way and its service reports no scans.
fn is_without_scans(shipment: &Shipment, situation: Situation) -> bool {
    shipment.tracking_level == TrackingLevel::None
        && matches!(situation, Situation::HandedOver | Situation::OnTheWay | Situation::AtLocalDepot)
}

/// Next step that a reason requires in place of the usual step of the situation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RequiredStep {
    /// The usual step of the situation.
    Nothing,
    /// The usual step of this other situation.
    As(Situation),
    /// A correction that only the retailer can make.
    Retailer,
}

fn step_of_reason(reason: &Reason) -> RequiredStep {
    match reason {
        Reason::CarrierDamagedParcel | Reason::RetailerPackagingIssue => RequiredStep::As(Situation::Damaged),
        Reason::CarrierSortingError => RequiredStep::As(Situation::Misrouted),
        Reason::CarrierAddressNotFound | Reason::ConsigneeIncorrectAddress => RequiredStep::As(Situation::AddressProblem),
        Reason::CarrierParcelLost => RequiredStep::As(Situation::Lost),
        Reason::ParcelBeingResearched => RequiredStep::As(Situation::Stalled),
        Reason::RetailerCancelled
        | Reason::RetailerIncorrectData
        | Reason::RetailerNotReady
        | Reason::RetailerIncorrectParcel
        | Reason::RetailerIncorrectDimensions => RequiredStep::Retailer,
        Reason::ConsigneeRefused | Reason::ConsigneeCancelled => RequiredStep::As(Situation::Refused),
        Reason::CustomsDocumentation => RequiredStep::As(Situation::DocumentsDue),
        Reason::CustomsDutiesUnpaid => RequiredStep::As(Situation::PaymentDue),
        Reason::CustomsProhibited => RequiredStep::As(Situation::Returned),
        Reason::CustomsDelay | Reason::CustomsInspection => RequiredStep::As(Situation::Customs),
        Reason::SecurityIssue | Reason::RegulatoryHold => RequiredStep::As(Situation::Held),
        Reason::CarrierNotEnoughTime
        | Reason::CarrierVehicleIssue
        | Reason::CarrierCapacityExceeded
        | Reason::CarrierMechanicalDelay
        | Reason::ConsigneeBusinessClosed
        | Reason::ConsigneeNotAvailable
        | Reason::ConsigneeNotHome
        | Reason::ConsigneeVerificationFailed
        | Reason::ConsigneeAccessRestricted
        | Reason::ConsigneeSafePlaceUnavailable
        | Reason::WeatherDelay
        | Reason::NaturalDisaster
        | Reason::ForceMajeure
        | Reason::Unknown(_) => RequiredStep::Nothing,
    }
}

/// Returns true if a reason can change the next step of a situation. Returns false if nothing is wrong, or if the situation has a
/// specific remedy, such as the correction of an address.
fn is_explained_by_reason(situation: Situation) -> bool {
    match situation {
        Situation::Customs
        | Situation::AtRisk
        | Situation::Late
        | Situation::Stalled
        | Situation::Held
        | Situation::AttemptFailed
        | Situation::Misrouted
        | Situation::Unknown => true,
        Situation::Preparing
        | Situation::AwaitingCarrier
        | Situation::HandedOver
        | Situation::OnTheWay
        | Situation::AtLocalDepot
        | Situation::OutForDelivery
        | Situation::ReadyForPickup
        | Situation::Delivered
        | Situation::DeliveredInPart
        | Situation::Damaged
        | Situation::AddressProblem
        | Situation::PaymentDue
        | Situation::DocumentsDue
        | Situation::Refused
        | Situation::NotCollected
        | Situation::Returning
        | Situation::Returned
        | Situation::ReturnAwaited
        | Situation::ReturnUnderWay
        | Situation::ReturnArrived
        | Situation::Cancelled
        | Situation::Lost
        | Situation::Destroyed => false,
    }
}

/// Returns the party that usually has to act and the message for the step, or None if the shipment is delivered or cancelled.
fn usual(situation: Situation) -> Option<(Party, Key)> {
    let nobody = Party::default;
    Some(match situation {
        Situation::Preparing => (nobody(), keys::NEXT_PREPARING),
        Situation::AwaitingCarrier => (nobody(), keys::NEXT_AWAITING_CARRIER),
        Situation::HandedOver => (nobody(), keys::NEXT_HANDED_OVER),
        Situation::OnTheWay => (nobody(), keys::NEXT_ON_THE_WAY),
        Situation::Customs => (nobody(), keys::NEXT_CUSTOMS),
        Situation::AtLocalDepot => (nobody(), keys::NEXT_AT_LOCAL_DEPOT),
        Situation::OutForDelivery => (nobody(), keys::NEXT_OUT_FOR_DELIVERY),
        Situation::ReadyForPickup => (Party::Shopper, keys::NEXT_READY_FOR_PICKUP),
        Situation::DeliveredInPart => (Party::Carrier, keys::NEXT_DELIVERED_IN_PART),
        Situation::AtRisk => (nobody(), keys::NEXT_AT_RISK),
        Situation::Late => (Party::Carrier, keys::NEXT_LATE),
        Situation::Stalled => (Party::Carrier, keys::NEXT_STALLED),
        Situation::Held => (Party::Carrier, keys::NEXT_HELD),
        Situation::AttemptFailed => (Party::Carrier, keys::NEXT_ATTEMPT_FAILED),
        Situation::Damaged => (Party::Retailer, keys::NEXT_DAMAGED),
        Situation::AddressProblem => (Party::Shopper, keys::NEXT_ADDRESS_PROBLEM),
        Situation::PaymentDue => (Party::Shopper, keys::NEXT_PAYMENT_DUE),
        Situation::DocumentsDue => (Party::Shopper, keys::NEXT_DOCUMENTS_DUE),
        Situation::Refused | Situation::NotCollected => (Party::Carrier, keys::NEXT_REFUSED),
        Situation::Misrouted => (Party::Carrier, keys::NEXT_MISROUTED),
        Situation::Returning => (Party::Retailer, keys::NEXT_RETURNING),
        Situation::Returned => (Party::Retailer, keys::NEXT_RETURNED),
        Situation::ReturnAwaited => (Party::Shopper, keys::NEXT_RETURN_AWAITED),
        Situation::ReturnUnderWay => (nobody(), keys::NEXT_RETURN_UNDER_WAY),
        Situation::ReturnArrived => (Party::Retailer, keys::NEXT_RETURN_ARRIVED),
        Situation::Lost => (Party::Retailer, keys::NEXT_LOST),
        Situation::Destroyed => (Party::Retailer, keys::NEXT_DESTROYED),
        Situation::Unknown => (nobody(), keys::NEXT_UNKNOWN),
        Situation::Delivered | Situation::Cancelled => return None,
    })
}

#[cfg(test)]
#[path = "next_step_tests.rs"]
mod tests;
