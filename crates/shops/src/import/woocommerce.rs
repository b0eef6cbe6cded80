//! WooCommerce's list of orders: `GET /wp-json/wc/v3/orders`. Source: the documentation of WooCommerce's REST API, version 3.
//!
//! Its pages have numbers. An order that changes meanwhile moves to the end of the list, and every later order moves one place forward.
//! Therefore the next page is not the next number, but the first page of the orders that were changed since the last one. A number
//! above 1 is only used for orders that were all changed in one second.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::page::{ListAnswer, Page, Position, page};
use crate::fields::utc;
use crate::woocommerce::order_changes;

/// Number of orders on a page, the greatest that WordPress allows.
const PER_PAGE: u32 = 100;

/// Returns the first page of the orders that were changed since this time. `modified_after` excludes its own second.
pub(super) fn first(since: DateTime<Utc>) -> Position {
    Position::WooCommerce { after: before(since), page: 1 }
}

/// Returns the path and the query of a page.
pub(super) fn path(after: DateTime<Utc>, page: u32) -> String {
    let after = after.format("%Y-%m-%dT%H:%M:%S");
    format!(
        "/wp-json/wc/v3/orders?per_page={PER_PAGE}&page={page}&orderby=modified&order=asc&dates_are_gmt=true&modified_after={after}"
    )
}

pub(super) fn read(
    (after, number): (DateTime<Utc>, u32),
    json: &Value,
    answer: &ListAnswer<'_>,
    now: DateTime<Utc>,
) -> Result<Page, String> {
    let orders = json.as_array().ok_or_else(|| "no list of orders".to_owned())?;
    let mut page = page(orders, now, order_changes, |order| utc(order, "date_modified_gmt"));
    // A plugin may leave orders out of a page, so its length alone does not say that it is the last one.
    let total = answer.total_pages.and_then(|total| total.trim().parse::<u32>().ok());
    let is_last = match total {
        Some(total) => number >= total,
        None => orders.len() < usize::try_from(PER_PAGE).unwrap_or(usize::MAX),
    };
    page.next = (!is_last).then(|| match page.last_change.map(before).filter(|last| *last > after) {
        Some(after) => Position::WooCommerce { after, page: 1 },
        None => Position::WooCommerce { after, page: number.saturating_add(1) },
    });
    Ok(page)
}

fn before(time: DateTime<Utc>) -> DateTime<Utc> {
    time.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(time)
}
