//! Existing orders of a shop, read from the REST API of its platform: the requests, and the meaning of the answers. Pure: the caller
//! sends the requests. An order in an answer has the fields of a webhook, so that both have one reader.
//!
//! A [`Position`] names the next page. It can be stored, and a later process continues there.

mod page;
mod shopify;
#[cfg(test)]
mod tests;
mod woocommerce;

use chrono::{DateTime, Utc};
use serde_json::Value;

pub use self::page::{ListAnswer, Page, Position, Unreadable};

/// A shop platform whose orders can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Shopify.
    Shopify,
    /// WooCommerce.
    WooCommerce,
}

impl Platform {
    /// Returns the name of the platform, as in [`crate::NAMES`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopify => "shopify",
            Self::WooCommerce => "woocommerce",
        }
    }

    /// Returns the position of the first page of the orders that were created or changed since this time.
    pub fn first(self, since: DateTime<Utc>) -> Position {
        match self {
            Self::Shopify => Position::Shopify { since, page_info: None },
            Self::WooCommerce => woocommerce::first(since),
        }
    }
}

impl Position {
    /// Returns the path and the query of the page, to be appended to the address of the shop.
    pub fn path(&self) -> String {
        match self {
            Self::Shopify { since, page_info } => shopify::path(*since, page_info.as_deref()),
            Self::WooCommerce { after, page } => woocommerce::path(*after, *page),
        }
    }

    /// Returns true if the position is Shopify's own name of a page, which Shopify may forget.
    pub fn may_expire(&self) -> bool {
        matches!(self, Self::Shopify { page_info: Some(_), .. })
    }

    /// Reads the answer to the request for this page. `now` stands for missing times. Returns an error if the answer is no list of
    /// orders.
    pub fn read(&self, answer: &ListAnswer<'_>, now: DateTime<Utc>) -> Result<Page, String> {
        let json: Value = serde_json::from_slice(answer.body).map_err(|error| error.to_string())?;
        match self {
            Self::Shopify { since, .. } => shopify::read(*since, &json, answer, now),
            Self::WooCommerce { after, page } => woocommerce::read((*after, *page), &json, answer, now),
        }
    }
}
