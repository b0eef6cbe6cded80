//! Limits of open streams, by token and by address. The stream handler takes the slots of a stream and keeps them until it ends.

use super::network::Network;
use super::slots::{Held, SlotCounter};

/// Counts open streams.
#[derive(Clone)]
pub struct StreamCaps {
    slots: SlotCounter<Holder>,
    per_token: usize,
    per_address: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Token([u8; 32]),
    Address(Network),
}

/// One open stream. Dropping it releases its slots.
pub struct OpenStream {
    _slots: Held<Holder>,
}

impl StreamCaps {
    /// Creates limits of open streams for one token and for one address.
    pub fn new(per_token: usize, per_address: usize) -> Self {
        Self { slots: SlotCounter::default(), per_token, per_address }
    }

    /// Counts a stream; returns None if there are too many. Only the hash of the token is kept.
    pub fn open(&self, token: &str, visitor: Network) -> Option<OpenStream> {
        use sha2::Digest as _;
        let token = Holder::Token(sha2::Sha256::digest(token).into());
        let slots = self.slots.take([(token, self.per_token), (Holder::Address(visitor), self.per_address)])?;
        metrics::gauge!("doorstep_streams_open").increment(1);
        Some(OpenStream { _slots: slots })
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        metrics::gauge!("doorstep_streams_open").decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_stream_makes_room_and_leaves_nothing_behind() {
        let caps = StreamCaps::new(1, 2);
        let visitor = Network::visitor([192, 0, 2, 1].into());
        let first = caps.open("a", visitor);
        assert!(first.is_some() && caps.open("a", visitor).is_none());
        let second = caps.open("b", visitor);
        assert!(second.is_some() && caps.open("c", visitor).is_none());
        drop(first);
        assert!(caps.open("a", visitor).is_some());
        drop(second);
        assert!(caps.slots.is_empty());
    }
}
