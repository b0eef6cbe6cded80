//! Gorgias: `POST /api/tickets`. A ticket is a list of messages, and the sender of an incoming message needs an e-mail address.
//! If the shopper left no e-mail address, the sender gets an address in the reserved domain `.invalid`.

use serde_json::{Value, json};

use super::freshdesk::html;
use super::ticket::HelpdeskTicket;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    let unknown = || format!("order-{}@doorstep.invalid", helpdesk_ticket.order_id.to_lowercase());
    let sender = helpdesk_ticket.email().map_or_else(unknown, str::to_owned);
    let tags: Vec<Value> = helpdesk_ticket.tags.iter().map(|tag| json!({ "name": tag })).collect();
    json!({
        "channel": "api",
        "via": "api",
        "from_agent": false,
        "external_id": helpdesk_ticket.reference,
        "subject": helpdesk_ticket.subject,
        "customer": { "email": sender },
        "tags": tags,
        "messages": [{
            "channel": "api",
            "via": "api",
            "from_agent": false,
            "sender": { "email": sender },
            "subject": helpdesk_ticket.subject,
            "body_text": helpdesk_ticket.note,
            "body_html": html(&helpdesk_ticket.note),
        }],
    })
}
