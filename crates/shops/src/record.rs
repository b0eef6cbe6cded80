//! Records of an order: what one webhook request says about an order, a fulfilment or a refund, with the time of its last change.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::shop_order::{OrderState, ShopFulfillment, ShopOrder, ShopRefund};

/// A webhook request that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The platform's identity of the delivery, the same for every attempt. It is not signed.
    pub delivery_id: Option<String>,
    /// Changes that the request reports. Empty if it does not concern orders.
    pub changes: Vec<Change>,
}

/// One change that a webhook request reports.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a request has a few changes, and nearly all of them are records")]
pub enum Change {
    /// The state of one record of an order at the time of its last change.
    Record {
        /// The platform's own id of the order.
        order_ref: String,
        /// The record.
        record: Record,
    },
    /// A request about the personal data of a customer or of the whole shop.
    Privacy(PrivacyRequest),
}

/// A request about personal data, which Shopify requires apps to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivacyRequest {
    /// Kind of the request.
    pub topic: PrivacyTopic,
    /// Domain of the shop, such as `example.myshopify.com`.
    pub shop: Option<String>,
    /// The platform's own ids of the orders that the request names. Empty if it concerns the whole shop.
    pub order_refs: Vec<String>,
}

/// Kind of a request about personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivacyTopic {
    /// Export the customer's data (`customers/data_request`).
    Export,
    /// Erase the customer's data (`customers/redact`).
    EraseCustomer,
    /// Erase all data of the shop (`shop/redact`).
    EraseShop,
}

/// The state of one part of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name of the part within the order: `order`, `deletion`, `fulfillment/<id>` or `refund/<id>`.
    pub key: String,
    /// Time of the last change, by the platform's clock.
    pub changed_at: DateTime<Utc>,
    /// Content.
    pub content: RecordContent,
}

/// The content of a record. Names and streets in it are masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "an order has a few records, which are not kept in memory")]
pub enum RecordContent {
    /// The order with its lines.
    Order(ShopOrder),
    /// A fulfilment.
    Fulfillment(ShopFulfillment),
    /// A refund.
    Refund(ShopRefund),
    /// The order was deleted in the shop.
    Deleted,
    /// A deleted order was restored.
    Restored,
}

/// Returns true if a record replaces another one of the same key. The newer time wins. Shopify and WooCommerce write times in whole
/// seconds, so equal times are frequent: then the record with more progress wins, and the greater JSON if both have the same
/// progress. The result does not depend on the order of arrival, and a record does not replace itself.
pub fn supersedes(new: &Record, known: &Record) -> bool {
    compare(new, known) == Ordering::Greater
}

fn compare(one: &Record, other: &Record) -> Ordering {
    let by_time = one.changed_at.cmp(&other.changed_at);
    let by_progress = || progress(&one.content).cmp(&progress(&other.content));
    let json = |record: &Record| serde_json::to_string(&record.content).unwrap_or_default();
    by_time.then_with(by_progress).then_with(|| json(one).cmp(&json(other)))
}

/// Returns a measure that grows as an order proceeds: whether it ended, and how much of it was sent.
fn progress(content: &RecordContent) -> (u8, usize) {
    match content {
        RecordContent::Order(order) => {
            let parcels = order.shipments.iter().map(|shipment| shipment.parcels.len()).sum::<usize>();
            let state = match order.state {
                OrderState::Draft => 0,
                OrderState::Open => 1,
                OrderState::PartlySent => 2,
                OrderState::Sent => 3,
                OrderState::Cancelled => 4,
            };
            (state, order.known_parts + parcels)
        }
        RecordContent::Fulfillment(fulfillment) => (u8::from(fulfillment.void), fulfillment.parcels.len()),
        RecordContent::Refund(refund) => (0, refund.parts.len()),
        RecordContent::Restored => (0, 0),
        RecordContent::Deleted => (1, 0),
    }
}

/// Returns the newest record of each key, in the order of the keys.
pub(crate) fn newest(records: &[Record]) -> Vec<&Record> {
    let mut newest = std::collections::BTreeMap::<&str, &Record>::new();
    for record in records {
        let known = newest.entry(&record.key).or_insert(record);
        if supersedes(record, known) {
            *known = record;
        }
    }
    newest.into_values().collect()
}
