//! Finds the catalogue entry of a key: its name, its index, and the placeholders that it may use.

use super::{Key, keys, request_keys};

impl Key {
    /// Returns the name of the entry in `locales/`.
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |(name, _)| name)
    }

    /// Returns the index of the entry in the array of the first load or of the second chunk.
    pub fn index(self) -> u16 {
        self.0.checked_sub(request_keys::FIRST).unwrap_or(self.0)
    }

    /// Returns true if the text comes with the second chunk.
    pub fn is_request(self) -> bool {
        self.0 >= request_keys::FIRST
    }

    /// Returns true if the entry may use a placeholder.
    pub(super) fn declares(self, placeholder: &str) -> bool {
        self.entry().is_some_and(|(_, placeholders)| placeholders.contains(&placeholder))
    }

    fn entry(self) -> Option<&'static (&'static str, &'static [&'static str])> {
        let table = if self.is_request() { request_keys::ALL } else { keys::ALL };
        table.get(usize::from(self.index()))
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name())
    }
}
