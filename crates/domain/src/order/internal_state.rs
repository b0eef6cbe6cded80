//! Internal state of an order: stored with the order and never sent to the shopper. Stored orders contain the field names, so
//! these names must not change.

use std::collections::{BTreeMap, BTreeSet};

use doorstep_contract::{
    CaseId, Destination, Money, NewAddress, Outcome, Party, RefundTo, ShipmentId, ShopperRequest, Timestamp, Window,
};
use serde::{Deserialize, Serialize};

use crate::tracking::{TrackingLog, TransitStatistics};

/// Internal state of an order. It is never sent to the shopper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InternalState {
    /// Ids of lines that cannot be returned.
    pub final_sale: BTreeSet<String>,
    /// Ids of photos that were accepted for this order.
    pub evidence: BTreeSet<String>,
    /// Complete address that the shopper entered, as the carrier needs it.
    pub address: Option<NewAddress>,
    /// Times at which the shopper changed the address.
    pub address_changes: Vec<Timestamp>,
    /// Destination that was shown before the shopper changed the address.
    pub address_before: Option<Destination>,
    /// Quantities that the shopper cancelled or withdrew before they were sent, by line id.
    pub cancelled: BTreeMap<String, Cancelled>,
    /// Later delivery windows that the shopper agreed to, by shipment id.
    pub agreed: BTreeMap<ShipmentId, Window>,
    /// Later dispatch windows that the shopper agreed to for items that were not sent yet, by line id.
    pub agreed_lines: BTreeMap<String, Window>,
    /// Delivery preferences to be passed on to the carrier, by shipment id.
    #[serde(rename = "wishes")]
    pub delivery_preferences: BTreeMap<ShipmentId, DeliveryPreferences>,
    /// Price that was paid for the delivery.
    pub delivery_cost: Option<Money>,
    /// True if a refund of the delivery price was promised.
    pub delivery_refunded: bool,
    /// Private data of each return, by its id.
    pub returns: BTreeMap<String, PrivateReturn>,
    /// Private data of each case, by its id.
    pub cases: BTreeMap<CaseId, PrivateCase>,
    /// Refunds promised for pieces of each line.
    #[serde(rename = "allotments")]
    pub refund_allocations: Vec<RefundAllocation>,
    /// Tracking log of each shipment, by its id.
    pub tracking: BTreeMap<ShipmentId, TrackingLog>,
    /// Learned usual times for the carrier of each shipment, by shipment id. Not stored; the service sets them before each
    /// recomputation.
    #[serde(skip)]
    pub transit_statistics: BTreeMap<ShipmentId, TransitStatistics>,
}

/// Cancelled quantity of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Quantity that was cancelled.
    pub quantity: u32,
    /// Quantity that was ordered at the time of the last cancellation.
    pub ordered: u32,
}

/// Delivery preferences for one shipment that are passed on to the carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryPreferences {
    /// Instructions for the driver.
    pub instructions: Option<String>,
    /// Name and house number of the neighbour.
    pub neighbour: Option<(String, String)>,
    /// The safe place and, if given, a description of it.
    pub safe_place: Option<(String, Option<String>)>,
    /// Id of the booked delivery slot.
    pub slot_id: Option<String>,
    /// Id of the pickup point.
    pub pickup_point_id: Option<String>,
}

/// Internal state of a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PrivateCase {
    /// The self-service request as it was received.
    pub request: ShopperRequest,
    /// Fingerprint of the token that came with the request.
    pub by: String,
    /// Time since which the case is in its state.
    pub since: Option<Timestamp>,
    /// True if a reminder was made since the case entered its state.
    #[serde(default)]
    pub reminded: bool,
    /// Time at which the carrier's investigation ends.
    #[serde(default)]
    pub investigated_until: Option<Timestamp>,
    /// Outcome that was granted.
    #[serde(default)]
    pub granted: Option<Outcome>,
    /// Id of the replacement shipment.
    #[serde(default)]
    pub replacement: Option<ShipmentId>,
    /// Messages of the case, with their photos.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// The shopper's comment in the feedback.
    #[serde(default)]
    pub comment: Option<String>,
}

/// Internal state of a return.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateReturn {
    /// Id of the chosen return method.
    pub method_id: Option<String>,
    /// Expected refund if the returned items are accepted. `None` if a price is unknown, or if the shopper gets other goods.
    pub amount: Option<Money>,
    /// Destination of the refund; `None` if the shopper gets other goods instead of a refund.
    pub to: Option<RefundTo>,
    /// Time at which the shopper requested the return.
    pub asked_at: Option<Timestamp>,
    /// Time at which the returned goods arrived.
    pub received_at: Option<Timestamp>,
}

/// A message in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Time of the message.
    pub at: Timestamp,
    /// Author of the message.
    pub who: Party,
    /// Text of the message.
    pub text: String,
    /// Ids of photos.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// Refund amount that was promised for some pieces of an order line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundAllocation {
    /// Id of the case in which the amount was promised.
    pub case_id: CaseId,
    /// Id of the order line.
    pub line_id: String,
    /// Number of refunded pieces.
    pub quantity: u32,
    /// Amount in the minor unit of the line's currency.
    pub minor: i64,
    /// Quantity of the line at the time of the promise; set only for pieces that were never sent. Once the retailer sends a lower
    /// quantity for the line, the allocation no longer counts.
    #[serde(default)]
    pub ordered: Option<u32>,
}
