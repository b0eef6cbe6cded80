//! Tracking providers: each checks the signature of what it is sent and turns it into updates; one folder a provider.

mod easypost;
mod wording;

use http::HeaderMap;

use crate::domain::update::Update;

/// Why a delivery was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
    /// The body is not what the provider documents; says why, for the log.
    Unreadable(String),
    /// No such provider.
    UnknownProvider,
}

/// What one delivery says about one tracking number.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// The carrier's number; carriers use numbers again, so it may belong to more than one order.
    pub tracking_number: String,
    /// The carrier as the provider calls it.
    pub carrier: Option<String>,
    /// What became known.
    pub update: Update,
}

/// What the signatures are checked with.
#[derive(Clone, Default)]
pub struct Secrets {
    /// EasyPost's webhook secret.
    pub easypost: Option<String>,
}

/// Checks and reads what a provider sent. An empty list means that it was about something else and is well received.
pub fn receive(provider: &str, headers: &HeaderMap, body: &[u8], secrets: &Secrets) -> Result<Vec<Delivery>, Refusal> {
    match provider {
        "easypost" => easypost::receive(headers, body, secrets.easypost.as_deref()),
        _ => Err(Refusal::UnknownProvider),
    }
}
