//! ShipEngine's public keys, a JSON Web Key Set that is read from a file or fetched from its URL. The keys are kept in memory and are
//! loaded again without a restart: when a webhook request names an unknown key, and once an hour. Both are rate limited, so that forged key
//! names do not cause requests to ShipEngine. Until a reload succeeds, the old keys stay valid.

use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use ring::signature::RsaPublicKeyComponents;
use serde_json::Value;
use tokio::sync::Mutex;

use super::super::reading::{list, text};
use crate::outbound::connection::Connection;

/// Maximum number of keys that are read. A real set has a handful.
const MAX_KEYS: usize = 50;
/// Maximum size of a key set in bytes. A real set has a few thousand.
const MAX_BYTES: usize = 256 * 1_024;
/// Time after which keys are loaded again. A key that ShipEngine revokes becomes invalid within this time.
const AGE: TimeDelta = TimeDelta::hours(1);
/// Minimum time between two attempts to load the keys.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// An RSA public key.
type PublicKey = RsaPublicKeyComponents<Vec<u8>>;

/// ShipEngine's public keys and their source. Clones are cheap and share their state.
#[derive(Clone)]
pub struct Keys {
    source: Arc<Source>,
    known: Arc<RwLock<Known>>,
    /// Lock that admits one reload at a time.
    reading: Arc<Mutex<()>>,
}

enum Source {
    File(std::path::PathBuf),
    Address(Box<Connection>),
    #[cfg(test)]
    Fixed,
}

/// The loaded keys and the times of loading.
#[derive(Default)]
struct Known {
    keys: Vec<(String, PublicKey)>,
    /// Time at which the keys were last loaded.
    read_at: Option<DateTime<Utc>>,
    /// Time of the last attempt to load them.
    tried_at: Option<DateTime<Utc>>,
}

impl Keys {
    /// Creates the keys from a file or from a URL that begins with `https://`; `http://` is allowed for this machine only. Returns an error
    /// if the file is missing or holds no keys, or if the URL is not allowed. A URL is fetched when the first webhook request arrives, so
    /// the service starts without ShipEngine.
    pub fn at(place: &str) -> Result<Self, String> {
        if !place.contains("://") {
            let read = std::fs::read(place).map_err(|error| format!("cannot read ShipEngine's keys {place}: {error}"))?;
            let keys = parsed(&read)
                .ok_or_else(|| format!("{place} is no JSON Web Key Set with RSA keys, such as ShipEngine publishes"))?;
            return Ok(Self::new(Source::File(place.into()), Known { keys, ..Known::default() }));
        }
        let advice = "the address of ShipEngine's keys begins with https:// and is outside your network; http:// is for this machine alone";
        let connection =
            Connection::to("shipengine-jwks", place, is_this_machine(place)).map_err(|why| format!("{why}: {advice}"))?;
        Ok(Self::new(Source::Address(Box::new(connection)), Known::default()))
    }

    fn new(source: Source, known: Known) -> Self {
        Self { source: Arc::new(source), known: Arc::new(RwLock::new(known)), reading: Arc::new(Mutex::new(())) }
    }

    /// Creates keys that never change.
    #[cfg(test)]
    pub(super) fn fixed(json: &str) -> Self {
        Self::new(Source::Fixed, Known { keys: parsed(json.as_bytes()).unwrap_or_default(), ..Known::default() })
    }

    /// Returns the key of this name. Returns None if there is no such key, or if the keys are too old and may be loaded again.
    pub(super) fn named(&self, name: &str, now: DateTime<Utc>) -> Option<PublicKey> {
        let known = self.known.read().ok()?;
        let (_, key) = known.keys.iter().find(|(known, _)| known == name)?;
        (!self.is_due(&known, now)).then(|| PublicKey { n: key.n.clone(), e: key.e.clone() })
    }

    /// Returns true if the keys are too old and a reload is allowed.
    fn is_due(&self, known: &Known, now: DateTime<Utc>) -> bool {
        let is_old = known.read_at.is_none_or(|at| now.signed_duration_since(at).abs() > AGE);
        is_old && self.is_allowed(known, now)
    }

    fn is_allowed(&self, known: &Known, now: DateTime<Utc>) -> bool {
        let is_paused = known.tried_at.is_some_and(|at| now.signed_duration_since(at).abs() < PAUSE);
        match *self.source {
            Source::File(_) | Source::Address(_) => !is_paused,
            #[cfg(test)]
            Source::Fixed => false,
        }
    }

    /// Loads the keys again if the rate limit allows it. If another request is loading them, waits for that to finish first. On failure,
    /// the old keys stay valid.
    pub(in super::super) async fn reload(&self, now: DateTime<Utc>) {
        let _one_at_a_time = self.reading.lock().await;
        let may = self.known.write().is_ok_and(|mut known| {
            let may = self.is_allowed(&known, now);
            if may {
                known.tried_at = Some(now);
            }
            may
        });
        if !may {
            return;
        }
        match self.fetch().await {
            Ok(keys) => {
                if let Ok(mut known) = self.known.write() {
                    (known.keys, known.read_at) = (keys, Some(now));
                }
            }
            Err(why) => tracing::warn!(%why, "ShipEngine's keys could not be read; the ones that are known count on"),
        }
    }

    async fn fetch(&self) -> Result<Vec<(String, PublicKey)>, String> {
        let read = match &*self.source {
            Source::File(file) => std::fs::read(file).map_err(|error| error.to_string())?,
            Source::Address(connection) => connection.get(MAX_BYTES).await?,
            #[cfg(test)]
            Source::Fixed => return Err("these keys are fixed".to_owned()),
        };
        parsed(&read).ok_or_else(|| "it is no JSON Web Key Set with RSA keys".to_owned())
    }
}

/// Returns the RSA keys of a set with their names, or None if the JSON is no key set or has no RSA keys.
fn parsed(json: &[u8]) -> Option<Vec<(String, PublicKey)>> {
    let set: Value = serde_json::from_slice(json).ok()?;
    let number = |key: &Value, name| URL_SAFE_NO_PAD.decode(text(key, name)?.trim_end_matches('=')).ok();
    let key = |key: &Value| Some((text(key, "kid")?.to_owned(), PublicKey { n: number(key, "n")?, e: number(key, "e")? }));
    let keys: Vec<_> = list(&set, "keys", MAX_KEYS).iter().filter_map(key).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Returns true if the host of a URL is a loopback address, written as a number.
fn is_this_machine(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
