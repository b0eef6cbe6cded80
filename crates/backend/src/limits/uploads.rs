//! How many photos at a time, by order and by address. A place is taken before the body is read and held until the photo is kept or refused,
//! also where the one who sent it goes away in between: what is decoded is work, whoever waits for it.

use super::network::Network;
use super::places::{Held, Places};

/// Counts photos on their way.
#[derive(Clone)]
pub struct UploadCaps {
    places: Places<Holder>,
    per_order: usize,
    per_address: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Order(String),
    Address(Network),
}

/// One photo on its way; dropping it makes room for another.
pub struct Upload {
    _places: Held<Holder>,
}

impl UploadCaps {
    /// At most so many at a time.
    pub fn new(per_order: usize, per_address: usize) -> Self {
        Self { places: Places::default(), per_order, per_address }
    }

    /// Begins one; `None` where there are too many.
    pub fn begin(&self, order_id: &str, visitor: Network) -> Option<Upload> {
        let order = Holder::Order(order_id.to_owned());
        let places = self.places.take([(order, self.per_order), (Holder::Address(visitor), self.per_address)])?;
        Some(Upload { _places: places })
    }
}
