//! The generic order webhook, for shops on any other platform: a documented JSON that a few lines of code of the shop can post. It is
//! signed as Doorstep signs its own messages, with the time.

mod body;
#[cfg(test)]
mod tests;
mod values;

use doorstep_providers::signature::check_own;
use doorstep_providers::{Refusal, Request};

use crate::record::{Change, Notice, Record};
use body::Message;

/// Checks and reads a webhook request in the documented format. A body that does not fit the format is refused, with the place at
/// which reading failed.
pub(crate) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Notice, Refusal> {
    check_own(request, secrets)?;
    let delivery_id = request.headers.get("doorstep-id").and_then(|value| value.to_str().ok()).map(str::trim);
    let mut json = serde_json::Deserializer::from_slice(request.body);
    let message: Message = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(error.to_string()))?;
    json.end().map_err(|error| unreadable(error.to_string()))?;
    let (order_ref, key, changed_at, content) = message.into_record().map_err(unreadable)?;
    let record = Record { key: key.to_owned(), changed_at, content };
    let changes = vec![Change::Record { order_ref, record }];
    Ok(Notice { delivery_id: delivery_id.filter(|id| !id.is_empty()).map(str::to_owned), changes })
}

fn unreadable(reason: String) -> Refusal {
    Refusal::Unreadable(reason)
}
