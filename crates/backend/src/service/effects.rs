//! What happens inside a write transaction: read the document, let the domain decide, write it back. No commits here; the callers in
//! this module's parent make them.

use doorstep_core::wire;

use super::{Document, Service, number_key};
use crate::domain::new_order::{NewOrder, replace};
use crate::domain::update::{Applied, Update, apply};
use crate::problem::Problem;
use crate::providers::Delivery;
use crate::store::{Hashes, Write};

/// What became of a provider's deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// Shipments that changed.
    pub changed: u32,
    /// Shipments about which everything was known already.
    pub unchanged: u32,
    /// Deliveries about a tracking number that no order has.
    pub unknown: u32,
}

impl Service {
    pub(super) async fn create(&self, write: &mut Write, new: NewOrder) -> Result<Document, Problem> {
        let id = match &new.id {
            Some(id) if is_identity(id) => id.clone(),
            Some(_) => return Err(Problem::field("/id", "invalid")),
            None => new_identity()?,
        };
        if write.order(&id).await?.is_some() {
            return Err(Problem::OrderExists);
        }
        let hashes = self.hashes(&new);
        let order = new.into_order(id, self.now())?;
        let stored = write.insert(&order, &number_key(&order.number), &hashes).await?;
        Ok(Document::new(&order.id, stored))
    }

    pub(super) async fn replace(
        &self,
        write: &mut Write,
        id: &str,
        with: NewOrder,
        if_match: Option<&[u64]>,
    ) -> Result<Document, Problem> {
        let stored = write.order(id).await?.ok_or(Problem::UnknownOrder)?;
        if if_match.is_some_and(|versions| !versions.contains(&stored.version)) {
            return Err(Problem::Stale { version: stored.version, document: stored.document });
        }
        if with.id.as_deref().is_some_and(|given| given != id) {
            return Err(Problem::field("/id", "differs-from-path"));
        }
        let hashes = self.hashes(&with);
        let existing: wire::Order = serde_json::from_str(&stored.document)?;
        let order = replace(&existing, with, self.now())?;
        write.set_lookup(id, &number_key(&order.number), &hashes).await?;
        Ok(Document::new(id, write.update(&order).await?))
    }

    pub(super) async fn update(
        &self,
        write: &mut Write,
        order_id: &str,
        shipment_id: &str,
        update: &Update,
    ) -> Result<(Applied, Document), Problem> {
        let stored = write.order(order_id).await?.ok_or(Problem::UnknownOrder)?;
        let mut order: wire::Order = serde_json::from_str(&stored.document)?;
        let applied = apply(&mut order, shipment_id, update, self.now());
        let stored = match applied {
            Applied::Changed => write.update(&order).await?,
            Applied::Unchanged | Applied::NoSuchShipment => stored,
        };
        Ok((applied, Document::new(order_id, stored)))
    }

    pub(super) async fn deliver(
        &self,
        write: &mut Write,
        deliveries: &[Delivery],
    ) -> Result<(Tally, Vec<(String, u64)>), Problem> {
        let mut tally = Tally::default();
        let mut changed = Vec::new();
        for delivery in deliveries {
            let shipments = addressed(write.tracked(&delivery.tracking_number).await?, delivery.carrier.as_deref());
            if shipments.is_empty() {
                tally.unknown += 1;
            }
            for (order_id, shipment_id) in shipments {
                let (applied, document) = self.update(write, &order_id, &shipment_id, &delivery.update).await?;
                match applied {
                    Applied::Changed => {
                        tally.changed += 1;
                        changed.push((order_id, document.version));
                    }
                    Applied::Unchanged | Applied::NoSuchShipment => tally.unchanged += 1,
                }
            }
        }
        Ok((tally, changed))
    }

    pub(super) fn hashes(&self, new: &NewOrder) -> Hashes {
        Hashes {
            email: new.email.as_deref().map(|email| self.email_hash(email).to_vec()),
            postcode: new.postcode.as_deref().map(|postcode| self.postcode_hash(postcode).to_vec()),
        }
    }
}

/// The carrier decides only where it tells shipments with the same number apart: providers name carriers in their own way.
fn addressed(tracked: Vec<(String, String, Option<String>)>, carrier: Option<&str>) -> Vec<(String, String)> {
    let carrier = carrier.map(str::to_lowercase);
    let is_theirs = |(_, _, theirs): &(String, String, Option<String>)| theirs.is_some() && *theirs == carrier;
    let told_apart = tracked.iter().any(is_theirs);
    let kept = tracked.into_iter().filter(|shipment| !told_apart || is_theirs(shipment));
    kept.map(|(order_id, shipment_id, _)| (order_id, shipment_id)).collect()
}

/// An identity stands in paths and fragments, so it is made of characters that need no escaping.
fn is_identity(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn new_identity() -> Result<String, Problem> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Problem::Internal(format!("random: {error}")))?;
    Ok(format!("ord_{:032x}", u128::from_be_bytes(random)))
}
