//! The backend's own format: the complete ticket as JSON, for scripts, automation tools and helpdesks that have no module here.

use serde_json::Value;

use super::ticket::HelpdeskTicket;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    serde_json::to_value(helpdesk_ticket).unwrap_or_default()
}
