//! The result of composing an order, and the settings of the shop that it depends on.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::Stage;
use doorstep_domain::order::new_order::NewOrder;

use crate::remark::Remark;

/// Settings of the shop.
#[derive(Clone, Debug)]
pub struct ShopSettings {
    /// Zone of the shop. It is used with a remark if the zone of the delivery address is not known.
    pub time_zone: Tz,
    /// Address of the shop, such as `https://shop.example`. Links to WooCommerce products are made from it.
    pub shop_url: Option<String>,
    /// Domain of the Shopify shop, such as `example.myshopify.com`. All orders are erased only at the request of this shop.
    pub shopify_domain: Option<String>,
}

/// An order that was composed from its records.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The retailer's part of the order. It passes the checks of `NewOrder::into_order`.
    pub order: NewOrder,
    /// Events of shipments that no carrier reports on.
    pub events: Vec<ComposedEvent>,
    /// Parts that could not be read or had to be assumed.
    pub remarks: Vec<Remark>,
    /// E-mail address and language for messages to the shopper.
    pub contact: Option<Contact>,
}

/// An event of a shipment that no carrier reports on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedEvent {
    /// Id of the shipment.
    pub shipment_id: String,
    /// Stage of the shipment from then on.
    pub stage: Stage,
    /// Time of the event.
    pub at: DateTime<Utc>,
}

/// E-mail address and language for messages to the shopper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address.
    pub email: String,
    /// Language, as a BCP 47 tag.
    pub lang: Option<String>,
}

/// Reason for which no order can be composed from the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotCompose {
    /// There is no shop platform of this name.
    UnknownShop,
    /// The platform's id cannot be the id of an order: it is too long or has characters that need escaping.
    InvalidId,
    /// The order has no line that could be read.
    NoLines,
    /// Nothing of the order is sent in a parcel: files, services, gift cards.
    NothingToSend,
}

impl std::fmt::Display for CannotCompose {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::UnknownShop => "there is no such shop platform",
            Self::InvalidId => "the platform's id cannot be the id of an order",
            Self::NoLines => "the order has no line that could be read",
            Self::NothingToSend => "nothing of the order is sent in a parcel",
        })
    }
}

impl std::error::Error for CannotCompose {}
