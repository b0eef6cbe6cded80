//! Erases finished orders whose retention time is over, and empties the write-ahead log, so that it contains no erased data.

use std::time::Duration;

use doorstep_domain::order::completion::completed_at;
use tokio_util::sync::CancellationToken;

use crate::commands::ErasedBy;
use crate::error::Error;
use crate::service::Service;
use crate::stored_order::parse;

/// Interval of the search for orders whose retention time is over.
const INTERVAL: Duration = Duration::from_secs(600);
/// Interval of the attempts to empty the write-ahead log. An attempt fails while a reader still needs the log.
const WAL_INTERVAL: Duration = Duration::from_secs(1);

impl Service {
    /// Erases orders whose retention time is over, and empties the write-ahead log, until the shutdown.
    pub async fn run_retention(self, shutdown: CancellationToken) {
        let (mut orders, mut wal) = (tokio::time::interval(INTERVAL), tokio::time::interval(WAL_INTERVAL));
        loop {
            let done = tokio::select! {
                () = shutdown.cancelled() => return,
                _ = orders.tick() => self.erase_finished().await.map(|erased| {
                    if erased > 0 {
                        tracing::info!(erased, "orders were kept long enough");
                    }
                }),
                _ = wal.tick() => self.truncate_wal().await,
            };
            if let Err(error) = done {
                let detail = error.internal_detail();
                tracing::error!(code = error.code(), detail, "erasing is not complete; it is tried again");
            }
        }
    }

    /// Deletes records of shop orders that were never reported, and erases the orders that were finished longer ago than the retention time. Returns their number.
    pub async fn erase_finished(&self) -> Result<usize, Error> {
        self.delete_waiting_shop_orders().await?;
        let Some(retain) = self.0.retain else { return Ok(0) };
        self.store_missing_finished_at().await?;
        let mut erased = 0;
        loop {
            let ids = self.0.store.finished_before((self.0.now() - retain).timestamp()).await?;
            if ids.is_empty() {
                return Ok(erased);
            }
            for id in &ids {
                self.erase(id, ErasedBy::Retention).await?;
                erased += 1;
            }
        }
    }

    /// Stores the time at which an order was finished, for every order for which it was never determined.
    async fn store_missing_finished_at(&self) -> Result<(), Error> {
        loop {
            let ids = self.0.store.without_finished_at().await?;
            if ids.is_empty() {
                return Ok(());
            }
            let mut write = self.0.store.begin().await?;
            for id in &ids {
                if let Some(stored) = write.order(id).await? {
                    let finished = completed_at(&parse(&stored)?.order).map(|at| at.timestamp());
                    write.set_finished_at(id, finished).await?;
                }
            }
            write.commit().await?;
        }
    }
}
