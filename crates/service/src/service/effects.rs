//! Steps inside a write transaction: read the document, apply the rules of the domain, write it back. The callers in the parent
//! module commit.

use std::collections::BTreeSet;

use super::helpdesk_ticket::waiting_for_carrier;
use super::stored::read;
use super::unmatched::numbers;
use super::{Document, Service};
use crate::error::Error;
use crate::store::Write;
use doorstep_domain::bounds::IDENTITY;
use doorstep_domain::lookup;
use doorstep_domain::new_order::{NewOrder, final_sale, replace};
use doorstep_domain::recompute::recompute;
use doorstep_domain::record::{InternalState, OrderAggregate};
use doorstep_domain::update::{Applied, TrackingUpdate, apply};
use doorstep_providers::Delivery;

/// Outcome of a provider's deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// Number of shipments that changed.
    pub changed: u32,
    /// Number of shipments for which the delivery contained nothing new.
    pub unchanged: u32,
    /// Number of deliveries about a tracking number that no order has.
    pub unknown: u32,
}

impl Service {
    pub(super) async fn create(&self, write: &mut Write, new: NewOrder) -> Result<Document, Error> {
        let id = match &new.id {
            Some(id) if is_identity(id) => id.clone(),
            Some(_) => return Err(Error::field("/id", "invalid")),
            None => new_identity()?,
        };
        if write.order(&id).await?.is_some() {
            return Err(Error::OrderExists);
        }
        let hashes = self.hashes(&new);
        let mut new = new;
        let final_sale = final_sale(&mut new);
        let delivery_cost = new.delivery_cost();
        let order = new.into_order(id, self.now())?;
        let mut record =
            OrderAggregate { order, private: InternalState { final_sale, delivery_cost, ..InternalState::default() } };
        self.claim(write, &mut record, &BTreeSet::new()).await?;
        let recompute_at = self.recompute(&mut record);
        let key = lookup::key(&record.order.number);
        self.store_new(write, (&record, recompute_at), &key, &hashes).await
    }

    pub(super) async fn replace(
        &self,
        write: &mut Write,
        id: &str,
        with: NewOrder,
        if_match: Option<&[u64]>,
    ) -> Result<Document, Error> {
        let stored = write.order(id).await?.ok_or(Error::UnknownOrder)?;
        if if_match.is_some_and(|versions| !versions.contains(&stored.version)) {
            return Err(Error::Stale { version: stored.version, document: stored.document });
        }
        let mut with = with;
        if with.id.as_deref().is_some_and(|given| given != id) {
            return Err(Error::field("/id", "differs-from-path"));
        }
        let hashes = self.hashes(&with);
        let mut record = read(&stored)?;
        record.private.final_sale = final_sale(&mut with);
        record.private.delivery_cost = with.delivery_cost();
        let order = replace(&record.order, with, self.now())?;
        let known = numbers(&record);
        record.take(order, self.now());
        self.claim(write, &mut record, &known).await?;
        write.set_lookup(id, &lookup::key(&record.order.number), &hashes).await?;
        self.write(write, record).await
    }

    pub(super) async fn update(
        &self,
        write: &mut Write,
        order_id: &str,
        shipment_id: &str,
        update: &TrackingUpdate,
    ) -> Result<(Applied, Document), Error> {
        let stored = write.order(order_id).await?.ok_or(Error::UnknownOrder)?;
        let mut record = read(&stored)?;
        let known = numbers(&record);
        let applied = apply(&mut record, shipment_id, update, self.now());
        if applied == Applied::Changed {
            self.claim(write, &mut record, &known).await?;
        }
        let document = match applied {
            Applied::Changed => self.write(write, record).await?,
            Applied::Noted => {
                let before = record.order.clone();
                self.claim(write, &mut record, &known).await?;
                let (document, is_news) = self.settle_and_store(write, &before, record).await?;
                // The update itself shows nothing new, but settling may show effects of elapsed time, which make a new version.
                return Ok((if is_news { Applied::Changed } else { Applied::Noted }, document));
            }
            Applied::Unchanged | Applied::NoSuchShipment => Document::new(order_id, stored),
        };
        Ok((applied, document))
    }

    /// Settles and stores an order that has a new version.
    pub(super) async fn write(&self, write: &mut Write, mut record: OrderAggregate) -> Result<Document, Error> {
        let waiting = waiting_for_carrier(&record);
        let recompute_at = self.recompute(&mut record);
        self.note_passages(write, &record.order).await?;
        let document = self.store(write, &record, recompute_at).await?;
        self.hand_over(write, &waiting, &record).await?;
        Ok(document)
    }

    /// Brings an order up to the current time. Returns the time at which it has to be settled again, in seconds; None if never.
    pub(super) fn recompute(&self, record: &mut OrderAggregate) -> Option<i64> {
        self.tell_what_is_usual(record);
        let due = recompute(record, &self.0.policy, self.now());
        // The time is rounded up to a whole second, so that the order is never settled too early.
        due.map(|due| due.timestamp() + i64::from(due.timestamp_subsec_nanos() > 0))
    }

    pub(super) async fn deliver(&self, write: &mut Write, deliveries: &[Delivery]) -> Result<(Tally, Vec<(String, u64)>), Error> {
        let mut tally = Tally::default();
        let mut changed = Vec::new();
        for delivery in deliveries {
            let shipments = addressed(write.tracked(&delivery.tracking_number).await?, delivery.carrier.as_deref());
            // A late delivery about an erased order is not kept.
            if shipments.is_empty() && !self.is_erased_number(write, &delivery.tracking_number).await? {
                self.keep_unclaimed(write, delivery).await?;
            }
            tally.unknown += u32::from(shipments.is_empty());
            for (order_id, shipment_id) in shipments {
                let (applied, document) = self.update(write, &order_id, &shipment_id, &delivery.update).await?;
                match applied {
                    Applied::Changed => {
                        tally.changed += 1;
                        changed.push((order_id, document.version));
                    }
                    Applied::Noted | Applied::Unchanged | Applied::NoSuchShipment => tally.unchanged += 1,
                }
            }
        }
        Ok((tally, changed))
    }
}

/// Returns the shipments that a delivery is about. The carrier selects among shipments with the same number only if it matches
/// one of them, because providers name carriers in their own ways.
fn addressed(tracked: Vec<(String, String, Option<String>)>, carrier: Option<&str>) -> Vec<(String, String)> {
    let carrier = carrier.map(str::to_lowercase);
    let is_theirs = |(_, _, theirs): &(String, String, Option<String>)| theirs.is_some() && *theirs == carrier;
    let told_apart = tracked.iter().any(is_theirs);
    let kept = tracked.into_iter().filter(|shipment| !told_apart || is_theirs(shipment));
    kept.map(|(order_id, shipment_id, _)| (order_id, shipment_id)).collect()
}

/// Returns true for an identity of valid length and characters. An identity appears in paths and fragments, so it must not need
/// escaping.
fn is_identity(id: &str) -> bool {
    (1..=IDENTITY).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn new_identity() -> Result<String, Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Error::Internal(format!("random: {error}")))?;
    Ok(format!("ord_{:032x}", u128::from_be_bytes(random)))
}
