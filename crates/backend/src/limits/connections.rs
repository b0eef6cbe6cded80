//! Limits of simultaneous connections, by address and in total. The server takes a slot for every connection and releases it
//! when the connection ends.

use std::net::IpAddr;

use super::network::Network;
use super::slots::{Held, SlotCounter};

/// Counts connections.
#[derive(Clone)]
pub struct ConnectionCaps {
    slots: SlotCounter<Holder>,
    most: usize,
    per_address: usize,
    proxies: std::sync::Arc<[Network]>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Address(Network),
    All,
}

/// One counted connection. Dropping it releases its slot.
pub struct Connected {
    _slots: Held<Holder>,
}

impl ConnectionCaps {
    /// Creates limits of `most` connections in total and `per_address` for one address. A trusted proxy may hold all of them,
    /// because all visitors share its address.
    pub fn new(most: usize, per_address: usize, proxies: &[Network]) -> Self {
        Self { slots: SlotCounter::default(), most, per_address, proxies: proxies.into() }
    }

    /// Counts a connection of this peer; returns None if there are too many.
    pub fn open(&self, peer: IpAddr) -> Option<Connected> {
        let is_proxy = self.proxies.iter().any(|network| network.contains(peer));
        let per_address = if is_proxy { self.most } else { self.per_address };
        let address = Holder::Address(Network::visitor(peer));
        let slots = self.slots.take([(address, per_address), (Holder::All, self.most)])?;
        Some(Connected { _slots: slots })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_have_every_connection_and_a_proxy_can() {
        let proxy: Network = "10.0.0.0/8".parse().unwrap();
        let caps = ConnectionCaps::new(4, 2, &[proxy]);
        let stranger = IpAddr::from([192, 0, 2, 1]);
        let held: Vec<_> = (0..2).filter_map(|_| caps.open(stranger)).collect();
        assert!(held.len() == 2 && caps.open(stranger).is_none());
        let more: Vec<_> = (0..2).filter_map(|_| caps.open([10, 0, 0, 1].into())).collect();
        assert!(more.len() == 2 && caps.open([10, 0, 0, 1].into()).is_none());
        drop(held);
        assert!(caps.open(stranger).is_some());
    }
}
