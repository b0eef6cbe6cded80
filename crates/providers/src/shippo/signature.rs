//! Authentication of Shippo's webhook requests. If Shippo has provided a secret, a request has `Shippo-Auth-Signature:
//! t=<seconds>,v1=<hex>`, an HMAC-SHA-256 of time, full stop and body. Otherwise, the URL that was given to Shippo contains the
//! secret as `?token=`.

use chrono::{DateTime, Utc};

use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::{hex, is_recent, is_same_secret, is_valid_hmac, matches_any_secret};

/// Checks that Shippo sent the request. Token and signature prove possession of the same secret, so either is enough. Returns
/// `Refusal::Stale` for a valid signature that is too far from now, and `Refusal::BadSignature` for anything else.
pub(super) fn check(request: &Request<'_>, secrets: &[String]) -> Result<(), Refusal> {
    if matches_any_secret(secrets, |secret| has_token(request.query.unwrap_or_default(), secret)) {
        return Ok(());
    }
    let header = request.headers.get("shippo-auth-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match secrets.iter().find_map(|secret| signed_at(header, request.body, secret)) {
        Some(at) if is_recent(at, request.now) => Ok(()),
        Some(_) => Err(Refusal::Stale),
        None => Err(Refusal::BadSignature),
    }
}

/// Returns the time that was signed together with the body, or None if the signature is wrong or the time unreadable.
fn signed_at(header: &str, body: &[u8], secret: &str) -> Option<DateTime<Utc>> {
    let part = |name| header.split(',').find_map(|part| part.trim().strip_prefix(name));
    let seconds = part("t=")?;
    let is_valid = is_valid_hmac(secret, &[seconds.as_bytes(), b".", body], &hex(part("v1=")?)?);
    is_valid.then(|| DateTime::from_timestamp(seconds.parse().ok()?, 0))?
}

/// Returns true if the query contains the secret as its token, as it is or percent-encoded.
fn has_token(query: &str, secret: &str) -> bool {
    let as_it_is = query.split('&').filter_map(|pair| pair.strip_prefix("token="));
    let decoded = || form_urlencoded::parse(query.as_bytes()).find_map(|(name, value)| (name == "token").then_some(value));
    as_it_is.into_iter().any(|given| is_same_secret(secret, given))
        || decoded().is_some_and(|given| is_same_secret(secret, &given))
}

/// Signs as Shippo does. For tests.
#[cfg(test)]
pub(super) fn sign(body: &[u8], at: DateTime<Utc>, secret: &str) -> String {
    use crate::signature::{hmac, to_hex};
    let seconds = at.timestamp().to_string();
    format!("t={seconds},v1={}", to_hex(&hmac(secret, &[seconds.as_bytes(), b".", body])))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use http::{HeaderMap, HeaderValue};

    use super::*;
    use crate::testing::now;

    const BODY: &[u8] = br#"{"event":"track_updated"}"#;

    fn checked(header: &str, query: Option<&str>, secret: &str) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        headers.insert("shippo-auth-signature", HeaderValue::from_str(header).expect("a header"));
        check(&Request { headers: &headers, path: "/", query, body: BODY, now: now() }, &[secret.to_owned()])
    }

    #[test]
    fn a_signature_by_another_tool_is_accepted() {
        // printf '1795176000.{"event":"track_updated"}' | openssl dgst -sha256 -hmac 'front-door'
        let header = "t=1795176000,v1=d52c7b2cde1be7d4b04814b06c47d8e4e77350b87366ebe446b469c6ba79a701";
        assert_eq!(checked(header, None, "front-door"), Ok(()));
        assert_eq!(checked(header, None, "back-door"), Err(Refusal::BadSignature));
    }

    #[test]
    fn a_signature_ages_and_its_time_cannot_be_changed() {
        for (minutes, answer) in [(-4, Ok(())), (4, Ok(())), (-6, Err(Refusal::Stale)), (6, Err(Refusal::Stale))] {
            let header = sign(BODY, now() + TimeDelta::minutes(minutes), "front-door");
            assert_eq!(checked(&header, None, "front-door"), answer, "{minutes}");
        }
        let old = sign(BODY, now() - TimeDelta::days(1), "front-door");
        let renewed = old.replace(&(now() - TimeDelta::days(1)).timestamp().to_string(), &now().timestamp().to_string());
        assert_eq!(checked(&renewed, None, "front-door"), Err(Refusal::BadSignature));
    }

    #[test]
    fn the_secret_in_the_address_is_a_proof() {
        for query in ["token=front-door", "shop=1&token=front-door", "token=front%2Ddoor"] {
            assert_eq!(checked("", Some(query), "front-door"), Ok(()), "{query}");
        }
        assert_eq!(checked("", Some("token=a+b/c="), "a+b/c="), Ok(()));
        for query in ["", "token=", "token=back-door", "token=front-door-2", "nottoken=front-door", "%%%"] {
            assert_eq!(checked("", Some(query), "front-door"), Err(Refusal::BadSignature), "{query}");
            assert_eq!(checked("", Some(query), ""), Err(Refusal::BadSignature), "{query}");
        }
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in ["", "t=", "t=1795176000", "v1=00", "t=x,v1=00", "t=1795176000,v1=zz", "00"] {
            assert_eq!(checked(header, None, "front-door"), Err(Refusal::BadSignature), "{header}");
        }
    }
}
