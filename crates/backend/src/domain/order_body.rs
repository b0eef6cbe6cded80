//! The body of an order as the retailer's systems send it; read strictly, an unknown field is refused.

use doorstep_core::wire::{Confidence, Direction, PromiseSource, Timestamp, TrackingLevel, Window};
use serde::Deserialize;
use utoipa::ToSchema;

/// What the retailer owns of an order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Identity; made by the backend unless given.
    pub id: Option<String>,
    /// The number on the receipt.
    pub number: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The IANA zone of the delivery address, such as `Europe/London`.
    pub time_zone: String,
    /// Where it goes, as far as the shopper may be shown it.
    pub destination: Option<NewDestination>,
    /// For the look-up; stored hashed.
    pub email: Option<String>,
    /// For the look-up; stored hashed.
    pub postcode: Option<String>,
    /// What was bought.
    pub lines: Vec<NewLine>,
    /// What was paid for its standard delivery; comes back with a withdrawal from the whole contract.
    pub delivery_cost: Option<NewMoney>,
    /// What was sent.
    #[serde(default)]
    pub shipments: Vec<NewShipment>,
    /// What was not sent yet.
    #[serde(default)]
    pub unshipped: Vec<NewUnshipped>,
    /// How to reach a person.
    #[serde(default)]
    pub support: Vec<NewSupport>,
}

/// A delivery address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDestination {
    /// The address, line by line.
    pub lines: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// A price.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMoney {
    /// In the minor unit of ISO 4217, such as pence: most currencies have two decimals, JPY none, KWD three, CLF four.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// A line of the order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// Identity within the order; `l1`, `l2` … unless given.
    pub id: Option<String>,
    /// What was bought.
    pub title: String,
    /// Which variant of it.
    pub variant: Option<String>,
    /// How many, at least one.
    pub quantity: u32,
    /// The price of one.
    pub unit_price: Option<NewMoney>,
    /// What was paid for all of it, after discounts: refunds split it to the minor unit. Price times pieces where absent.
    pub total: Option<NewMoney>,
    /// A picture: `https:`, or a path on the backend's own origin.
    pub image_url: Option<String>,
    /// The shop's page of it.
    pub url: Option<String>,
    /// Whether it was sold without a right to send it back.
    #[serde(default)]
    pub final_sale: bool,
}

/// How many of an order line.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPart {
    /// The order line.
    pub line_id: String,
    /// How many of it, at least one.
    pub quantity: u32,
}

/// Who carries a shipment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCarrier {
    /// A stable code, such as `ups`.
    pub code: String,
    /// The name to show.
    pub name: String,
    /// A telephone number.
    pub phone: Option<String>,
    /// The carrier's own site.
    pub url: Option<String>,
}

/// What the shopper was promised.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPromise {
    /// What the shopper was told.
    #[serde(deserialize_with = "super::strict::required")]
    pub promised: Window,
    /// What is expected now, where it differs.
    #[serde(default, deserialize_with = "super::strict::optional")]
    pub expected: Option<Window>,
    /// Who says so; the retailer unless given.
    pub source: Option<PromiseSource>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
    /// Whether the retailer stands by it with money.
    #[serde(default)]
    pub guaranteed: bool,
}

/// A shipment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShipment {
    /// Identity within the order; `s1`, `s2` … unless given.
    pub id: Option<String>,
    /// Which way it goes; outbound unless given.
    pub direction: Option<Direction>,
    /// The shipment that it replaces or returns.
    pub of: Option<String>,
    /// Who carries it.
    pub carrier: NewCarrier,
    /// The carrier's number.
    pub tracking_number: String,
    /// The carrier's page for it.
    pub tracking_url: Option<String>,
    /// How much the service reports; everything unless given.
    pub tracking_level: Option<TrackingLevel>,
    /// What is in it.
    pub lines: Vec<NewPart>,
    /// How many pieces it has.
    pub pieces: Option<u32>,
    /// What was promised.
    pub promise: Option<NewPromise>,
    /// Hours that usually pass between two scans of this service.
    pub usual_gap_h: Option<u32>,
}

/// What was not sent yet.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnshipped {
    /// The order line.
    pub line_id: String,
    /// How many of it, at least one.
    pub quantity: u32,
    /// When they are expected to leave.
    #[serde(default, deserialize_with = "super::strict::optional")]
    pub expected_dispatch: Option<Window>,
    /// When they were promised to leave; what was said first, unless given.
    #[serde(default, deserialize_with = "super::strict::optional")]
    pub promised_dispatch: Option<Window>,
}

/// A way to reach a person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSupport {
    /// The channel, such as `chat`, `email` or `phone`.
    pub kind: String,
    /// The words on the link.
    pub label: String,
    /// Where it leads: `https:`, `mailto:` or `tel:`.
    pub url: String,
    /// When somebody answers.
    pub hours: Option<String>,
}
