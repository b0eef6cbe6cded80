//! Signature checks that several providers share. Comparisons take constant time, so that the duration does not reveal the position of the
//! first wrong byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use doorstep_domain::signature::{HEADER, verify};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::refusal::Refusal;
use crate::request::Request;

/// Maximum difference between the time of a signature and now, in either direction, where a provider signs the time.
pub const REPLAY_WINDOW: TimeDelta = TimeDelta::minutes(5);

/// Returns true if `given` is the HMAC-SHA-256 of the concatenated parts. An empty secret never matches, because everybody knows
/// it. Compares by `verify_slice`, which also refuses a value of the wrong length.
pub fn is_valid_hmac(secret: &str, parts: &[&[u8]], given: &[u8]) -> bool {
    let is_valid = |mut mac: Hmac<Sha256>| {
        parts.iter().for_each(|part| mac.update(part));
        mac.verify_slice(given).is_ok()
    };
    !secret.is_empty() && Hmac::<Sha256>::new_from_slice(secret.as_bytes()).is_ok_and(is_valid)
}

/// Returns true if the check succeeds with at least one secret. During a replacement, the old and the new secret are both valid.
pub fn matches_any_secret(secrets: &[String], is_valid: impl Fn(&str) -> bool) -> bool {
    // Every secret is tried, also after a match, so that the duration is constant.
    secrets.iter().fold(false, |found, secret| is_valid(secret) | found)
}

/// Returns true if two secrets are equal. An empty secret never matches.
pub(super) fn is_same_secret(secret: &str, given: &str) -> bool {
    !secret.is_empty() && bool::from(secret.as_bytes().ct_eq(given.as_bytes()))
}

/// Returns true if a signature was made within `REPLAY_WINDOW` of now.
pub(super) fn is_recent(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at.signed_duration_since(now).abs() <= REPLAY_WINDOW
}

/// Checks a signature in the format of Doorstep's own webhooks. The time is signed, so an old signature is refused as a replay.
pub fn check_own(request: &Request<'_>, secrets: &[String]) -> Result<(), Refusal> {
    let header = request.headers.get(HEADER).and_then(|value| value.to_str().ok()).ok_or(Refusal::BadSignature)?;
    let is_valid = |tolerance_s| {
        let now = request.now.timestamp();
        matches_any_secret(secrets, |secret| {
            !secret.is_empty() && verify(secret.as_bytes(), header, request.body, now, tolerance_s)
        })
    };
    match (is_valid(i64::MAX), is_valid(REPLAY_WINDOW.num_seconds())) {
        (false, _) => Err(Refusal::BadSignature),
        (true, false) => Err(Refusal::Stale),
        (true, true) => Ok(()),
    }
}

/// Returns the bytes of a hexadecimal text, or None if it is not hexadecimal.
pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

/// Returns the bytes of a Base64 text, or None if it is not Base64.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.trim()).ok()
}

/// Returns the HMAC-SHA-256 of the parts, as the providers sign. Accepts an empty secret, so that a test can try a forgery. For
/// tests.
#[cfg(test)]
pub(super) fn hmac(secret: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

/// Returns bytes in hexadecimal digits. For tests.
#[cfg(test)]
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns bytes in Base64. For tests.
#[cfg(test)]
pub(super) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        // printf '{"id":"evt_1"}' | openssl dgst -sha256 -hmac 'front-door'
        let given = hex("1e5d1196a3ead16f1d54486435914ca333a2a5d93d9c03d02773cd5476d7e9c8").expect("digits");
        assert!(is_valid_hmac("front-door", &[br#"{"id":"#, br#""evt_1"}"#], &given));
        assert!(!is_valid_hmac("front-door", &[br#"{"id":"evt_2"}"#], &given));
        assert!(!is_valid_hmac("back-door", &[br#"{"id":"evt_1"}"#], &given));
        assert!(!is_valid_hmac("", &[b""], &given));
        for nothing in [&[][..], &hmac("", &[b""])[..]] {
            assert!(!is_valid_hmac("front-door", &[b""], nothing) && !is_valid_hmac("", &[b""], nothing));
        }
        assert!(!is_same_secret("", ""));
    }

    #[test]
    fn what_is_no_hexadecimal_is_nothing() {
        for text in ["0", "zz", "é1", "0x00"] {
            assert_eq!(hex(text), None, "{text}");
        }
        assert_eq!(hex(""), Some(Vec::new()));
    }
}
