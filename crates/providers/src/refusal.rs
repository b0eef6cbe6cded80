//! Reasons for which a webhook request is refused. The backend maps them to HTTP problems.

/// Reason for which a webhook request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The signature is missing or wrong, or there is no secret to check it with.
    BadSignature,
    /// The key that the provider signed with is not in the loaded key set, or the key set is too old and has to be loaded again.
    UnknownKey,
    /// The signature is right, but was made more than five minutes before or after now. The request may be a replay.
    Stale,
    /// The body does not have the format that the provider documents. The text gives the reason, for the log.
    Unreadable(String),
    /// There is no provider of this name.
    UnknownProvider,
}
