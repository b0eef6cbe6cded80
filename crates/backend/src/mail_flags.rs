//! Flags of the mails to shoppers, and their checks.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use clap::Args;
use doorstep_documents::news::NewsKind;
use doorstep_service::{CONTACT_KEY_BYTES, MailSettings};

use crate::addresses::web_address;
use crate::limits::rate::duration;

/// Flags of the mails to shoppers.
#[derive(Clone, Default, Args)]
pub struct MailFlags {
    /// Mail server, such as `smtps://user:password@mail.example` or `smtp://mail.example?tls=required`; no mails are sent without one
    #[arg(long, env = "DOORSTEP_SMTP_URL", hide_env_values = true, value_name = "URL", help_heading = "Mails to shoppers")]
    pub smtp_url: Option<String>,
    /// Sender of the mails, such as `Shop <orders@shop.example>`; needed with --smtp-url
    #[arg(long, env = "DOORSTEP_MAIL_FROM", value_name = "ADDRESS", help_heading = "Mails to shoppers")]
    pub mail_from: Option<String>,
    /// Key that addresses of shoppers are encrypted with, 32 bytes in base64; needed with --smtp-url
    #[arg(long, env = "DOORSTEP_CONTACT_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Mails to shoppers")]
    pub contact_key: Option<String>,
    /// News that mails are sent about; repeatable [default: all]
    #[arg(
        long = "mail-events",
        env = "DOORSTEP_MAIL_EVENTS",
        value_delimiter = ',',
        value_name = "NEWS",
        help_heading = "Mails to shoppers"
    )]
    pub mail_events: Vec<NewsKind>,
    /// Time that the news of a dispatch waits for further parcels of the order [default: 5m; with --demo none]
    #[arg(long, env = "DOORSTEP_MAIL_HOLD", value_name = "TIME", value_parser = duration, help_heading = "Mails to shoppers")]
    pub mail_hold: Option<Duration>,
}

/// Default time that the news of a dispatch waits for further parcels.
const HOLD: Duration = Duration::from_secs(300);
/// Key of the demo, whose addresses belong to nobody.
const DEMO_KEY: [u8; CONTACT_KEY_BYTES] = *b"the demo's key, worth nothing...";

/// Other flags that the mails depend on.
pub(crate) struct MailSurroundings<'a> {
    /// True in the demo, which keeps its mails.
    pub(crate) is_demo: bool,
    /// Public address of the API.
    pub(crate) public_url: &'a str,
    /// Page that shows an order.
    pub(crate) order_page_url: &'a str,
    /// Lifetime of links.
    pub(crate) token_ttl: Duration,
}

impl MailFlags {
    /// Returns the settings of the mails, or None if no mails are sent. An error describes what is missing or wrong.
    pub(crate) fn settings(&self, surroundings: &MailSurroundings<'_>) -> Result<Option<MailSettings>, String> {
        let is_demo = surroundings.is_demo;
        if !is_demo && self.smtp_url.is_none() {
            return Ok(None);
        }
        let contact_key = if is_demo { DEMO_KEY } else { self.checked_key()? };
        if !is_demo {
            check_addresses(surroundings)?;
        }
        let kinds = if self.mail_events.is_empty() { NewsKind::ALL.to_vec() } else { self.mail_events.clone() };
        let time = |time: Duration| TimeDelta::from_std(time).map_err(|error| error.to_string());
        let hold = time(self.mail_hold.unwrap_or(if is_demo { Duration::ZERO } else { HOLD }))?;
        Ok(Some(MailSettings { contact_key, kinds, hold, link_ttl: time(surroundings.token_ttl)? }))
    }

    fn checked_key(&self) -> Result<[u8; CONTACT_KEY_BYTES], String> {
        let Some(text) = &self.contact_key else {
            return Err(format!("there is no key to encrypt the addresses of shoppers with.\n{KEY_HELP}"));
        };
        let key = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        key.ok_or_else(|| format!("the contact key is not {CONTACT_KEY_BYTES} bytes in base64.\n{KEY_HELP}"))
    }
}

/// Refuses addresses that lead nowhere from a mail: links in a mail have to be complete.
fn check_addresses(surroundings: &MailSurroundings<'_>) -> Result<(), String> {
    let complete = [("DOORSTEP_PUBLIC_URL", surroundings.public_url), ("DOORSTEP_ORDER_PAGE_URL", surroundings.order_page_url)];
    for (variable, address) in complete {
        web_address(address).map_err(|advice| format!("mails have links, which need {variable}: {advice}"))?;
    }
    Ok(())
}

const KEY_HELP: &str = "\
Make one once and keep it apart from the database: without it, stored addresses cannot be read.

    export DOORSTEP_CONTACT_KEY=\"$(openssl rand -base64 32)\"";

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::config::Config;

    const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    fn settings(arguments: &[&str]) -> Result<Option<MailSettings>, String> {
        let config = Config::try_parse_from([&["doorstep-backend"], arguments].concat()).expect("flags");
        config.mail.settings(&config.mail_surroundings())
    }

    #[test]
    fn without_a_server_there_are_no_mails_and_with_one_the_key_and_the_links_are_checked() {
        assert!(settings(&[]).is_ok_and(|settings| settings.is_none()));
        let page = ["--order-page-url", "https://shop.example/order"];
        let public = ["--public-url", "https://shop.example/api"];
        let server = ["--smtp-url", "smtp://127.0.0.1"];
        let fault = |parts: &[&[&str]]| settings(&parts.concat()).err().expect("a fault");
        assert!(fault(&[&server, &page, &public]).contains("export DOORSTEP_CONTACT_KEY"));
        assert!(fault(&[&server, &page, &public, &["--contact-key", "c2hvcnQ="]]).contains("32 bytes"));
        assert!(fault(&[&server, &page, &["--contact-key", KEY]]).contains("DOORSTEP_PUBLIC_URL"));
        assert!(fault(&[&server, &public, &["--contact-key", KEY]]).contains("DOORSTEP_ORDER_PAGE_URL"));
        let set = settings(&[&server[..], &page, &public, &["--contact-key", KEY]].concat()).expect("settings").expect("mails");
        assert_eq!((&set.contact_key, set.kinds.len()), (b"01234567890123456789012345678901", NewsKind::ALL.len()));
    }

    #[test]
    fn the_news_can_be_chosen() {
        let chosen = settings(&["--demo", "--mail-events", "delivered,problem"]).expect("settings").expect("mails");
        assert_eq!(chosen.kinds, [NewsKind::Delivered, NewsKind::Problem]);
        assert!(Config::try_parse_from(["doorstep-backend", "--mail-events", "everything"]).is_err());
    }
}
