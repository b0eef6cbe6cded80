//! Applies tracking updates: the deliveries of providers, the retailer's events, and the updates of the demo.

use doorstep_contract::OrderId;
use doorstep_domain::order::tracking_updates::{Applied, apply};
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_domain::tracking::new_event::NewEvent;
use doorstep_domain::tracking::tracking_key;
use doorstep_providers::Delivery;

use crate::documents::Document;
use crate::error::Error;
use crate::refs::ShipmentRef;
use crate::service::Service;
use crate::store::TrackedShipment;
use crate::task::run_detached;
use crate::unit_of_work::UnitOfWork;

/// Number of shipments and deliveries by outcome, for the deliveries of one webhook request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// Number of shipments that changed.
    pub changed: u32,
    /// Number of shipments that a delivery did not change visibly.
    pub unchanged: u32,
    /// Number of deliveries about a tracking number that no order has.
    pub unknown: u32,
}

impl Service {
    /// Applies the deliveries of a provider, either all or none. After an error, the provider sends all of them again. A delivery
    /// about a tracking number that no order has is accepted, counted and kept for later.
    pub async fn deliveries(&self, deliveries: Vec<Delivery>) -> Result<Tally, Error> {
        let context = self.0.clone();
        run_detached(async move {
            let mut unit = UnitOfWork::begin(context).await?;
            let mut tally = Tally::default();
            for delivery in &deliveries {
                apply_delivery(&mut unit, delivery, &mut tally).await?;
            }
            unit.commit().await?;
            Ok(tally)
        })
        .await
    }

    /// Applies an update to a shipment. Returns its effect and the resulting version of the order.
    pub async fn apply_update(&self, shipment: &ShipmentRef, update: &TrackingUpdate) -> Result<(Applied, u64), Error> {
        let mut unit = UnitOfWork::begin(self.0.clone()).await?;
        let (applied, document) = apply_update(&mut unit, shipment, update).await?;
        if matches!(applied, Applied::Changed | Applied::Noted) {
            unit.commit().await?;
        }
        Ok((applied, document.version))
    }
}

/// Adds an event of the retailer to a shipment.
pub(super) async fn add_event(unit: &mut UnitOfWork, order_id: &OrderId, event: NewEvent) -> Result<Document, Error> {
    let (shipment_id, update) = event.into_update(unit.context.now())?;
    let shipment = ShipmentRef { order_id: order_id.to_owned(), shipment_id };
    match apply_update(unit, &shipment, &update).await? {
        (Applied::Changed | Applied::Noted | Applied::Unchanged, document) => Ok(document),
        (Applied::NoSuchShipment, _) => Err(Error::field("/shipment_id", "unknown")),
    }
}

async fn apply_delivery(unit: &mut UnitOfWork, delivery: &Delivery, tally: &mut Tally) -> Result<(), Error> {
    let tracked = unit.write.shipments_with_number(&delivery.tracking_number).await?;
    let shipments = matching_shipments(tracked, delivery.carrier.as_deref());
    if shipments.is_empty() {
        tally.unknown += 1;
        return keep_unmatched(unit, delivery).await;
    }
    for shipment in shipments {
        match apply_update(unit, &shipment, &delivery.update).await?.0 {
            Applied::Changed => tally.changed += 1,
            Applied::Noted | Applied::Unchanged | Applied::NoSuchShipment => tally.unchanged += 1,
        }
    }
    Ok(())
}

/// Keeps an update about a number that no order has, unless the number belonged to an erased order.
async fn keep_unmatched(unit: &mut UnitOfWork, delivery: &Delivery) -> Result<(), Error> {
    let hash = unit.context.hashes.erased_tracking_key(&tracking_key(&delivery.tracking_number));
    if unit.write.is_erased_number(&hash).await? {
        return Ok(());
    }
    let update = serde_json::to_string(&delivery.update)?;
    Ok(unit.write.insert_unmatched_update(&delivery.tracking_number, &update, unit.context.now_s()).await?)
}

/// Applies an update to a shipment. Saves the order, unless the update contains nothing new or the shipment does not exist.
/// Returns the effect and the order's document.
async fn apply_update(
    unit: &mut UnitOfWork,
    shipment: &ShipmentRef,
    update: &TrackingUpdate,
) -> Result<(Applied, Document), Error> {
    let mut order = unit.load(&shipment.order_id).await?;
    let applied = apply(&mut order.aggregate, &shipment.shipment_id, update, unit.context.now());
    match applied {
        Applied::Changed => {
            unit.apply_unmatched(&mut order).await?;
            Ok((applied, unit.save(order).await?))
        }
        Applied::Noted => {
            unit.apply_unmatched(&mut order).await?;
            let (document, has_changed) = unit.save_recomputed(order).await?;
            // The update itself shows nothing new, but the elapsed time may, which makes a new version.
            Ok((if has_changed { Applied::Changed } else { Applied::Noted }, document))
        }
        Applied::Unchanged | Applied::NoSuchShipment => Ok((applied, unit.put_back(order))),
    }
}

/// Returns the shipments that a delivery is about. If the carrier matches one of the shipments with this number, only shipments
/// of this carrier are returned. Otherwise all are returned, because providers use different names for a carrier.
fn matching_shipments(tracked: Vec<TrackedShipment>, carrier: Option<&str>) -> Vec<ShipmentRef> {
    let carrier = carrier.map(str::to_lowercase);
    let has_carrier = |tracked: &TrackedShipment| tracked.carrier.is_some() && tracked.carrier == carrier;
    let is_selected = tracked.iter().any(has_carrier);
    let kept = tracked.into_iter().filter(|tracked| !is_selected || has_carrier(tracked));
    kept.map(|tracked| tracked.shipment).collect()
}
