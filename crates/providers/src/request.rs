//! A webhook request as the backend received it, for the signature checks of the providers.

use chrono::{DateTime, Utc};
use http::HeaderMap;

/// A webhook request as it was received.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// HTTP headers.
    pub headers: &'a HeaderMap,
    /// Path of the URL, as sent.
    pub path: &'a str,
    /// Query string without the question mark, as sent.
    pub query: Option<&'a str>,
    /// Raw body.
    pub body: &'a [u8],
    /// Time of receipt.
    pub now: DateTime<Utc>,
}
