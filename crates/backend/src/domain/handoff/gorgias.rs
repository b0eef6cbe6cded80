//! Gorgias: `POST /api/tickets`. A ticket is a list of messages, and the sender of an incoming one needs an e-mail address. A shopper who
//! left none gets an address in the reserved domain `.invalid`.

use serde_json::{Value, json};

use super::Handoff;
use super::freshdesk::html;

pub(super) fn body(handoff: &Handoff) -> Value {
    let unknown = || format!("order-{}@doorstep.invalid", handoff.order_id.to_lowercase());
    let sender = handoff.email().map_or_else(unknown, str::to_owned);
    let tags: Vec<Value> = handoff.tags.iter().map(|tag| json!({ "name": tag })).collect();
    json!({
        "channel": "api",
        "via": "api",
        "from_agent": false,
        "external_id": handoff.reference,
        "subject": handoff.subject,
        "customer": { "email": sender },
        "tags": tags,
        "messages": [{
            "channel": "api",
            "via": "api",
            "from_agent": false,
            "sender": { "email": sender },
            "subject": handoff.subject,
            "body_text": handoff.note,
            "body_html": html(&handoff.note),
        }],
    })
}
