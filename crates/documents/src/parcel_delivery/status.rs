//! Computes the status of an order in the vocabulary of schema.org.

use doorstep_contract::{ConditionState, DeliveredTo, Direction, Order, Shipment, Stage};
use serde::Serialize;

/// Status of an order. If its parcels have different statuses, the status that comes first in this list applies to the order,
/// because it needs the most attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
pub enum OrderStatus {
    /// A parcel has a problem or will not arrive.
    #[serde(rename = "https://schema.org/OrderProblem")]
    Problem,
    /// The order is ready for collection.
    #[serde(rename = "https://schema.org/OrderPickupAvailable")]
    PickupAvailable,
    /// The order is on its way.
    #[serde(rename = "https://schema.org/OrderInTransit")]
    InTransit,
    /// The order is being prepared.
    #[serde(rename = "https://schema.org/OrderProcessing")]
    Processing,
    /// The order was delivered.
    #[serde(rename = "https://schema.org/OrderDelivered")]
    Delivered,
    /// The order was returned.
    #[serde(rename = "https://schema.org/OrderReturned")]
    Returned,
    /// The order was cancelled and will not be sent.
    #[serde(rename = "https://schema.org/OrderCancelled")]
    Cancelled,
}

/// Returns the status of an order. Returns None if the status of one of its parcels is unknown, or if the order has no parcels
/// and no unsent items. Parcels that were replaced do not count.
pub(super) fn of_order(order: &Order) -> Option<OrderStatus> {
    let replaces = |shipment: &Shipment, other: &Shipment| {
        other.direction == Direction::Replacement && other.of.as_ref() == Some(&shipment.id)
    };
    let counts = |shipment: &&Shipment| !order.shipments.iter().any(|other| replaces(shipment, other));
    let parcels = to_the_shopper(order).filter(counts).map(of_shipment);
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

/// Returns true if only some pieces of the shipment were delivered. Schema.org has no status for partial delivery.
fn in_part(shipment: &Shipment) -> bool {
    shipment.delivered.as_ref().is_some_and(|delivered| delivered.to == DeliveredTo::InPart)
}

/// Returns true for a condition that somebody has to resolve, because waiting does not help.
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

/// Returns the shipments that go to the shopper: outbound shipments and replacements.
pub(super) fn to_the_shopper(order: &Order) -> impl Iterator<Item = &Shipment> {
    order.shipments.iter().filter(|shipment| matches!(shipment.direction, Direction::Outbound | Direction::Replacement))
}
