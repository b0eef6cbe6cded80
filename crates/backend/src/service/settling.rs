//! Orders change by themselves: a window closes, a promise passes, the time of an investigation ends. A sweep settles what is due, a
//! reader of an order that is due does not wait for it, and another policy settles every order anew.

use std::time::Duration;

use doorstep_core::wire::Order;
use tokio_util::sync::CancellationToken;

use super::effects::read;
use super::{Document, Service};
use crate::domain::record::Record;
use crate::problem::Problem;
use crate::store::{Stored, Write};

/// Between two looks for orders that are due.
const EVERY: Duration = Duration::from_secs(1);
/// Between two counts of what is usual.
const LEARNING: Duration = Duration::from_secs(3_600);

impl Service {
    /// Settles every order that follows another policy; how many there were.
    pub async fn follow_policy(&self) -> Result<usize, Problem> {
        let mut settled = 0;
        loop {
            let ids = self.0.store.of_other_policies(self.0.policy.hash()).await?;
            if ids.is_empty() {
                return Ok(settled);
            }
            // Each transaction waits for the disk: a batch waits once.
            let mut write = self.0.store.begin().await?;
            let mut changed = Vec::new();
            for id in &ids {
                let (document, is_news) = self.settle_in(&mut write, id).await?;
                changed.extend(is_news.then_some(document));
            }
            write.commit().await?;
            changed.iter().for_each(|document| self.0.changes.announce(&document.id, document.version));
            settled += ids.len();
        }
    }

    /// Settles the orders that are due, until there is none; how many there were. One that cannot be settled holds up no other.
    pub async fn settle_due(&self) -> Result<usize, Problem> {
        let mut settled = 0;
        loop {
            let ids = self.0.store.due(self.now().timestamp()).await?;
            let mut failed = None;
            for id in &ids {
                match self.settle_stored(id).await {
                    Ok(_) => settled += 1,
                    Err(problem) => failed = Some(problem),
                }
            }
            match failed {
                Some(problem) => return Err(problem),
                None if ids.is_empty() => return Ok(settled),
                None => {}
            }
        }
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

    /// The order as it is now: one that is due is settled first.
    pub(super) async fn up_to_date(&self, id: &str, stored: Stored) -> Result<Document, Problem> {
        let is_due = stored.due_at.is_some_and(|due| due <= self.now().timestamp());
        if is_due { self.settle_stored(id).await } else { Ok(Document::new(id, stored)) }
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
        let due_at = self.settle(&mut record);
        let changed = record.order != *before;
        record.order.version += u64::from(changed);
        Ok((self.store(write, &record, due_at).await?, changed))
    }
}
