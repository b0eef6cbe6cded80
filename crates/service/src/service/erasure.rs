//! Erasure of personal data: an order is erased with all its data, on command of the retailer or after the retention time of
//! finished orders. Also revokes the links of an order.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::stored::read;
use super::{Answer, Service, detached};
use crate::error::Error;
use crate::store::{Erasure, Write};
use crate::token::sign;
use doorstep_domain::finished::finished_at;

/// Interval of the search for orders whose retention time is over.
const EVERY: Duration = Duration::from_secs(600);
/// Interval of the attempts to empty a write-ahead log that a reader still needed.
const LOG_EVERY: Duration = Duration::from_secs(1);

/// Originator of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasedBy {
    /// The retailer's systems.
    Admin,
    /// The retention time of finished orders.
    Retention,
}

impl ErasedBy {
    fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Retention => "retention",
        }
    }
}

impl Service {
    /// Erases an order with all its data. Erasing it again changes nothing; an order that never existed is an error.
    pub async fn erase(&self, order_id: &str, by: ErasedBy) -> Result<(), Error> {
        let (service, order_id) = (self.clone(), order_id.to_owned());
        detached(async move {
            let id_hash = service.erased_hash(b"order:", &order_id);
            let mut write = service.0.store.begin().await?;
            if write.order(&order_id).await?.is_none() {
                let known = write.epoch_after_erasure(&id_hash).await?.is_some();
                return if known { Ok(()) } else { Err(Error::UnknownOrder) };
            }
            let now = service.now().timestamp();
            for key in write.tracking_keys(&order_id).await? {
                write.note_erased_number(&service.erased_hash(b"number:", &key), now).await?;
            }
            for key in write.answer_keys(&order_id).await? {
                write.scrub_answer(&key, &service.scrubbed_key(&key)).await?;
            }
            write.erase(&order_id, &Erasure { id_hash: &id_hash, by: by.as_str(), at: now }).await?;
            write.commit().await?;
            tracing::info!(by = by.as_str(), "an order was erased");
            service.0.changes.end(&order_id);
            service.0.log_to_forget.store(true, Ordering::SeqCst);
            service.forget_log().await
        })
        .await
    }

    /// Erases the orders that were finished longer ago than the retention time; returns their number.
    pub async fn erase_finished(&self) -> Result<usize, Error> {
        let Some(retain) = self.0.retain else { return Ok(0) };
        self.judge_all().await?;
        let mut erased = 0;
        loop {
            let ids = self.0.store.finished_before((self.now() - retain).timestamp()).await?;
            if ids.is_empty() {
                return Ok(erased);
            }
            for id in &ids {
                self.erase(id, ErasedBy::Retention).await?;
                erased += 1;
            }
        }
    }

    /// Empties the write-ahead log of erased data, if a reader prevented that before.
    pub async fn forget_log(&self) -> Result<(), Error> {
        if self.0.log_to_forget.load(Ordering::SeqCst) && self.0.store.forget_log().await? {
            self.0.log_to_forget.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Erases due orders and empties the log until the shutdown.
    pub async fn clean(self, shutdown: CancellationToken) {
        let (mut orders, mut log) = (tokio::time::interval(EVERY), tokio::time::interval(LOG_EVERY));
        loop {
            let cleaned = tokio::select! {
                () = shutdown.cancelled() => return,
                _ = orders.tick() => self.erase_finished().await.map(|erased| {
                    if erased > 0 {
                        tracing::info!(erased, "orders were kept long enough");
                    }
                }),
                _ = log.tick() => self.forget_log().await,
            };
            if let Err(problem) = cleaned {
                tracing::error!(
                    code = problem.code(),
                    detail = problem.internal_detail(),
                    "erasing is not complete; it is tried again"
                );
            }
        }
    }

    /// Revokes every token of the order that exists so far.
    pub(super) async fn revoke_links(&self, write: &mut Write, order_id: &str) -> Result<Answer, Error> {
        write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        Ok(Answer::Revoked { order_id: order_id.to_owned(), epoch: write.set_epoch(order_id, None).await? })
    }

    /// Starts a new epoch of links for an order that takes the identity of an erased one, so that no old link opens it.
    pub(super) async fn begin_epoch(&self, write: &mut Write, order_id: &str) -> Result<(), Error> {
        if let Some(epoch) = write.epoch_after_erasure(&self.erased_hash(b"order:", order_id)).await? {
            write.set_epoch(order_id, Some(epoch)).await?;
        }
        Ok(())
    }

    /// Returns true if an erased order had this tracking number.
    pub(super) async fn is_erased_number(&self, write: &mut Write, tracking_number: &str) -> Result<bool, Error> {
        let key = doorstep_domain::tracking::tracking_key(tracking_number);
        Ok(write.is_erased_number(&self.erased_hash(b"number:", &key)).await?)
    }

    /// Returns the key under which the answer about an erased order is kept.
    pub(super) fn scrubbed_key(&self, key: &str) -> String {
        let hash = self.erased_hash(b"answer:", key);
        hash.iter().fold("erased:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// Stores for every order the time at which it was finished, if that was never determined.
    async fn judge_all(&self) -> Result<(), Error> {
        loop {
            let ids = self.0.store.not_judged().await?;
            if ids.is_empty() {
                return Ok(());
            }
            let mut write = self.0.store.begin().await?;
            for id in &ids {
                if let Some(stored) = write.order(id).await? {
                    let finished = finished_at(&read(&stored)?.order).map(|at| at.timestamp());
                    write.set_finished(id, finished).await?;
                }
            }
            write.commit().await?;
        }
    }

    fn erased_hash(&self, kind: &[u8], text: &str) -> [u8; 32] {
        sign(&self.0.pepper, &[b"erased ", kind, text.as_bytes()])
    }
}
