//! Photos: re-encoded on a separate thread, stored within a quota, and shown to everybody who may see the order.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::TimeDelta;
use doorstep_contract::Evidence;
use tokio::sync::Semaphore;

use super::stored::read;
use super::{IdempotencyKey, Service, detached};
use crate::error::Error;
use crate::photo_process::PhotoProcess;
use crate::store::{Kept, Write};
use doorstep_domain::evidence::clean;
use doorstep_domain::policy::rules;

/// Number of photos that are decoded at the same time. Each may need 100 MB.
const DECODED_AT_ONCE: usize = 2;
/// Maximum wait of a photo for its turn to be decoded.
const PATIENCE: Duration = Duration::from_secs(20);
/// Maximum number of bytes that one order may keep. The policy limits the number of photos.
const MAX_BYTES: u64 = 64 * 1_024 * 1_024;
/// Hours after which a photo that no case uses is dropped.
const UNUSED_H: i64 = 24;

/// Queue for decoding, and the process that decodes.
pub(super) struct PhotoPipeline {
    turns: Arc<Semaphore>,
    /// Child process that decodes. Without one, photos are decoded in this process.
    apart: OnceLock<PhotoProcess>,
}

impl Default for PhotoPipeline {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(DECODED_AT_ONCE)), apart: OnceLock::new() }
    }
}

impl PhotoPipeline {
    /// Runs the work in its turn. The work itself holds the turn until it ends, even if the caller no longer waits.
    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| Error::NotReady)?.map_err(|_| Error::NotReady)?;
        let work = move || {
            let _turn = turn;
            work()
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => Ok(done),
            // A decoder that panics is treated as a fault of the photo. It is logged for the operator.
            Err(error) => {
                tracing::error!(%error, "a photo made the decoder give up");
                Err(Error::EvidenceUnreadable)
            }
        }
    }

    /// Returns the photo as it is stored.
    async fn develop(&self, photo: Vec<u8>) -> Result<Vec<u8>, Error> {
        let cleaned = match self.apart.get().cloned() {
            Some(apart) => self.in_turn(move || apart.clean(&photo)).await?.map_err(|error| {
                tracing::error!(error, "a photo was not decoded");
                Error::NotReady
            })?,
            None => self.in_turn(move || clean(&photo)).await?,
        };
        cleaned.map_err(Error::from)
    }
}

impl Service {
    /// Decodes photos in child processes from now on.
    pub fn decode_photos_in(&self, apart: PhotoProcess) {
        // Later calls have no effect.
        let _ = self.0.darkroom.apart.set(apart);
    }

    /// Stores a photo, once for its idempotency key. Decoding happens before the transaction, because a transaction blocks all
    /// other writes. `held` is dropped when the photo is stored or refused.
    pub async fn keep_evidence(
        &self,
        idempotency: IdempotencyKey,
        order_id: &str,
        bytes: Vec<u8>,
        held: impl Send + 'static,
    ) -> Result<Evidence, Error> {
        let turn = self.0.running.enter(&idempotency.key).ok_or(Error::IdempotencyInProgress)?;
        let (service, order_id) = (self.clone(), order_id.to_owned());
        detached(async move {
            let _held = (turn, held);
            if let Some((fingerprint, answer)) = service.0.store.answer(&idempotency.key).await? {
                let same = fingerprint == idempotency.fingerprint;
                return if same { Ok(serde_json::from_str(&answer)?) } else { Err(Error::IdempotencyKeyReused) };
            }
            let most = service.evidence_rules(&order_id).await?.max_per_order;
            service.0.store.evidence_kept(&order_id).await?.check_room(most, 1)?;
            let picture = service.0.darkroom.develop(bytes).await?;
            let evidence = Evidence { id: new_identity()? };
            let mut write = service.0.store.begin().await?;
            // The order may have been erased while the photo was decoded.
            write.order(&order_id).await?.ok_or(Error::OrderNotFound)?;
            let length = u64::try_from(picture.len()).unwrap_or(u64::MAX);
            write.evidence_kept(&order_id).await?.check_room(most, length)?;
            let now = service.now().timestamp();
            write.keep_evidence(&evidence.id, &order_id, &picture, now).await?;
            write
                .keep_answer(
                    (&idempotency.key, Some(&order_id)),
                    &idempotency.fingerprint,
                    &serde_json::to_string(&evidence)?,
                    now,
                )
                .await?;
            write.commit().await?;
            Ok(evidence)
        })
        .await
    }

    /// Returns the maximum number of bytes of one more photo of this order, before the body is read. Refuses a photo that the
    /// order has no room for, unless a photo was already stored under this key.
    pub async fn evidence_room(&self, order_id: &str, key: &str) -> Result<usize, Error> {
        let rules = self.evidence_rules(order_id).await?;
        if self.0.store.answer(key).await?.is_none() {
            self.0.store.evidence_kept(order_id).await?.check_room(rules.max_per_order, 1)?;
        }
        Ok(usize::try_from(rules.max_bytes).unwrap_or(usize::MAX))
    }

    async fn evidence_rules(&self, order_id: &str) -> Result<rules::Evidence, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        Ok(self.rules(&read(&stored)?.order).evidence.clone())
    }

    /// Returns a photo of this order.
    pub async fn evidence(&self, order_id: &str, id: &str) -> Result<Vec<u8>, Error> {
        self.0.store.evidence(id, order_id).await?.ok_or(Error::EvidenceNotFound)
    }

    /// Assigns photos to a case, which keeps them.
    pub(super) async fn take_evidence(
        &self,
        write: &mut Write,
        order_id: &str,
        case_id: &str,
        ids: &[String],
    ) -> Result<(), Error> {
        for id in ids {
            write.take_evidence(id, order_id, case_id).await?;
        }
        Ok(())
    }

    /// Drops photos that were never part of a self-service request; returns their number.
    pub async fn sweep_evidence(&self) -> Result<u64, Error> {
        let mut write = self.0.store.begin().await?;
        let dropped = write.drop_unused_evidence((self.now() - TimeDelta::hours(UNUSED_H)).timestamp()).await?;
        write.commit().await?;
        Ok(dropped)
    }
}

impl Kept {
    /// Refuses `bytes` more bytes if the order has reached its quota.
    fn check_room(self, most: u32, bytes: u64) -> Result<(), Error> {
        let is_full = self.count >= most || self.bytes.saturating_add(bytes) > MAX_BYTES;
        if is_full { Err(Error::EvidenceQuota) } else { Ok(()) }
    }
}

fn new_identity() -> Result<String, Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Error::Internal(format!("random: {error}")))?;
    Ok(format!("ph_{:032x}", u128::from_be_bytes(random)))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn a_turn_belongs_to_the_work_and_not_to_the_one_who_waits_for_it() {
        let darkroom = PhotoPipeline::default();
        let (begun, began) = channel();
        let mut ends = Vec::new();
        for _ in 0..DECODED_AT_ONCE {
            let (end, ended) = channel::<()>();
            let begun = begun.clone();
            ends.push(end);
            let waits = darkroom.in_turn(move || {
                begun.send(()).expect("somebody listens");
                let _ = ended.recv();
            });
            // The client disconnects while the photo is decoded.
            assert!(tokio::time::timeout(Duration::from_millis(50), waits).await.is_err());
            began.recv().expect("the work has begun");
        }
        assert_eq!(darkroom.turns.available_permits(), 0, "the work goes on, so its turn is not free");
        drop(ends);
        assert!(darkroom.in_turn(|| ()).await.is_ok(), "it comes back with the end of the work");
    }
}
