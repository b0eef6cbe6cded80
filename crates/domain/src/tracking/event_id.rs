//! Creates ids for events that come without an id. Events with equal content get equal ids.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Returns an id made from a hash of the parts. Each part is hashed with its length, so that moving a character from one
/// part to another changes the id.
pub fn event_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut id = String::from("ev_");
    for byte in hash.finalize().iter().take(12) {
        // Writing to a String does not fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::event_id;

    #[test]
    fn the_same_parts_are_the_same_event_and_shifted_parts_are_not() {
        assert_eq!(event_id(&["a", "bc"]), event_id(&["a", "bc"]));
        assert_ne!(event_id(&["a", "bc"]), event_id(&["ab", "c"]));
        assert_eq!(event_id(&["a"]).len(), 27);
    }
}
