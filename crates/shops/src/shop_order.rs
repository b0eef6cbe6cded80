//! The parts of an order in the form that all platforms are translated to. The service stores them as JSON.
//!
//! Personal data in them are the e-mail address and the postcode, from which the service computes the hashes for the look-up. Names
//! and streets are masked before.

use doorstep_contract::Timestamp;
use serde::{Deserialize, Serialize};

use crate::remark::Remark;

/// An amount of money in the minor unit of ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Amount in the minor unit.
    pub minor: i64,
    /// Currency code.
    pub currency: String,
}

/// Progress of an order, as the shop states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Not an order yet, such as a checkout that was not paid. It is not shown.
    Draft,
    /// Open.
    #[default]
    Open,
    /// Partly sent. A shipment without stated contents has unknown contents.
    PartlySent,
    /// Completed: everything that was not sent by a known shipment was sent without one.
    Sent,
    /// Cancelled, failed or refunded: nothing will be sent any more.
    Cancelled,
}

/// An order with its lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ShopOrder {
    /// Order number that the shopper knows.
    pub number: String,
    /// Time at which the order was placed.
    pub placed_at: Option<Timestamp>,
    /// Progress of the order.
    pub state: OrderState,
    /// E-mail address.
    pub email: Option<String>,
    /// Postcode of the delivery address.
    pub postcode: Option<String>,
    /// Language of the order, as a BCP 47 tag.
    pub lang: Option<String>,
    /// Delivery address, masked.
    pub address: ShopAddress,
    /// IANA time zone of the delivery address, if the shop states it.
    pub time_zone: Option<String>,
    /// Lines.
    pub lines: Vec<ShopLine>,
    /// Amount paid for the delivery.
    pub delivery_cost: Option<Amount>,
    /// Shipments that the platform reports as part of the order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shipments: Vec<ShopFulfillment>,
    /// Number of fulfilments and refunds that the platform knew when it sent the order.
    #[serde(default)]
    pub known_parts: usize,
    /// Remarks on parts that could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// A masked delivery address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopAddress {
    /// Lines that the shopper may see.
    pub lines: Vec<String>,
    /// Country code of ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// State or province, as the platform writes it.
    pub region: Option<String>,
}

/// A line of an order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ShopLine {
    /// The platform's id of the line.
    pub id: String,
    /// Title of the item.
    pub title: String,
    /// Variant of the item.
    pub variant: Option<String>,
    /// Quantity as it was bought, with pieces that were removed or refunded later.
    pub quantity: u32,
    /// Statements of the platform about the pieces.
    pub state: LineState,
    /// Amount paid for the whole quantity after discounts, with tax.
    pub total: Option<Amount>,
    /// URL of a picture.
    pub image_url: Option<String>,
    /// URL of the item's page.
    pub url: Option<String>,
    /// The platform's id of the product, which some plugins use in place of the line's id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub product_ids: Vec<String>,
    /// True if the item was sold without a right to return.
    #[serde(default)]
    pub final_sale: bool,
}

/// Statements of the platform about the pieces of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineState {
    /// True if the line is not sent in a parcel: a gift card, a service, a file.
    #[serde(default)]
    pub digital: bool,
    /// Quantity without removed and refunded pieces.
    pub current: Option<u32>,
    /// Quantity that the shop still has to send.
    pub fulfillable: Option<u32>,
    /// Quantity that was cancelled before it was sent.
    #[serde(default)]
    pub cancelled: u32,
}

/// A quantity of one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShopPart {
    /// The platform's id of the line.
    pub line_id: String,
    /// Quantity.
    pub quantity: u32,
}

/// Contents of a fulfilment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contents {
    /// These parts.
    Parts(Vec<ShopPart>),
    /// Everything that is not in another fulfilment, unless the order is partly sent: then it is unknown.
    #[default]
    Rest,
}

/// One parcel of a fulfilment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Tracking number.
    pub number: String,
    /// URL of the carrier's page.
    pub url: Option<String>,
}

/// A fulfilment: goods that were sent together, in one or several parcels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFulfillment {
    /// The platform's id. It is part of the shipment's id.
    pub id: String,
    /// Time at which it was created; decides the order of shipments.
    pub created_at: Option<Timestamp>,
    /// True if it was cancelled or failed.
    #[serde(default)]
    pub void: bool,
    /// Carrier, as the platform writes it.
    pub carrier: Option<String>,
    /// Parcels with a tracking number.
    pub parcels: Vec<Parcel>,
    /// Contents.
    pub contents: Contents,
}

/// A refund of goods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopRefund {
    /// Refunded quantities.
    pub parts: Vec<RefundedPart>,
}

/// A refunded quantity of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundedPart {
    /// The platform's id of the line.
    pub line_id: String,
    /// Quantity.
    pub quantity: u32,
    /// Fate of the goods.
    pub restock: Restock,
}

/// Statement of a refund about the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restock {
    /// They were not sent and will not be.
    Cancelled,
    /// They were sent and came back.
    Returned,
    /// Not stated.
    Unstated,
}
