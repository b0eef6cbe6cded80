//! A parcel among the others of its order.

use crate::phrase::count;
use crate::wire::{Direction, Order, Shipment, Stage};

/// Which parcel of how many, counting what was sent to the shopper in the first place and not cancelled.
pub(super) fn numbered(order: &Order, shipment: &Shipment) -> Option<(u32, u32)> {
    let counted = |other: &&Shipment| {
        !matches!(other.direction, Direction::Return | Direction::Replacement) && other.stage != Stage::Cancelled
    };
    let total = order.shipments.iter().filter(counted).count();
    let row = order.shipments.iter().filter(counted).position(|other| std::ptr::eq(other, shipment))?;
    Some((count(row + 1), count(total)))
}

/// Whether another shipment goes in place of this one.
pub(super) fn is_replaced(order: &Order, shipment: &Shipment) -> bool {
    order.shipments.iter().any(|other| other.direction == Direction::Replacement && other.of.as_deref() == Some(&shipment.id))
}
