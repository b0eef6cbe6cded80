//! Signature of outgoing webhooks: `t=<seconds>,v1=<hex>`, an HMAC-SHA256 over the time, a dot and the body as it is sent.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Name of the header with the signature.
pub const HEADER: &str = "doorstep-signature";

/// Returns the value of the signature header. `at` is in seconds since the Unix epoch.
pub fn sign(secret: &[u8], at: i64, body: &[u8]) -> String {
    let hex: String = mac(secret, at, body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}

/// Returns true if the signature is valid and its time differs from `now` by at most `tolerance_s` seconds. Receivers of webhooks
/// make this check.
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

fn mac(secret: &[u8], at: i64, body: &[u8]) -> Vec<u8> {
    // An HMAC accepts a key of any length, so this error cannot occur.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return Vec::new();
    };
    mac.update(format!("{at}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}
