//! Counts simultaneous uses by holder, such as an address or a token. The slots of several holders are taken together; dropping
//! the guard releases them. Used for streams, uploads, connections and the bytes of bodies.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts the taken slots by holder.
pub(crate) struct SlotCounter<K> {
    taken: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K> Clone for SlotCounter<K> {
    fn clone(&self) -> Self {
        Self { taken: self.taken.clone() }
    }
}

impl<K> Default for SlotCounter<K> {
    fn default() -> Self {
        Self { taken: Arc::default() }
    }
}

/// Slots that are taken. Dropping this value releases them.
pub(crate) struct Held<K: Eq + Hash> {
    slots: SlotCounter<K>,
    holders: Vec<(K, usize)>,
}

impl<K: Clone + Eq + Hash> SlotCounter<K> {
    /// Takes one slot for each holder, up to the given maximum of that holder. Returns None and takes nothing if one of them has
    /// no slot left.
    pub(crate) fn take<const N: usize>(&self, holders: [(K, usize); N]) -> Option<Held<K>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if holders.iter().any(|(holder, most)| taken.get(holder).is_some_and(|count| count >= most) || *most == 0) {
            return None;
        }
        let holders = holders.map(|(holder, _)| (holder, 1));
        for (holder, count) in &holders {
            *taken.entry(holder.clone()).or_default() += count;
        }
        Some(Held { slots: self.clone(), holders: holders.into() })
    }

    /// Takes `by` more slots for every holder of `held`, up to the maximum of each. Returns false and takes nothing if one of
    /// the holders has too few slots left.
    pub(crate) fn grow(&self, held: &mut Held<K>, by: usize, most: impl Fn(&K) -> usize) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |holder: &K| taken.get(holder).copied().unwrap_or_default().saturating_add(by) <= most(holder);
        if !held.holders.iter().all(|(holder, _)| fits(holder)) {
            return false;
        }
        for (holder, count) in &mut held.holders {
            *taken.entry(holder.clone()).or_default() += by;
            *count += by;
        }
        true
    }

    /// Creates a guard for these holders that has no slots yet.
    pub(crate) fn none<const N: usize>(&self, holders: [K; N]) -> Held<K> {
        Held { slots: self.clone(), holders: holders.map(|holder| (holder, 0)).into() }
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl<K: Eq + Hash> Drop for Held<K> {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        for (holder, held) in &self.holders {
            if let Some(count) = taken.get_mut(holder) {
                *count = count.saturating_sub(*held);
                if *count == 0 {
                    taken.remove(holder);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_together_or_not_at_all_and_come_back() {
        let slots = SlotCounter::default();
        let first = slots.take([("a", 1), ("all", 2)]);
        assert!(first.is_some() && slots.take([("a", 1), ("all", 2)]).is_none());
        let second = slots.take([("b", 1), ("all", 2)]);
        assert!(second.is_some() && slots.take([("c", 1), ("all", 2)]).is_none());
        drop(first);
        assert!(slots.take([("a", 1), ("all", 2)]).is_some());
        drop(second);
        assert!(slots.is_empty());
    }

    #[test]
    fn a_hold_grows_as_far_as_every_holder_may() {
        let slots = SlotCounter::default();
        let most = |holder: &&str| if *holder == "all" { 10 } else { 6 };
        let (mut a, mut b) = (slots.none(["a", "all"]), slots.none(["b", "all"]));
        assert!(slots.grow(&mut a, 6, most) && !slots.grow(&mut a, 1, most));
        assert!(slots.grow(&mut b, 4, most) && !slots.grow(&mut b, 1, most));
        drop(a);
        assert!(slots.grow(&mut b, 2, most));
        drop(b);
        assert!(slots.is_empty());
    }
}
