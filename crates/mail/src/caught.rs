//! Mails of the demo. They are kept in memory, where a page can show them, and never sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde::Serialize;

/// Maximum number of mails that are kept. The oldest is dropped.
const MOST: usize = 200;

/// A mail that was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaughtMail {
    /// Id of the message.
    pub id: String,
    /// Id of the order.
    pub order_id: String,
    /// Most important news of the mail, such as `delivered`.
    pub event: String,
    /// Time at which the message was written, in seconds.
    pub made_at: i64,
    /// Address of the shopper.
    pub to: String,
    /// BCP 47 tag of the language.
    pub lang: String,
    /// Subject.
    pub subject: String,
    /// Content as plain text.
    pub text: String,
    /// Content as HTML.
    pub html: String,
}

/// The mails that were caught. Clones share them.
#[derive(Clone, Default)]
pub struct Caught(Arc<Mutex<VecDeque<CaughtMail>>>);

impl Caught {
    /// Returns the mails, the newest first.
    pub fn mails(&self) -> Vec<CaughtMail> {
        self.0.lock().map(|mails| mails.iter().rev().cloned().collect()).unwrap_or_default()
    }

    pub(crate) fn keep(&self, mail: CaughtMail) {
        if let Ok(mut mails) = self.0.lock() {
            if mails.len() >= MOST {
                mails.pop_front();
            }
            mails.push_back(mail);
        }
    }
}
