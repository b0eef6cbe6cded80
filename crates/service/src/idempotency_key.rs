//! Identification of a repeated request.

/// Idempotency key of a request, and a hash over everything else of it.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// Idempotency key.
    pub key: String,
    /// Hash over method, path, conditions and body.
    pub fingerprint: [u8; 32],
}
