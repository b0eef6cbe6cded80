//! Restores an order to the state that a demo scenario defines. Only the demo uses it, to restart its scenarios; it is the only
//! code that rewrites history.

use doorstep_contract::Order;

use super::stored::read;
use super::{Document, Service};
use crate::error::Error;
use doorstep_domain::lookup;
use doorstep_domain::new_order::NewOrder;
use doorstep_domain::record::{InternalState, OrderAggregate};

impl Service {
    /// Stores the order with all its history in place of one with the same identity. Cases, returns and refunds of the shopper
    /// are kept unless `afresh` is set. The version keeps growing, so that open streams follow.
    pub async fn restore(&self, mut record: OrderAggregate, body: &NewOrder, afresh: bool) -> Result<Document, Error> {
        let mut write = self.0.store.begin().await?;
        let hashes = self.hashes(body);
        let key = lookup::key(&record.order.number);
        let document = match write.order(&record.order.id).await? {
            None => {
                let recompute_at = self.recompute(&mut record);
                self.store_new(&mut write, (&record, recompute_at), &key, &hashes).await?
            }
            Some(stored) => {
                let existing = read(&stored)?;
                record.order.version = record.order.version.max(existing.order.version + 1);
                if !afresh {
                    let Order { cases, returns, refunds, .. } = existing.order;
                    (record.order.cases, record.order.returns, record.order.refunds) = (cases, returns, refunds);
                    let tracking = std::mem::take(&mut record.private.tracking);
                    record.private = InternalState { tracking, ..existing.private };
                }
                write.free(&record.order.id, None).await?;
                write.set_lookup(&record.order.id, &key, &hashes).await?;
                self.write(&mut write, record).await?
            }
        };
        write.commit().await?;
        self.0.changes.announce(&document.id, document.version);
        Ok(document)
    }
}
