//! Updates about numbers that no shipment has yet: the shop has not sent the order yet, the handover to a partner carrier is not
//! known yet, or the provider uses its own reference. They are kept for a while and applied as soon as a shipment has the number
//! or reference.

use std::collections::BTreeSet;

use doorstep_contract::Shipment;

use super::Service;
use crate::error::Error;
use crate::store::Write;
use doorstep_domain::record::OrderAggregate;
use doorstep_domain::update::{TrackingUpdate, say};
use doorstep_providers::Delivery;

/// Identity of a shipment, and a number that providers use for it.
pub(super) type Number = (String, String);

/// Returns the tracking numbers of an order's shipments and the references that providers use for them.
pub(super) fn numbers(record: &OrderAggregate) -> BTreeSet<Number> {
    let of = |shipment: &Shipment| {
        let numbers = [shipment.tracking_number.clone(), shipment.last_mile_tracking_number.clone()];
        numbers.into_iter().flatten().map(|number| (shipment.id.clone(), number)).collect::<Vec<_>>()
    };
    let references = record.references().map(|(shipment, reference)| (shipment.to_owned(), reference.to_owned()));
    record.order.shipments.iter().flat_map(of).chain(references).collect()
}

impl Service {
    pub(super) async fn keep_unclaimed(&self, write: &mut Write, delivery: &Delivery) -> Result<(), Error> {
        let said = serde_json::to_string(&delivery.update)?;
        Ok(write.keep_unclaimed(&delivery.tracking_number, &said, self.now().timestamp()).await?)
    }

    /// Applies the kept updates about numbers that are new to the order.
    pub(super) async fn claim(
        &self,
        write: &mut Write,
        record: &mut OrderAggregate,
        known: &BTreeSet<Number>,
    ) -> Result<(), Error> {
        let mut known = known.clone();
        loop {
            // An applied update may contain the number of a partner carrier.
            let new: Vec<Number> = numbers(record).difference(&known).cloned().collect();
            if new.is_empty() {
                return Ok(());
            }
            for (shipment_id, number) in &new {
                for said in write.unmatched(number).await? {
                    let update: TrackingUpdate = serde_json::from_str(&said)?;
                    say(record, shipment_id, &update, self.now());
                }
            }
            known.extend(new);
        }
    }
}
