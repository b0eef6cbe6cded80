//! The one door through which everything that happens enters. Called by the service.

use chrono::{DateTime, Utc};
use doorstep_core::wire;

/// Facts about a shipment.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShipmentFacts {}

/// What became known about one shipment.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// Facts.
    pub facts: ShipmentFacts,
    /// Events.
    pub events: Vec<wire::Event>,
}

/// What an update did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The order changed; its version has grown by one.
    Changed,
    /// Everything was known already.
    Unchanged,
    /// The order has no such shipment.
    NoSuchShipment,
}

/// Applies an update.
pub fn apply(order: &mut wire::Order, shipment_id: &str, update: &Update, now: DateTime<Utc>) -> Applied {
    let Some(shipment) = order.shipments.iter_mut().find(|shipment| shipment.id == shipment_id) else {
        return Applied::NoSuchShipment;
    };
    let known = shipment.events.len();
    for event in &update.events {
        if !shipment.events.iter().any(|old| old.id == event.id) {
            shipment.events.push(event.clone());
            shipment.stage = event.stage.clone();
        }
    }
    if shipment.events.len() == known {
        return Applied::Unchanged;
    }
    order.version += 1;
    order.as_of = Some(now.into());
    Applied::Changed
}
