//! ShipEngine's public keys, the JSON Web Key Set that it publishes: from a file, or from its address. They are kept in memory and read anew
//! without a restart: when a delivery names a key that is not among them, and once an hour. Both are limited, so that made-up names of keys do
//! not become requests to ShipEngine; until new ones have been read, the old ones count.

use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use ring::signature::RsaPublicKeyComponents;
use serde_json::Value;
use tokio::sync::Mutex;

use super::super::reading::{list, text};
use crate::outbound::connection::Connection;

/// A set has a handful of keys.
const MAX_KEYS: usize = 50;
/// A set of keys is a few thousand bytes.
const MAX_BYTES: usize = 256 * 1_024;
/// How long keys count before they are read anew: one that ShipEngine takes back ends within this time.
const AGE: TimeDelta = TimeDelta::hours(1);
/// How often they are read at most, whatever deliveries say.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// A key of RSA.
type PublicKey = RsaPublicKeyComponents<Vec<u8>>;

/// ShipEngine's public keys, and where they come from. Cloning it is cheap; every clone is the same.
#[derive(Clone)]
pub struct Keys {
    source: Arc<Source>,
    known: Arc<RwLock<Known>>,
    /// One reads them at a time.
    reading: Arc<Mutex<()>>,
}

enum Source {
    File(std::path::PathBuf),
    Address(Box<Connection>),
    #[cfg(test)]
    Fixed,
}

/// What is known of the keys.
#[derive(Default)]
struct Known {
    keys: Vec<(String, PublicKey)>,
    /// When they were read.
    read_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    tried_at: Option<DateTime<Utc>>,
}

impl Keys {
    /// Keys from a file, or from an address that begins with `https://`; `http://` is for this machine alone. A file has to be there and to
    /// hold keys. An address is asked when the first delivery comes: the service starts without ShipEngine.
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

    /// Keys that never change.
    #[cfg(test)]
    pub(super) fn fixed(json: &str) -> Self {
        Self::new(Source::Fixed, Known { keys: parsed(json.as_bytes()).unwrap_or_default(), ..Known::default() })
    }

    /// The key of this name; `None` where there is none, or where the keys are so old that they have to be read anew first.
    pub(super) fn named(&self, name: &str, now: DateTime<Utc>) -> Option<PublicKey> {
        let known = self.known.read().ok()?;
        let (_, key) = known.keys.iter().find(|(known, _)| known == name)?;
        (!self.is_due(&known, now)).then(|| PublicKey { n: key.n.clone(), e: key.e.clone() })
    }

    /// Whether they are to be read anew, and may be.
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

    /// Reads the keys anew, if that is allowed again; where another delivery is reading them, waits for that instead.
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

/// The RSA keys of a set by their names; `None` where it is no set, or has none.
fn parsed(json: &[u8]) -> Option<Vec<(String, PublicKey)>> {
    let set: Value = serde_json::from_slice(json).ok()?;
    let number = |key: &Value, name| URL_SAFE_NO_PAD.decode(text(key, name)?.trim_end_matches('=')).ok();
    let key = |key: &Value| Some((text(key, "kid")?.to_owned(), PublicKey { n: number(key, "n")?, e: number(key, "e")? }));
    let keys: Vec<_> = list(&set, "keys", MAX_KEYS).iter().filter_map(key).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Whether an address is one of this machine, written as a number.
fn is_this_machine(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
