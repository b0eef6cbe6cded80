//! Photos: taken in, written anew on a thread of their own, kept within a quota, and shown to whoever may see the order.

use std::time::Duration;

use chrono::TimeDelta;
use doorstep_core::wire::Evidence;
use tokio::sync::Semaphore;

use super::effects::read;
use super::{Once, Service, detached};
use crate::domain::evidence::{Refused, clean};
use crate::domain::policy::rules;
use crate::problem::Problem;
use crate::store::Write;

/// Photos that are decoded at a time: each may need a hundred megabytes.
const DECODED_AT_ONCE: usize = 2;
/// How long a photo waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes that one order may keep; how many photos, the policy says.
const MAX_BYTES: u64 = 64 * 1_024 * 1_024;
/// A photo that no case has taken up after this long is dropped.
const UNUSED_H: i64 = 24;

/// Turns for decoding.
pub(super) struct Darkroom(Semaphore);

impl Default for Darkroom {
    fn default() -> Self {
        Self(Semaphore::new(DECODED_AT_ONCE))
    }
}

impl Darkroom {
    async fn develop(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
        let turn = tokio::time::timeout(PATIENCE, self.0.acquire()).await;
        let _turn = turn.map_err(|_| Problem::NotReady)?.map_err(|_| Problem::NotReady)?;
        match tokio::task::spawn_blocking(move || clean(&bytes)).await {
            Ok(kept) => kept.map_err(Problem::from),
            // A decoder that gives up is the photo's fault, not ours; whoever runs the backend should know of it.
            Err(error) => {
                tracing::error!(%error, "a photo made the decoder give up");
                Err(Problem::EvidenceUnreadable)
            }
        }
    }
}

impl Service {
    /// Keeps a photo, once for its key. The slow part happens before the transaction: while it writes, nobody else can.
    pub async fn keep_evidence(&self, once: Once, order_id: &str, bytes: Vec<u8>) -> Result<Evidence, Problem> {
        let turn = self.0.running.enter(&once.key).ok_or(Problem::IdempotencyInProgress)?;
        let (service, order_id) = (self.clone(), order_id.to_owned());
        detached(async move {
            let _turn = turn;
            if let Some((fingerprint, answer)) = service.0.store.answer(&once.key).await? {
                let same = fingerprint == once.fingerprint;
                return if same { Ok(serde_json::from_str(&answer)?) } else { Err(Problem::IdempotencyKeyReused) };
            }
            let most = service.evidence_rules(&order_id).await?.max_per_order;
            let picture = service.0.darkroom.develop(bytes).await?;
            let evidence = Evidence { id: new_identity()? };
            let mut write = service.0.store.begin().await?;
            let kept = write.evidence_kept(&order_id).await?;
            let length = u64::try_from(picture.len()).unwrap_or(u64::MAX);
            if kept.count >= most || kept.bytes.saturating_add(length) > MAX_BYTES {
                return Err(Problem::EvidenceQuota);
            }
            let now = service.now().timestamp();
            write.keep_evidence(&evidence.id, &order_id, &picture, now).await?;
            write.keep_answer(&once.key, &once.fingerprint, &serde_json::to_string(&evidence)?, now).await?;
            write.commit().await?;
            Ok(evidence)
        })
        .await
    }

    /// Bytes that one photo of this order may have.
    pub async fn evidence_limit(&self, order_id: &str) -> Result<usize, Problem> {
        Ok(usize::try_from(self.evidence_rules(order_id).await?.max_bytes).unwrap_or(usize::MAX))
    }

    async fn evidence_rules(&self, order_id: &str) -> Result<rules::Evidence, Problem> {
        let stored = self.0.store.order(order_id).await?.ok_or(Problem::OrderNotFound)?;
        Ok(self.rules(&read(&stored)?.order).evidence.clone())
    }

    /// A photo of this order.
    pub async fn evidence(&self, order_id: &str, id: &str) -> Result<Vec<u8>, Problem> {
        self.0.store.evidence(id, order_id).await?.ok_or(Problem::EvidenceNotFound)
    }

    /// Gives photos to a case, which keeps them.
    pub(super) async fn take_evidence(
        &self,
        write: &mut Write,
        order_id: &str,
        case_id: &str,
        ids: &[String],
    ) -> Result<(), Problem> {
        for id in ids {
            write.take_evidence(id, order_id, case_id).await?;
        }
        Ok(())
    }

    /// Drops photos that were never part of a request; answers how many.
    pub async fn sweep_evidence(&self) -> Result<u64, Problem> {
        let mut write = self.0.store.begin().await?;
        let dropped = write.drop_unused_evidence((self.now() - TimeDelta::hours(UNUSED_H)).timestamp()).await?;
        write.commit().await?;
        Ok(dropped)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Type => Self::EvidenceType,
            Refused::Unreadable => Self::EvidenceUnreadable,
            Refused::TooManyPixels => Self::EvidenceTooManyPixels,
            Refused::Appended => Self::EvidenceAppended,
        }
    }
}

fn new_identity() -> Result<String, Problem> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Problem::Internal(format!("random: {error}")))?;
    Ok(format!("ph_{:032x}", u128::from_be_bytes(random)))
}
