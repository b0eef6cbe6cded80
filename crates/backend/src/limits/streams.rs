//! How many at a time: caps on open streams by token and by address. Taken by the stream handler, given back by dropping.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::network::Network;

/// Counts open streams.
#[derive(Clone)]
pub struct StreamCaps {
    open: Arc<Mutex<HashMap<Holder, usize>>>,
    per_token: usize,
    per_address: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Token([u8; 32]),
    Address(Network),
}

/// One open stream; dropping it makes room for another.
pub struct OpenStream {
    caps: StreamCaps,
    holders: [Holder; 2],
}

impl StreamCaps {
    /// At most so many at a time.
    pub fn new(per_token: usize, per_address: usize) -> Self {
        Self { open: Arc::default(), per_token, per_address }
    }

    /// Opens one; `None` where there are too many. Of the token only its hash is kept.
    pub fn open(&self, token: &str, visitor: Network) -> Option<OpenStream> {
        use sha2::Digest as _;
        let holders = [Holder::Token(sha2::Sha256::digest(token).into()), Holder::Address(visitor)];
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let full = holders
            .iter()
            .zip([self.per_token, self.per_address])
            .any(|(holder, cap)| open.get(holder).is_some_and(|count| *count >= cap));
        if full {
            return None;
        }
        for holder in &holders {
            *open.entry(holder.clone()).or_default() += 1;
        }
        metrics::gauge!("doorstep_streams_open").increment(1);
        Some(OpenStream { caps: self.clone(), holders })
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.caps.open.lock().unwrap_or_else(PoisonError::into_inner);
        for holder in &self.holders {
            if let Some(count) = open.get_mut(holder) {
                *count -= 1;
                if *count == 0 {
                    open.remove(holder);
                }
            }
        }
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
        assert!(caps.open.lock().unwrap().is_empty());
    }
}
