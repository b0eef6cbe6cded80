//! EasyPost's two signatures. Both are HMAC-SHA-256, with the secret normalised to NFKD first, and are written as `hmac-sha256-hex=<hex>`.
//!
//! - `X-Hmac-Signature` covers the body alone, so a captured request can be replayed at any time.
//! - `X-Hmac-Signature-V2` covers the time of `X-Timestamp`, the method, the path of `X-Path` and the body, concatenated. The time is in
//!   the format of RFC 2822. Source: EasyPost's support article "Webhook HMAC Validation"; the signed parts and their order are the same in
//!   at least four independent receivers in public repositories. EasyPost's own client libraries check the older signature only.

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization as _;

use crate::refusal::Refusal;
use crate::request::Request;
#[cfg(test)]
use crate::signature::to_hex;
use crate::signature::{hex, is_recent, is_valid_hmac, matches_any_secret};
use crate::time::{from_seconds, instant};

/// Checks that EasyPost sent the request. If the dated signature (V2) is valid, only its time counts: more than five minutes from
/// now gives `Refusal::Stale`. If the dated signature is missing or wrong, a valid older signature is accepted unless
/// `require_dated` is true. Any other request gives `Refusal::BadSignature`.
pub(super) fn check(request: &Request<'_>, secrets: &[String], require_dated: bool) -> Result<(), Refusal> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if let Some(at) = signed_at(request, secrets) {
        return if is_recent(at, request.now) { Ok(()) } else { Err(Refusal::Stale) };
    }
    let is_valid = !require_dated
        && header("x-hmac-signature")
            .is_some_and(|given| matches_any_secret(secrets, |secret| is_signature_of(given, &[request.body], secret)));
    if is_valid { Ok(()) } else { Err(Refusal::BadSignature) }
}

/// Returns the time of the dated signature, or None if the signature is missing or wrong, or its time is unreadable.
fn signed_at(request: &Request<'_>, secrets: &[String]) -> Option<DateTime<Utc>> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let (given, time) = (header("x-hmac-signature-v2")?, header("x-timestamp")?);
    // A proxy may have changed the path, so the path that EasyPost called takes precedence.
    let path = header("x-path").unwrap_or(request.path);
    let signed = [time.as_bytes(), b"POST", path.as_bytes(), request.body];
    let is_valid = matches_any_secret(secrets, |secret| is_signature_of(given, &signed, secret));
    parse_signed_time(time).filter(|_| is_valid)
}

/// Reads a time in the format of RFC 2822 or ISO 8601, or as seconds since 1970.
fn parse_signed_time(written: &str) -> Option<DateTime<Utc>> {
    let rfc2822 = DateTime::parse_from_rfc2822(written).ok().map(|at| at.to_utc());
    rfc2822.or_else(|| Some(instant(written).or_else(|| from_seconds(written.parse().ok()?))?.utc()))
}

/// Returns true if a header is the signature of these parts. The comparison takes constant time.
fn is_signature_of(given: &str, signed: &[&[u8]], secret: &str) -> bool {
    let digits = given.strip_prefix("hmac-sha256-hex=").unwrap_or(given);
    hex(digits).is_some_and(|given| is_valid_hmac(&secret.nfkd().collect::<String>(), signed, &given))
}

/// Signs the body as EasyPost does. For tests.
#[cfg(test)]
pub(super) fn sign(body: &[u8], secret: &str) -> String {
    sign_parts(&[body], secret)
}

/// Signs time, method, path and body as EasyPost does. For tests.
#[cfg(test)]
pub(super) fn sign_dated(time: &str, path: &str, body: &[u8], secret: &str) -> String {
    sign_parts(&[time.as_bytes(), b"POST", path.as_bytes(), body], secret)
}

#[cfg(test)]
fn sign_parts(parts: &[&[u8]], secret: &str) -> String {
    use crate::signature::hmac;
    format!("hmac-sha256-hex={}", to_hex(&hmac(&secret.nfkd().collect::<String>(), parts)))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;
    use crate::testing::now;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;
    const PATH: &str = "/v1/webhooks/easypost";
    const NOW: &str = "Fri, 20 Nov 2026 12:00:00 -0000";

    fn checked(headers: &[(&'static str, &str)], secrets: &[&str], require_dated: bool) -> Result<(), Refusal> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")))
            .collect();
        let secrets: Vec<String> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        check(&Request { headers: &headers, path: PATH, query: None, body: BODY, now: now() }, &secrets, require_dated)
    }

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        // printf '{"id":"evt_1"}' | openssl dgst -sha256 -hmac 'front-door'
        let header = "hmac-sha256-hex=1e5d1196a3ead16f1d54486435914ca333a2a5d93d9c03d02773cd5476d7e9c8";
        assert_eq!(checked(&[("x-hmac-signature", header)], &["front-door"], false), Ok(()));
        assert_eq!(checked(&[("x-hmac-signature", header)], &["back-door"], false), Err(Refusal::BadSignature));
        assert_eq!(checked(&[("x-hmac-signature", header)], &["back-door", "front-door"], false), Ok(()));
    }

    #[test]
    fn a_dated_signature_by_another_tool_is_accepted() {
        // printf 'Fri, 20 Nov 2026 12:00:00 -0000POST/v1/webhooks/easypost{"id":"evt_1"}' | openssl dgst -sha256 -hmac 'front-door'
        let header = "hmac-sha256-hex=472f43cbae03c18e3e273289a9df8e3e995d92fb8a8b871a43c7f3dc5daa7598";
        let headers = [("x-hmac-signature-v2", header), ("x-timestamp", NOW), ("x-path", PATH)];
        assert_eq!(checked(&headers, &["front-door"], true), Ok(()));
        assert_eq!(checked(&headers, &["back-door"], true), Err(Refusal::BadSignature));
    }

    #[test]
    fn a_dated_signature_ages_and_neither_its_time_nor_its_path_can_be_changed() {
        for (minutes, answer) in [(-4, Ok(())), (4, Ok(())), (-6, Err(Refusal::Stale)), (6, Err(Refusal::Stale))] {
            let at = now() + TimeDelta::minutes(minutes);
            for time in [at.to_rfc2822(), at.to_rfc3339(), at.timestamp().to_string()] {
                let header = sign_dated(&time, PATH, BODY, "front-door");
                let headers = [("x-hmac-signature-v2", header.as_str()), ("x-timestamp", time.as_str())];
                assert_eq!(checked(&headers, &["front-door"], true), answer, "{time}");
            }
        }
        let old = (now() - TimeDelta::days(1)).to_rfc2822();
        let header = sign_dated(&old, PATH, BODY, "front-door");
        for (time, path) in [(NOW, PATH), (old.as_str(), "/v1/webhooks/carrier")] {
            let headers = [("x-hmac-signature-v2", header.as_str()), ("x-timestamp", time), ("x-path", path)];
            assert_eq!(checked(&headers, &["front-door"], true), Err(Refusal::BadSignature), "{time} {path}");
        }
    }

    #[test]
    fn an_old_delivery_is_refused_although_its_undated_signature_is_right() {
        let old = (now() - TimeDelta::hours(1)).to_rfc2822();
        let (dated, plain) = (sign_dated(&old, PATH, BODY, "front-door"), sign(BODY, "front-door"));
        let both = [
            ("x-hmac-signature-v2", dated.as_str()),
            ("x-timestamp", old.as_str()),
            ("x-path", PATH),
            ("x-hmac-signature", plain.as_str()),
        ];
        assert_eq!(checked(&both, &["front-door"], false), Err(Refusal::Stale));
        // A request without a dated signature can be replayed at any time. Replays are harmless because updates are idempotent.
        // `require_dated` refuses such requests.
        let only_plain = [("x-hmac-signature", plain.as_str())];
        assert_eq!(checked(&only_plain, &["front-door"], false), Ok(()));
        assert_eq!(checked(&only_plain, &["front-door"], true), Err(Refusal::BadSignature));
    }

    #[test]
    fn a_secret_is_the_same_however_it_was_typed() {
        // The accented letter is one code point, or a letter followed by a combining accent.
        let header = sign(BODY, "caf\u{e9}");
        assert_eq!(checked(&[("x-hmac-signature", &header)], &["cafe\u{301}"], false), Ok(()));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in ["", "hmac-sha256-hex=", "hmac-sha256-hex=0", "hmac-sha256-hex=zz", "sha256=00", "00"] {
            for headers in [vec![("x-hmac-signature", header)], vec![("x-hmac-signature-v2", header), ("x-timestamp", NOW)]] {
                assert_eq!(checked(&headers, &["front-door"], false), Err(Refusal::BadSignature), "{header}");
                assert_eq!(checked(&headers, &[""], false), Err(Refusal::BadSignature), "{header}");
                assert_eq!(checked(&headers, &[], false), Err(Refusal::BadSignature), "{header}");
            }
        }
        let without_time = sign_dated("", PATH, BODY, "front-door");
        assert_eq!(checked(&[("x-hmac-signature-v2", &without_time)], &["front-door"], false), Err(Refusal::BadSignature));
        let no_time = sign_dated("soon", PATH, BODY, "front-door");
        let headers = [("x-hmac-signature-v2", no_time.as_str()), ("x-timestamp", "soon")];
        assert_eq!(checked(&headers, &["front-door"], false), Err(Refusal::BadSignature));
    }
}
