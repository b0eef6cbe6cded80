//! Orders change by themselves: a window closes, a promise passes, the time of an investigation ends. A sweep settles what is due, a
//! reader of an order that is due does not wait for it, and another policy settles every order anew.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_core::wire::Order;
use tokio_util::sync::CancellationToken;

use super::handoff::waiting_for_carrier;
use super::stored::read;
use super::{Document, Service, detached};
use crate::domain::record::Record;
use crate::problem::Problem;
use crate::store::{Stored, Write};

/// Between two looks for orders that are due.
const EVERY: Duration = Duration::from_secs(1);
/// Between two counts of what is usual.
const LEARNING: Duration = Duration::from_secs(3_600);

/// How long an order that cannot be settled is left alone.
const LEFT_ALONE: TimeDelta = TimeDelta::minutes(5);

/// Orders that cannot be settled, and since when.
#[derive(Default)]
pub(super) struct Unsettled(Mutex<BTreeMap<String, DateTime<Utc>>>);

impl Unsettled {
    fn orders(&self) -> MutexGuard<'_, BTreeMap<String, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets those that have been left alone for long enough.
    fn forget(&self, now: DateTime<Utc>) {
        self.orders().retain(|_, since| *since + LEFT_ALONE > now);
    }
}

impl Service {
    /// Settles every order that follows another policy; how many could be.
    pub async fn follow_policy(&self) -> Result<usize, Problem> {
        let (mut settled, mut last) = (0, String::new());
        loop {
            let ids = self.0.store.of_other_policies(self.0.policy.hash(), &last).await?;
            let Some(newest) = ids.last().cloned() else { return Ok(settled) };
            let (service, batch) = (self.clone(), ids.clone());
            match detached(async move { service.settle_batch(&batch).await }).await {
                Ok(()) => settled += ids.len(),
                // Something is wrong with one of them, and nothing of the batch was written.
                Err(_) => settled += self.settle_each(ids).await,
            }
            last = newest;
        }
    }

    /// Settles orders in one transaction: each waits for the disk, so a batch waits once.
    async fn settle_batch(&self, ids: &[String]) -> Result<(), Problem> {
        let mut write = self.0.store.begin().await?;
        let mut changed = Vec::new();
        for id in ids {
            let (document, is_news) = self.settle_in(&mut write, id).await?;
            changed.extend(is_news.then_some(document));
        }
        write.commit().await?;
        changed.iter().for_each(|document| self.0.changes.announce(&document.id, document.version));
        Ok(())
    }

    /// Settles orders one by one, each on a task of its own, where a panic is a problem of that order; how many could be. One that cannot is
    /// logged, counted and left alone for a while.
    async fn settle_each(&self, ids: impl IntoIterator<Item = String>) -> usize {
        let mut settled = 0;
        for id in ids {
            if self.0.unsettled.orders().contains_key(&id) {
                continue;
            }
            let (service, order_id) = (self.clone(), id.clone());
            match detached(async move { service.settle_stored(&order_id).await }).await {
                Ok(_) => settled += 1,
                Err(problem) => self.leave_alone(id, &problem),
            }
        }
        settled
    }

    /// Settles the orders that are due, each once; how many could be. However many there are that cannot, they hold up no other.
    pub async fn settle_due(&self) -> Result<usize, Problem> {
        let (now, mut settled, mut last) = (self.now(), 0, None);
        self.0.unsettled.forget(now);
        loop {
            let due = self.0.store.due(now.timestamp(), last.as_ref()).await?;
            let Some(newest) = due.last().cloned() else { return Ok(settled) };
            settled += self.settle_each(due.into_iter().map(|(_, id)| id)).await;
            last = Some(newest);
        }
    }

    fn leave_alone(&self, id: String, problem: &Problem) {
        tracing::error!(order = id, code = problem.code(), detail = problem.secret_detail(), "an order cannot be settled");
        metrics::counter!("doorstep_unsettled_orders_total").increment(1);
        self.0.unsettled.orders().insert(id, self.now());
    }

    /// Settles what is due until the shutdown, and learns anew what is usual every hour.
    pub async fn sweep(self, shutdown: CancellationToken) {
        let mut learning = tokio::time::interval(LEARNING);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = learning.tick() => {
                    if let Err(problem) = self.learn().await {
                        tracing::error!(code = problem.code(), detail = problem.secret_detail(), "what is usual was not learned");
                    }
                }
                () = tokio::time::sleep(EVERY) => {}
            }
            if let Err(problem) = self.settle_due().await {
                tracing::error!(code = problem.code(), detail = problem.secret_detail(), "orders that are due were not settled");
            }
        }
    }

    /// The order as it is now: one that is due is settled first. Where that fails, what is known of it is shown as it was.
    pub(super) async fn up_to_date(&self, id: &str, stored: Stored) -> Result<Document, Problem> {
        let is_due = stored.due_at.is_some_and(|due| due <= self.now().timestamp());
        if !is_due || self.0.unsettled.orders().contains_key(id) {
            return Ok(Document::new(id, stored));
        }
        let (service, order_id) = (self.clone(), id.to_owned());
        match detached(async move { service.settle_stored(&order_id).await }).await {
            Err(problem @ Problem::Internal(_)) => {
                self.leave_alone(id.to_owned(), &problem);
                Ok(Document::new(id, stored))
            }
            settled => settled,
        }
    }

    async fn settle_stored(&self, id: &str) -> Result<Document, Problem> {
        let mut write = self.0.store.begin().await?;
        let (document, changed) = self.settle_in(&mut write, id).await?;
        write.commit().await?;
        if changed {
            self.0.changes.announce(id, document.version);
        }
        Ok(document)
    }

    /// The order, settled, and whether that made a new version of it.
    async fn settle_in(&self, write: &mut Write, id: &str) -> Result<(Document, bool), Problem> {
        let stored = write.order(id).await?.ok_or(Problem::UnknownOrder)?;
        let record = read(&stored)?;
        let before = record.order.clone();
        self.settle_and_store(write, &before, record).await
    }

    /// The order, settled and stored, and whether anything about it is not as it was before, which is a new version.
    pub(super) async fn settle_and_store(
        &self,
        write: &mut Write,
        before: &Order,
        mut record: Record,
    ) -> Result<(Document, bool), Problem> {
        let waiting = waiting_for_carrier(&record);
        let due_at = self.settle(&mut record);
        let changed = record.order != *before;
        record.order.version += u64::from(changed);
        let document = self.store(write, &record, due_at).await?;
        self.hand_over(write, &waiting, &record).await?;
        Ok((document, changed))
    }
}
