//! Finds entries of meta data, in which plugins store what WooCommerce's order does not have.

use serde_json::Value;

use crate::fields::list;

/// Returns the meta data entry of this key.
pub(super) fn meta<'a>(json: &'a Value, key: &str) -> Option<&'a Value> {
    list(json, "meta_data").iter().find(|entry| entry.get("key").and_then(Value::as_str) == Some(key))
}
