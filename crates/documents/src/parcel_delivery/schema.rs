//! Types of schema.org that describe parcels. The names of types and fields are defined by schema.org. Fields without a use here
//! are left out.

use doorstep_contract::{Date, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::status::OrderStatus;

/// Vocabulary of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Context {
    /// The vocabulary of schema.org.
    #[serde(rename = "https://schema.org")]
    Schema,
}

/// Type of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Kind {
    /// A parcel delivery.
    ParcelDelivery,
    /// An order.
    Order,
    /// An address.
    PostalAddress,
    /// A carrier.
    Organization,
    /// An ordered item.
    Product,
    /// The delivery event.
    DeliveryEvent,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParcelDelivery {
    /// Vocabulary of the document.
    #[serde(rename = "@context")]
    pub context: Context,
    /// Always `ParcelDelivery`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Order that the parcel belongs to.
    pub part_of_order: PartOfOrder,
    /// Delivery address, as far as the order document shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_address: Option<PostalAddress>,
    /// Carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Organization>,
    /// Earliest expected date or time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_arrival_from: Option<String>,
    /// Latest expected date or time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_arrival_until: Option<String>,
    /// Contents of the parcel.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_shipped: Vec<Product>,
    /// Tracking number of the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// URL of the carrier's tracking page, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// Time of the delivery, or last day for collecting the parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_status: Option<DeliveryEvent>,
    /// Delivery method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_delivery_method: Option<DeliveryMethod>,
}

/// Order that a parcel belongs to; an `Order` of schema.org.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartOfOrder {
    /// Always `Order`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Order number as printed on the receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Time at which the order was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_date: Option<Timestamp>,
    /// Status of the whole order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_status: Option<OrderStatus>,
}

/// An address. It is masked if the order document masks it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    /// Always `PostalAddress`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Name of the pickup point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// All lines of the address, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// Country code of ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country: Option<String>,
}

/// A carrier.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Organization {
    /// Always `Organization`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Name of the carrier.
    pub name: String,
    /// URL of the carrier's site, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// An ordered item.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Product {
    /// Always `Product`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Title of the item, with its variant.
    pub name: String,
    /// URL of a picture, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// URL of the item's page in the shop, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Time of the delivery, or last day for collecting the parcel.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryEvent {
    /// Always `DeliveryEvent`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Time of the delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// Last day on which the parcel can be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_through: Option<Date>,
}

/// Delivery method of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum DeliveryMethod {
    /// Delivery to the door.
    #[serde(rename = "https://schema.org/ParcelService")]
    ParcelService,
    /// Collection at a counter.
    #[serde(rename = "https://schema.org/OnSitePickup")]
    OnSitePickup,
    /// Collection from a locker.
    #[serde(rename = "https://schema.org/LockerDelivery")]
    LockerDelivery,
}
