//! Shopify: signature and topics of its webhooks. [`status_codes`] maps its status codes.
//!
//! A fulfilment has the tracking number and one status, but no history ([`fulfillment`]). A fulfilment event has time, place and
//! message ([`event`]), but no tracking number, only the id of the fulfilment. A fulfilment of one parcel is therefore stored
//! with its id as a reference. Its events find the shipment by that id, even if they arrive before the fulfilment.

#[cfg(test)]
pub(super) mod case;
mod event;
mod fulfillment;
mod parcel;
mod status_codes;

use serde_json::Value;

use crate::delivery::Delivery;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::signature::{base64, is_valid_hmac, matches_any_secret};

/// Checks and reads a webhook request. Returns an empty list for other topics, and for an event that does not identify its
/// parcel.
///
/// The signature covers the body alone. Topic and time in the headers are not signed, so the time is taken from the body. A
/// genuine body under a forged topic has no usable fields.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = header("x-shopify-hmac-sha256").and_then(base64);
    match given {
        Some(given) if matches_any_secret(secrets, |secret| is_valid_hmac(secret, &[request.body], &given)) => {}
        _ => return Err(Refusal::BadSignature),
    }
    let body = || serde_json::from_slice::<Value>(request.body).map_err(|error| Refusal::Unreadable(error.to_string()));
    match header("x-shopify-topic") {
        Some("fulfillments/create" | "fulfillments/update") => fulfillment::parse(&body()?),
        Some("fulfillment_events/create") => event::parse(&body()?),
        Some(_) => Ok(Vec::new()),
        None => Err(Refusal::Unreadable("no x-shopify-topic".to_owned())),
    }
}

#[cfg(test)]
mod tests;
