//! Capability tokens: who holds one may read or act on one order until it expires. Stateless, made and checked here only.
//!
//! A token is a byte of scopes, the expiry and an HMAC-SHA256 over both and the order's identity. The identity itself is not in it:
//! the path of the request says which order is meant, and a token for another one does not verify. Called by the service.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// To see the order and follow its changes.
    Read,
    /// To ask for something about it.
    Act,
}

impl Scope {
    fn bit(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Act => 2,
        }
    }
}

/// Signs and checks tokens with one secret.
#[derive(Clone)]
pub struct Tokens {
    key: [u8; 32],
}

const CLAIMS: usize = 1 + 8;
const TOKEN: usize = CLAIMS + 32;

impl Tokens {
    /// Tokens of this secret, which has at least 32 bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self { key: derive(secret, b"doorstep capability token v1") }
    }

    /// A token for the order, until the instant.
    pub fn mint(&self, order_id: &str, scopes: &[Scope], expires_at: DateTime<Utc>) -> String {
        let bits = scopes.iter().fold(0, |bits, scope| bits | scope.bit());
        let mut token = vec![bits];
        token.extend(expires_at.timestamp().to_be_bytes());
        let mac = sign(&self.key, &[&token, order_id.as_bytes()]);
        token.extend(mac);
        URL_SAFE_NO_PAD.encode(token)
    }

    /// When the token ends, if it allows this on this order now. The same work is done for every token, right or wrong.
    pub fn check(&self, token: &str, order_id: &str, scope: Scope, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let decoded = URL_SAFE_NO_PAD.decode(token.get(..64).unwrap_or(token)).unwrap_or_default();
        let mut bytes = [0; TOKEN];
        let whole = decoded.len() == TOKEN;
        bytes.iter_mut().zip(&decoded).for_each(|(to, from)| *to = *from);
        let (claims, mac) = bytes.split_at(CLAIMS);
        let genuine = bool::from(sign(&self.key, &[claims, order_id.as_bytes()]).ct_eq(mac));
        let (bits, expiry) = claims.split_first()?;
        let expires_at = DateTime::from_timestamp(i64::from_be_bytes(expiry.try_into().ok()?), 0)?;
        (whole && genuine && bits & scope.bit() != 0 && now < expires_at).then_some(expires_at)
    }
}

/// A key for one purpose from the secret.
pub(crate) fn derive(secret: &[u8], purpose: &[u8]) -> [u8; 32] {
    sign_with(secret, &[purpose])
}

/// HMAC-SHA256 over the parts, one after the other; the caller sees to it that they cannot be cut differently.
pub(crate) fn sign(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    sign_with(key, parts)
}

fn sign_with(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // An HMAC takes a key of any length; the error cannot occur, and an empty answer would verify nothing.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_token_opens_its_order_with_its_scopes_until_it_expires_and_nothing_else() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let token = tokens.mint("ord_a", &[Scope::Read], at(60));
        for (order, scope, now, opens) in [
            ("ord_a", Scope::Read, at(0), true),
            ("ord_a", Scope::Read, at(59), true),
            ("ord_a", Scope::Read, at(60), false),
            ("ord_a", Scope::Act, at(0), false),
            ("ord_b", Scope::Read, at(0), false),
            ("", Scope::Read, at(0), false),
        ] {
            assert_eq!(tokens.check(&token, order, scope, now).is_some(), opens, "{order} {scope:?} {now}");
        }
        let foreign = Tokens::new(b"another secret of thirty-two byte").mint("ord_a", &[Scope::Read], at(60));
        assert_eq!(tokens.check(&foreign, "ord_a", Scope::Read, at(0)), None);
    }

    #[test]
    fn no_token_with_one_changed_character_verifies() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let token = tokens.mint("ord_a", &[Scope::Read, Scope::Act], at(60));
        for place in 0..token.len() {
            let mut forged = token.clone().into_bytes();
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(tokens.check(&forged, "ord_a", Scope::Read, at(0)), None, "{forged}");
        }
    }

    #[test]
    fn garbage_is_not_a_token() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let long = "A".repeat(10_000);
        for garbage in ["", "A", "....", "ééé", &long, &"A".repeat(55), &"é".repeat(40)] {
            assert_eq!(tokens.check(garbage, "ord_a", Scope::Read, at(0)), None);
        }
    }
}
