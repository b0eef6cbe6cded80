//! The answer of a provider to a registration, and its outcome.

use serde_json::Value;

use super::obstacle::Obstacle;

/// Response of a provider.
pub struct Response<'a> {
    /// HTTP status.
    pub status: u16,
    /// Body; empty if it could not be read.
    pub body: &'a [u8],
}

/// Outcome of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider reports the number from now on.
    Registered,
    /// The provider had the number already, and reports it.
    AlreadyRegistered,
    /// The number was not registered.
    Failed(Obstacle),
}

impl Response<'_> {
    /// Returns the body as JSON, or `Value::Null` if it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(self.body).unwrap_or_default()
    }

    /// Returns the outcome that the status alone tells. All providers document these statuses.
    pub(super) fn by_status(&self) -> Outcome {
        match self.status {
            200..=299 => Outcome::Registered,
            401 | 403 => Outcome::Failed(Obstacle::KeyRefused),
            402 => Outcome::Failed(Obstacle::PlanLimit),
            404 | 405 => Outcome::Failed(Obstacle::WrongAddress),
            429 => Outcome::Failed(Obstacle::RateLimited),
            // 408 and 425 ask for a repetition. 409 reports another request about the same number that is still in progress.
            408 | 409 | 425 => Outcome::Failed(Obstacle::Unavailable),
            400..=499 => Outcome::Failed(Obstacle::RequestRefused),
            _ => Outcome::Failed(Obstacle::Unavailable),
        }
    }

    /// Returns true if the provider refused the content of the request, so that its error code tells the reason.
    pub(super) fn is_content_refused(&self) -> bool {
        self.by_status() == Outcome::Failed(Obstacle::RequestRefused)
    }
}

/// Returns true if a value contains an object with this field, at any depth that a JSON parser accepts.
pub(super) fn has_field(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(field, inner)| field == name || has_field(inner, name)),
        Value::Array(values) => values.iter().any(|inner| has_field(inner, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
