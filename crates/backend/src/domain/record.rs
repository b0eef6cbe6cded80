//! An order with what belongs to it and is never shown: the aggregate that every write reads, changes and stores as a whole.

use std::collections::{BTreeMap, BTreeSet};

use doorstep_core::wire::{Money, NewAddress, Order, Outcome, Party, ShopperRequest, Timestamp, Window};
use serde::{Deserialize, Serialize};

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
    /// Later windows that the shopper agreed to, by shipment.
    pub agreed: BTreeMap<String, Window>,
    /// What the carrier is to be told, by shipment.
    pub wishes: BTreeMap<String, Wishes>,
    /// What was paid for the delivery.
    pub delivery_cost: Option<Money>,
    /// Whether that was promised back.
    pub delivery_refunded: bool,
    /// What is known of each return, by its identity.
    pub returns: BTreeMap<String, super::returns::PrivateReturn>,
    /// What is known of each case, by its identity.
    pub cases: BTreeMap<String, PrivateCase>,
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
