//! ShipEngine's public keys, a JSON Web Key Set (RFC 7517): reads a key set and finds keys by their names. The backend loads the
//! set from a file or from its URL, stores it and loads it again.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ring::signature::RsaPublicKeyComponents;
use serde_json::Value;

use crate::fields::{list, text};

/// Maximum number of keys that are read. A real set has a handful.
const MAX_KEYS: usize = 50;

/// An RSA public key.
pub type PublicKey = RsaPublicKeyComponents<Vec<u8>>;

/// Source of the public keys that webhook signatures are checked with.
pub trait PublicKeys: Send + Sync {
    /// Returns the key of this name. Returns None if there is no such key, or if the keys are too old and have to be loaded again.
    fn named(&self, name: &str, now: DateTime<Utc>) -> Option<PublicKey>;
}

/// RSA keys by their names.
#[derive(Default)]
pub struct KeySet(Vec<(String, PublicKey)>);

impl KeySet {
    /// Reads a JSON Web Key Set. Returns None if the JSON is no key set or has no RSA keys.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let set: Value = serde_json::from_slice(json).ok()?;
        let number = |key: &Value, name| URL_SAFE_NO_PAD.decode(text(key, name)?.trim_end_matches('=')).ok();
        let key = |key: &Value| Some((text(key, "kid")?.to_owned(), PublicKey { n: number(key, "n")?, e: number(key, "e")? }));
        let keys: Vec<_> = list(&set, "keys", MAX_KEYS).iter().filter_map(key).collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Returns the key with this name, or None if the set has no such key.
    pub fn get(&self, name: &str) -> Option<PublicKey> {
        let (_, key) = self.0.iter().find(|(known, _)| known == name)?;
        Some(PublicKey { n: key.n.clone(), e: key.e.clone() })
    }
}

/// A key set that does not change.
impl PublicKeys for KeySet {
    fn named(&self, name: &str, _: DateTime<Utc>) -> Option<PublicKey> {
        self.get(name)
    }
}
