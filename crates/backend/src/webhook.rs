//! The way to the retailer's own systems, as it is configured. What is sent is the domain's (`announcement`); the sending itself is the
//! same for every channel (`outbound`). Started by the binary.

use crate::config::Config;
use crate::outbound::{Sender, Target};
use crate::store::Channel;

/// The sender of order updates; `None` where nobody wants them, an error where they cannot be sent as configured.
pub fn sender(config: &Config) -> Result<Option<Sender>, String> {
    let Some(url) = &config.webhook_url else {
        return Ok(None);
    };
    // Nothing else tells the receiver who speaks.
    let Some(secret) = config.webhook_secret.as_deref().filter(|secret| !secret.is_empty()) else {
        return Err("order updates are signed: set DOORSTEP_WEBHOOK_SECRET beside the address".to_owned());
    };
    let target = Target {
        channel: Channel::Webhook,
        url,
        allow_private: config.webhook_allow_private,
        secret: Some(secret),
        authorization: None,
    };
    // Written as it is sent: what is repeated is the same to the byte.
    Sender::new(&target, Box::new(|payload| Ok(payload.as_bytes().to_vec()))).map(Some)
}
