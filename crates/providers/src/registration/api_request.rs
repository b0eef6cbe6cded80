//! A request to the API of a provider.

/// Request that registers a number: a `POST`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiRequest {
    /// Path and query, to be appended to the address of the API.
    pub path: String,
    /// Name and value of the header with the key.
    pub key_header: (&'static str, String),
    /// Body as JSON. None if the request has no body.
    pub body: Option<String>,
}
