//! The format of the backend with all data, for a script, an automation tool or a helpdesk without a module here.

use serde_json::Value;

use super::ticket::HelpdeskTicket;

pub(super) fn body(helpdesk_ticket: &HelpdeskTicket) -> Value {
    serde_json::to_value(helpdesk_ticket).unwrap_or_default()
}
