//! The MIME message of a mail with its headers.

use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use crate::content::Content;
use crate::{html, text};

/// Envelope and headers of a mail.
pub(crate) struct Head<'a> {
    /// Sender.
    pub(crate) from: &'a Mailbox,
    /// Address of the shopper.
    pub(crate) to: &'a str,
    /// Id of the message in the outbox, the same for every attempt.
    pub(crate) id: &'a str,
    /// Time at which the message was written, in seconds.
    pub(crate) made_at: i64,
    /// Link that ends the mails with one click.
    pub(crate) unsubscribe: Option<&'a str>,
}

/// Returns the MIME message. An error does not contain the address. Every attempt of a message has the same Message-ID, so that receivers
/// recognise a repetition after a crash.
pub(crate) fn mime(head: &Head<'_>, content: &Content) -> Result<Message, String> {
    let to: Address = head.to.parse().map_err(|_| "the address is not one that mails can be sent to".to_owned())?;
    let domain = head.from.email.domain();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(head.made_at).unwrap_or_default());
    let mut builder = Message::builder()
        .from(head.from.clone())
        .to(Mailbox::new(None, to))
        .subject(&content.subject)
        .date(date)
        .message_id(Some(format!("<{}@{domain}>", head.id)))
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .raw_header(header("Content-Language", &content.language)?);
    if let Some(url) = head.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{url}>"))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let parts = MultiPart::alternative_plain_html(text::text(content), html::html(content));
    builder.multipart(parts).map_err(|error| error.to_string())
}

/// Returns a header whose value is written as it is. Refuses a value that is not visible ASCII, because it would have to be encoded.
fn header(name: &'static str, value: &str) -> Result<HeaderValue, String> {
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("the value of {name} is not visible ASCII"));
    }
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
    Ok(HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned()))
}
