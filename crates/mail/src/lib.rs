//! Mails to shoppers about their order. A mail says what the page says: its sentences come from the widget's core and catalogues. The words
//! that only mails have are in catalogues of their own (`locales/mail/`), which no shopper downloads.
//!
//! ```text
//! outbox (news) ─▶ sender ─▶ content (order, news) ─▶ html, text ─▶ message (MIME) ─▶ smtp, or caught in the demo
//! ```
//!
//! `words` has the texts of a language, and `unsubscribe_page` the page that ends the mails. The backend configures the sender.

mod caught;
mod content;
mod html;
mod keys;
mod message;
mod sender;
mod smtp;
mod text;
mod unsubscribe_page;
mod words;

#[cfg(test)]
mod content_tests;

pub use caught::{Caught, CaughtMail};
pub use sender::{Identity, Mailer};
pub use smtp::Smtp;
pub use unsubscribe_page::{UnsubscribePage, unsubscribe_page};
