//! Shopify: signature of its webhooks, and what their topics are about. The meaning of its words is in [`words`].
//!
//! A fulfilment has the tracking number and one word for where the parcel is, but no history ([`fulfillment`]). A fulfilment event has time,
//! place and message ([`event`]), but no tracking number, only the identity of the fulfilment. So a fulfilment of one parcel is remembered
//! by its identity, and its events find the parcel by that, whichever of the two comes first.

mod event;
mod fulfillment;
mod words;

use serde_json::Value;

use super::reading::{list, text};
use super::signature::{base64, is_hmac, is_right_with_any};
use super::{Delivery, Refusal, Request};

/// A fulfilment is a few parcels.
const MAX_NUMBERS: usize = 100;

/// Reads a webhook. Other topics are well received and say nothing; so is an event that does not say which parcel it is about.
///
/// The signature is over the body alone. Topic and time of the headers are not signed, so a time that counts comes from the body; a topic
/// that somebody else wrote on a body of Shopify's finds nothing in it.
pub(super) fn receive(request: &Request<'_>, secrets: &[String]) -> Result<Vec<Delivery>, Refusal> {
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

/// The tracking numbers of a fulfilment, one a parcel.
fn numbers(fulfillment: &Value) -> Vec<&str> {
    let all = list(fulfillment, "tracking_numbers", MAX_NUMBERS).iter().filter_map(Value::as_str).map(str::trim);
    let mut all: Vec<_> = all.filter(|number| !number.is_empty()).collect();
    if all.is_empty() {
        all.extend(text(fulfillment, "tracking_number"));
    }
    all
}

/// What Shopify calls the parcel of a fulfilment.
fn reference(fulfillment_id: &str) -> String {
    format!("shopify:{fulfillment_id}")
}

/// The word, where it is in no table.
fn unknown_word(status: &str) -> Vec<String> {
    if words::is_known(status) { Vec::new() } else { vec![status.to_owned()] }
}

#[cfg(test)]
mod tests;
