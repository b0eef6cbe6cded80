//! Shopify's list of orders: `GET /admin/api/<version>/orders.json`. Source: Shopify's documentation of the REST resource `Order` and of
//! paging by cursor. A cursor stands for a place in the list, so that orders which change meanwhile move no page.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;

use super::page::{ListAnswer, Page, Position, page};
use crate::fields::time;
use crate::shopify::order_changes;

/// Version of the API. Shopify answers for a version that it no longer supports with the oldest one that it supports.
const VERSION: &str = "2026-01";
/// Number of orders on a page, the greatest that Shopify allows.
const PER_PAGE: u32 = 250;

/// Returns the path and the query of a page. Besides the cursor a request may only have the size of the page.
pub(super) fn path(since: DateTime<Utc>, page_info: Option<&str>) -> String {
    let query = match page_info {
        Some(page_info) => format!("page_info={page_info}"),
        None => format!("status=any&updated_at_min={}", since.to_rfc3339_opts(SecondsFormat::Secs, true)),
    };
    format!("/admin/api/{VERSION}/orders.json?limit={PER_PAGE}&{query}")
}

pub(super) fn read(since: DateTime<Utc>, json: &Value, answer: &ListAnswer<'_>, now: DateTime<Utc>) -> Result<Page, String> {
    let orders = json.get("orders").and_then(Value::as_array).ok_or_else(|| "no orders".to_owned())?;
    let mut page = page(orders, now, order_changes, |order| time(order, "updated_at"));
    let page_info = answer.link.and_then(next_page);
    page.next = page_info.map(|page_info| Position::Shopify { since, page_info: Some(page_info) });
    Ok(page)
}

/// Returns the cursor of the link with the relation `next`. The rest of the link is not used: the access token is only sent to the
/// configured address.
fn next_page(links: &str) -> Option<String> {
    links.split(',').find_map(|link| {
        let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        let is_next = parameters.split(';').any(|parameter| {
            let parameter = parameter.trim().to_ascii_lowercase();
            parameter.strip_prefix("rel=").is_some_and(|rel| rel.trim_matches('"') == "next")
        });
        let (_, query) = target.split_once('?').filter(|_| is_next)?;
        let page_info = query.split('&').find_map(|pair| pair.strip_prefix("page_info="))?;
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%=+/".contains(&byte);
        page_info.bytes().all(is_safe).then(|| page_info.to_owned()).filter(|page_info| !page_info.is_empty())
    })
}
