//! The newest state of an order: the newest record of each part, without fulfilments that were cancelled.

use chrono::{DateTime, Utc};

use crate::record::{Record, RecordContent, newest};
use crate::shop_order::{OrderState, ShopFulfillment, ShopOrder, ShopRefund};

/// The newest state of an order.
pub(super) struct Known<'a> {
    pub(super) order: &'a ShopOrder,
    pub(super) changed_at: DateTime<Utc>,
    /// Fulfilments that were not cancelled, in the order in which they were made.
    pub(super) fulfillments: Vec<&'a ShopFulfillment>,
    pub(super) refunds: Vec<&'a ShopRefund>,
    /// True if no fulfilment and no refund is newer than the order.
    pub(super) is_order_newest: bool,
    pub(super) is_deleted: bool,
}

impl<'a> Known<'a> {
    /// Returns None if there is no record of the order itself.
    pub(super) fn of(records: &'a [Record]) -> Option<Self> {
        let newest = newest(records);
        let (mut order, mut deletion) = (None, None);
        let (mut fulfillments, mut refunds, mut parts_at) = (Vec::new(), Vec::new(), None);
        for record in newest {
            match &record.content {
                RecordContent::Order(content) => order = Some((content, record.changed_at)),
                RecordContent::Fulfillment(fulfillment) => fulfillments.push(fulfillment),
                RecordContent::Refund(refund) => refunds.push(refund),
                RecordContent::Deleted => deletion = Some(record.changed_at),
                RecordContent::Restored => {}
            }
            if matches!(record.content, RecordContent::Fulfillment(_) | RecordContent::Refund(_)) {
                parts_at = parts_at.max(Some(record.changed_at));
            }
        }
        let (order, changed_at) = order?;
        fulfillments.extend(&order.shipments);
        fulfillments.retain(|fulfillment| !fulfillment.void);
        // Ids of a platform grow. Those of plugins are hashes; they stay in the order of the plugin.
        fulfillments.sort_by_key(|fulfillment| (fulfillment.created_at, fulfillment.id.parse::<u128>().ok()));
        Some(Self {
            order,
            changed_at,
            fulfillments,
            refunds,
            is_order_newest: parts_at.is_none_or(|at| at <= changed_at),
            is_deleted: deletion.is_some_and(|at| at >= changed_at),
        })
    }

    /// Returns true if nothing will be sent any more.
    pub(super) fn is_ended(&self) -> bool {
        self.is_deleted || self.order.state == OrderState::Cancelled
    }
}
