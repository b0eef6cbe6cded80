//! Brings stored orders up to the current time: their state also changes with time, when a window closes, a promise passes or an
//! investigation times out. Called by the queries before they read an order, and by the worker.

use std::sync::Arc;

use doorstep_contract::OrderId;

use crate::context::Context;
use crate::documents::Document;
use crate::error::Error;
use crate::store::StoredOrder;
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

/// Returns the document of a stored order at the current time. Recomputes the order first if it is due. Returns the stored
/// document if recomputing fails with an internal error, or failed within the last five minutes.
pub(crate) async fn current_document(context: &Arc<Context>, id: &OrderId, stored: StoredOrder) -> Result<Document, Error> {
    let is_due = stored.recompute_at.is_some_and(|due| due <= context.now_s());
    if !is_due || context.failed_orders.contains(id) {
        return Ok(Document::of_stored(id, stored));
    }
    match recompute_order(context, id).await {
        Err(error @ Error::Internal(_)) => {
            context.failed_orders.add(id, &error, context.now());
            Ok(Document::of_stored(id, stored))
        }
        recomputed => recomputed,
    }
}

/// Recomputes and stores one order in a transaction and on a task of its own, so that a panic affects only this order.
pub(crate) async fn recompute_order(context: &Arc<Context>, id: &OrderId) -> Result<Document, Error> {
    let (context, id) = (context.clone(), id.to_owned());
    run_detached(async move {
        let mut unit = UnitOfWork::begin(context).await?;
        let order = unit.load(&id).await?;
        let (document, _) = unit.save_recomputed(order).await?;
        unit.commit().await?;
        Ok(document)
    })
    .await
}

/// Recomputes and stores orders in one transaction, so that a batch waits for the disk only once. If one of them fails, nothing is
/// written.
pub(crate) async fn recompute_batch(context: &Arc<Context>, ids: Vec<OrderId>) -> Result<(), Error> {
    let context = context.clone();
    run_detached(async move {
        let mut unit = UnitOfWork::begin(context).await?;
        for id in &ids {
            let order = unit.load(id).await?;
            unit.save_recomputed(order).await?;
        }
        unit.commit().await
    })
    .await
}
