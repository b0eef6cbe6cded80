//! Creates the sender of mails to shoppers from the configuration. `doorstep_mail` writes and sends them. Called by the binary.

use doorstep_mail::{Identity, Mailer, Smtp};

use crate::app::App;

/// Sender of the demo's mails, which never leave the process.
const DEMO_FROM: &str = "Doorstep demo <orders@shop.example>";

/// Returns the sender of mails. If no mail server is configured, returns None. In the demo, mails are kept in memory. If the configuration
/// cannot be used, returns an error.
pub fn sender(app: &App) -> Result<Option<Mailer>, String> {
    let config = &app.config;
    if config.demo {
        let from = config.mail.mail_from.as_deref().unwrap_or(DEMO_FROM);
        let api = if config.public_url.is_empty() { &config.api_base } else { &config.public_url };
        let identity = Identity::new(from, &config.shop_name, api)?;
        return Ok(Some(Mailer::to_memory(app.service.clone(), identity, app.caught_mails.clone())));
    }
    let Some(url) = &config.mail.smtp_url else { return Ok(None) };
    let Some(from) = &config.mail.mail_from else {
        return Err("mails need a sender: set DOORSTEP_MAIL_FROM, such as \"Shop <orders@shop.example>\"".to_owned());
    };
    if url.starts_with("smtp:") && !url.contains("tls=") {
        tracing::warn!("mails go to the mail server without TLS: write smtps://… unless it is on this machine");
    }
    let identity = Identity::new(from, &config.shop_name, &config.public_url)?;
    Ok(Some(Mailer::to_server(app.service.clone(), identity, Smtp::new(url)?)))
}
