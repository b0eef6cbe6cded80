//! How often: the three limits of the look-up. Called by the look-up handler before anything is compared.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest as _, Sha256};

use super::network::Network;

/// So many in so long, written `10/1h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many at once, after a rest.
    pub burst: NonZeroU32,
    /// The time in which they come back.
    pub per: Duration,
}

impl std::str::FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (burst, per) = text.split_once('/').ok_or("write a rate like 10/1h")?;
        let burst = burst.parse().map_err(|_| "write a rate like 10/1h".to_owned())?;
        Ok(Self { burst, per: duration(per)? })
    }
}

/// The limits of the look-up.
pub struct LookupLimits {
    order: Limiter<[u8; 32]>,
    address: Limiter<Network>,
    total: Limiter<()>,
}

impl LookupLimits {
    /// Limits by order number, by address and in all.
    pub fn new(order: Rate, address: Rate, total: Rate) -> Self {
        Self { order: Limiter::new(order), address: Limiter::new(address), total: Limiter::new(total) }
    }

    /// Counts an attempt; the seconds to wait where it is one too many.
    ///
    /// The address goes first, so that one visitor cannot use up what everybody shares.
    pub fn attempt(&self, number_key: &str, visitor: Network) -> Result<(), u64> {
        self.address.attempt(&visitor)?;
        self.order.attempt(&Sha256::digest(number_key).into())?;
        self.total.attempt(&())
    }
}

struct Limiter<K: Clone + Eq + Hash> {
    counts: DefaultKeyedRateLimiter<K>,
    /// Number of keys at which those that have rested are forgotten.
    forget_at: AtomicUsize,
}

/// Keys that are remembered in any case.
const REMEMBERED: usize = 10_000;

impl<K: Clone + Eq + Hash> Limiter<K> {
    fn new(rate: Rate) -> Self {
        let each = rate.per / rate.burst.get();
        // A quota cannot come back in no time at all; a rate that fast limits nothing that matters.
        let quota = Quota::with_period(each.max(Duration::from_nanos(1))).unwrap_or_else(|| Quota::per_second(rate.burst));
        let counts = RateLimiter::keyed(quota.allow_burst(rate.burst));
        Self { counts, forget_at: AtomicUsize::new(REMEMBERED) }
    }

    fn attempt(&self, key: &K) -> Result<(), u64> {
        if self.counts.len() > self.forget_at.load(Ordering::Relaxed) {
            self.counts.retain_recent();
            self.counts.shrink_to_fit();
            // Twice what is left: going through all of them stays rare, however many come.
            self.forget_at.store((self.counts.len() * 2).max(REMEMBERED), Ordering::Relaxed);
        }
        self.counts.check_key(key).map_err(|until| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

/// Reads `500ms`, `15s`, `30m`, `1h` or `30d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err("write a time like 15s, 30m, 1h or 30d".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write a time like 15s, 30m, 1h or 30d".to_owned())?;
    let time = number.checked_mul(milliseconds).filter(|time| *time > 0).ok_or("the time must be above zero")?;
    Ok(Duration::from_millis(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("15s"), Ok(Duration::from_secs(15)));
        assert_eq!(duration("30d"), Ok(Duration::from_secs(30 * 86_400)));
        for wrong in ["", "15", "s", "-1s", "1.5h", "0s", "99999999999999999d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_of_the_three_limits_stops_on_its_own() {
        let visitor = |last: u8| Network::visitor([192, 0, 2, last].into());
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        let order = LookupLimits::new(rate("2/1h"), rate("9/1h"), rate("9/1h"));
        assert!(order.attempt("a", visitor(1)).is_ok() && order.attempt("a", visitor(2)).is_ok());
        assert!(order.attempt("a", visitor(3)).is_err_and(|wait| (1..=1_801).contains(&wait)));
        assert!(order.attempt("b", visitor(3)).is_ok());
        let address = LookupLimits::new(rate("9/1h"), rate("1/1h"), rate("9/1h"));
        assert!(address.attempt("a", visitor(1)).is_ok() && address.attempt("b", visitor(1)).is_err());
        let total = LookupLimits::new(rate("9/1h"), rate("9/1h"), rate("1/1h"));
        assert!(total.attempt("a", visitor(1)).is_ok() && total.attempt("b", visitor(2)).is_err());
    }

    #[test]
    fn a_rate_is_a_number_and_a_time() {
        for wrong in ["", "10", "0/1h", "10/", "10/1", "-1/1h", "10/0s"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
