//! Settles orders whose state changes with time: a window closes, a promise passes, an investigation times out. A sweep settles
//! due orders, a read settles a due order first, and a new policy settles every order.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::Order;
use tokio_util::sync::CancellationToken;

use super::helpdesk_ticket::waiting_for_carrier;
use super::stored::read;
use super::{Document, Service, detached};
use crate::error::Error;
use crate::store::{Stored, Write};
use doorstep_domain::record::OrderAggregate;

/// Interval of the search for due orders.
const EVERY: Duration = Duration::from_secs(1);
/// Interval of the evaluation of transit times.
const LEARNING: Duration = Duration::from_secs(3_600);

/// Time for which an order that cannot be settled is skipped.
const LEFT_ALONE: TimeDelta = TimeDelta::minutes(5);

/// Orders that cannot be settled, with the time of the failure.
#[derive(Default)]
pub(super) struct Unsettled(Mutex<BTreeMap<String, DateTime<Utc>>>);

impl Unsettled {
    fn orders(&self) -> MutexGuard<'_, BTreeMap<String, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets the orders whose skip time has passed.
    fn forget(&self, now: DateTime<Utc>) {
        self.orders().retain(|_, since| *since + LEFT_ALONE > now);
    }
}

impl Service {
    /// Settles every order that follows another policy; returns the number of settled orders.
    pub async fn follow_policy(&self) -> Result<usize, Error> {
        let (mut settled, mut last) = (0, String::new());
        loop {
            let ids = self.0.store.of_other_policies(self.0.policy.hash(), &last).await?;
            let Some(newest) = ids.last().cloned() else { return Ok(settled) };
            let (service, batch) = (self.clone(), ids.clone());
            match detached(async move { service.settle_batch(&batch).await }).await {
                Ok(()) => settled += ids.len(),
                // One of the orders failed, and nothing of the batch was written.
                Err(_) => settled += self.settle_each(ids).await,
            }
            last = newest;
        }
    }

    /// Settles orders in one transaction, so that a batch waits for the disk only once.
    async fn settle_batch(&self, ids: &[String]) -> Result<(), Error> {
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

    /// Settles orders one by one, each on its own task, so that a panic affects only that order. Returns the number of settled
    /// orders. An order that cannot be settled is logged, counted and skipped for a while.
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

    /// Settles the due orders, each once; returns the number of settled orders. Orders that cannot be settled do not block
    /// others.
    pub async fn settle_due(&self) -> Result<usize, Error> {
        let (now, mut settled, mut last) = (self.now(), 0, None);
        self.0.unsettled.forget(now);
        loop {
            let due = self.0.store.due(now.timestamp(), last.as_ref()).await?;
            let Some(newest) = due.last().cloned() else { return Ok(settled) };
            settled += self.settle_each(due.into_iter().map(|(_, id)| id)).await;
            last = Some(newest);
        }
    }

    fn leave_alone(&self, id: String, problem: &Error) {
        tracing::error!(order = id, code = problem.code(), detail = problem.internal_detail(), "an order cannot be settled");
        metrics::counter!("doorstep_unsettled_orders_total").increment(1);
        self.0.unsettled.orders().insert(id, self.now());
    }

    /// Settles due orders until the shutdown, and evaluates the transit times every hour.
    pub async fn sweep(self, shutdown: CancellationToken) {
        let mut learning = tokio::time::interval(LEARNING);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = learning.tick() => {
                    if let Err(problem) = self.learn().await {
                        tracing::error!(code = problem.code(), detail = problem.internal_detail(), "what is usual was not learned");
                    }
                }
                () = tokio::time::sleep(EVERY) => {}
            }
            if let Err(problem) = self.settle_due().await {
                tracing::error!(
                    code = problem.code(),
                    detail = problem.internal_detail(),
                    "orders that are due were not settled"
                );
            }
        }
    }

    /// Returns the order at the current time; settles it first if it is due. If that fails, returns it as it is stored.
    pub(super) async fn up_to_date(&self, id: &str, stored: Stored) -> Result<Document, Error> {
        let is_due = stored.recompute_at.is_some_and(|due| due <= self.now().timestamp());
        if !is_due || self.0.unsettled.orders().contains_key(id) {
            return Ok(Document::new(id, stored));
        }
        let (service, order_id) = (self.clone(), id.to_owned());
        match detached(async move { service.settle_stored(&order_id).await }).await {
            Err(problem @ Error::Internal(_)) => {
                self.leave_alone(id.to_owned(), &problem);
                Ok(Document::new(id, stored))
            }
            settled => settled,
        }
    }

    async fn settle_stored(&self, id: &str) -> Result<Document, Error> {
        let mut write = self.0.store.begin().await?;
        let (document, changed) = self.settle_in(&mut write, id).await?;
        write.commit().await?;
        if changed {
            self.0.changes.announce(id, document.version);
        }
        Ok(document)
    }

    /// Settles the order. Returns its document, and true if it has a new version.
    async fn settle_in(&self, write: &mut Write, id: &str) -> Result<(Document, bool), Error> {
        let stored = write.order(id).await?.ok_or(Error::UnknownOrder)?;
        let record = read(&stored)?;
        let before = record.order.clone();
        self.settle_and_store(write, &before, record).await
    }

    /// Settles and stores the order. Returns its document, and true if it differs from `before` and so has a new version.
    pub(super) async fn settle_and_store(
        &self,
        write: &mut Write,
        before: &Order,
        mut record: OrderAggregate,
    ) -> Result<(Document, bool), Error> {
        let waiting = waiting_for_carrier(&record);
        let recompute_at = self.recompute(&mut record);
        let changed = record.order != *before;
        record.order.version += u64::from(changed);
        let document = self.store(write, &record, recompute_at).await?;
        self.hand_over(write, &waiting, &record).await?;
        Ok((document, changed))
    }
}
