//! Reduces the stage and condition of a shipment to its situation, from which the headline, the next step and the colour follow.

use crate::local_clock::LocalClock;
use crate::message::{Key, keys};
use doorstep_contract::{ConditionState, DeliveredTo, Direction, Reason, Shipment, Stage, StagePhase, TrackingLevel, Verdict};

/// The most important fact about a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// Nothing is prepared, or the goods are only packed.
    Preparing,
    /// The tracking number is announced to the carrier, but the parcel is not scanned yet.
    AwaitingCarrier,
    /// The carrier has the parcel.
    HandedOver,
    /// On its way.
    OnTheWay,
    /// With customs, and nobody has to act.
    Customs,
    /// At the depot that delivers it.
    AtLocalDepot,
    /// On the vehicle that delivers it.
    OutForDelivery,
    /// Ready to be collected.
    ReadyForPickup,
    /// Delivered.
    Delivered,
    /// Some of its pieces are delivered.
    DeliveredInPart,
    /// At risk of being late, and not delivered yet.
    AtRisk,
    /// Late, and not delivered yet.
    Late,
    /// No scan for longer than usual, or the carrier is searching for it.
    Stalled,
    /// Held by the carrier or by customs.
    Held,
    /// A delivery attempt failed.
    AttemptFailed,
    /// Damaged, on its way or delivered.
    Damaged,
    /// The address has to be corrected.
    AddressProblem,
    /// A payment is due.
    PaymentDue,
    /// Documents are missing.
    DocumentsDue,
    /// Refused by the recipient.
    Refused,
    /// Sent to the wrong place.
    Misrouted,
    /// Not collected in time.
    NotCollected,
    /// On its way back to the sender without an agreed return.
    Returning,
    /// Back with the sender without an agreed return.
    Returned,
    /// An agreed return that the carrier does not have yet.
    ReturnAwaited,
    /// A return on its way to the retailer.
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

/// Seriousness of a state, in four steps. It sets the colour of the rail, of an icon, of an edge or of a verdict, and is never
/// shown without a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing to report.
    Quiet,
    /// Goes as expected.
    Good,
    /// Needs attention.
    Attention,
    /// Something went wrong.
    Problem,
}

/// Returns the situation of a shipment by its stage, direction and condition, independent of the time.
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

/// Returns the situation of a shipment now. A parcel that is ready for pickup counts as not collected once its last day has
/// passed.
pub fn situation_at(shipment: &Shipment, clock: &LocalClock<'_>) -> Situation {
    let situation = situation(shipment);
    let last = shipment.pickup.as_ref().and_then(|pickup| pickup.collect_by);
    let has_passed = last.is_some_and(|last| last.0 < clock.today());
    if situation == Situation::ReadyForPickup && has_passed { Situation::NotCollected } else { situation }
}

/// Returns the situation that follows from the condition of a shipment, or from the verdict `late` of its promise. Returns None
/// if the stage alone decides.
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
        // The stage out for delivery is more important than a delay, but less important than a stall.
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

/// Returns true if the carrier is searching for the parcel, whose location is unknown.
pub fn is_searched_for(shipment: &Shipment) -> bool {
    shipment.condition.reason == Some(Reason::ParcelBeingResearched)
}

/// Returns true if the shipment can be shown as late: its tracking level is neither `partial` nor `none`.
pub fn may_be_late(shipment: &Shipment) -> bool {
    match shipment.tracking_level {
        TrackingLevel::Full | TrackingLevel::Unknown(_) => true,
        TrackingLevel::Partial | TrackingLevel::None => false,
    }
}

fn by_stage(stage: &Stage, direction: &Direction) -> Situation {
    let phase = stage.phase();
    if *direction == Direction::Return && phase != StagePhase::Unknown {
        return if phase == StagePhase::BeforeHandOver { Situation::ReturnAwaited } else { Situation::ReturnUnderWay };
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

    /// Returns true if the parcel has arrived where it was sent to, in full and undamaged; for a return, at the retailer.
    pub fn has_arrived(self) -> bool {
        matches!(self, Self::Delivered | Self::ReturnArrived)
    }

    /// Returns true if the parcel does not reach the shopper any more: lost, destroyed, or sent back without an agreed return.
    pub fn is_given_up(self) -> bool {
        matches!(self, Self::Lost | Self::Destroyed | Self::Returning | Self::Returned)
    }

    /// Returns true for the situations of an agreed return.
    pub fn is_return(self) -> bool {
        matches!(self, Self::ReturnAwaited | Self::ReturnUnderWay | Self::ReturnArrived)
    }

    /// Returns the tone of the situation.
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

    /// Returns the short name of the situation, as shown on a parcel.
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

/// Returns the name of a stage, for an event of the timeline without a text from the carrier.
pub fn stage_name(stage: &Stage) -> Key {
    by_stage(stage, &Direction::Outbound).label()
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
