//! Secrets and keys of all providers, as the operator configures them. The backend reads the configuration.

use std::sync::Arc;

use crate::public_keys::PublicKeys;

/// Minimum length, in characters, of each part of a setting that holds several secrets. Shorter parts are easily guessed.
const MIN_PART_CHARS: usize = 16;

/// Secrets and keys that signatures are checked with. A provider without a secret refuses every request. All secrets of a
/// provider are valid at the same time, so that a secret can be replaced without an interruption.
#[derive(Clone, Default)]
pub struct Secrets {
    /// EasyPost's webhook secrets.
    pub easypost: Vec<String>,
    /// True if EasyPost's webhook requests need `X-Hmac-Signature-V2`, which covers the time.
    pub easypost_dated: bool,
    /// AfterShip's webhook secrets.
    pub aftership: Vec<String>,
    /// Shippo's webhook secrets.
    pub shippo: Vec<String>,
    /// ShipEngine's public keys.
    pub shipengine: Option<Arc<dyn PublicKeys>>,
    /// 17TRACK's security keys.
    pub seventeentrack: Vec<String>,
    /// Karrio's webhook secrets.
    pub karrio: Vec<String>,
    /// Client secrets of the Shopify app.
    pub shopify: Vec<String>,
    /// Secrets shared with carriers that are connected directly.
    pub carrier: Vec<String>,
}

/// Returns all secrets of the configured values. Each value is a secret. A value with commas may also be a list: if every part
/// has at least sixteen characters, each part is a secret too. If one part is shorter, the comma belongs to the secret.
pub fn each_secret(configured: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for secret in configured.iter().filter(|secret| !secret.is_empty()) {
        all.push(secret.clone());
        let parts: Vec<&str> = secret.split(',').map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.chars().count() >= MIN_PART_CHARS) {
            all.extend(parts.into_iter().map(str::to_owned));
        }
    }
    all
}
