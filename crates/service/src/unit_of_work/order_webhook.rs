//! Order webhooks for the retailer's systems, posted to the outbox in the transaction of the change.

use doorstep_contract::Order;
use doorstep_documents::order_webhook::{OrderWebhook, detect_changes};
use doorstep_documents::plain_text::escaped_json;

use crate::context::Context;
use crate::error::Error;
use crate::outbox::{MessageSubject, new_message};
use crate::store::{Channel, Write};

/// Puts an order webhook about the change from `before` to `order` into the outbox, or about a new order if `before` is None.
/// Does nothing if no order webhook is configured, or if there is no change to report.
pub(super) async fn post(context: &Context, write: &mut Write, before: Option<&Order>, order: &Order) -> Result<(), Error> {
    if !context.has_order_webhook {
        return Ok(());
    }
    let Some((event_type, changes)) = detect_changes(before, order) else {
        return Ok(());
    };
    let subject = MessageSubject { order_id: &order.id, case_id: None, event: event_type.as_str() };
    let message = new_message(Channel::Webhook, subject, context.now_s())?;
    let payload = serde_json::to_string(&OrderWebhook {
        id: &message.id,
        event_type,
        at: context.now().into(),
        order_id: &order.id,
        number: &order.number,
        version: order.version,
        changes: &changes,
        order,
    })?;
    // Receivers may print the JSON, so invisible characters are escaped. The parsed texts are the same.
    Ok(write.insert_message(&message.with_payload(escaped_json(&payload))).await?)
}
