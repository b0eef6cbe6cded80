//! Capability tokens: the holder of a token may read or act on one order until the token expires. Tokens are stateless; they are
//! minted and checked only here.
//!
//! A token consists of a byte of scopes, the expiry, the epoch of the order's links, and an HMAC-SHA256 over these and the id of
//! the order. It does not contain the id, because the path of the request names the order. A token of another order fails
//! verification. Raising the epoch of an order revokes every token of an earlier epoch. A token of epoch 0 contains no epoch, as
//! before epochs were introduced. Called by the service, which compares the epoch of the token with the order's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use doorstep_contract::OrderId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Right that a token grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read the order and follow its changes.
    Read,
    /// Request self-service actions for the order.
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

/// Verified content of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    bits: u8,
    /// Time at which the token expires.
    pub expires_at: DateTime<Utc>,
    /// Epoch of the order's links that the token belongs to.
    pub epoch: u32,
}

impl Grant {
    /// Returns true if the token grants this scope.
    pub fn allows(&self, scope: Scope) -> bool {
        self.bits & scope.bit() != 0
    }
}

/// Mints and checks tokens with one secret.
#[derive(Clone)]
pub struct Tokens {
    /// Key for tokens of epoch 0, which contain no epoch.
    first: [u8; 32],
    /// Key for the tokens that end mails. They open no order.
    mail: [u8; 32],
    /// Key for tokens of later epochs. It is separate, so that the bytes of one kind are never a valid token of the other.
    later: [u8; 32],
}

const MAC_LEN: usize = 32;
/// Length of a mail token in characters: an HMAC in base64.
const MAIL_TOKEN_LEN: usize = 43;
/// Length of scopes and expiry in bytes.
const CLAIMS_LEN: usize = 1 + 8;
/// Length of scopes, expiry and epoch in bytes.
const CLAIMS_WITH_EPOCH_LEN: usize = CLAIMS_LEN + 4;

impl Tokens {
    /// Derives the keys from this secret, which has at least 32 bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self {
            first: derive(secret, b"doorstep capability token v1"),
            mail: derive(secret, b"doorstep mail token v1"),
            later: derive(secret, b"doorstep capability token v2"),
        }
    }

    /// Returns a token for the order with this expiry and this epoch of its links.
    pub fn mint(&self, order_id: &OrderId, scopes: &[Scope], expires_at: DateTime<Utc>, epoch: u32) -> String {
        let bits = scopes.iter().fold(0, |bits, scope| bits | scope.bit());
        let mut token = vec![bits];
        token.extend(expires_at.timestamp().to_be_bytes());
        if epoch > 0 {
            token.extend(epoch.to_be_bytes());
        }
        let key = if epoch > 0 { &self.later } else { &self.first };
        let mac = sign(key, &[&token, order_id.as_bytes()]);
        token.extend(mac);
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Returns the token with which the mails about an order are ended. It does not expire and contains no data.
    pub(crate) fn mint_mail_token(&self, order_id: &OrderId) -> String {
        URL_SAFE_NO_PAD.encode(sign(&self.mail, &[order_id.as_bytes()]))
    }

    /// Returns true if the token is the one that ends the mails about this order.
    pub(crate) fn is_mail_token(&self, token: &str, order_id: &OrderId) -> bool {
        let token = token.trim_end_matches('=');
        let decoded = if token.len() == MAIL_TOKEN_LEN { URL_SAFE_NO_PAD.decode(token).unwrap_or_default() } else { Vec::new() };
        bool::from(sign(&self.mail, &[order_id.as_bytes()]).ct_eq(decoded.as_slice()))
    }

    /// Returns the content of a token if it is valid for this order and scope at `now`, else None. The same work is done for
    /// right and wrong tokens. The caller has to compare the epoch with the order's.
    pub fn check(&self, token: &str, order_id: &OrderId, scope: Scope, now: DateTime<Utc>) -> Option<Grant> {
        // A soft line break of quoted-printable can leave an `=` at the end of a link.
        let token = token.trim_end_matches('=');
        let decoded = URL_SAFE_NO_PAD.decode(token.get(..64).unwrap_or(token)).unwrap_or_default();
        let has_epoch = decoded.len() == CLAIMS_WITH_EPOCH_LEN + MAC_LEN;
        let whole = has_epoch || decoded.len() == CLAIMS_LEN + MAC_LEN;
        let (claims, mac) = decoded.split_at_checked(decoded.len().saturating_sub(MAC_LEN)).unwrap_or_default();
        let key = if has_epoch { &self.later } else { &self.first };
        let genuine = bool::from(sign(key, &[claims, order_id.as_bytes()]).ct_eq(mac));
        let (bits, rest) = claims.split_first()?;
        let (expiry, epoch) = rest.split_at_checked(CLAIMS_LEN - 1)?;
        let expires_at = DateTime::from_timestamp(i64::from_be_bytes(expiry.try_into().ok()?), 0)?;
        let epoch = if has_epoch { u32::from_be_bytes(epoch.try_into().ok()?) } else { 0 };
        let grant = Grant { bits: *bits, expires_at, epoch };
        (whole && genuine && grant.allows(scope) && now < expires_at).then_some(grant)
    }
}

/// Returns a key for one purpose, derived from the secret.
pub(crate) fn derive(secret: &[u8], purpose: &[u8]) -> [u8; 32] {
    sign_with(secret, &[purpose])
}

/// Returns an HMAC-SHA256 over the concatenated parts. The caller must make sure that different parts cannot have the same
/// concatenation.
pub(crate) fn sign(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    sign_with(key, parts)
}

fn sign_with(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // An HMAC takes a key of any length, so the error cannot occur. An all-zero result would not match any signature.
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
        let token = tokens.mint(&"ord_a".into(), &[Scope::Read], at(60), 0);
        for (order, scope, now, opens) in [
            ("ord_a", Scope::Read, at(0), true),
            ("ord_a", Scope::Read, at(59), true),
            ("ord_a", Scope::Read, at(60), false),
            ("ord_a", Scope::Act, at(0), false),
            ("ord_b", Scope::Read, at(0), false),
            ("", Scope::Read, at(0), false),
        ] {
            assert_eq!(tokens.check(&token, &order.into(), scope, now).is_some(), opens, "{order} {scope:?} {now}");
        }
        let foreign = Tokens::new(b"another secret of thirty-two byte").mint(&"ord_a".into(), &[Scope::Read], at(60), 0);
        assert_eq!(tokens.check(&foreign, &"ord_a".into(), Scope::Read, at(0)), None);
    }

    #[test]
    fn no_token_with_one_changed_character_verifies() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        for epoch in [0, 1, 0x4141_4141] {
            let token = tokens.mint(&"ord_a".into(), &[Scope::Read, Scope::Act], at(60), epoch);
            assert_eq!(tokens.check(&token, &"ord_a".into(), Scope::Act, at(0)).map(|grant| grant.epoch), Some(epoch));
            for place in 0..token.len() {
                let mut forged = token.clone().into_bytes();
                forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
                let forged = String::from_utf8(forged).unwrap();
                assert_eq!(tokens.check(&forged, &"ord_a".into(), Scope::Read, at(0)), None, "{forged}");
            }
        }
    }

    #[test]
    fn a_token_from_before_there_were_epochs_is_one_of_the_first_epoch() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        // Minted by version 0.1 with this secret: `read` and `act` on `ord_a` until 2027-01-15T08:01:00Z.
        let token = "AwAAAABrSdI8Ifd2zMA1MVf_28iP9Z5ofqfGxA1cB7s6_P-4P-NQMM8";
        assert_eq!(tokens.check(token, &"ord_a".into(), Scope::Act, at(0)).map(|grant| grant.epoch), Some(0));
        assert_eq!(tokens.mint(&"ord_a".into(), &[Scope::Read, Scope::Act], at(60), 0), token);
    }

    #[test]
    fn no_bytes_of_one_epoch_are_a_token_of_another_order_in_another() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        // The epoch takes the position that the first letters of the order's id have in a token without an epoch.
        let first = tokens.mint(&"AAAAord".into(), &[Scope::Read], at(60), 0);
        let mut bytes = URL_SAFE_NO_PAD.decode(first).unwrap();
        bytes.splice(9..9, *b"AAAA");
        assert_eq!(tokens.check(&URL_SAFE_NO_PAD.encode(bytes), &"ord".into(), Scope::Read, at(0)), None);
    }

    #[test]
    fn garbage_is_not_a_token() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let long = "A".repeat(10_000);
        for garbage in ["", "A", "....", "ééé", &long, &"A".repeat(55), &"é".repeat(40)] {
            assert_eq!(tokens.check(garbage, &"ord_a".into(), Scope::Read, at(0)), None);
        }
    }
}
