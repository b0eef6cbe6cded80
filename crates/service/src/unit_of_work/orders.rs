//! Loads an order once and saves it with everything that follows from the change: the recomputed state, the row and its indexes, transit
//! samples, the order webhook, the registrations of tracking numbers, the case notes and the mails.

use doorstep_contract::{CaseId, OrderId};
use doorstep_domain::calendar::zone;
use doorstep_domain::order::completion::completed_at;
use doorstep_domain::order::lookup;
use doorstep_domain::tracking::transit_sample;

use super::loaded_order::{LoadedOrder, SavedOrder};
use super::unit::UnitOfWork;
use super::{case_note, mail, order_webhook, registration};
use crate::context::Context;
use crate::documents::{CaseDocument, Document};
use crate::error::Error;
use crate::store::{LookupHashes, RecomputedOrder};
use crate::stored_order::parse;

impl UnitOfWork {
    /// Loads an order, or returns None if it does not exist. An order that this unit has saved is not read again.
    pub(crate) async fn find(&mut self, order_id: &OrderId) -> Result<Option<LoadedOrder>, Error> {
        if let Some(SavedOrder { aggregate, document }) = self.saved.remove(order_id) {
            return Ok(Some(LoadedOrder::stored(aggregate, document)));
        }
        let Some(stored) = self.write.order(order_id).await? else { return Ok(None) };
        Ok(Some(LoadedOrder::stored(parse(&stored)?, stored.document)))
    }

    /// Loads an order for the retailer's systems. Returns `Error::UnknownOrder` if it does not exist.
    pub(crate) async fn load(&mut self, order_id: &OrderId) -> Result<LoadedOrder, Error> {
        self.find(order_id).await?.ok_or(Error::UnknownOrder)
    }

    /// Keeps an order that was loaded and not changed, so that it is not read again. Returns its document.
    pub(crate) fn put_back(&mut self, order: LoadedOrder) -> Document {
        let (unchanged, document) = order.into_unchanged();
        self.saved.insert(document.id.clone(), unchanged);
        document
    }

    /// Recomputes and stores a new order, with the hashes that a look-up compares with. If the new order has the id of an erased
    /// order, a new epoch of links begins, so that no link of the erased order opens it.
    pub(crate) async fn create(&mut self, mut order: LoadedOrder, hashes: &LookupHashes) -> Result<Document, Error> {
        let recompute_at = order.recompute(&self.context);
        let number_key = lookup::lookup_key(&order.aggregate.order.number);
        let row = recomputed(&self.context, &order, recompute_at);
        let json = self.write.insert_order(&row, &number_key, hashes).await?;
        let id_hash = self.context.hashes.erased_order(order.id());
        if let Some(epoch) = self.write.epoch_after_erasure(&id_hash).await? {
            self.write.set_epoch(order.id(), Some(epoch)).await?;
        }
        order_webhook::post(&self.context, &mut self.write, None, &order.aggregate.order).await?;
        registration::post(&self.context, &mut self.write, &order.aggregate.order).await?;
        if let Some(contact) = &order.contact {
            self.save_contact(order.id(), contact).await?;
        }
        mail::post(&self.context, &mut self.write, None, &order.aggregate.order).await?;
        self.announce(order.id(), order.version());
        Ok(Document { id: order.id().to_owned(), version: order.version(), json })
    }

    /// Recomputes and stores an order that the command gave a new version.
    pub(crate) async fn save(&mut self, mut order: LoadedOrder) -> Result<Document, Error> {
        let recompute_at = order.recompute(&self.context);
        let after = &order.aggregate.order;
        for shipment in &after.shipments {
            if let Some(sample) = transit_sample(shipment, zone(after)) {
                self.write.insert_transit_sample(&after.id, &shipment.id, &sample).await?;
            }
        }
        self.announce(order.id(), order.version());
        self.store(order, recompute_at).await
    }

    /// Gives the order a new version, saves it, and returns one of its cases.
    pub(crate) async fn save_case(&mut self, mut order: LoadedOrder, case_id: &CaseId) -> Result<CaseDocument, Error> {
        order.increment_version();
        let document = self.save(order).await?;
        let cases = self.saved.get(&document.id).map(|saved| saved.aggregate.order.cases.as_slice()).unwrap_or_default();
        let case = cases.iter().find(|case| case.id == *case_id).ok_or(Error::CaseNotFound)?;
        Ok(CaseDocument { json: serde_json::to_string(case)?, order_id: document.id, version: document.version })
    }

    /// Recomputes and stores an order that no command changed visibly. If the elapsed time has changed it visibly, it gets a new
    /// version. Returns its document, and true if it got a new version.
    pub(crate) async fn save_recomputed(&mut self, mut order: LoadedOrder) -> Result<(Document, bool), Error> {
        let recompute_at = order.recompute(&self.context);
        let has_changed = order.has_changed();
        if has_changed {
            order.increment_version();
            self.announce(order.id(), order.version());
        }
        Ok((self.store(order, recompute_at).await?, has_changed))
    }

    /// Posts the case notes of an order without saving the order.
    pub(crate) async fn post_case_notes(&mut self, order: &LoadedOrder) -> Result<(), Error> {
        for note in order.case_notes() {
            case_note::post(&self.context, &mut self.write, &order.aggregate, &note).await?;
        }
        Ok(())
    }

    async fn store(&mut self, order: LoadedOrder, recompute_at: Option<i64>) -> Result<Document, Error> {
        let row = recomputed(&self.context, &order, recompute_at);
        let json = self.write.update_order(&row).await?;
        if let Some(before) = order.before.as_deref() {
            order_webhook::post(&self.context, &mut self.write, Some(before), &order.aggregate.order).await?;
        }
        if registration::post(&self.context, &mut self.write, &order.aggregate.order).await? {
            self.wake_senders();
        }
        if let Some(contact) = &order.contact {
            self.save_contact(order.id(), contact).await?;
        }
        mail::post(&self.context, &mut self.write, order.before.as_deref(), &order.aggregate.order).await?;
        self.post_case_notes(&order).await?;
        let document = Document { id: order.id().to_owned(), version: order.version(), json };
        self.saved.insert(document.id.clone(), SavedOrder { aggregate: order.aggregate, document: document.json.clone() });
        Ok(document)
    }
}

/// Returns the row of a recomputed order.
fn recomputed<'a>(context: &'a Context, order: &'a LoadedOrder, recompute_at: Option<i64>) -> RecomputedOrder<'a> {
    RecomputedOrder {
        aggregate: &order.aggregate,
        recompute_at,
        policy_hash: context.policy.hash(),
        finished_at: completed_at(&order.aggregate.order).map(|at| at.timestamp()),
        now: context.now_s(),
    }
}
