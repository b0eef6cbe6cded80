//! Reads a refund: the pieces that were refunded, and whether they had been sent. Amounts are not read.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::fields::{changed_at, id, list, quantity, text, time};
use crate::record::{Record, RecordContent};
use crate::shop_order::{RefundedPart, Restock, ShopRefund};

/// Returns the record of a refund, or None if it has no id. A refund has no time of a last change, because it does not change.
pub(super) fn record(json: &Value, order_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Record> {
    let id = id(json, "id")?;
    let changed_at = changed_at(&[time(json, "created_at"), time(json, "processed_at")], order_at.unwrap_or(now));
    let parts = list(json, "refund_line_items").iter().filter_map(part).collect();
    Some(Record { key: format!("refund/{id}"), changed_at, content: RecordContent::Refund(ShopRefund { parts }) })
}

fn part(json: &Value) -> Option<RefundedPart> {
    let of_line = || id(json.get("line_item")?, "id");
    let line_id = id(json, "line_item_id").or_else(of_line)?;
    let quantity = quantity(json, "quantity").filter(|quantity| *quantity > 0)?;
    let restock = match text(json, "restock_type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "cancel" => Restock::Cancelled,
        "return" => Restock::Returned,
        // Shopify documents `no_restock` and `legacy_restock` for sent and for unsent goods alike.
        _ => Restock::Unstated,
    };
    Some(RefundedPart { line_id, quantity, restock })
}
