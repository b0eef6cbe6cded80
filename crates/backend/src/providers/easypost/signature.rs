//! EasyPost's signature: HMAC-SHA-256 over the raw body, the secret normalised to NFKD first, written as `hmac-sha256-hex=<hex>`.

use unicode_normalization::UnicodeNormalization as _;

use super::super::signature::{hex, is_hmac};
#[cfg(test)]
use super::super::signature::{hmac, to_hex};

/// Whether the header belongs to the body; takes the same time whether it is wrong early or late.
pub(super) fn is_right(header: &str, body: &[u8], secret: &str) -> bool {
    let given = header.trim().strip_prefix("hmac-sha256-hex=").and_then(hex);
    given.is_some_and(|given| is_hmac(&secret.nfkd().collect::<String>(), &[body], &given))
}

/// Signs as EasyPost does.
#[cfg(test)]
pub(super) fn sign(body: &[u8], secret: &str) -> String {
    format!("hmac-sha256-hex={}", to_hex(&hmac(&secret.nfkd().collect::<String>(), &[body])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        // printf '{"id":"evt_1"}' | openssl dgst -sha256 -hmac 'front-door'
        let header = "hmac-sha256-hex=1e5d1196a3ead16f1d54486435914ca333a2a5d93d9c03d02773cd5476d7e9c8";
        assert!(is_right(header, br#"{"id":"evt_1"}"#, "front-door"));
        assert!(!is_right(header, br#"{"id":"evt_2"}"#, "front-door"));
        assert!(!is_right(header, br#"{"id":"evt_1"}"#, "back-door"));
    }

    #[test]
    fn a_secret_is_the_same_however_it_was_typed() {
        // One letter, or a letter and an accent.
        assert!(is_right(&sign(b"{}", "caf\u{e9}"), b"{}", "cafe\u{301}"));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in ["", "hmac-sha256-hex=", "hmac-sha256-hex=0", "hmac-sha256-hex=zz", "hmac-sha256-hex=é1", "sha256=00"] {
            assert!(!is_right(header, b"{}", "secret"), "{header}");
        }
        assert!(!is_right("hmac-sha256-hex=00", b"{}", ""));
    }
}
