//! Erases an order with all its data, on command of the retailer or of the shop platform, or after the retention time of finished orders.

use std::sync::atomic::Ordering;

use doorstep_contract::OrderId;

use crate::context::Context;
use crate::error::Error;
use crate::service::Service;
use crate::store::Erasure;
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

/// Originator of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasedBy {
    /// The retailer's systems.
    Admin,
    /// The retention time of finished orders.
    Retention,
    /// The shop platform that reported the order.
    Shop,
}

impl ErasedBy {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Retention => "retention",
            Self::Shop => "shop",
        }
    }
}

impl Service {
    /// Erases an order with all its data. Does nothing if the order was erased before, and returns an error if it never existed.
    pub async fn erase(&self, order_id: &OrderId, by: ErasedBy) -> Result<(), Error> {
        let (context, order_id) = (self.0.clone(), order_id.to_owned());
        run_detached(async move {
            let mut unit = UnitOfWork::begin(context.clone()).await?;
            if !erase(&mut unit, &order_id, by).await? {
                return Ok(());
            }
            unit.commit().await?;
            tracing::info!(by = by.as_str(), "an order was erased");
            context.wal_has_erased_data.store(true, Ordering::SeqCst);
            truncate_wal(&context).await
        })
        .await
    }

    /// Empties the write-ahead log if it may still contain erased data. If a reader still needs the log, only a later call
    /// empties it.
    pub async fn truncate_wal(&self) -> Result<(), Error> {
        truncate_wal(&self.0).await
    }
}

/// Erases the order. Returns false if it was erased before.
async fn erase(unit: &mut UnitOfWork, order_id: &OrderId, by: ErasedBy) -> Result<bool, Error> {
    let context = unit.context.clone();
    let id_hash = context.hashes.erased_order(order_id);
    if unit.write.order(order_id).await?.is_none() {
        let was_erased = unit.write.epoch_after_erasure(&id_hash).await?.is_some();
        return if was_erased { Ok(false) } else { Err(Error::UnknownOrder) };
    }
    let now = context.now_s();
    for key in unit.write.tracking_keys(order_id).await? {
        unit.write.insert_erased_number(&context.hashes.erased_tracking_key(&key), now).await?;
    }
    unit.erase_registrations(order_id).await?;
    for key in unit.write.answer_keys(order_id).await? {
        unit.write.scrub_answer(&key, &context.hashes.erased_answer_key(&key)).await?;
    }
    unit.write.erase_order(order_id, &Erasure { id_hash: &id_hash, by: by.as_str(), at: now }).await?;
    unit.end_access(order_id);
    Ok(true)
}

async fn truncate_wal(context: &Context) -> Result<(), Error> {
    if context.wal_has_erased_data.load(Ordering::SeqCst) && context.store.truncate_wal().await? {
        context.wal_has_erased_data.store(false, Ordering::SeqCst);
    }
    Ok(())
}
