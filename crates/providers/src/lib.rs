//! Tracking providers: checks the authenticity of their webhook requests and turns them into updates for the domain. Each provider has a
//! folder; its `words.rs` maps the provider's status codes to stage, condition and reason. The api calls `verify_and_parse`; the demo calls `read`
//! with payloads of its own.
//!
//! A provider's data may be incomplete, out of order or already known; the domain handles that. A status code without an entry in the table
//! stays unknown, is shown with the carrier's own text and is reported in [`Delivery::unknown`].

mod aftership;
mod carrier;
mod country;
mod easypost;
mod finish;
mod karrio;
mod markup;
mod meaning;
mod reading;
mod seventeentrack;
mod shipengine;
mod shippo;
mod shopify;
mod signature;
#[cfg(test)]
mod taken_back_tests;
#[cfg(test)]
mod testing;
mod to_sender;
mod wording;
mod zone;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use doorstep_domain::tracking::TrackingUpdate;
use http::HeaderMap;

use self::finish::finished;

pub use self::shipengine::{KeySet, PublicKey, PublicKeys};

/// Minimum length, in characters, of each part of a setting that holds several secrets. Shorter parts are easily guessed.
const LEAST_OF_SEVERAL: usize = 16;

/// Reason for which a webhook request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
    /// The provider signed with a key that is not in the key set, or not yet.
    UnknownKey,
    /// The signature is right, but too old: the request may be a replay.
    Stale,
    /// The body does not have the format that the provider documents. The text gives the reason, for the log.
    Unreadable(String),
    /// There is no provider of this name.
    UnknownProvider,
}

/// Content of one webhook request that concerns one tracking number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// The carrier's tracking number. Carriers reuse numbers, so it may belong to more than one order. Where the provider sends no tracking
    /// number, this is the provider's own identifier of the shipment, as in [`TrackingUpdate::reference`].
    pub tracking_number: String,
    /// Carrier, as the provider names it.
    pub carrier: Option<String>,
    /// The new tracking events and facts.
    pub update: TrackingUpdate,
    /// Status codes of the provider without an entry in the tables, for the operator.
    pub unknown: Vec<String>,
}

/// A webhook request as it was received.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// HTTP headers.
    pub headers: &'a HeaderMap,
    /// Path of the URL, as sent.
    pub path: &'a str,
    /// Query string without the question mark, as sent.
    pub query: Option<&'a str>,
    /// Raw body.
    pub body: &'a [u8],
    /// Time of receipt.
    pub now: DateTime<Utc>,
}

/// Secrets and keys that signatures are checked with. A provider without a secret refuses every request. All secrets of a provider are
/// valid at the same time, so that one can be replaced without an interruption.
#[derive(Clone, Default)]
pub struct Secrets {
    /// EasyPost's webhook secrets.
    pub easypost: Vec<String>,
    /// True if EasyPost's webhook requests need the signature that covers the time.
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

/// Names of all providers, as they appear in the URL of a webhook.
pub const NAMES: [&str; 8] = ["aftership", "carrier", "easypost", "karrio", "seventeentrack", "shipengine", "shippo", "shopify"];

/// Returns true if there is a provider of this name.
pub fn is_known(provider: &str) -> bool {
    NAMES.contains(&provider)
}

/// Returns every secret that the configured values stand for: each value itself, and the parts of a value that commas divide, if every part
/// has at least sixteen characters. If one part is shorter, the comma belongs to the secret.
pub fn each_secret(configured: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for secret in configured.iter().filter(|secret| !secret.is_empty()) {
        all.push(secret.clone());
        let parts: Vec<&str> = secret.split(',').map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.chars().count() >= LEAST_OF_SEVERAL) {
            all.extend(parts.into_iter().map(str::to_owned));
        }
    }
    all
}

/// Checks the authenticity of a webhook request and reads it. Returns an empty list if the request is authentic but does not concern
/// tracking.
pub fn verify_and_parse(provider: &str, request: &Request<'_>, secrets: &Secrets) -> Result<Vec<Delivery>, Refusal> {
    let deliveries = match provider {
        "aftership" => aftership::verify_and_parse(request, &secrets.aftership),
        "carrier" => carrier::verify_and_parse(request, &secrets.carrier),
        "easypost" => easypost::verify_and_parse(request, &secrets.easypost, secrets.easypost_dated),
        "karrio" => karrio::verify_and_parse(request, &secrets.karrio),
        "seventeentrack" => seventeentrack::verify_and_parse(request, &secrets.seventeentrack),
        "shipengine" => shipengine::verify_and_parse(request, secrets.shipengine.as_deref()),
        "shippo" => shippo::verify_and_parse(request, &secrets.shippo),
        "shopify" => shopify::verify_and_parse(request, &secrets.shopify),
        _ => Err(Refusal::UnknownProvider),
    };
    deliveries.map(finished)
}

/// Reads a payload without checking a signature, for payloads of known origin such as those of the demo.
pub fn parse_unverified(provider: &str, body: &[u8], now: DateTime<Utc>) -> Result<Vec<Delivery>, Refusal> {
    let deliveries = match provider {
        "aftership" => aftership::parse_unverified(body),
        "carrier" => carrier::parse_unverified(body, now),
        "easypost" => easypost::parse_unverified(body),
        "karrio" => karrio::parse_unverified(body),
        "seventeentrack" => seventeentrack::parse_unverified(body),
        "shipengine" => shipengine::parse_unverified(body, now),
        "shippo" => shippo::parse_unverified(body),
        _ => Err(Refusal::UnknownProvider),
    };
    deliveries.map(finished)
}
