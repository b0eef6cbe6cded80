//! The order aggregate: an order with its internal state. Every write loads, changes and stores the complete aggregate.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    Condition, Direction, LineQuantity, Order, Party, Shipment, ShipmentId, Stage, Timestamp, TrackingLevel,
};

use super::internal_state::InternalState;
use crate::tracking::{Context, TrackingLog};

/// An order and its internal state.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderAggregate {
    /// The order as the shopper sees it.
    pub order: Order,
    /// Internal state, which is never sent to the shopper.
    pub private: InternalState,
}

impl OrderAggregate {
    /// Adds a shipment without events and returns its new id. Tracking updates change it like every other shipment.
    pub fn add_shipment(
        &mut self,
        direction: Direction,
        of: Option<ShipmentId>,
        lines: Vec<LineQuantity>,
        stage: Stage,
        tracking_number: Option<String>,
    ) -> ShipmentId {
        let taken = |id: &ShipmentId| self.order.shipments.iter().any(|shipment| shipment.id == *id);
        let id = (1_u32..).map(|number| ShipmentId::from(format!("s{number}"))).find(|id| !taken(id)).unwrap_or_default();
        self.order.shipments.push(Shipment {
            id: id.clone(),
            direction,
            of,
            carrier: None,
            last_mile_carrier: None,
            last_mile_tracking_number: None,
            tracking_number,
            tracking_url: None,
            tracking_level: TrackingLevel::Full,
            lines,
            pieces: None,
            stage,
            condition: Condition::default(),
            action_required: None,
            promise: None,
            delivered: None,
            pickup: None,
            attempts: 0,
            position: None,
            last_carrier_update: None,
            usual_gap_h: None,
            reroute_url: None,
            events: Vec::new(),
        });
        id
    }

    /// Returns pairs of a shipment id and a name that a provider uses for this shipment instead of its tracking number.
    pub fn references(&self) -> impl Iterator<Item = (&ShipmentId, &str)> {
        let logs = self.private.tracking.iter();
        logs.flat_map(|(shipment, log)| log.references().map(move |reference| (shipment, reference.as_str())))
    }

    /// Returns the seconds until another entry is allowed, or `None` if one is allowed now. `at` are the times of the existing
    /// entries. At most `most` entries are allowed in any 24 hours.
    fn wait(at: impl Iterator<Item = Timestamp>, most: u32, now: DateTime<Utc>) -> Option<u64> {
        let day = chrono::TimeDelta::days(1);
        let mut recent: Vec<_> = at.map(|at| at.utc() + day).filter(|free| *free > now).collect();
        recent.sort_unstable();
        let first = recent.len().checked_sub(usize::try_from(most).unwrap_or(usize::MAX))?;
        let wait = *recent.get(first)? - now;
        Some(wait.num_seconds().unsigned_abs().max(1))
    }

    /// Returns the seconds until another self-service request is allowed, or `None` if one is allowed now. At most `most`
    /// requests are allowed in any 24 hours.
    pub fn request_wait_s(&self, most: u32, now: DateTime<Utc>) -> Option<u64> {
        Self::wait(self.order.cases.iter().filter_map(|case| case.opened_at), most, now)
    }

    /// Returns the seconds until another message of the shopper is allowed, or `None` if one is allowed now. At most `most`
    /// messages are allowed in any 24 hours.
    pub fn message_wait_s(&self, most: u32, now: DateTime<Utc>) -> Option<u64> {
        let notes = self.private.cases.values().flat_map(|case| &case.notes);
        Self::wait(notes.filter(|note| note.who == Party::Shopper).map(|note| note.at), most, now)
    }

    /// Replaces the order by a version that the retailer sent. Keeps the shopper's address change and cancellations, because the
    /// retailer's systems may send the order again before they have received these changes.
    pub fn replace_order(&mut self, mut order: Order, now: DateTime<Utc>) {
        if self.private.address_before.is_some() && order.destination == self.private.address_before {
            order.destination = self.order.destination.take();
        }
        for (line_id, cancelled) in &self.private.cancelled {
            let ordered = order.lines.iter().find(|line| line.id == *line_id).map_or(0, |line| line.quantity);
            // If the quantity is lower than at the time of the cancellation, the retailer's order already includes the
            // cancellation.
            if ordered < cancelled.ordered {
                continue;
            }
            let outbound = order.shipments.iter().filter(|shipment| shipment.direction == Direction::Outbound);
            let parts = outbound.flat_map(|shipment| &shipment.lines).filter(|part| part.line_id == *line_id);
            let sent: u32 = parts.map(|part| part.quantity).sum();
            let mut most = ordered.saturating_sub(sent).saturating_sub(cancelled.quantity);
            for part in order.unshipped.iter_mut().filter(|part| part.line_id == *line_id) {
                part.quantity = part.quantity.min(most);
                most -= part.quantity;
            }
        }
        order.unshipped.retain(|part| part.quantity > 0);
        let context = Context::of(&order, now);
        for known in &self.order.shipments {
            self.private.tracking.entry(known.id.clone()).or_insert_with(|| TrackingLog::of(known, context));
        }
        // The tracking log of a shipment is kept unless the shipment has another tracking number now.
        for shipment in &order.shipments {
            let same = self.private.tracking.get_mut(&shipment.id).is_none_or(|log| log.reconcile(shipment, context));
            if !same {
                self.private.tracking.remove(&shipment.id);
            }
        }
        self.order = order;
    }
}
