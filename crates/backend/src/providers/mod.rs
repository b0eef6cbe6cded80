//! Tracking providers: checks a signature, turns a payload into updates. Called by the webhook handler.

use crate::domain::update::Update;

/// Why a delivery was not accepted.
#[derive(Debug)]
pub enum Refusal {
    /// The signature is missing or wrong.
    BadSignature,
    /// The body is not what the provider documents.
    Unreadable(String),
    /// No such provider.
    UnknownProvider,
}

/// What one delivery says about one tracking number.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The carrier's number.
    pub tracking_number: String,
    /// The carrier's code, where the provider says it.
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

/// Checks and reads a delivery.
pub fn receive(
    provider: &str,
    headers: &axum::http::HeaderMap,
    body: &[u8],
    secrets: &Secrets,
) -> Result<Vec<Delivery>, Refusal> {
    #[derive(serde::Deserialize)]
    struct Body {
        tracking_number: String,
        carrier: Option<String>,
        events: Vec<doorstep_core::wire::Event>,
    }
    if provider != "easypost" {
        return Err(Refusal::UnknownProvider);
    }
    let given = headers.get("x-hmac-signature").and_then(|value| value.to_str().ok());
    if given.is_none() || given != secrets.easypost.as_deref() {
        return Err(Refusal::BadSignature);
    }
    let body: Body = serde_json::from_slice(body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    let update = Update {
        events: body.events,
        ..Update::default()
    };
    Ok(vec![Delivery {
        tracking_number: body.tracking_number,
        carrier: body.carrier,
        update,
    }])
}
