//! Choices that a shopper has for a self-service request: free slots, pickup points, and the quote of a return.

use doorstep_contract::{Order, OrderId, PickupPoints, Quote, QuoteRequest, Slots};
use doorstep_domain::self_service::pickup_points::pickup_points;
use doorstep_domain::self_service::request::{free_slots, pool, slots};
use doorstep_domain::self_service::returns::quote;

use crate::error::Error;
use crate::refs::ShipmentRef;
use crate::service::Service;
use crate::stored_order::parse;

impl Service {
    /// Returns the free delivery slots for a shipment.
    pub async fn slots(&self, shipment: &ShipmentRef) -> Result<Slots, Error> {
        let order = self.order_of(shipment).await?;
        let all = slots(&order, self.0.rules(&order), self.0.now());
        let booked = self.0.store.booked_slots(&pool(&order), shipment).await?;
        Ok(Slots { slots: free_slots(all, &booked) })
    }

    /// Returns the pickup points that a shipment can be redirected to, the nearest first.
    pub async fn pickup_points(&self, shipment: &ShipmentRef) -> Result<PickupPoints, Error> {
        let order = self.order_of(shipment).await?;
        Ok(PickupPoints { points: pickup_points(&order, self.0.rules(&order)) })
    }

    /// Returns the quote of a return at the current time. Nothing is stored.
    pub async fn quote(&self, order_id: &OrderId, request: &QuoteRequest) -> Result<Quote, Error> {
        let stored = self.0.store.order(order_id).await?.ok_or(Error::OrderNotFound)?;
        let mut aggregate = parse(&stored)?;
        self.0.recompute(&mut aggregate);
        Ok(quote(&aggregate, self.0.rules(&aggregate.order), request, self.0.now())?)
    }

    async fn order_of(&self, shipment: &ShipmentRef) -> Result<Order, Error> {
        let order = self.order(&shipment.order_id).await?.order()?;
        let is_known = order.shipments.iter().any(|known| known.id == shipment.shipment_id);
        if is_known { Ok(order) } else { Err(Error::ShipmentNotFound) }
    }
}
