//! 17TRACK's signature: SHA-256 over the raw body, a slash and the security key, in hexadecimal digits.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::signature::hex;
#[cfg(test)]
use crate::signature::to_hex;

/// Returns true if the header is the signature of the body. The comparison takes constant time. An empty key never matches.
pub(super) fn is_valid(header: &str, body: &[u8], key: &str) -> bool {
    let given = hex(header.trim()).unwrap_or_default();
    !key.is_empty() && bool::from(digest(body, key).as_slice().ct_eq(&given))
}

fn digest(body: &[u8], key: &str) -> Vec<u8> {
    Sha256::new().chain_update(body).chain_update(b"/").chain_update(key).finalize().to_vec()
}

/// Signs as 17TRACK does. For tests.
#[cfg(test)]
pub(super) fn sign(body: &[u8], key: &str) -> String {
    to_hex(&digest(body, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        // printf '{"event":"TRACKING_STOPPED"}/front-door' | sha256sum
        let header = "e550fde8e9df6d06250b1277596de6d6387e84b58cf599212fe12c963f91e443";
        let body = br#"{"event":"TRACKING_STOPPED"}"#;
        assert!(is_valid(header, body, "front-door"));
        assert!(is_valid(&header.to_uppercase(), body, "front-door"));
        assert!(!is_valid(header, br#"{"event":"TRACKING_UPDATED"}"#, "front-door"));
        assert!(!is_valid(header, body, "back-door"));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in ["", "0", "zz", "é1", "00"] {
            assert!(!is_valid(header, b"{}", "key"), "{header}");
        }
        assert!(!is_valid(&sign(b"{}", ""), b"{}", ""));
    }
}
