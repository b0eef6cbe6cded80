//! The transaction of a unit of work, and the announcements that follow its commit.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use doorstep_contract::OrderId;

use super::loaded_order::SavedOrder;
use crate::context::Context;
use crate::error::Error;
use crate::store::Write;

/// A write transaction with the orders that it saved. It has no effect if it is dropped without a commit.
pub(crate) struct UnitOfWork {
    pub(crate) context: Arc<Context>,
    pub(crate) write: Write,
    /// Orders that this unit has saved, by their id. A second change of an order does not read it from the store again.
    pub(super) saved: BTreeMap<OrderId, SavedOrder>,
    announcements: Vec<Announcement>,
}

/// Notice that is sent after the commit.
enum Announcement {
    /// The order has a new version.
    Changed {
        /// Id of the order.
        order_id: OrderId,
        /// New version of the order.
        version: u64,
    },
    /// Streams that follow the order have to check their access again.
    AccessEnded {
        /// Id of the order.
        order_id: OrderId,
    },
    /// The outbox has a new message, but no order has changed.
    MessageWaits,
    /// Personal data was deleted, which the write-ahead log may still contain.
    DataErased,
}

impl UnitOfWork {
    /// Begins a transaction. No other write runs until it ends.
    pub(crate) async fn begin(context: Arc<Context>) -> Result<Self, Error> {
        let write = context.store.begin().await?;
        Ok(Self { context, write, saved: BTreeMap::new(), announcements: Vec::new() })
    }

    /// Announces after the commit that the order has a new version.
    pub(super) fn announce(&mut self, order_id: &OrderId, version: u64) {
        self.announcements.push(Announcement::Changed { order_id: order_id.to_owned(), version });
    }

    /// Makes every stream that follows the order check its access again after the commit.
    pub(crate) fn end_access(&mut self, order_id: &OrderId) {
        self.announcements.push(Announcement::AccessEnded { order_id: order_id.to_owned() });
    }

    /// Wakes the senders of the outbox after the commit. Not needed if an order changes, because the announcement of the change
    /// wakes the senders too.
    pub(crate) fn wake_senders(&mut self) {
        self.announcements.push(Announcement::MessageWaits);
    }

    /// Has the write-ahead log emptied after the commit, because personal data was deleted.
    pub(super) fn announce_erased_data(&mut self) {
        self.announcements.push(Announcement::DataErased);
    }

    /// Commits the transaction and announces its changes.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let Self { context, write, announcements, .. } = self;
        write.commit().await?;
        for announcement in announcements {
            match announcement {
                Announcement::Changed { order_id, version } => context.changes.announce(&order_id, version),
                Announcement::AccessEnded { order_id } => context.changes.end(&order_id),
                Announcement::MessageWaits => context.outbox_signals.wake_all(),
                Announcement::DataErased => context.wal_has_erased_data.store(true, Ordering::SeqCst),
            }
        }
        Ok(())
    }
}
