//! Reasons for which a webhook request is refused. The backend maps them to HTTP problems.

/// Reason for which a webhook request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
    /// The provider signed with a key that the loaded key set does not contain. The set may be outdated.
    UnknownKey,
    /// The signature is right, but too old: the request may be a replay.
    Stale,
    /// The body does not have the format that the provider documents. The text gives the reason, for the log.
    Unreadable(String),
    /// There is no provider of this name.
    UnknownProvider,
}
