//! Rate limit by key (generic cell rate algorithm). Each key has a burst of units, which are restored one at a time. A caller
//! charges a unit before it knows the outcome of an attempt, and gives the unit back unless the attempt failed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::rate::Rate;

/// Maximum number of remembered keys. When it is reached, the half of the keys that is fully restored first is forgotten.
const MAX_KEYS: usize = 100_000;
/// Minimum number of remembered keys at which fully restored keys are removed.
const MIN_FORGET_AT: usize = 10_000;

/// Counts the used units of each key.
pub(super) struct Budget<K> {
    /// Time at which each key is fully restored.
    full_again: Mutex<Spent<K>>,
    each: Duration,
    burst: u32,
}

struct Spent<K> {
    at: HashMap<K, Instant>,
    /// Number of keys at which fully restored keys are removed.
    forget_at: usize,
}

impl<K: Clone + Eq + Hash> Budget<K> {
    /// Creates a rate limit. Each key has `times` the burst of the rate and is fully restored in the time of the rate.
    pub(super) fn new(rate: Rate, times: u32) -> Self {
        let burst = rate.burst.get().saturating_mul(times);
        let each = (rate.per / burst).max(Duration::from_nanos(1));
        Self { full_again: Mutex::new(Spent { at: HashMap::new(), forget_at: MIN_FORGET_AT }), each, burst }
    }

    /// Takes one unit of the key; returns the seconds to wait as an error if none is left.
    pub(super) fn take(&self, key: &K, now: Instant) -> Result<(), u64> {
        let mut spent = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        spent.forget(now);
        let full = spent.at.get(key).copied().unwrap_or(now).max(now) + self.each;
        let most = self.each.saturating_mul(self.burst);
        match full.duration_since(now).checked_sub(most) {
            Some(wait) if !wait.is_zero() => Err(wait.as_secs() + 1),
            _ => {
                spent.at.insert(key.clone(), full);
                Ok(())
            }
        }
    }

    /// Gives back one unit that was taken.
    pub(super) fn give_back(&self, key: &K) {
        let mut spent = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full) = spent.at.get_mut(key) {
            *full = full.checked_sub(self.each).unwrap_or(*full);
        }
    }
}

impl<K: Clone + Eq + Hash> Spent<K> {
    fn forget(&mut self, now: Instant) {
        if self.at.len() < self.forget_at {
            return;
        }
        self.at.retain(|_, full| *full > now);
        if self.at.len() >= MAX_KEYS {
            let mut ends: Vec<Instant> = self.at.values().copied().collect();
            let (_, median, _) = ends.select_nth_unstable(MAX_KEYS / 2);
            let median = *median;
            self.at.retain(|_, full| *full > median);
        }
        // The threshold is twice the number that remains, so that a full scan stays rare however many keys arrive.
        self.forget_at = (self.at.len() * 2).clamp(MIN_FORGET_AT, MAX_KEYS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(text: &str) -> Budget<u32> {
        Budget::new(text.parse().unwrap(), 1)
    }

    #[test]
    fn what_is_spent_comes_back_one_by_one() {
        let (budget, now) = (budget("2/1h"), Instant::now());
        assert_eq!([budget.take(&1, now), budget.take(&1, now)], [Ok(()), Ok(())]);
        assert!(budget.take(&1, now).is_err_and(|wait| (1_800..=1_801).contains(&wait)));
        assert_eq!(budget.take(&2, now), Ok(()));
        let later = now + Duration::from_secs(1_800);
        assert_eq!(budget.take(&1, later), Ok(()));
        assert!(budget.take(&1, later).is_err());
    }

    #[test]
    fn what_is_given_back_was_never_spent() {
        let (budget, now) = (budget("1/1h"), Instant::now());
        for _ in 0..100 {
            assert_eq!(budget.take(&1, now), Ok(()));
            budget.give_back(&1);
        }
    }

    #[test]
    fn however_many_keys_come_only_so_many_are_remembered() {
        let (budget, now) = (budget("5/1h"), Instant::now());
        for _ in 0..5 {
            budget.take(&u32::MAX, now).unwrap();
        }
        for key in 0..150_000 {
            budget.take(&key, now).unwrap();
        }
        assert!(budget.full_again.lock().unwrap().at.len() <= MAX_KEYS);
        assert!(budget.take(&u32::MAX, now).is_err(), "who has spent most is remembered");
        budget.take(&0, now + Duration::from_secs(7_200)).unwrap();
        for key in 0..u32::try_from(MAX_KEYS).unwrap() {
            budget.take(&key, now + Duration::from_secs(7_200)).unwrap();
        }
        assert!(budget.full_again.lock().unwrap().at.len() <= MAX_KEYS);
    }
}
