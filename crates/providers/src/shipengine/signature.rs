//! ShipEngine's signature: RSA with SHA-256 over time, full stop and body, in Base64. A header names the key that was used, so
//! that keys can be replaced without an interruption. [`crate::public_keys`] reads the keys.

use chrono::{DateTime, Utc};
use ring::signature::RSA_PKCS1_2048_8192_SHA256;

use crate::public_keys::PublicKeys;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::{base64, is_recent};
use crate::time::{from_seconds, instant};

/// Returns the time at which ShipEngine signed the request. Returns `Refusal::Stale` if that is too far from now, `Refusal::UnknownKey` if
/// the key is not in the loaded set, and `Refusal::BadSignature` otherwise.
pub(super) fn check(request: &Request<'_>, keys: &dyn PublicKeys) -> Result<DateTime<Utc>, Refusal> {
    let header = |name| request.headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Refusal::BadSignature);
    let name = header("x-shipengine-rsa-sha256-key-id")?;
    let time = header("x-shipengine-timestamp")?;
    let signature = base64(header("x-shipengine-rsa-sha256-signature")?).ok_or(Refusal::BadSignature)?;
    let at = instant(time).or_else(|| from_seconds(time.parse().ok()?)).ok_or(Refusal::BadSignature)?.utc();
    let key = keys.named(name, request.now).ok_or(Refusal::UnknownKey)?;
    let signed = [time.as_bytes(), b".", request.body].concat();
    key.verify(&RSA_PKCS1_2048_8192_SHA256, &signed, &signature).map_err(|_| Refusal::BadSignature)?;
    if is_recent(at, request.now) { Ok(at) } else { Err(Refusal::Stale) }
}

/// Signs as ShipEngine does, with the key of the tests.
#[cfg(test)]
pub(super) fn sign(body: &[u8], time: &str) -> String {
    use ring::rand::SystemRandom;
    use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

    let key = RsaKeyPair::from_pkcs8(include_bytes!("fixtures/key_of_the_tests.der")).expect("a key");
    let mut signature = vec![0; key.public().modulus_len()];
    let signed = [time.as_bytes(), b".", body].concat();
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &signed, &mut signature).expect("a signature");
    crate::signature::to_base64(&signature)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;
    use crate::public_keys::KeySet;
    use crate::testing::now;

    const KEYS: &str = include_str!("fixtures/keys.json");
    const BODY: &[u8] = br#"{"resource_type":"API_TRACK"}"#;
    const NOW: &str = "2026-11-20T12:00:00Z";
    /// Signature made by another tool: `printf '2026-11-20T12:00:00Z.{"resource_type":"API_TRACK"}' | openssl dgst -sha256 -sign key.pem |
    /// base64`
    const BY_ANOTHER_TOOL: &str = "TnCv9izHRhzQ3rnlPnCEhQaY5+alE16BZsyp3zJhC4rVHu9+hD5BpHHT/R1ec20MtN1iy34imnsj5409WnhrnSltMo/D3P8oGaBcy12U8M2yDjE6zDsAhs4Gp1/CrQNnmhOAy/l+9bq00GSKqv6VaEubWWuX5Q8ds5LGwxPZEdzQNfyZJ6c/a/91Snf6f6uIvSNbHVaR9sSyQhByYKBNNvaAhqzdYX5Py34xTA2zMagfpM6rkz/Ri50oK8D9PRnOY9oQ6I4Qas8kzZCnsjzawBx+gd6Q8DdtVw2XPacb5OqK/oejYW43gC7g8hwKRn2udVCHbpbz7N4vYGwwhi0U+Q==";

    fn checked(time: &str, name: &str, signature: &str, keys: &str) -> Result<DateTime<Utc>, Refusal> {
        let headers: HeaderMap = [
            ("x-shipengine-timestamp", time),
            ("x-shipengine-rsa-sha256-key-id", name),
            ("x-shipengine-rsa-sha256-signature", signature),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")))
        .collect();
        check(
            &Request { headers: &headers, path: "/", query: None, body: BODY, now: now() },
            &KeySet::from_json(keys.as_bytes()).unwrap_or_default(),
        )
    }

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        assert_eq!(checked(NOW, "doorstep-tests-1", BY_ANOTHER_TOOL, KEYS), Ok(now()));
    }

    #[test]
    fn a_signature_ages_however_its_time_is_written() {
        for (time, answer) in [
            ("2026-11-20T11:56:00Z", true),
            ("2026-11-20T13:04:00+01:00", true),
            ("1795176000", true),
            ("2026-11-20T11:54:00Z", false),
            ("2026-11-20T12:06:00Z", false),
            ("1795000000", false),
        ] {
            let answered = checked(time, "doorstep-tests-1", &sign(BODY, time), KEYS);
            assert_eq!(answered.is_ok(), answer, "{time}");
            assert!(answer || answered == Err(Refusal::Stale), "{time}");
        }
    }

    #[test]
    fn what_is_not_signed_with_a_known_key_is_refused() {
        let of_another_body = sign(b"{}", NOW);
        let no_time = sign(BODY, "today");
        for (time, name, signature, keys) in [
            (NOW, "doorstep-tests-1", of_another_body.as_str(), KEYS),
            // The signature covers the time, so a changed time is refused.
            ("2026-11-20T12:00:01Z", "doorstep-tests-1", BY_ANOTHER_TOOL, KEYS),
            ("today", "doorstep-tests-1", no_time.as_str(), KEYS),
            (NOW, "doorstep-tests-2", BY_ANOTHER_TOOL, KEYS),
            (NOW, "", BY_ANOTHER_TOOL, KEYS),
            (NOW, "doorstep-tests-1", "", KEYS),
            (NOW, "doorstep-tests-1", "AAAA", KEYS),
            (NOW, "doorstep-tests-1", BY_ANOTHER_TOOL, ""),
            (NOW, "doorstep-tests-1", BY_ANOTHER_TOOL, "{}"),
            (NOW, "doorstep-tests-1", BY_ANOTHER_TOOL, r#"{"keys": [{"kid": "doorstep-tests-1", "n": "AQAB", "e": "AQAB"}]}"#),
            ("", "doorstep-tests-1", BY_ANOTHER_TOOL, KEYS),
        ] {
            let is_named = !name.is_empty() && !signature.is_empty() && !time.is_empty() && time != "today";
            let is_known = keys.contains(name);
            let expected = if is_named && !is_known { Refusal::UnknownKey } else { Refusal::BadSignature };
            assert_eq!(checked(time, name, signature, keys), Err(expected), "{time} {name} {signature}");
        }
    }
}
