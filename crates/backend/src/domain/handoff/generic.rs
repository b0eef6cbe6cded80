//! Our own format with all data, for a script, an automation tool or a helpdesk without a module here.

use serde_json::Value;

use super::Handoff;

pub(super) fn body(handoff: &Handoff) -> Value {
    serde_json::to_value(handoff).unwrap_or_default()
}
