//! Requests of the shopper, and the lists that the shopper can choose from. Requests are read strictly: an unknown field is
//! refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::action::{ActionKind, Outcome};
use super::id::ShipmentId;
use super::lenient::document;
use super::money::Money;
use super::promise::Window;

/// Self-service request of the shopper. The rules of the backend decide which fields a kind accepts and which it requires.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopperRequest {
    /// Kind of action that is requested.
    pub kind: ActionKind,
    /// Id of the shipment that the request is about.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub shipment_id: Option<ShipmentId>,
    /// Order lines that the request is about.
    pub lines: Vec<RequestLine>,
    /// Outcome that the shopper requests.
    pub outcome: Option<Outcome>,
    /// Answers of the shopper, each under the name of its question.
    pub answers: BTreeMap<String, String>,
    /// Text written by the shopper.
    pub note: Option<String>,
    /// Ids of photos that were uploaded before.
    pub evidence: Vec<String>,
    /// Id of the chosen delivery slot.
    pub slot_id: Option<String>,
    /// Id of the chosen pickup point.
    pub pickup_point_id: Option<String>,
    /// Corrected address.
    pub address: Option<NewAddress>,
    /// Id of the chosen return method.
    pub method_id: Option<String>,
    /// E-mail address or telephone number for an answer to the shopper.
    pub contact: Option<String>,
}

/// Quantity of an order line, with a reason.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestLine {
    /// Id of the order line.
    pub line_id: String,
    /// Id of the shipment that contained this part of the line.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub shipment_id: Option<ShipmentId>,
    /// Quantity, at least one.
    pub quantity: u32,
    /// Code of the reason. The action lists the codes to choose from.
    pub reason: Option<String>,
}

/// A corrected address in the country of the order.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAddress {
    /// Street, house number and any other lines above the town.
    pub lines: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub city: String,
}

/// Request for the estimate of a return.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteRequest {
    /// `start_return` (the default) or `withdraw`.
    pub kind: Option<ActionKind>,
    /// Order lines that go back.
    pub lines: Vec<RequestLine>,
    /// Outcome that the shopper requests.
    pub outcome: Option<Outcome>,
}

/// Message that the shopper adds to a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMessage {
    /// Text of the message.
    pub text: String,
    /// Ids of photos that were uploaded before.
    pub evidence: Vec<String>,
}

/// Rating of a case's outcome by the shopper.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRating {
    /// Rating from 1 (worst) to 5 (best).
    pub rating: u32,
    /// Comment written by the shopper.
    pub comment: Option<String>,
}

document! {
    /// Answer to the upload of a photo.
    pub struct Evidence {
        /// Id of the photo, as used in a request.
        pub id: String,
    }
}

document! {
    /// Delivery slot that can be chosen.
    pub struct Slot {
        /// Id of the slot, as used in a request.
        pub id: String,
        /// Time window of the slot.
        pub window: Option<Window>,
        /// Fee for the slot.
        pub fee: Option<Money>,
    }
}

document! {
    /// The delivery slots that are free now.
    pub struct Slots {
        /// Slots from the earliest to the latest.
        pub slots: Vec<Slot>,
    }
}

document! {
    /// Pickup point that can be chosen.
    pub struct PickupPoint {
        /// Id of the pickup point, as used in a request.
        pub id: String,
        /// Name of the pickup point.
        pub name: String,
        /// Address, line by line.
        pub lines: Vec<String>,
        /// ISO 3166-1 alpha-2 country code.
        pub country: Option<String>,
        /// Distance from the delivery address, in metres.
        pub distance_m: Option<u32>,
        /// Opening hours, line by line.
        pub hours: Vec<String>,
    }
}

document! {
    /// Pickup points that a shipment can be redirected to.
    pub struct PickupPoints {
        /// Pickup points, the nearest first.
        pub points: Vec<PickupPoint>,
    }
}
