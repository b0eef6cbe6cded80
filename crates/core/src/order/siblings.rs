//! The position of a parcel among the other parcels of its order.

use crate::message::count;
use doorstep_contract::{Direction, Order, Shipment, Stage};

/// Returns the number of a parcel, counted from 1, and the total. Return, replacement and cancelled shipments are not counted.
/// Returns None if the shipment itself is not counted.
pub(super) fn numbered(order: &Order, shipment: &Shipment) -> Option<(u32, u32)> {
    let counted = |other: &&Shipment| {
        !matches!(other.direction, Direction::Return | Direction::Replacement) && other.stage != Stage::Cancelled
    };
    let total = order.shipments.iter().filter(counted).count();
    let row = order.shipments.iter().filter(counted).position(|other| std::ptr::eq(other, shipment))?;
    Some((count(row + 1), count(total)))
}

/// Returns true if the order consists of one parcel, and every item is dispatched.
#[inline(never)]
pub(super) fn is_alone(order: &Order) -> bool {
    order.shipments.len() == 1 && order.unshipped.iter().all(|unshipped| unshipped.quantity == 0)
}

/// Returns true if a replacement is sent in place of this shipment.
pub(super) fn is_replaced(order: &Order, shipment: &Shipment) -> bool {
    order.shipments.iter().any(|other| other.direction == Direction::Replacement && other.of.as_deref() == Some(&shipment.id))
}
