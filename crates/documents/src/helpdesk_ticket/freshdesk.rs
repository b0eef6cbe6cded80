//! Freshdesk: `POST /api/v2/tickets`. A ticket needs a requester: the shopper's e-mail address or telephone number. If the
//! shopper left neither, the requester is an external id made from the id of the order. Descriptions are HTML, so the note is
//! escaped.

use serde_json::{Value, json};

use super::ticket::HelpdeskTicket;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    let (field, requester) = match (helpdesk_ticket.email(), helpdesk_ticket.phone()) {
        (Some(email), _) => ("email", email.to_owned()),
        (None, Some(phone)) => ("phone", phone.to_owned()),
        (None, None) => ("unique_external_id", format!("doorstep-{}", helpdesk_ticket.order_id)),
    };
    let mut ticket = json!({
        "subject": helpdesk_ticket.subject,
        "description": html(&helpdesk_ticket.note),
        // Status 2 is open. Priority 3 is high, 2 is medium. Source 2 is the portal, which is for messages that shoppers write
        // themselves.
        "status": 2,
        "priority": if helpdesk_ticket.urgent { 3 } else { 2 },
        "source": 2,
        "tags": helpdesk_ticket.tags,
    });
    if let Some(ticket) = ticket.as_object_mut() {
        ticket.insert(field.to_owned(), requester.clone().into());
        if field != "email" {
            ticket.insert("name".to_owned(), format!("Order {}", helpdesk_ticket.order_number).into());
        }
    }
    ticket
}

/// Converts plain text to HTML.
pub(super) fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.replace('\n', "<br>\n")
}
