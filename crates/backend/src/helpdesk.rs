//! The way to the helpdesk, as it is configured. What is sent is the domain's (`handoff`); the sending itself is the same for every
//! channel (`outbound`). Started by the binary.

use crate::config::Config;
use crate::domain::handoff::{Handoff, body};
use crate::outbound::{Sender, Target};
use crate::store::Channel;

/// The sender to the helpdesk; `None` where there is none, an error where it cannot be used as configured.
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
        let handoff: Handoff = serde_json::from_str(payload)?;
        Ok::<_, serde_json::Error>(body(&handoff, format).to_string().into_bytes())
    };
    Sender::new(&target, Box::new(writer)).map(Some)
}
