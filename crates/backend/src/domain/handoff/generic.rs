//! Our own shape: everything, for a script, an automation tool or a helpdesk that has no file of its own here.

use serde_json::Value;

use super::Handoff;

pub(super) fn body(handoff: &Handoff) -> Value {
    serde_json::to_value(handoff).unwrap_or_default()
}
