//! What the shopper asks for, and what there is to choose from. Requests are read strictly: an unknown field is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::action::{ActionKind, Outcome};
use super::lenient::document;
use super::money::Money;
use super::promise::Window;

/// One self-service request. Which fields a kind takes, and which it needs, the backend's rules say.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopperRequest {
    /// What is asked for.
    pub kind: ActionKind,
    /// For which shipment.
    pub shipment_id: Option<String>,
    /// For which lines.
    pub lines: Vec<RequestLine>,
    /// What the shopper wants.
    pub outcome: Option<Outcome>,
    /// What the shopper answered, by question.
    pub answers: BTreeMap<String, String>,
    /// What the shopper wrote.
    pub note: Option<String>,
    /// Photos that were sent before.
    pub evidence: Vec<String>,
    /// The delivery slot.
    pub slot_id: Option<String>,
    /// The pickup point.
    pub pickup_point_id: Option<String>,
    /// The corrected address.
    pub address: Option<NewAddress>,
    /// How a return goes back.
    pub method_id: Option<String>,
    /// Where an answer reaches the shopper: an e-mail address or a telephone number.
    pub contact: Option<String>,
}

/// How many of an order line, and why.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestLine {
    /// The order line.
    pub line_id: String,
    /// The shipment that this part of it travelled in.
    pub shipment_id: Option<String>,
    /// How many of it, at least one.
    pub quantity: u32,
    /// Why: a code of the action's reasons.
    pub reason: Option<String>,
}

/// A corrected address in the country of the order.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAddress {
    /// Street and house, and what else stands above the town.
    pub lines: Vec<String>,
    /// The postcode.
    pub postcode: String,
    /// The town.
    pub city: String,
}

/// What a return is asked to be worth.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteRequest {
    /// `start_return` (where absent) or `withdraw`.
    pub kind: Option<ActionKind>,
    /// What goes back.
    pub lines: Vec<RequestLine>,
    /// What the shopper wants for it.
    pub outcome: Option<Outcome>,
}

/// What the shopper adds to a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMessage {
    /// The words.
    pub text: String,
    /// Photos that were sent before.
    pub evidence: Vec<String>,
}

/// How the shopper rates what came of a case.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRating {
    /// 1 (badly) to 5 (well).
    pub rating: u32,
    /// In the shopper's words.
    pub comment: Option<String>,
}

document! {
    /// A photo was taken in.
    pub struct Evidence {
        /// Its identity, as a request names it.
        pub id: String,
    }
}

document! {
    /// A delivery slot.
    pub struct Slot {
        /// Identity, as a request names it.
        pub id: String,
        /// When.
        pub window: Option<Window>,
        /// What it costs.
        pub fee: Option<Money>,
    }
}

document! {
    /// The delivery slots that are free now.
    pub struct Slots {
        /// From the earliest to the latest.
        pub slots: Vec<Slot>,
    }
}

document! {
    /// A place where a parcel can be collected.
    pub struct PickupPoint {
        /// Identity, as a request names it.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Its address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2.
        pub country: Option<String>,
        /// How far it is from the delivery address, in metres.
        pub distance_m: Option<u32>,
        /// When it is open.
        pub hours: Vec<String>,
    }
}

document! {
    /// The places that a shipment can be redirected to.
    pub struct PickupPoints {
        /// The nearest first.
        pub points: Vec<PickupPoint>,
    }
}
