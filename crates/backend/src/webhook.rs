//! Creates the sender of order updates to the retailer's systems from the configuration. `doorstep_documents::order_webhook`
//! defines their content, and `doorstep_outbound` sends them. Called by the binary.

use crate::config::Config;
use doorstep_outbound::{Sender, Target};
use doorstep_service::store::Channel;

/// Returns the sender of order updates. If no address is configured, returns None. If the configuration cannot be used, returns
/// an error.
pub fn sender(config: &Config) -> Result<Option<Sender>, String> {
    let Some(url) = &config.webhook_url else {
        return Ok(None);
    };
    // The signature is the only proof of the sender.
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
    // The payload is stored as it is sent, so that a repetition is identical to the byte.
    Sender::new(&target, Box::new(|payload| Ok(payload.as_bytes().to_vec()))).map(Some)
}
