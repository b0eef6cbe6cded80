//! Usual transit times of carriers, learned from the parcels that they delivered: recorded at the delivery, evaluated at
//! intervals.

use doorstep_contract::Order;

use super::Service;
use crate::error::Error;
use crate::store::Write;
use doorstep_domain::calendar::zone;
use doorstep_domain::record::OrderAggregate;
use doorstep_domain::tracking::{learn, transit_sample};

impl Service {
    /// Evaluates the recorded transit times again. Orders use the result the next time they are settled.
    pub async fn learn(&self) -> Result<(), Error> {
        let transit_samples = self.0.store.transit_samples().await?;
        let usual = learn(transit_samples, self.0.policy.for_country(None).tracking.learn_from);
        match self.0.usual.write() {
            Ok(mut known) => *known = usual,
            Err(_) => return Err(Error::Internal("what is usual was lost".to_owned())),
        }
        Ok(())
    }

    pub(super) fn tell_what_is_usual(&self, record: &mut OrderAggregate) {
        let Ok(known) = self.0.usual.read() else { return };
        let usual = record.order.shipments.iter().filter_map(|shipment| {
            let carrier = shipment.carrier.as_ref()?.code.to_lowercase();
            Some((shipment.id.clone(), *known.get(&carrier)?))
        });
        record.private.usual = usual.collect();
    }

    pub(super) async fn note_passages(&self, write: &mut Write, order: &Order) -> Result<(), Error> {
        for shipment in &order.shipments {
            if let Some(transit_sample) = transit_sample(shipment, zone(order)) {
                write.note_passage(&order.id, &shipment.id, &transit_sample).await?;
            }
        }
        Ok(())
    }
}
