//! Restores an order to the state that a demo scenario defines. Only the demo uses it, to restart its scenarios; it is the only code that
//! rewrites history.

use doorstep_contract::Order;
use doorstep_domain::order::lookup;
use doorstep_domain::order::new_order::NewOrder;
use doorstep_domain::order::{InternalState, OrderAggregate};

use crate::documents::Document;
use crate::error::Error;
use crate::service::Service;
use crate::unit_of_work::{ContactChange, LoadedOrder, UnitOfWork};

impl Service {
    /// Stores this order with all its history. If an order with this id exists, the restored order replaces the existing one.
    /// Unless `afresh` is true, the cases, returns and refunds of the existing order are kept. The version keeps growing, so that
    /// open streams show the restored order.
    pub async fn restore(&self, mut restored: OrderAggregate, body: &NewOrder, afresh: bool) -> Result<Document, Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let hashes = unit.context.hashes.of_new_order(body);
        let document = match unit.find(&restored.order.id).await? {
            None => {
                let mut order = LoadedOrder::new(restored);
                order.set_contact(ContactChange::of_new_order(body));
                unit.create(order, &hashes).await?
            }
            Some(mut order) => {
                restored.order.version = restored.order.version.max(order.version() + 1);
                let existing = std::mem::replace(&mut order.aggregate, restored);
                if !afresh {
                    keep_self_service(&mut order.aggregate, existing);
                }
                unit.write.delete_bookings(order.id()).await?;
                unit.write.set_lookup(order.id(), &lookup::lookup_key(&order.aggregate.order.number), &hashes).await?;
                unit.save(order).await?
            }
        };
        unit.commit().await?;
        Ok(document)
    }
}

/// Keeps cases, returns and refunds of the existing order, and its internal state except for the tracking logs.
fn keep_self_service(restored: &mut OrderAggregate, existing: OrderAggregate) {
    let Order { cases, returns, refunds, .. } = existing.order;
    (restored.order.cases, restored.order.returns, restored.order.refunds) = (cases, returns, refunds);
    let tracking = std::mem::take(&mut restored.private.tracking);
    restored.private = InternalState { tracking, ..existing.private };
}
