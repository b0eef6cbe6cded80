//! How an order goes, in the few words that schema.org has for it.

use doorstep_core::wire::{ConditionState, DeliveredTo, Direction, Order, Shipment, Stage};
use serde::Serialize;

/// How an order goes; of several parcels the first of these words is told, because that one still needs somebody's attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
pub enum OrderStatus {
    /// Something is wrong.
    #[serde(rename = "https://schema.org/OrderProblem")]
    Problem,
    /// It can be collected.
    #[serde(rename = "https://schema.org/OrderPickupAvailable")]
    PickupAvailable,
    /// It is on its way.
    #[serde(rename = "https://schema.org/OrderInTransit")]
    InTransit,
    /// It is being prepared.
    #[serde(rename = "https://schema.org/OrderProcessing")]
    Processing,
    /// It has arrived.
    #[serde(rename = "https://schema.org/OrderDelivered")]
    Delivered,
    /// It went back.
    #[serde(rename = "https://schema.org/OrderReturned")]
    Returned,
    /// It will not be sent.
    #[serde(rename = "https://schema.org/OrderCancelled")]
    Cancelled,
}

/// How the whole order goes; `None` where that is not known of every part of it.
pub(super) fn of_order(order: &Order) -> Option<OrderStatus> {
    let replaces = |shipment: &Shipment, other: &Shipment| {
        other.direction == Direction::Replacement && other.of.as_ref() == Some(&shipment.id)
    };
    let counts = |shipment: &&Shipment| !order.shipments.iter().any(|other| replaces(shipment, other));
    let parcels = super::to_the_shopper(order).filter(counts).map(of_shipment);
    let waiting = order.unshipped.iter().map(|_| Some(OrderStatus::Processing));
    parcels.chain(waiting).collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn of_shipment(shipment: &Shipment) -> Option<OrderStatus> {
    let going = |status| if is_wrong(&shipment.condition.state) { OrderStatus::Problem } else { status };
    match shipment.stage {
        Stage::Ordered | Stage::Packed | Stage::LabelCreated => Some(going(OrderStatus::Processing)),
        Stage::HandedOver | Stage::InTransit | Stage::Customs | Stage::AtLocalDepot | Stage::OutForDelivery => {
            Some(going(OrderStatus::InTransit))
        }
        Stage::ReadyForPickup => Some(going(OrderStatus::PickupAvailable)),
        Stage::Delivered if in_part(shipment) => None,
        Stage::Delivered => Some(going(OrderStatus::Delivered)),
        Stage::Returned => Some(OrderStatus::Returned),
        Stage::Cancelled => Some(OrderStatus::Cancelled),
        Stage::Returning | Stage::Lost | Stage::Destroyed => Some(OrderStatus::Problem),
        Stage::Unknown(_) => None,
    }
}

/// Where only some pieces arrived, no word says how the order goes.
fn in_part(shipment: &Shipment) -> bool {
    shipment.delivered.as_ref().is_some_and(|delivered| delivered.to == DeliveredTo::InPart)
}

/// What does not mend by waiting.
fn is_wrong(state: &ConditionState) -> bool {
    match state {
        ConditionState::Damaged
        | ConditionState::AddressProblem
        | ConditionState::PaymentDue
        | ConditionState::DocumentsDue
        | ConditionState::NotCollected
        | ConditionState::Refused => true,
        ConditionState::Ok
        | ConditionState::AtRisk
        | ConditionState::Late
        | ConditionState::Stalled
        | ConditionState::Held
        | ConditionState::AttemptFailed
        | ConditionState::Misrouted
        | ConditionState::Unknown(_) => false,
    }
}
