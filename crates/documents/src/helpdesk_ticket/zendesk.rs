//! Zendesk: `POST /api/v2/tickets`. The note is an internal comment. Without an e-mail address the API user becomes the
//! requester.

use serde_json::{Value, json};

use super::ticket::HelpdeskTicket;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    let mut ticket = json!({
        "subject": helpdesk_ticket.subject,
        "comment": { "body": helpdesk_ticket.note, "public": false },
        "external_id": helpdesk_ticket.reference,
        "priority": if helpdesk_ticket.urgent { "high" } else { "normal" },
        "tags": helpdesk_ticket.tags,
    });
    if let (Some(email), Some(ticket)) = (helpdesk_ticket.email(), ticket.as_object_mut()) {
        ticket.insert("requester".to_owned(), json!({ "name": email, "email": email }));
    }
    json!({ "ticket": ticket })
}
