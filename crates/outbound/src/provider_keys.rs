//! Loads ShipEngine's public keys (a JSON Web Key Set) from a file or a URL, and verifies webhook requests with these keys. The
//! keys stay in memory. They are loaded again if a webhook request names an unknown key, or arrives more than an hour after the
//! last load. There is at most one attempt per minute, so that forged key names do not cause many requests to ShipEngine. If an
//! attempt fails, the old keys stay valid.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_providers::{self as providers, Delivery, KeySet, PublicKey, PublicKeys, Refusal, Request, Secrets};
use tokio::sync::Mutex;

use crate::connection::Connection;

/// Maximum size of a key set in bytes. A real key set has a few thousand bytes.
const MAX_BYTES: usize = 256 * 1_024;
/// Age of the loaded keys from which the next webhook request causes them to be loaded again. A key that ShipEngine has revoked
/// becomes invalid then.
const AGE: TimeDelta = TimeDelta::hours(1);
/// Minimum time between two attempts to load the keys.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Secrets of all tracking providers, and ShipEngine's keys, which are loaded at run time.
#[derive(Clone, Default)]
pub struct ProviderSecrets {
    secrets: Secrets,
    keys: Option<ReloadingKeys>,
}

impl ProviderSecrets {
    /// Combines the configured secrets with the source of ShipEngine's keys.
    pub fn new(secrets: Secrets, keys: Option<ReloadingKeys>) -> Self {
        let shipengine = keys.clone().map(|keys| Arc::new(keys) as Arc<dyn PublicKeys>);
        Self { secrets: Secrets { shipengine, ..secrets }, keys }
    }

    /// Verifies the signature of a webhook request and parses its payload. Returns an empty list if the signature is valid but
    /// the payload is not about tracking. If the provider signed with an unknown key, loads the key set again, if the rate limit
    /// allows it, and repeats the verification.
    pub async fn verify_and_parse(&self, provider: &str, request: &Request<'_>) -> Result<Vec<Delivery>, Refusal> {
        let parsed = providers::verify_and_parse(provider, request, &self.secrets);
        if parsed == Err(Refusal::UnknownKey)
            && let Some(keys) = &self.keys
        {
            keys.reload(request.now).await;
            return providers::verify_and_parse(provider, request, &self.secrets);
        }
        parsed
    }
}

/// ShipEngine's public keys and their source. Clones are cheap and share the keys.
#[derive(Clone)]
pub struct ReloadingKeys {
    source: Arc<Source>,
    loaded: Arc<RwLock<Loaded>>,
    /// Lock that allows only one reload at a time.
    reload: Arc<Mutex<()>>,
}

enum Source {
    File(std::path::PathBuf),
    Url(Box<Connection>),
}

/// The loaded keys, and the times at which they were loaded.
#[derive(Default)]
struct Loaded {
    keys: KeySet,
    /// Time of the last successful reload. None until the first one, even if the keys were read from a file at the start.
    loaded_at: Option<DateTime<Utc>>,
    /// Time of the last attempt to reload the keys.
    tried_at: Option<DateTime<Utc>>,
}

impl ReloadingKeys {
    /// Creates the keys from `place`, which is a file or a URL with `https://`; `http://` is allowed for loopback addresses only.
    /// Returns an error if the file cannot be read or contains no keys, or if the URL is not allowed. A URL is fetched when the
    /// first webhook request arrives, so the backend starts even if ShipEngine cannot be reached.
    pub fn at(place: &str) -> Result<Self, String> {
        if !place.contains("://") {
            let json = std::fs::read(place).map_err(|error| format!("cannot read ShipEngine's keys {place}: {error}"))?;
            let keys = KeySet::from_json(&json)
                .ok_or_else(|| format!("{place} is no JSON Web Key Set with RSA keys, such as ShipEngine publishes"))?;
            return Ok(Self::new(Source::File(place.into()), Loaded { keys, ..Loaded::default() }));
        }
        let advice = "the address of ShipEngine's keys begins with https:// and is outside your network; http:// is for this machine alone";
        let connection =
            Connection::to("shipengine-jwks", place, is_loopback(place)).map_err(|why| format!("{why}: {advice}"))?;
        Ok(Self::new(Source::Url(Box::new(connection)), Loaded::default()))
    }

    fn new(source: Source, loaded: Loaded) -> Self {
        Self { source: Arc::new(source), loaded: Arc::new(RwLock::new(loaded)), reload: Arc::new(Mutex::new(())) }
    }

    /// Loads the keys again if the rate limit allows it. If another task is loading the keys, waits until it has finished. On
    /// failure, the old keys stay valid.
    async fn reload(&self, now: DateTime<Utc>) {
        let _one_at_a_time = self.reload.lock().await;
        let may = self.loaded.write().is_ok_and(|mut loaded| {
            let may = loaded.may_reload(now);
            if may {
                loaded.tried_at = Some(now);
            }
            may
        });
        if !may {
            return;
        }
        match self.fetch().await {
            Ok(keys) => {
                if let Ok(mut loaded) = self.loaded.write() {
                    (loaded.keys, loaded.loaded_at) = (keys, Some(now));
                }
            }
            Err(why) => tracing::warn!(%why, "ShipEngine's keys could not be loaded; the keys that are loaded stay valid"),
        }
    }

    async fn fetch(&self) -> Result<KeySet, String> {
        let json = match &*self.source {
            Source::File(file) => std::fs::read(file).map_err(|error| error.to_string())?,
            Source::Url(connection) => connection.get(MAX_BYTES).await?,
        };
        KeySet::from_json(&json).ok_or_else(|| "it is no JSON Web Key Set with RSA keys".to_owned())
    }
}

impl PublicKeys for ReloadingKeys {
    /// Returns the key with this name. Returns None if the key is unknown, or if the keys have to be loaded again first.
    fn named(&self, name: &str, now: DateTime<Utc>) -> Option<PublicKey> {
        let loaded = self.loaded.read().ok()?;
        let key = loaded.keys.get(name)?;
        (!loaded.is_due(now)).then_some(key)
    }
}

impl Loaded {
    /// Returns true if the keys have to be loaded again and the rate limit allows it. The keys have to be loaded again if the
    /// last successful reload is longer ago than `AGE`, or if there was no successful reload since the start.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let is_old = self.loaded_at.is_none_or(|at| now.signed_duration_since(at).abs() > AGE);
        is_old && self.may_reload(now)
    }

    /// Returns true if the last attempt to load the keys was at least `PAUSE` ago.
    fn may_reload(&self, now: DateTime<Utc>) -> bool {
        self.tried_at.is_none_or(|at| now.signed_duration_since(at).abs() >= PAUSE)
    }
}

/// Returns true if the host of a URL is a numeric loopback address, such as `127.0.0.1`.
fn is_loopback(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[path = "provider_keys_tests.rs"]
mod tests;
