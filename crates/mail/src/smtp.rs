//! Delivers mails to a mail server by SMTP, over TLS unless the address of the server says otherwise.

use std::time::Duration;

use doorstep_service::outbox::{Failure, Reason};
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

/// Maximum time for each step of the protocol.
const STEP_TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum time for a whole delivery.
const TIMEOUT: Duration = Duration::from_secs(120);
/// Answers to a wrong user name or password, or to a missing one (RFC 4954). They concern every mail until the operator corrects the
/// configuration, so the mail is kept.
const AUTHENTICATION: [u16; 4] = [530, 534, 535, 538];

/// A mail server.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// Creates the connection to the server of this address, such as `smtps://user:password@mail.example:465`. Returns an error text that
    /// does not contain the address, because the password is in it.
    pub fn new(url: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
            "the address of the mail server cannot be used: write smtps://user:password@host, or smtp://host?tls=required"
                .to_owned()
        })?;
        Ok(Self(builder.timeout(Some(STEP_TIMEOUT)).build()))
    }

    /// Delivers a message once. A refusal of this mail is permanent; everything else may succeed later.
    pub(crate) async fn deliver(&self, message: Message) -> Result<(), Failure> {
        let address: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
        match tokio::time::timeout(TIMEOUT, self.0.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error, &address)),
            Err(_) => Err(retryable("the mail server did not answer in time".to_owned().into())),
        }
    }
}

/// Returns the failure that an error of the protocol means. The answer of the server often repeats the address, which is left out.
fn failure(error: &Error, addresses: &[String]) -> Failure {
    let status = error.status().map(u16::from);
    let sender = match status {
        Some(status) => format!("the mail server answered {status}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "the connection to the mail server is not secure".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    };
    let receiver = addresses.iter().fold(error.to_string(), |text, address| text.replace(address.as_str(), "…"));
    let reason = Reason { sender, receiver, code: None };
    let is_about_us = status.is_some_and(|status| AUTHENTICATION.contains(&status));
    if error.is_permanent() && !is_about_us { Failure::Permanent(reason) } else { retryable(reason) }
}

pub(crate) fn retryable(reason: Reason) -> Failure {
    Failure::Retryable { reason, retry_after_s: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_with_its_kind_of_encryption_and_an_error_does_not_repeat_the_password() {
        for url in [
            "smtps://user:password@mail.example",
            "smtps://user:password@mail.example:8465/shop.example",
            "smtp://user:password@mail.example?tls=required",
            "smtp://mail.example?tls=opportunistic",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(Smtp::new(url).is_ok(), "{url}");
        }
        for url in ["mail.example", "https://user:password@mail.example", "smtp://user:password@mail.example?tls=never", ""] {
            let refused = Smtp::new(url).err().expect("refused");
            assert!(!refused.contains("user:password@mail.example") && refused.contains("smtps://"), "{refused}");
        }
    }
}
