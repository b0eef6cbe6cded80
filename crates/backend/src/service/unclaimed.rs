//! A provider may speak of a number before the shop has sent the order, a partner before anybody has said that the parcel is now its own,
//! and some by a name of theirs before they say whose it is. What is said is kept for a while and counts as soon as a shipment has the
//! number or the name.

use std::collections::BTreeSet;

use doorstep_core::wire::Shipment;

use super::Service;
use crate::domain::record::Record;
use crate::domain::update::{Update, say};
use crate::problem::Problem;
use crate::providers::Delivery;
use crate::store::Write;

/// A shipment and a number under which it is spoken of.
pub(super) type Number = (String, String);

/// The numbers of an order, and what providers call its shipments.
pub(super) fn numbers(record: &Record) -> BTreeSet<Number> {
    let of = |shipment: &Shipment| {
        let numbers = [shipment.tracking_number.clone(), shipment.last_mile_tracking_number.clone()];
        numbers.into_iter().flatten().map(|number| (shipment.id.clone(), number)).collect::<Vec<_>>()
    };
    let references = record.references().map(|(shipment, reference)| (shipment.to_owned(), reference.to_owned()));
    record.order.shipments.iter().flat_map(of).chain(references).collect()
}

impl Service {
    pub(super) async fn keep_unclaimed(&self, write: &mut Write, delivery: &Delivery) -> Result<(), Problem> {
        let said = serde_json::to_string(&delivery.update)?;
        Ok(write.keep_unclaimed(&delivery.tracking_number, &said, self.now().timestamp()).await?)
    }

    /// Takes in what was said about the numbers that the order has not had before.
    pub(super) async fn claim(&self, write: &mut Write, record: &mut Record, known: &BTreeSet<Number>) -> Result<(), Problem> {
        let mut known = known.clone();
        loop {
            // What is taken in may name a partner's number in turn.
            let new: Vec<Number> = numbers(record).difference(&known).cloned().collect();
            if new.is_empty() {
                return Ok(());
            }
            for (shipment_id, number) in &new {
                for said in write.unclaimed(number).await? {
                    let update: Update = serde_json::from_str(&said)?;
                    say(record, shipment_id, &update, self.now());
                }
            }
            known.extend(new);
        }
    }
}
