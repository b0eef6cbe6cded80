//! Zendesk: `POST /api/v2/tickets`. The note is an internal comment. Without an e-mail address the API user becomes the requester.

use serde_json::{Value, json};

use super::Handoff;

pub(super) fn body(handoff: &Handoff) -> Value {
    let mut ticket = json!({
        "subject": handoff.subject,
        "comment": { "body": handoff.note, "public": false },
        "external_id": handoff.reference,
        "priority": if handoff.urgent { "high" } else { "normal" },
        "tags": handoff.tags,
    });
    if let (Some(email), Some(ticket)) = (handoff.email(), ticket.as_object_mut()) {
        ticket.insert("requester".to_owned(), json!({ "name": email, "email": email }));
    }
    json!({ "ticket": ticket })
}
