//! Puts an order back as a story has it. For the demo, whose stories begin again; nobody else rewrites what has happened.

use doorstep_core::wire::Order;

use super::{Document, Service, number_key};
use crate::domain::new_order::NewOrder;
use crate::problem::Problem;

impl Service {
    /// Stores the order with all its history, in place of one with the same identity. What the shopper asked for stays, and the version
    /// goes on growing, so that everybody who watches follows.
    pub async fn restore(&self, mut order: Order, body: &NewOrder) -> Result<Document, Problem> {
        let mut write = self.0.store.begin().await?;
        let hashes = self.hashes(body);
        let key = number_key(&order.number);
        let stored = match write.order(&order.id).await? {
            None => write.insert(&order, &key, &hashes).await?,
            Some(stored) => {
                let existing: Order = serde_json::from_str(&stored.document)?;
                order.version = order.version.max(existing.version + 1);
                (order.cases, order.returns, order.refunds) = (existing.cases, existing.returns, existing.refunds);
                write.set_lookup(&order.id, &key, &hashes).await?;
                write.update(&order).await?
            }
        };
        write.commit().await?;
        let document = Document::new(&order.id, stored);
        self.0.changes.announce(&document.id, document.version);
        Ok(document)
    }
}
