//! Limits of request bodies in memory: the number of bytes, by address and in total, and the slowest accepted rate of arrival.
//! Bytes count as they arrive, so a slow body holds little memory. Used by everything that reads a body.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::network::Network;
use super::slots::{Held, SlotCounter};

/// Maximum number of bytes of all bodies that are being read or decoded.
const MAX_BYTES: usize = 256 * 1_024 * 1_024;
/// Maximum number of bytes for one address, so that one address cannot use up the shared memory.
const MAX_BYTES_PER_ADDRESS: usize = MAX_BYTES / 4;
/// Slowest acceptable arrival of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Time allowed for any body, independent of its size.
    pub(crate) grace: Duration,
    /// Average rate in bytes per second that is required after the grace time.
    pub(crate) bytes_a_second: u64,
    /// Maximum total time.
    pub(crate) max_total: Duration,
}

impl Pace {
    /// Creates a pace with this total time. Requires 8 KiB/s after the first 10 s, about a third of a slow mobile connection.
    pub(crate) fn within(max_total: Duration) -> Self {
        Self { grace: Duration::from_secs(10), bytes_a_second: 8 * 1_024, max_total }
    }

    /// Returns the time after the start at which more than `received` bytes must have arrived.
    pub(crate) fn due(&self, received: usize) -> Duration {
        let received = u64::try_from(received).unwrap_or(u64::MAX);
        let flowing = Duration::from_millis(received.saturating_mul(1_000) / self.bytes_a_second.max(1));
        self.grace.saturating_add(flowing).min(self.max_total)
    }
}

/// Counts the bytes of bodies in memory.
#[derive(Clone, Default)]
pub struct BodyMemory(SlotCounter<Holder>);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Holder {
    Address(Network),
    All,
}

/// Bytes of one body. All clones share one count; dropping the last one releases the bytes.
#[derive(Clone)]
pub struct BodyBytes {
    bodies: BodyMemory,
    held: Arc<Mutex<Held<Holder>>>,
}

/// Error: there is no memory left for more of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryLimitReached;

impl std::fmt::Display for MemoryLimitReached {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("too many bodies at a time")
    }
}

impl std::error::Error for MemoryLimitReached {}

impl BodyMemory {
    /// Starts to count a body of this visitor.
    pub fn begin(&self, visitor: Network) -> BodyBytes {
        let held = self.0.none([Holder::Address(visitor), Holder::All]);
        BodyBytes { bodies: self.clone(), held: Arc::new(Mutex::new(held)) }
    }
}

impl BodyBytes {
    /// Counts `by` more bytes; returns an error if they exceed a limit.
    pub fn grow(&self, by: usize) -> Result<(), MemoryLimitReached> {
        let most = |holder: &Holder| match holder {
            Holder::Address(_) => MAX_BYTES_PER_ADDRESS,
            Holder::All => MAX_BYTES,
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if self.bodies.0.grow(&mut held, by, most) { Ok(()) } else { Err(MemoryLimitReached) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_fill_the_memory_that_all_share() {
        let bodies = BodyMemory::default();
        let greedy = bodies.begin(Network::visitor([192, 0, 2, 1].into()));
        assert_eq!((greedy.grow(MAX_BYTES_PER_ADDRESS), greedy.grow(1)), (Ok(()), Err(MemoryLimitReached)));
        let other = bodies.begin(Network::visitor([192, 0, 2, 2].into()));
        assert_eq!(other.grow(8_000_000), Ok(()));
        drop(greedy);
        assert_eq!(bodies.begin(Network::visitor([192, 0, 2, 1].into())).grow(MAX_BYTES_PER_ADDRESS), Ok(()));
    }

    #[test]
    fn a_body_that_trickles_is_due_sooner_than_one_that_flows() {
        let pace = Pace::within(Duration::from_secs(120));
        for (received, due_s) in [(0, 10), (10, 10), (80 * 1_024, 20), (8_000_000, 120), (usize::MAX, 120)] {
            assert_eq!(pace.due(received).as_secs(), due_s, "{received}");
        }
        assert_eq!(Pace::within(Duration::from_secs(5)).due(8_000_000).as_secs(), 5);
    }
}
