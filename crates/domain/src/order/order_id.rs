//! The form of an order's id. The retailer chooses the id, or the service generates it.

use doorstep_contract::bounds::IDENTITY;

/// Returns true if an id has a valid length and valid characters. Ids appear in URL paths and fragments, so they must not need
/// escaping.
pub fn is_order_id(id: &str) -> bool {
    (1..=IDENTITY).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_id_needs_no_escaping_in_a_path() {
        for (id, valid) in [("ord_1", true), ("A-b_9", true), ("", false), ("a/b", false), ("ü", false), ("a b", false)] {
            assert_eq!(is_order_id(id), valid, "{id}");
        }
        assert!(!is_order_id(&"a".repeat(IDENTITY + 1)));
    }
}
