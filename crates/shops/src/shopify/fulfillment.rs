//! Reads a fulfilment: its parcels and its contents. Its tracking status is read by the tracking providers.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::fields::{as_link, as_text, changed_at, id, list, quantity, text, time};
use crate::record::{Record, RecordContent};
use crate::shop_order::{Contents, Parcel, ShopFulfillment, ShopPart};

/// Statuses of a fulfilment that does not exist any more or never came about.
const VOID: [&str; 3] = ["cancelled", "error", "failure"];

/// Returns the record of a fulfilment, or None if it has no id. `order_at` is the time of the order's last change if the fulfilment
/// is part of an order, and `now` stands for a missing time.
pub(super) fn record(json: &Value, order_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Record> {
    let id = id(json, "id")?;
    let changed_at = changed_at(&[time(json, "updated_at"), time(json, "created_at")], order_at.unwrap_or(now));
    let content = ShopFulfillment {
        created_at: time(json, "created_at"),
        void: text(json, "status").is_some_and(|status| VOID.contains(&status.to_ascii_lowercase().as_str())),
        carrier: text(json, "tracking_company"),
        parcels: parcels(json),
        contents: contents(json),
        id: id.clone(),
    };
    Some(Record { key: format!("fulfillment/{id}"), changed_at, content: RecordContent::Fulfillment(content) })
}

/// Returns the parcels, each with its link. The first number may have its link in `tracking_url` instead of the list.
fn parcels(json: &Value) -> Vec<Parcel> {
    let urls = list(json, "tracking_urls");
    let mut parcels: Vec<Parcel> = Vec::new();
    for (index, number) in
        list(json, "tracking_numbers").iter().enumerate().filter_map(|(at, number)| Some((at, as_text(number)?)))
    {
        if parcels.iter().all(|known| known.number != number) {
            let single = || json.get("tracking_url").filter(|_| index == 0).and_then(as_link);
            parcels.push(Parcel { number, url: urls.get(index).and_then(as_link).or_else(single) });
        }
    }
    if parcels.is_empty() {
        let single = text(json, "tracking_number");
        parcels.extend(single.map(|number| Parcel { number, url: json.get("tracking_url").and_then(as_link) }));
    }
    parcels
}

fn contents(json: &Value) -> Contents {
    let part = |item: &Value| {
        let quantity = quantity(item, "quantity").filter(|quantity| *quantity > 0)?;
        Some(ShopPart { line_id: id(item, "id")?, quantity })
    };
    Contents::Parts(list(json, "line_items").iter().filter_map(part).collect())
}
