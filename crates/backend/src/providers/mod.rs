//! Tracking providers: each checks that a delivery is the provider's own and turns it into updates; one folder a provider, in which
//! `words.rs` is the table of what its words mean.
//!
//! What a provider sends is never trusted to be complete, in order, or new: the domain sorts that out. A word that is in no table stays
//! unknown, with the carrier's own text beside it, and is reported in [`Delivery::unknown`].

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

use chrono::{DateTime, Utc};
use http::HeaderMap;

use self::finish::finished;
pub use self::shipengine::Keys;
use crate::domain::update::Update;

/// What a part of several secrets that stand in one setting has to have: fewer characters than that are easily guessed.
const LEAST_OF_SEVERAL: usize = 16;

/// Why a delivery was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
    /// The provider signed with a key that is not known here, or not yet.
    UnknownKey,
    /// The signature is right, but was made too long ago to be anything but a repetition.
    Stale,
    /// The body is not what the provider documents; says why, for the log.
    Unreadable(String),
    /// No such provider.
    UnknownProvider,
}

/// What one delivery says about one tracking number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// The carrier's number; carriers use numbers again, so it may belong to more than one order. Where the provider does not say it, what
    /// the provider calls the shipment, as in [`Update::reference`].
    pub tracking_number: String,
    /// The carrier as the provider calls it.
    pub carrier: Option<String>,
    /// What became known.
    pub update: Update,
    /// The provider's words that are in no table, for the operator to see.
    pub unknown: Vec<String>,
}

/// A delivery as it came in.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its path, as it was sent.
    pub path: &'a str,
    /// What follows the question mark, as it was sent.
    pub query: Option<&'a str>,
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// Now.
    pub now: DateTime<Utc>,
}

/// What the signatures are checked with; a provider without a secret refuses everybody. Several secrets of one provider are right at once,
/// so that one can be replaced without a gap.
#[derive(Clone, Default)]
pub struct Secrets {
    /// EasyPost's webhook secrets.
    pub easypost: Vec<String>,
    /// Whether EasyPost's deliveries need the signature that has a date.
    pub easypost_dated: bool,
    /// AfterShip's webhook secrets.
    pub aftership: Vec<String>,
    /// Shippo's webhook secrets.
    pub shippo: Vec<String>,
    /// ShipEngine's public keys.
    pub shipengine: Option<Keys>,
    /// 17TRACK's security keys.
    pub seventeentrack: Vec<String>,
    /// Karrio's webhook secrets.
    pub karrio: Vec<String>,
    /// The client secrets of the Shopify app.
    pub shopify: Vec<String>,
    /// The secrets that are shared with carriers that are connected directly.
    pub carrier: Vec<String>,
}

/// The names of all providers, as they stand in the address of a webhook.
pub const NAMES: [&str; 8] = ["aftership", "carrier", "easypost", "karrio", "seventeentrack", "shipengine", "shippo", "shopify"];

/// Returns whether there is a provider of this name.
pub fn is_known(provider: &str) -> bool {
    NAMES.contains(&provider)
}

/// Returns every secret that is meant by what was configured: each as it is, and, where commas divide one into parts of at least sixteen
/// characters, each of the parts. A shorter part is no secret: the comma belongs to it.
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

/// Checks and reads what a provider sent. An empty list means that it was about something else and is well received. Where the provider
/// signed with a key that is not known here, its keys are read anew first, so often as that is allowed.
pub async fn receive(provider: &str, request: &Request<'_>, secrets: &Secrets) -> Result<Vec<Delivery>, Refusal> {
    let answer = check_and_read(provider, request, secrets);
    if answer == Err(Refusal::UnknownKey)
        && let Some(keys) = &secrets.shipengine
    {
        keys.reload(request.now).await;
        return check_and_read(provider, request, secrets);
    }
    answer
}

/// The same with the keys that are at hand.
fn check_and_read(provider: &str, request: &Request<'_>, secrets: &Secrets) -> Result<Vec<Delivery>, Refusal> {
    let deliveries = match provider {
        "aftership" => aftership::receive(request, &secrets.aftership),
        "carrier" => carrier::receive(request, &secrets.carrier),
        "easypost" => easypost::receive(request, &secrets.easypost, secrets.easypost_dated),
        "karrio" => karrio::receive(request, &secrets.karrio),
        "seventeentrack" => seventeentrack::receive(request, &secrets.seventeentrack),
        "shipengine" => shipengine::receive(request, secrets.shipengine.as_ref()),
        "shippo" => shippo::receive(request, &secrets.shippo),
        "shopify" => shopify::receive(request, &secrets.shopify),
        _ => Err(Refusal::UnknownProvider),
    };
    deliveries.map(finished)
}

/// Reads a payload whose origin is known, such as the demo's own.
pub(crate) fn read(provider: &str, body: &[u8], now: DateTime<Utc>) -> Result<Vec<Delivery>, Refusal> {
    let deliveries = match provider {
        "aftership" => aftership::read(body),
        "carrier" => carrier::deliveries(body, now),
        "easypost" => easypost::read(body),
        "karrio" => karrio::read(body),
        "seventeentrack" => seventeentrack::read(body),
        "shipengine" => shipengine::read(body, now),
        "shippo" => shippo::read(body),
        _ => Err(Refusal::UnknownProvider),
    };
    deliveries.map(finished)
}
