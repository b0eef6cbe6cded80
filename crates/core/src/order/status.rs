//! What matters most about one shipment, out of its stage and its condition. Headline, next step and colour all start from here.

use crate::here::Here;
use crate::phrase::{Key, keys};
use crate::wire::{ConditionState, DeliveredTo, Direction, Reason, Shipment, Stage, TrackingLevel, Verdict};

/// The one thing to say about a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// Nothing prepared or packed only.
    Preparing,
    /// The carrier knows the number, but has not scanned the parcel.
    AwaitingCarrier,
    /// The carrier has it.
    HandedOver,
    /// Under way.
    OnTheWay,
    /// With customs, nothing to do.
    Customs,
    /// At the depot that delivers it.
    AtLocalDepot,
    /// On the vehicle.
    OutForDelivery,
    /// To be collected.
    ReadyForPickup,
    /// Delivered.
    Delivered,
    /// Some of its pieces delivered.
    DeliveredInPart,
    /// Under way, and perhaps late.
    AtRisk,
    /// Under way, and late.
    Late,
    /// Silent for longer than usual.
    Stalled,
    /// Held.
    Held,
    /// A delivery attempt failed.
    AttemptFailed,
    /// Damaged, under way or delivered.
    Damaged,
    /// The address has to be mended.
    AddressProblem,
    /// Something has to be paid.
    PaymentDue,
    /// Documents are missing.
    DocumentsDue,
    /// Refused at the door.
    Refused,
    /// Sent the wrong way.
    Misrouted,
    /// It could be collected, and was not.
    NotCollected,
    /// On its way back to the sender, and it should not be.
    Returning,
    /// Back with the sender, and it should not be.
    Returned,
    /// A return that was agreed and that the carrier does not have yet.
    ReturnAwaited,
    /// A return that the shopper sent, under way.
    ReturnUnderWay,
    /// A return that has arrived.
    ReturnArrived,
    /// Cancelled.
    Cancelled,
    /// Lost.
    Lost,
    /// Destroyed.
    Destroyed,
    /// A stage that this version does not know.
    Unknown,
}

/// How something goes, in four roles: a colour for the rail, an icon, an edge or a verdict, never without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing to say.
    Quiet,
    /// As it should.
    Good,
    /// Worth a look.
    Attention,
    /// Something went wrong.
    Problem,
}

/// What matters most about a shipment.
pub fn situation(shipment: &Shipment) -> Situation {
    let damaged = shipment.condition.state == ConditionState::Damaged;
    match &shipment.stage {
        Stage::Delivered if shipment.direction == Direction::Return => Situation::ReturnArrived,
        Stage::Delivered if damaged => Situation::Damaged,
        Stage::Delivered => match shipment.delivered.as_ref().map(|delivered| &delivered.to) {
            Some(DeliveredTo::InPart) => Situation::DeliveredInPart,
            _ => Situation::Delivered,
        },
        Stage::Cancelled => Situation::Cancelled,
        Stage::Lost => Situation::Lost,
        Stage::Destroyed => Situation::Destroyed,
        Stage::Returned | Stage::Returning if shipment.direction == Direction::Return => Situation::ReturnUnderWay,
        Stage::Returned => Situation::Returned,
        Stage::Returning => Situation::Returning,
        Stage::ReadyForPickup if shipment.condition.state != ConditionState::NotCollected => Situation::ReadyForPickup,
        under_way @ (Stage::Ordered
        | Stage::Packed
        | Stage::LabelCreated
        | Stage::HandedOver
        | Stage::InTransit
        | Stage::Customs
        | Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Unknown(_)) => by_condition(shipment).unwrap_or_else(|| by_stage(under_way, &shipment.direction)),
    }
}

/// What matters most about a shipment now: what could be collected cannot be any more once its last day has passed.
pub fn situation_at(shipment: &Shipment, here: &Here<'_>) -> Situation {
    let situation = situation(shipment);
    let last = shipment.pickup.as_ref().and_then(|pickup| pickup.collect_by);
    let has_passed = last.is_some_and(|last| last.0 < here.today());
    if situation == Situation::ReadyForPickup && has_passed { Situation::NotCollected } else { situation }
}

/// What the condition says about a shipment under way, where it says more than the stage.
fn by_condition(shipment: &Shipment) -> Option<Situation> {
    let out_today = shipment.stage == Stage::OutForDelivery;
    Some(match &shipment.condition.state {
        ConditionState::Damaged => Situation::Damaged,
        ConditionState::AddressProblem => Situation::AddressProblem,
        ConditionState::PaymentDue => Situation::PaymentDue,
        ConditionState::DocumentsDue => Situation::DocumentsDue,
        ConditionState::Refused => Situation::Refused,
        ConditionState::AttemptFailed => Situation::AttemptFailed,
        ConditionState::Held => Situation::Held,
        ConditionState::Misrouted => Situation::Misrouted,
        ConditionState::NotCollected => Situation::NotCollected,
        ConditionState::Unknown(_) if is_searched_for(shipment) => Situation::Stalled,
        // It is on the vehicle: that answers the question better than any delay before it, but not better than silence after it.
        ConditionState::Late | ConditionState::AtRisk | ConditionState::Ok | ConditionState::Unknown(_) if out_today => {
            return None;
        }
        ConditionState::Stalled => Situation::Stalled,
        ConditionState::Late if may_be_late(shipment) => Situation::Late,
        ConditionState::AtRisk if may_be_late(shipment) => Situation::AtRisk,
        ConditionState::Late | ConditionState::AtRisk | ConditionState::Ok | ConditionState::Unknown(_) => {
            let late = shipment.promise.as_ref().is_some_and(|promise| promise.verdict == Verdict::Late);
            return (late && may_be_late(shipment)).then_some(Situation::Late);
        }
    })
}

/// Returns whether the carrier looks for it: nobody knows where it is.
pub fn is_searched_for(shipment: &Shipment) -> bool {
    shipment.condition.reason == Some(Reason::ParcelBeingResearched)
}

/// A service that reports little or nothing is never called late.
pub fn may_be_late(shipment: &Shipment) -> bool {
    match shipment.tracking_level {
        TrackingLevel::Full | TrackingLevel::Unknown(_) => true,
        TrackingLevel::Partial | TrackingLevel::None => false,
    }
}

fn by_stage(stage: &Stage, direction: &Direction) -> Situation {
    if *direction == Direction::Return && !matches!(stage, Stage::Unknown(_)) {
        let awaited = matches!(stage, Stage::Ordered | Stage::Packed | Stage::LabelCreated);
        return if awaited { Situation::ReturnAwaited } else { Situation::ReturnUnderWay };
    }
    match stage {
        Stage::Ordered | Stage::Packed => Situation::Preparing,
        Stage::LabelCreated => Situation::AwaitingCarrier,
        Stage::HandedOver => Situation::HandedOver,
        Stage::InTransit => Situation::OnTheWay,
        Stage::Customs => Situation::Customs,
        Stage::AtLocalDepot => Situation::AtLocalDepot,
        Stage::OutForDelivery => Situation::OutForDelivery,
        Stage::ReadyForPickup => Situation::ReadyForPickup,
        Stage::Delivered => Situation::Delivered,
        Stage::Returning => Situation::Returning,
        Stage::Returned => Situation::Returned,
        Stage::Cancelled => Situation::Cancelled,
        Stage::Lost => Situation::Lost,
        Stage::Destroyed => Situation::Destroyed,
        Stage::Unknown(_) => Situation::Unknown,
    }
}

impl Situation {
    /// Every situation, for tests and tables.
    pub const ALL: [Self; 31] = [
        Self::Preparing,
        Self::AwaitingCarrier,
        Self::HandedOver,
        Self::OnTheWay,
        Self::Customs,
        Self::AtLocalDepot,
        Self::OutForDelivery,
        Self::ReadyForPickup,
        Self::Delivered,
        Self::DeliveredInPart,
        Self::AtRisk,
        Self::Late,
        Self::Stalled,
        Self::Held,
        Self::AttemptFailed,
        Self::Damaged,
        Self::AddressProblem,
        Self::PaymentDue,
        Self::DocumentsDue,
        Self::Refused,
        Self::Misrouted,
        Self::NotCollected,
        Self::Returning,
        Self::Returned,
        Self::ReturnAwaited,
        Self::ReturnUnderWay,
        Self::ReturnArrived,
        Self::Cancelled,
        Self::Lost,
        Self::Destroyed,
        Self::Unknown,
    ];

    /// How it goes.
    pub fn tone(self) -> Tone {
        match self {
            Self::Preparing
            | Self::AwaitingCarrier
            | Self::Cancelled
            | Self::Unknown
            | Self::ReturnAwaited
            | Self::ReturnUnderWay => Tone::Quiet,
            Self::HandedOver
            | Self::OnTheWay
            | Self::Customs
            | Self::AtLocalDepot
            | Self::OutForDelivery
            | Self::Delivered
            | Self::ReturnArrived
            | Self::ReadyForPickup => Tone::Good,
            Self::AtRisk
            | Self::Late
            | Self::Stalled
            | Self::Held
            | Self::AttemptFailed
            | Self::Misrouted
            | Self::NotCollected
            | Self::DeliveredInPart
            | Self::Returning => Tone::Attention,
            Self::Damaged
            | Self::AddressProblem
            | Self::PaymentDue
            | Self::DocumentsDue
            | Self::Refused
            | Self::Returned
            | Self::Lost
            | Self::Destroyed => Tone::Problem,
        }
    }

    /// Its short name, as it stands on a parcel.
    pub fn label(self) -> Key {
        match self {
            Self::Preparing => keys::STATUS_PREPARING,
            Self::AwaitingCarrier => keys::STATUS_AWAITING_CARRIER,
            Self::HandedOver => keys::STATUS_HANDED_OVER,
            Self::OnTheWay => keys::STATUS_ON_THE_WAY,
            Self::Customs => keys::STATUS_CUSTOMS,
            Self::AtLocalDepot => keys::STATUS_AT_LOCAL_DEPOT,
            Self::OutForDelivery => keys::STATUS_OUT_FOR_DELIVERY,
            Self::ReadyForPickup => keys::STATUS_READY_FOR_PICKUP,
            Self::Delivered => keys::STATUS_DELIVERED,
            Self::DeliveredInPart => keys::STATUS_DELIVERED_IN_PART,
            Self::AtRisk => keys::STATUS_AT_RISK,
            Self::Late => keys::STATUS_LATE,
            Self::Stalled => keys::STATUS_STALLED,
            Self::Held => keys::STATUS_HELD,
            Self::AttemptFailed => keys::STATUS_ATTEMPT_FAILED,
            Self::Damaged => keys::STATUS_DAMAGED,
            Self::AddressProblem => keys::STATUS_ADDRESS_PROBLEM,
            Self::PaymentDue => keys::STATUS_PAYMENT_DUE,
            Self::DocumentsDue => keys::STATUS_DOCUMENTS_DUE,
            Self::Refused => keys::STATUS_REFUSED,
            Self::Misrouted => keys::STATUS_MISROUTED,
            Self::NotCollected => keys::STATUS_NOT_COLLECTED,
            Self::Returning => keys::STATUS_RETURNING,
            Self::Returned => keys::STATUS_RETURNED,
            Self::ReturnAwaited => keys::STATUS_RETURN_AWAITED,
            Self::ReturnUnderWay => keys::STATUS_RETURN_UNDER_WAY,
            Self::ReturnArrived => keys::STATUS_RETURN_ARRIVED,
            Self::Cancelled => keys::STATUS_CANCELLED,
            Self::Lost => keys::STATUS_LOST,
            Self::Destroyed => keys::STATUS_DESTROYED,
            Self::Unknown => keys::STATUS_UNKNOWN,
        }
    }
}

/// The name of a stage, as an event of the timeline carries it where the carrier said nothing.
pub fn stage_name(stage: &Stage) -> Key {
    by_stage(stage, &Direction::Outbound).label()
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
