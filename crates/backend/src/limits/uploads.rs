//! Limits of simultaneous photo uploads, by order and by address. A slot is taken before the body is read, and held until the
//! photo is stored or refused. If the client disconnects after the upload, the photo is still decoded, so the slot stays taken.

use doorstep_contract::OrderId;

use super::network::Network;
use super::slots::{Held, SlotCounter};

/// Counts photo uploads in progress.
#[derive(Clone)]
pub struct UploadCaps {
    slots: SlotCounter<Holder>,
    per_order: usize,
    per_address: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Order(OrderId),
    Address(Network),
}

/// One photo upload in progress. Dropping it releases its slots.
pub struct Upload {
    _slots: Held<Holder>,
}

impl UploadCaps {
    /// Creates limits of uploads for one order and for one address.
    pub fn new(per_order: usize, per_address: usize) -> Self {
        Self { slots: SlotCounter::default(), per_order, per_address }
    }

    /// Counts an upload; returns None if there are too many.
    pub fn begin(&self, order_id: &OrderId, visitor: Network) -> Option<Upload> {
        let order = Holder::Order(order_id.to_owned());
        let slots = self.slots.take([(order, self.per_order), (Holder::Address(visitor), self.per_address)])?;
        Some(Upload { _slots: slots })
    }
}
