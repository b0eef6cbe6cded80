//! An order with what belongs to it and is never shown: the aggregate that every write reads, changes and stores as a whole.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use doorstep_core::wire::{
    Condition, Destination, Direction, LineQuantity, Money, NewAddress, Order, Outcome, Party, RefundTo, Shipment,
    ShopperRequest, Stage, Timestamp, TrackingLevel, Window,
};
use serde::{Deserialize, Serialize};

use super::allotment::Allotment;
use super::tracking::{Context, Log, Usual};

/// An order and its private part.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the shopper sees.
    pub order: Order,
    /// What nobody outside sees.
    pub private: Private,
}

/// What belongs to an order and is not shown to the shopper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Private {
    /// Lines that cannot go back.
    pub final_sale: BTreeSet<String>,
    /// Photos that were taken in for this order.
    pub evidence: BTreeSet<String>,
    /// The address that the shopper gave, as the carrier needs it.
    pub address: Option<NewAddress>,
    /// When the address was changed.
    pub address_changes: Vec<Timestamp>,
    /// What was shown of the address before the shopper changed it.
    pub address_before: Option<Destination>,
    /// What the shopper cancelled, by line.
    pub cancelled: BTreeMap<String, Cancelled>,
    /// Later windows that the shopper agreed to, by shipment.
    pub agreed: BTreeMap<String, Window>,
    /// The same of what has no shipment yet, by line.
    pub agreed_lines: BTreeMap<String, Window>,
    /// What the carrier is to be told, by shipment.
    pub wishes: BTreeMap<String, Wishes>,
    /// What was paid for the delivery.
    pub delivery_cost: Option<Money>,
    /// Whether that was promised back.
    pub delivery_refunded: bool,
    /// What is known of each return, by its identity.
    pub returns: BTreeMap<String, PrivateReturn>,
    /// What is known of each case, by its identity.
    pub cases: BTreeMap<String, PrivateCase>,
    /// What was promised back for pieces of each line.
    pub allotments: Vec<Allotment>,
    /// What was ever said about each shipment.
    pub tracking: BTreeMap<String, Log>,
    /// What is usual for the service of each shipment, as far as it was learned; known anew whenever the order is settled.
    #[serde(skip)]
    pub usual: BTreeMap<String, Usual>,
}

/// How many of a line were cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// How many.
    pub quantity: u32,
    /// How many of the line were ordered at that time.
    pub ordered: u32,
}

impl Record {
    /// Adds a shipment that nothing has happened to yet, tracked like any other from now on; its identity is made here.
    pub fn add_shipment(
        &mut self,
        direction: Direction,
        of: Option<String>,
        lines: Vec<LineQuantity>,
        stage: Stage,
        tracking_number: Option<String>,
    ) -> String {
        let taken = |id: &String| self.order.shipments.iter().any(|shipment| shipment.id == *id);
        let id = (1_u32..).map(|number| format!("s{number}")).find(|id| !taken(id)).unwrap_or_default();
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

    /// What providers call the shipments, each with the shipment's identity.
    pub fn references(&self) -> impl Iterator<Item = (&str, &str)> {
        let logs = self.private.tracking.iter();
        logs.flat_map(|(shipment, log)| log.references().map(move |reference| (shipment.as_str(), reference.as_str())))
    }

    /// Seconds until one more of these is allowed, of which there may be so many in any 24 hours.
    fn wait(at: impl Iterator<Item = Timestamp>, most: u32, now: DateTime<Utc>) -> Option<u64> {
        let day = chrono::TimeDelta::days(1);
        let mut recent: Vec<_> = at.map(|at| at.utc() + day).filter(|free| *free > now).collect();
        recent.sort_unstable();
        let first = recent.len().checked_sub(usize::try_from(most).unwrap_or(usize::MAX))?;
        let wait = *recent.get(first)? - now;
        Some(wait.num_seconds().unsigned_abs().max(1))
    }

    /// Seconds to wait before the next request; `None` where it is allowed now.
    pub fn wait_to_ask(&self, most: u32, now: DateTime<Utc>) -> Option<u64> {
        Self::wait(self.order.cases.iter().filter_map(|case| case.opened_at), most, now)
    }

    /// Seconds to wait before the next message; `None` where it is allowed now.
    pub fn wait_to_write(&self, most: u32, now: DateTime<Utc>) -> Option<u64> {
        let notes = self.private.cases.values().flat_map(|case| &case.notes);
        Self::wait(notes.filter(|note| note.who == Party::Shopper).map(|note| note.at), most, now)
    }

    /// Takes what the retailer sent as the order. What the shopper has changed meanwhile stays changed: the retailer's systems may
    /// send once more what they had before they heard of it.
    pub fn take(&mut self, mut order: Order, now: DateTime<Utc>) {
        if self.private.address_before.is_some() && order.destination == self.private.address_before {
            order.destination = self.order.destination.take();
        }
        for (line_id, cancelled) in &self.private.cancelled {
            let ordered = order.lines.iter().find(|line| line.id == *line_id).map_or(0, |line| line.quantity);
            // Once fewer are ordered, the cancellation is part of what was sent.
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
            self.private.tracking.entry(known.id.clone()).or_insert_with(|| Log::of(known, context));
        }
        // What was said about a shipment stays said, unless it is another parcel by now.
        for shipment in &order.shipments {
            let same = self.private.tracking.get_mut(&shipment.id).is_none_or(|log| log.follow(shipment, context));
            if !same {
                self.private.tracking.remove(&shipment.id);
            }
        }
        self.order = order;
    }
}

/// What the carrier is to be told about a shipment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Words for the driver.
    pub instructions: Option<String>,
    /// The neighbour: name and house.
    pub neighbour: Option<(String, String)>,
    /// The place, and words about it.
    pub safe_place: Option<(String, Option<String>)>,
    /// The slot that is booked.
    pub slot_id: Option<String>,
    /// The pickup point.
    pub pickup_point_id: Option<String>,
}

/// What is known of a case and not shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PrivateCase {
    /// The request as it came.
    pub request: ShopperRequest,
    /// A fingerprint of the token that it came with.
    pub by: String,
    /// Since when it is in its state.
    pub since: Option<Timestamp>,
    /// Whether somebody was reminded in this state.
    #[serde(default)]
    pub reminded: bool,
    /// When the carrier's time to find it is over.
    #[serde(default)]
    pub investigated_until: Option<Timestamp>,
    /// What was granted.
    #[serde(default)]
    pub granted: Option<Outcome>,
    /// The shipment that replaces what the case is about.
    #[serde(default)]
    pub replacement: Option<String>,
    /// What was said, with what was sent along.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What the shopper said about how it went.
    #[serde(default)]
    pub comment: Option<String>,
}

/// What is known of a return and not shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateReturn {
    /// The way back that was chosen.
    pub method_id: Option<String>,
    /// The money that it comes to if all is well; unknown where prices are.
    pub amount: Option<Money>,
    /// Where the money goes; to nobody where something else is sent instead.
    pub to: Option<RefundTo>,
    /// When it was asked for.
    pub asked_at: Option<Timestamp>,
    /// When it arrived.
    pub received_at: Option<Timestamp>,
}

/// Something that was said in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub who: Party,
    /// The words.
    pub text: String,
    /// Photos.
    #[serde(default)]
    pub evidence: Vec<String>,
}
