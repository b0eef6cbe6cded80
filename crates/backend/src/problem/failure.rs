//! The failures of a request. Raised by the API and the layers around it.

use doorstep_service::Error;

/// Failure of a request.
#[derive(Clone, Debug)]
pub enum Problem {
    /// The path does not exist.
    NoSuchRoute,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The admin key is missing or wrong.
    Unauthorized,
    /// The signature of a webhook is missing or wrong.
    BadSignature,
    /// The signature of a webhook is too old.
    StaleWebhook,
    /// There is no provider of this name.
    UnknownProvider,
    /// The body of a webhook is not as the provider documents it. The reason is for the logs only.
    UnreadableWebhook(String),
    /// The body is not JSON.
    MalformedJson,
    /// The body is incomplete.
    BodyIncomplete,
    /// The body took too long to arrive.
    BodyTooSlow,
    /// The type of the body is not JSON.
    UnsupportedMediaType,
    /// The body is longer than this many bytes.
    TooLarge(usize),
    /// The photo is larger than this many bytes.
    EvidenceTooLarge(usize),
    /// A label is not available in any of the requested types.
    NotAcceptable,
    /// The idempotency key of a write is missing or invalid.
    IdempotencyKeyMissing,
    /// The token allows only to read the order.
    ActNotAllowed,
    /// Too many open streams.
    TooManyStreams,
    /// Too many simultaneous photo uploads.
    TooManyUploads,
    /// The service refused the command or the query.
    Service(Error),
}

impl Problem {
    /// Returns the problem of one invalid field, named by its JSON pointer.
    pub(crate) fn field(pointer: &str, code: &str) -> Self {
        Self::Service(Error::field(pointer, code))
    }

    /// Returns an internal error. The detail is for the logs only.
    pub(crate) fn internal(detail: impl ToString) -> Self {
        Self::Service(Error::Internal(detail.to_string()))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Service(error.into())
    }
}
