//! Identity of the parcels of a fulfilment: tracking numbers and reference. Used by the readers of both topics.

use serde_json::Value;

use super::status_codes;
use crate::fields::{list, text};

/// Maximum number of tracking numbers that are read from a fulfilment. A real one has a few.
pub(super) const MAX_NUMBERS: usize = 100;

/// Returns the tracking numbers of a fulfilment, one per parcel.
pub(super) fn numbers(fulfillment: &Value) -> Vec<&str> {
    let all = list(fulfillment, "tracking_numbers", MAX_NUMBERS).iter().filter_map(Value::as_str).map(str::trim);
    let mut all: Vec<_> = all.filter(|number| !number.is_empty()).collect();
    if all.is_empty() {
        all.extend(text(fulfillment, "tracking_number"));
    }
    all
}

/// Returns the reference by which the events of a fulfilment find its shipment.
pub(super) fn reference(fulfillment_id: &str) -> String {
    format!("shopify:{fulfillment_id}")
}

/// Returns the status code if it is not in the table, else an empty list.
pub(super) fn unknown_code(status: &str) -> Vec<String> {
    if status_codes::is_known(status) { Vec::new() } else { vec![status.to_owned()] }
}
