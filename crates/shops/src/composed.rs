//! The result of composing an order, and the settings of the shop that it depends on.

use chrono_tz::Tz;
use doorstep_domain::order::new_order::NewOrder;

use crate::remark::Remark;

/// Settings of the shop.
#[derive(Clone, Debug)]
pub struct ShopSettings {
    /// Zone of the shop. It is used with a remark if the zone of the delivery address is not known.
    pub time_zone: Tz,
    /// Address of the shop, such as `https://shop.example`. Links to WooCommerce products are made from it.
    pub shop_url: Option<String>,
}

/// An order that was composed from its records.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The retailer's part of the order. It passes the checks of `NewOrder::into_order`.
    pub order: NewOrder,
    /// Parts that could not be read or had to be assumed.
    pub remarks: Vec<Remark>,
    /// E-mail address and language for messages to the shopper.
    pub contact: Option<Contact>,
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
}

impl std::fmt::Display for CannotCompose {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::UnknownShop => "there is no such shop platform",
            Self::InvalidId => "the platform's id cannot be the id of an order",
            Self::NoLines => "the order has no line that could be read",
        })
    }
}

impl std::error::Error for CannotCompose {}
