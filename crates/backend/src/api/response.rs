//! Helpers for responses.

use axum::http::{HeaderName, HeaderValue, header};

/// Returns a response of JSON text that is already serialized.
pub(crate) fn json(text: String) -> ([(HeaderName, HeaderValue); 1], String) {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text)
}
