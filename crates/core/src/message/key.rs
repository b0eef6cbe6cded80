//! The number of a catalogue entry. The tables of `keys.rs` and `request_keys.rs` assign the numbers; `catalogue.rs` finds the
//! entry of a number.

/// Number of a catalogue entry. A number below [`request_keys::FIRST`](super::request_keys::FIRST) is the index of the entry in
/// the array of the first load. From `FIRST` on, the number minus `FIRST` is the index in the array of the second chunk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u16);
