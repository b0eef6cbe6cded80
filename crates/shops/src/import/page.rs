//! A page of orders: its place in the list, the answer that contains it, and what was read from it.

use chrono::{DateTime, Utc};
use doorstep_contract::Timestamp;
use doorstep_providers::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fields::text;
use crate::record::Change;

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
pub(super) type Reader = fn(&Value, DateTime<Utc>) -> Result<Vec<Change>, Refusal>;

/// Reads every order of a page. `changed_at` returns the time of the last change of an order.
pub(super) fn page(orders: &[Value], now: DateTime<Utc>, read: Reader, changed_at: fn(&Value) -> Option<Timestamp>) -> Page {
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
