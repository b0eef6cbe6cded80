//! What answers have in common.

use axum::http::{HeaderName, HeaderValue, header};

/// JSON that is ready to send.
pub(crate) fn json(text: String) -> ([(HeaderName, HeaderValue); 1], String) {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text)
}
