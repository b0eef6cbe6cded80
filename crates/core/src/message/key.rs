//! The number of a catalogue entry. The tables of `keys.rs` and `request_keys.rs` assign the numbers; `catalogue.rs` finds the
//! entry of a number.

/// Number of a catalogue entry: its index in the array of the first load, or, from
/// [`request_keys::FIRST`](super::request_keys::FIRST) on, in that of the second chunk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u16);
