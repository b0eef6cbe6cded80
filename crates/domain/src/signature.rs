//! Signature of outgoing webhooks, in the form `t=<seconds>,v1=<hex>`. The hexadecimal part is the HMAC-SHA256 over the time, a
//! dot and the body as it is sent.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Name of the header with the signature.
pub const HEADER: &str = "doorstep-signature";

/// Returns the value of the signature header. `at` is in seconds since the Unix epoch.
pub fn sign(secret: &[u8], at: i64, body: &[u8]) -> String {
    let hex: String = mac(secret, at, body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}

/// Returns true if the signature is valid and its time differs from `now` by at most `tolerance_s` seconds. `now` is in seconds
/// since the Unix epoch. Receivers of webhooks make this check.
///
/// ```
/// use doorstep_domain::signature::{sign, verify};
/// let header = sign(b"secret", 1_700_000_000, b"{}");
/// assert!(verify(b"secret", &header, b"{}", 1_700_000_100, 300));
/// assert!(!verify(b"secret", &header, b"{ }", 1_700_000_100, 300));
/// assert!(!verify(b"secret", &header, b"{}", 1_700_009_000, 300));
/// ```
pub fn verify(secret: &[u8], header: &str, body: &[u8], now: i64, tolerance_s: i64) -> bool {
    let part = |name: &str| header.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    let Some(at) = part("t").and_then(|at| at.parse::<i64>().ok()) else {
        return false;
    };
    let fresh = now.abs_diff(at) <= tolerance_s.unsigned_abs();
    let expected = sign(secret, at, body);
    fresh && bool::from(expected.as_bytes().ct_eq(format!("t={at},v1={}", part("v1").unwrap_or_default()).as_bytes()))
}

/// Returns the HMAC-SHA256 over the time, a dot and the body.
fn mac(secret: &[u8], at: i64, body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new(&key_block(secret).into());
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().into()
}

/// Returns the secret as one block of HMAC-SHA256, as RFC 2104 defines: a secret of more than 64 bytes is hashed first, and zeros
/// fill the rest of the block. Creating an HMAC from a block of fixed length cannot fail.
fn key_block(secret: &[u8]) -> [u8; 64] {
    let digest: [u8; 32] = Sha256::digest(secret).into();
    let key = if secret.len() > 64 { &digest[..] } else { secret };
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_any_length_signs_as_hmac_does() {
        for length in [0, 1, 32, 63, 64, 65, 200] {
            let secret = vec![b'k'; length];
            let mut expected = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
            expected.update(b"1700000000.{}");
            let expected: [u8; 32] = expected.finalize().into_bytes().into();
            assert_eq!(mac(&secret, 1_700_000_000, b"{}"), expected, "{length}");
        }
    }

    #[test]
    fn a_header_without_a_signature_is_never_valid() {
        for header in ["", "t=1700000000", "t=1700000000,v1=", "t=,v1=", "v1="] {
            assert!(!verify(b"secret", header, b"{}", 1_700_000_000, 300), "{header}");
            assert!(!verify(b"", header, b"{}", 1_700_000_000, 300), "{header}");
        }
    }
}
