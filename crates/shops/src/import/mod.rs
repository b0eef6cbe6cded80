//! Existing orders of a shop, read from the REST API of its platform: the requests, and the meaning of the answers. Pure: the caller
//! sends the requests. An order in an answer has the fields of a webhook, so that both have one reader.
//!
//! A [`Position`] names the next page. It can be stored, and a later process continues there.

mod shopify;
#[cfg(test)]
mod tests;
mod woocommerce;

use chrono::{DateTime, Utc};
use doorstep_contract::Timestamp;
use doorstep_providers::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fields::text;
use crate::record::Change;

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

/// Place of a page in the list of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "platform", rename_all = "lowercase")]
pub enum Position {
    /// Page of Shopify's list.
    Shopify {
        /// Earliest time of the last change.
        since: DateTime<Utc>,
        /// Shopify's own name of the page; None for the first one.
        page_info: Option<String>,
    },
    /// Page of WooCommerce's list.
    WooCommerce {
        /// Time after which the orders of the list were changed.
        after: DateTime<Utc>,
        /// Number of the page among these orders, from 1.
        page: u32,
    },
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

/// Answer of a platform to the request for a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListAnswer<'a> {
    /// Body.
    pub body: &'a [u8],
    /// Value of the header `Link`.
    pub link: Option<&'a str>,
    /// Value of the header `X-WP-TotalPages`.
    pub total_pages: Option<&'a str>,
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Number of orders on the page.
    pub orders: usize,
    /// Records of the orders that could be read.
    pub changes: Vec<Change>,
    /// Orders that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Latest change of an order on the page.
    pub last_change: Option<DateTime<Utc>>,
    /// The next page, or None if this was the last one.
    pub next: Option<Position>,
}

/// An order that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The platform's id of the order, or its place on the page if the id cannot be read either.
    pub order: String,
    /// Reason.
    pub reason: String,
}

/// Function that returns the records of one order.
type Reader = fn(&Value, DateTime<Utc>) -> Result<Vec<Change>, Refusal>;

/// Reads every order of a page. `changed_at` returns the time of the last change of an order.
fn page(orders: &[Value], now: DateTime<Utc>, read: Reader, changed_at: fn(&Value) -> Option<Timestamp>) -> Page {
    let mut page = Page { orders: orders.len(), changes: Vec::new(), unreadable: Vec::new(), last_change: None, next: None };
    for (index, order) in orders.iter().enumerate() {
        page.last_change = page.last_change.max(changed_at(order).map(|at| at.utc()));
        match read(order, now) {
            Ok(changes) => page.changes.extend(changes),
            Err(refusal) => {
                let order = text(order, "id").unwrap_or_else(|| format!("number {} of the page", index + 1));
                page.unreadable.push(Unreadable { order, reason: reason(refusal) });
            }
        }
    }
    page
}

fn reason(refusal: Refusal) -> String {
    match refusal {
        Refusal::Unreadable(reason) => reason,
        Refusal::BadSignature | Refusal::UnknownKey | Refusal::Stale | Refusal::UnknownProvider => "it was refused".to_owned(),
    }
}
