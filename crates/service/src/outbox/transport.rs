//! The interface of the code that sends messages to their receiver. The backend implements it over HTTP, and over SMTP for mails.

use std::fmt::{Display, Formatter};

use crate::store::{Channel, Message};

/// Sends the messages of one channel to their receiver.
pub trait Transport: Sync {
    /// Returns the channel of the messages.
    fn channel(&self) -> Channel;

    /// Tries once to deliver a message; `now` in seconds.
    fn deliver(&self, message: &Message, now: i64) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Failure of one attempt to deliver a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A later attempt may succeed.
    Retryable {
        /// Reason for the failure.
        reason: Reason,
        /// Wait in seconds that the receiver asks for; None if the receiver asks for no wait.
        retry_after_s: Option<i64>,
    },
    /// The receiver takes no message at present, for a reason that does not lie in the message. The attempt does not count, so
    /// that no message becomes a dead letter because of it.
    Paused {
        /// Reason for the pause.
        reason: Reason,
        /// Wait in seconds.
        wait_s: i64,
    },
    /// Every further attempt would fail in the same way.
    Permanent(Reason),
}

/// Reason for a failure, as described by the sender and by the receiver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// Description by the sender, which may be logged.
    pub sender: String,
    /// Answer of the receiver; empty if there was none. It may repeat personal data from the message, so it is never logged.
    pub receiver: String,
    /// Code of the reason, which is stored with the message. None if the reason has no code.
    pub code: Option<&'static str>,
}

impl From<String> for Reason {
    fn from(sender: String) -> Self {
        Self { sender, ..Self::default() }
    }
}

impl Failure {
    fn reason(&self) -> &Reason {
        let (Self::Retryable { reason, .. } | Self::Paused { reason, .. } | Self::Permanent(reason)) = self;
        reason
    }

    /// Returns the text that is stored with the message.
    pub fn stored_text(&self) -> String {
        let Reason { sender, receiver, .. } = self.reason();
        if receiver.is_empty() { sender.clone() } else { format!("{sender}: {receiver}") }
    }

    /// Returns the code of the reason, or None if the reason has no code.
    pub fn code(&self) -> Option<&'static str> {
        self.reason().code
    }
}

/// Writes only the part that may be logged.
impl Display for Failure {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.reason().sender)
    }
}
