//! Tracking providers: checks the authenticity of their webhook requests and turns them into updates for the domain. Each
//! provider has a folder; its `status_codes.rs` maps the provider's status codes to stage, condition and reason. This file only
//! selects the folder. The backend calls [`verify_and_parse`]; the demo calls [`parse_unverified`] with the payloads of its
//! scenarios.
//!
//! The crate of the shop platforms shares [`signature`], [`markup`], [`time`] and [`time_zone`] with the providers.
//!
//! A provider's data may be incomplete, out of order or already known; the domain handles that. A status code without an entry in
//! the table stays unknown, is shown with the carrier's own text and is reported in [`Delivery::unknown`].
//!
//! Some providers report only numbers that were registered with them: [`registration`] makes these requests.

mod aftership;
mod carrier;
mod carrier_text;
mod country;
mod delivery;
mod easypost;
mod fields;
mod karrio;
pub mod markup;
mod meaning;
mod normalize;
mod place;
mod public_keys;
mod refusal;
pub mod registration;
mod request;
mod return_to_sender;
mod secrets;
mod seventeentrack;
mod shipengine;
mod shippo;
mod shopify;
pub mod signature;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod testing;
pub mod time;
pub mod time_zone;

use chrono::{DateTime, Utc};

pub use self::delivery::Delivery;
use self::normalize::normalized;
pub use self::public_keys::{KeySet, PublicKey, PublicKeys};
pub use self::refusal::Refusal;
pub use self::request::Request;
pub use self::secrets::{Secrets, each_secret};

/// Names of all providers, as they appear in the URL of a webhook.
pub const NAMES: [&str; 8] = ["aftership", "carrier", "easypost", "karrio", "seventeentrack", "shipengine", "shippo", "shopify"];

/// Returns true if there is a provider of this name.
pub fn is_known(provider: &str) -> bool {
    NAMES.contains(&provider)
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
    deliveries.map(normalized)
}

/// Reads a payload without checking a signature, for payloads of known origin such as the demo's. Returns
/// `Refusal::UnknownProvider` for Shopify, because its topic is in a header.
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
    deliveries.map(normalized)
}
