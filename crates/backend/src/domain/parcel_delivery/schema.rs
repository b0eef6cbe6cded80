//! The types of schema.org that parcels are told in, as far as they are used. Names and members are that vocabulary's.

use doorstep_core::wire::{Date, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::OrderStatus;

/// Whose words these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Context {
    /// Those of schema.org.
    #[serde(rename = "https://schema.org")]
    Schema,
}

/// What something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Kind {
    /// A parcel on its way.
    ParcelDelivery,
    /// An order.
    Order,
    /// An address.
    PostalAddress,
    /// A carrier.
    Organization,
    /// Something that was bought.
    Product,
    /// The delivery itself.
    DeliveryEvent,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParcelDelivery {
    /// Whose words these are.
    #[serde(rename = "@context")]
    pub context: Context,
    /// `ParcelDelivery`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// The order that it belongs to.
    pub part_of_order: PartOfOrder,
    /// Where it goes, as far as that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_address: Option<PostalAddress>,
    /// Who carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Organization>,
    /// The earliest date or instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_arrival_from: Option<String>,
    /// The latest date or instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_arrival_until: Option<String>,
    /// What is in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_shipped: Vec<Product>,
    /// The carrier's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// The carrier's page, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// What is known of the delivery itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_status: Option<DeliveryEvent>,
    /// How it is handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_delivery_method: Option<DeliveryMethod>,
}

/// The order that a parcel belongs to; an `Order` of schema.org.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartOfOrder {
    /// `Order`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// The number on the receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// When it was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_date: Option<Timestamp>,
    /// How the whole order goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_status: Option<OrderStatus>,
}

/// An address; masked where the order document masks it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    /// `PostalAddress`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// The name of the pickup point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// All lines of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country: Option<String>,
}

/// A carrier.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Organization {
    /// `Organization`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its own site, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Something that was bought.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Product {
    /// `Product`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// What it is called, with its variant.
    pub name: String,
    /// A picture, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The shop's page of it, `https:` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What is known of the delivery itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryEvent {
    /// `DeliveryEvent`.
    #[serde(rename = "@type")]
    pub kind: Kind,
    /// When it was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// The last day it can be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_through: Option<Date>,
}

/// How a parcel is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum DeliveryMethod {
    /// At the door.
    #[serde(rename = "https://schema.org/ParcelService")]
    ParcelService,
    /// At a counter.
    #[serde(rename = "https://schema.org/OnSitePickup")]
    OnSitePickup,
    /// In a locker.
    #[serde(rename = "https://schema.org/LockerDelivery")]
    LockerDelivery,
}
