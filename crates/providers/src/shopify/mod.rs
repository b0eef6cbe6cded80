//! Shopify: signature and topics of its webhooks. [`words`] maps its status codes.
//!
//! A fulfilment has the tracking number and one status, but no history ([`fulfillment`]). A fulfilment event has time, place and message
//! ([`event`]), but no tracking number, only the id of the fulfilment. A fulfilment of one parcel is therefore stored with its id as a
//! reference, and its events find the shipment by that id, whichever of the two comes first.

mod event;
mod fulfillment;
mod words;

use serde_json::Value;

use super::reading::{list, text};
use super::signature::{base64, is_hmac, is_right_with_any};
use super::{Delivery, Refusal, Request};

/// Maximum number of tracking numbers that are read from a fulfilment. A real one has a few.
const MAX_NUMBERS: usize = 100;

/// Checks and reads a webhook request. Returns an empty list for other topics, and for an event that does not identify its parcel.
///
/// The signature covers the body alone. Topic and time in the headers are not signed, so the time is taken from the body; a forged topic on
/// a genuine body finds no usable fields in it.
pub(super) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = header("x-shopify-hmac-sha256").and_then(base64);
    match given {
        Some(given) if is_right_with_any(secrets, |secret| is_hmac(secret, &[request.body], &given)) => {}
        _ => return Err(Refusal::BadSignature),
    }
    let body = || serde_json::from_slice::<Value>(request.body).map_err(|error| Refusal::Unreadable(error.to_string()));
    match header("x-shopify-topic") {
        Some("fulfillments/create" | "fulfillments/update") => fulfillment::read(&body()?),
        Some("fulfillment_events/create") => event::read(&body()?),
        Some(_) => Ok(Vec::new()),
        None => Err(Refusal::Unreadable("no x-shopify-topic".to_owned())),
    }
}

/// Returns the tracking numbers of a fulfilment, one per parcel.
fn numbers(fulfillment: &Value) -> Vec<&str> {
    let all = list(fulfillment, "tracking_numbers", MAX_NUMBERS).iter().filter_map(Value::as_str).map(str::trim);
    let mut all: Vec<_> = all.filter(|number| !number.is_empty()).collect();
    if all.is_empty() {
        all.extend(text(fulfillment, "tracking_number"));
    }
    all
}

/// Returns the reference of the shipment of a fulfilment.
fn reference(fulfillment_id: &str) -> String {
    format!("shopify:{fulfillment_id}")
}

/// Returns the status code if it is not in the table.
fn unknown_word(status: &str) -> Vec<String> {
    if words::is_known(status) { Vec::new() } else { vec![status.to_owned()] }
}

#[cfg(test)]
mod tests;
