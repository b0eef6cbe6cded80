//! Limits of simultaneous photo uploads, by order and by address. A place is taken before the body is read and held until the
//! photo is stored or refused, even if the client disconnects in between, because decoding costs the same in both cases.

use doorstep_contract::OrderId;

use super::network::Network;
use super::places::{Held, Places};

/// Counts photo uploads in progress.
#[derive(Clone)]
pub struct UploadCaps {
    places: Places<Holder>,
    per_order: usize,
    per_address: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Order(OrderId),
    Address(Network),
}

/// One photo upload in progress. Dropping it releases its place.
pub struct Upload {
    _places: Held<Holder>,
}

impl UploadCaps {
    /// Returns limits of uploads for one order and for one address.
    pub fn new(per_order: usize, per_address: usize) -> Self {
        Self { places: Places::default(), per_order, per_address }
    }

    /// Counts an upload; returns None if there are too many.
    pub fn begin(&self, order_id: &OrderId, visitor: Network) -> Option<Upload> {
        let order = Holder::Order(order_id.to_owned());
        let places = self.places.take([(order, self.per_order), (Holder::Address(visitor), self.per_address)])?;
        Some(Upload { _places: places })
    }
}
