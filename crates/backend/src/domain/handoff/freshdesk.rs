//! Freshdesk: `POST /api/v2/tickets`. A ticket needs a requester: an e-mail address, a telephone number, or an external identity made from
//! the order's. Descriptions are HTML, so the note is escaped.

use serde_json::{Value, json};

use super::Handoff;

pub(super) fn body(handoff: &Handoff) -> Value {
    let (field, requester) = match (handoff.email(), handoff.phone()) {
        (Some(email), _) => ("email", email.to_owned()),
        (None, Some(phone)) => ("phone", phone.to_owned()),
        (None, None) => ("unique_external_id", format!("doorstep-{}", handoff.order_id)),
    };
    let mut ticket = json!({
        "subject": handoff.subject,
        "description": html(&handoff.note),
        // Status: open. Priority: high or medium. Source: the portal, where shoppers write by themselves.
        "status": 2,
        "priority": if handoff.urgent { 3 } else { 2 },
        "source": 2,
        "tags": handoff.tags,
    });
    if let Some(ticket) = ticket.as_object_mut() {
        ticket.insert(field.to_owned(), requester.clone().into());
        if field != "email" {
            ticket.insert("name".to_owned(), format!("Order {}", handoff.order_number).into());
        }
    }
    ticket
}

/// Converts plain text to HTML.
pub(super) fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.replace('\n', "<br>\n")
}
