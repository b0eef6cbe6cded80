//! Applies tracking updates that arrived before their shipment was known: the shop had not sent the order yet, the handover to a
//! partner carrier was not known yet, or the provider used an identifier of its own. `store/unmatched.rs` keeps such updates for
//! seven days.

use doorstep_domain::order::tracking_updates::apply_within_change;
use doorstep_domain::tracking::TrackingUpdate;

use super::loaded_order::LoadedOrder;
use super::unit::UnitOfWork;
use crate::error::Error;

impl UnitOfWork {
    /// Applies the kept updates about the shipments' numbers that are new: all numbers of a new order, or the numbers that were
    /// added to a stored order.
    pub(crate) async fn apply_unmatched(&mut self, order: &mut LoadedOrder) -> Result<(), Error> {
        loop {
            // The loop repeats because an applied update may add the number of a partner carrier.
            let new = order.take_new_numbers();
            if new.is_empty() {
                return Ok(());
            }
            for shipment in &new {
                for update in self.write.unmatched_updates(&shipment.number).await? {
                    let update: TrackingUpdate = serde_json::from_str(&update)?;
                    apply_within_change(&mut order.aggregate, &shipment.shipment_id, &update, self.context.now());
                }
            }
        }
    }
}
