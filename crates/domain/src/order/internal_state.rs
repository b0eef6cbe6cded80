//! Data of an order that is stored with it and never sent to the shopper. The names of the fields are part of stored orders.

use std::collections::{BTreeMap, BTreeSet};

use doorstep_contract::{
    CaseId, Destination, Money, NewAddress, Outcome, Party, RefundTo, ShipmentId, ShopperRequest, Timestamp, Window,
};
use serde::{Deserialize, Serialize};

use crate::tracking::{TrackingLog, TransitStatistics};

/// Data of an order that is not shown to the shopper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InternalState {
    /// Ids of lines that cannot be returned.
    pub final_sale: BTreeSet<String>,
    /// Ids of photos that were accepted for this order.
    pub evidence: BTreeSet<String>,
    /// Address that the shopper entered, in the form that the carrier needs.
    pub address: Option<NewAddress>,
    /// Times at which the address was changed.
    pub address_changes: Vec<Timestamp>,
    /// Destination that was shown before the shopper changed the address.
    pub address_before: Option<Destination>,
    /// Quantities that the shopper cancelled, by line.
    pub cancelled: BTreeMap<String, Cancelled>,
    /// Later windows that the shopper agreed to, by shipment.
    pub agreed: BTreeMap<ShipmentId, Window>,
    /// Later windows that the shopper agreed to for lines without a shipment, by line.
    pub agreed_lines: BTreeMap<String, Window>,
    /// Requests to be passed on to the carrier, by shipment.
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
    /// Usual times for the service of each shipment, if they were learned; not stored, but determined again whenever the order is
    /// recomputed.
    #[serde(skip)]
    pub transit_statistics: BTreeMap<ShipmentId, TransitStatistics>,
}

/// Cancelled quantity of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Quantity that was cancelled.
    pub quantity: u32,
    /// Quantity that was ordered at the time of the cancellation.
    pub ordered: u32,
}

/// Requests about one shipment that are passed on to the carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryPreferences {
    /// Instructions for the driver.
    pub instructions: Option<String>,
    /// Name and house of the neighbour.
    pub neighbour: Option<(String, String)>,
    /// The safe place, and a description of it.
    pub safe_place: Option<(String, Option<String>)>,
    /// Id of the booked delivery slot.
    pub slot_id: Option<String>,
    /// Id of the pickup point.
    pub pickup_point_id: Option<String>,
}

/// Data of a case that is not shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PrivateCase {
    /// The self-service request as it was received.
    pub request: ShopperRequest,
    /// Fingerprint of the token that came with the request.
    pub by: String,
    /// Time since which the case is in its state.
    pub since: Option<Timestamp>,
    /// True if a reminder was sent in this state.
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

/// Data of a return that is not shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateReturn {
    /// Id of the chosen return method.
    pub method_id: Option<String>,
    /// Expected refund if the returned items are accepted; unknown without prices.
    pub amount: Option<Money>,
    /// Destination of the refund; `None` if other goods are sent instead of a refund.
    pub to: Option<RefundTo>,
    /// Time of the request.
    pub asked_at: Option<Timestamp>,
    /// Time of the arrival.
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

/// Refund amount promised for some pieces of an order line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundAllocation {
    /// Case that the amount was promised for.
    pub case_id: CaseId,
    /// Order line.
    pub line_id: String,
    /// Number of pieces.
    pub quantity: u32,
    /// Amount in the minor unit of the line's currency.
    pub minor: i64,
    /// Quantity of the line at that time, if the pieces were never sent. The allocation no longer counts once the line's quantity
    /// is lower than this.
    #[serde(default)]
    pub ordered: Option<u32>,
}
