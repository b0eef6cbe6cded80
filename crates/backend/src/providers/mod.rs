//! Tracking providers: each checks that a delivery is the provider's own and turns it into updates; one folder a provider, in which
//! `words.rs` is the table of what its words mean.
//!
//! What a provider sends is never trusted to be complete, in order, or new: the domain sorts that out. A word that is in no table stays
//! unknown, with the carrier's own text beside it, and is reported in [`Delivery::unknown`].

mod aftership;
mod carrier;
mod country;
mod easypost;
mod karrio;
mod meaning;
mod reading;
mod seventeentrack;
mod shipengine;
mod shippo;
mod shopify;
mod signature;
#[cfg(test)]
mod testing;
mod wording;
mod zone;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::Timestamp;
use http::HeaderMap;

use crate::domain::tracking::stage::instant;
use crate::domain::update::Update;

/// Why a delivery was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
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
    /// What follows the question mark, as it was sent.
    pub query: Option<&'a str>,
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// Now.
    pub now: DateTime<Utc>,
}

/// What the signatures are checked with; a provider without a secret refuses everybody.
#[derive(Clone, Default)]
pub struct Secrets {
    /// EasyPost's webhook secret.
    pub easypost: Option<String>,
    /// AfterShip's webhook secret.
    pub aftership: Option<String>,
    /// Shippo's webhook secret.
    pub shippo: Option<String>,
    /// ShipEngine's public keys, a JSON Web Key Set.
    pub shipengine: Option<String>,
    /// 17TRACK's security key.
    pub seventeentrack: Option<String>,
    /// Karrio's webhook secret.
    pub karrio: Option<String>,
    /// The client secret of the Shopify app.
    pub shopify: Option<String>,
    /// The secret that is shared with carriers that are connected directly.
    pub carrier: Option<String>,
}

/// The names of all providers, as they stand in the address of a webhook.
pub const NAMES: [&str; 8] = ["aftership", "carrier", "easypost", "karrio", "seventeentrack", "shipengine", "shippo", "shopify"];

/// Returns whether there is a provider of this name.
pub fn is_known(provider: &str) -> bool {
    NAMES.contains(&provider)
}

/// Checks and reads what a provider sent. An empty list means that it was about something else and is well received.
pub fn receive(provider: &str, request: &Request<'_>, secrets: &Secrets) -> Result<Vec<Delivery>, Refusal> {
    let deliveries = match provider {
        "aftership" => aftership::receive(request, secrets.aftership.as_deref()),
        "carrier" => carrier::receive(request, secrets.carrier.as_deref()),
        "easypost" => easypost::receive(request, secrets.easypost.as_deref()),
        "karrio" => karrio::receive(request, secrets.karrio.as_deref()),
        "seventeentrack" => seventeentrack::receive(request, secrets.seventeentrack.as_deref()),
        "shipengine" => shipengine::receive(request, secrets.shipengine.as_deref()),
        "shippo" => shippo::receive(request, secrets.shippo.as_deref()),
        "shopify" => shopify::receive(request, secrets.shopify.as_deref()),
        _ => Err(Refusal::UnknownProvider),
    };
    deliveries.map(dated)
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
    deliveries.map(dated)
}

/// A provider that does not say when it says something speaks of its newest scan: when that came in must not matter.
fn dated(mut deliveries: Vec<Delivery>) -> Vec<Delivery> {
    for update in deliveries.iter_mut().map(|delivery| &mut delivery.update) {
        let newest = update.events.iter().map(|event| instant(event, Tz::UTC)).max();
        update.told_at = update.told_at.or(newest.map(Timestamp::from));
    }
    deliveries
}
