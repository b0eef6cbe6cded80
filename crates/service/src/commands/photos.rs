//! Uploads of photos by shoppers: decoded outside a transaction, stored within the quota of the order, once per idempotency key.

use doorstep_contract::{Evidence, OrderId};

use crate::error::Error;
use crate::idempotency_key::IdempotencyKey;
use crate::random;
use crate::service::Service;
use crate::store::{NewPhoto, PhotoUsage};
use crate::stored_order::parse;
use crate::task::run_detached;
use crate::unit_of_work::{UnitOfWork, repeated};

/// Maximum total size of the photos of one order, in bytes. The policy sets the maximum number of photos.
const MAX_BYTES: u64 = 64 * 1_024 * 1_024;

/// Limits of the photos of one order, from the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoQuota {
    /// Maximum size of one upload in bytes.
    pub max_upload_bytes: usize,
    /// Maximum number of photos of the order.
    pub max_photos: u32,
}

impl PhotoQuota {
    /// Returns `Error::EvidenceQuota` if one more photo of `bytes` bytes would exceed the quota of the order.
    fn check(&self, usage: PhotoUsage, bytes: u64) -> Result<(), Error> {
        let is_full = usage.count >= self.max_photos || usage.bytes.saturating_add(bytes) > MAX_BYTES;
        if is_full { Err(Error::EvidenceQuota) } else { Ok(()) }
    }
}

impl Service {
    /// Returns the limits for the photos of an order, so that the caller knows them before it reads an upload. Returns
    /// `Error::EvidenceQuota` if the order has reached its quota, unless an answer is already stored under this idempotency key.
    pub async fn photo_quota(&self, order_id: &OrderId, key: &str) -> Result<PhotoQuota, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        let rules = &self.0.rules(&parse(&stored)?.order).evidence;
        let max_upload_bytes = usize::try_from(rules.max_bytes).unwrap_or(usize::MAX);
        let quota = PhotoQuota { max_upload_bytes, max_photos: rules.max_per_order };
        if self.0.store.answer(key).await?.is_none() {
            quota.check(self.0.store.photo_usage(order_id).await?, 1)?;
        }
        Ok(quota)
    }

    /// Stores a photo, once for its idempotency key. Decoding happens before the transaction, because a transaction blocks all other
    /// writes. `held` is a guard of the caller. It is dropped when the photo is stored or refused.
    pub async fn store_photo(&self, upload: PhotoUpload, held: impl Send + 'static) -> Result<Evidence, Error> {
        let running = self.0.running_keys.reserve(&upload.idempotency.key).ok_or(Error::IdempotencyInProgress)?;
        let context = self.0.clone();
        run_detached(async move {
            let _held = (running, held);
            let PhotoUpload { idempotency, order_id, bytes, quota } = upload;
            if let Some(first) = context.store.answer(&idempotency.key).await? {
                return repeated(first, &idempotency);
            }
            quota.check(context.store.photo_usage(&order_id).await?, 1)?;
            let picture = context.photo_pipeline.decode(bytes).await?;
            let evidence = Evidence { id: random::id::<16>("ph_")? };
            let mut unit = UnitOfWork::begin(context).await?;
            // The order may have been erased while the photo was decoded.
            unit.write.order(&order_id).await?.ok_or(Error::OrderNotFound)?;
            let length = u64::try_from(picture.len()).unwrap_or(u64::MAX);
            quota.check(unit.write.photo_usage(&order_id).await?, length)?;
            let now = unit.context.now_s();
            unit.write.insert_photo(&NewPhoto { id: &evidence.id, order_id: &order_id, picture: &picture, now }).await?;
            unit.keep_answer(&idempotency, Some(&order_id), &evidence).await?;
            unit.commit().await?;
            Ok(evidence)
        })
        .await
    }
}

/// A photo that was uploaded.
pub struct PhotoUpload {
    /// Idempotency key of the upload.
    pub idempotency: IdempotencyKey,
    /// Id of the order.
    pub order_id: OrderId,
    /// The photo as it was sent.
    pub bytes: Vec<u8>,
    /// Limits that applied when the upload began.
    pub quota: PhotoQuota,
}
