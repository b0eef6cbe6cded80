//! Identification of a repeated request.

/// Idempotency key of a request, and a hash over the rest of the request.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// Idempotency key.
    pub key: String,
    /// Hash over method, path, conditions and body.
    pub fingerprint: [u8; 32],
}
