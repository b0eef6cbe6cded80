//! Recomputes orders whose state changes with time, and every order after a change of the policy.

use std::time::Duration;

use doorstep_contract::OrderId;
use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::recompute::{recompute_batch, recompute_order};
use crate::service::Service;

/// Interval of the search for due orders.
const INTERVAL: Duration = Duration::from_secs(1);

impl Service {
    /// Recomputes due orders until the shutdown.
    pub async fn run_recompute(self, shutdown: CancellationToken) {
        loop {
            if let Err(error) = self.recompute_due().await {
                tracing::error!(code = error.code(), detail = error.internal_detail(), "orders that are due were not recomputed");
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(INTERVAL) => {}
            }
        }
    }

    /// Recomputes each due order once. Returns the number of recomputed orders. An order that cannot be recomputed does not block
    /// the next ones.
    pub async fn recompute_due(&self) -> Result<usize, Error> {
        let (now, mut recomputed, mut last) = (self.0.now(), 0, None);
        self.0.failed_orders.remove_expired(now);
        loop {
            let due = self.0.store.due_orders(now.timestamp(), last.as_ref()).await?;
            let Some(newest) = due.last().cloned() else { return Ok(recomputed) };
            recomputed += self.recompute_each(due.into_iter().map(|(_, id)| id)).await;
            last = Some(newest);
        }
    }

    /// Recomputes every order that was last recomputed with another policy. Returns the number of recomputed orders.
    pub async fn apply_policy(&self) -> Result<usize, Error> {
        let (mut recomputed, mut last) = (0, OrderId::default());
        loop {
            let ids = self.0.store.orders_of_other_policies(self.0.policy.hash(), &last).await?;
            let Some(newest) = ids.last().cloned() else { return Ok(recomputed) };
            match recompute_batch(&self.0, ids.clone()).await {
                Ok(()) => recomputed += ids.len(),
                // One order failed, so no order of the batch was written. The orders are now recomputed one by one.
                Err(_) => recomputed += self.recompute_each(ids).await,
            }
            last = newest;
        }
    }

    /// Recomputes orders one by one. Returns the number of recomputed orders. An order that fails is logged, counted and skipped
    /// for five minutes.
    async fn recompute_each(&self, ids: impl IntoIterator<Item = OrderId>) -> usize {
        let mut recomputed = 0;
        for id in ids {
            if self.0.failed_orders.contains(&id) {
                continue;
            }
            match recompute_order(&self.0, &id).await {
                Ok(_) => recomputed += 1,
                Err(error) => self.0.failed_orders.add(&id, &error, self.0.now()),
            }
        }
        recomputed
    }
}
