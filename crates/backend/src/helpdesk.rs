//! Creates the sender of helpdesk messages from the configuration. `doorstep_documents::helpdesk_ticket` defines their content,
//! and `doorstep_outbound` sends them. Called by the binary.

use crate::config::Config;
use doorstep_documents::helpdesk_ticket::{HelpdeskTicket, body};
use doorstep_outbound::{Sender, Target};
use doorstep_service::store::Channel;

/// Returns the sender of messages to the helpdesk. If no helpdesk is configured, returns None. If the configuration cannot be
/// used, returns an error.
pub fn sender(config: &Config) -> Result<Option<Sender>, String> {
    let Some(url) = &config.helpdesk_url else {
        return Ok(None);
    };
    let target = Target {
        channel: Channel::Helpdesk,
        url,
        allow_private: config.helpdesk_allow_private,
        secret: config.helpdesk_secret.as_deref(),
        authorization: config.helpdesk_authorization.as_deref(),
    };
    let format = config.helpdesk_format;
    let writer = move |payload: &str| {
        let helpdesk_ticket: HelpdeskTicket = serde_json::from_str(payload)?;
        Ok::<_, serde_json::Error>(body(&helpdesk_ticket, format).to_string().into_bytes())
    };
    Sender::new(&target, Box::new(writer)).map(Some)
}
