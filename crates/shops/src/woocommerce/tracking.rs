//! Tracking numbers of an order. WooCommerce's order has none; plugins store them in its meta data:
//!
//! - `_wc_shipment_tracking_items`: WooCommerce Shipment Tracking and Advanced Shipment Tracking, which can name products
//! - `_aftership_tracking_items`: AfterShip, which can name lines
//! - `ywot_tracking_code`: YITH Order & Shipment Tracking, one number per order
//!
//! WooCommerce's own fulfilments are not part of the order either. A shop can add them as `fulfillments`, in the form of its REST
//! API, with the filter `woocommerce_webhook_payload`.

use chrono::DateTime;
use doorstep_contract::Timestamp;
use serde_json::Value;

use super::meta::meta;
use crate::fields::{MAX_ENTRIES, as_link, as_text, id, is_true, link, list, quantity, text, utc};
use crate::shop_order::{Contents, Parcel, ShopFulfillment, ShopLine, ShopPart};

/// Returns the shipments of an order. A number that several plugins know is one shipment, with the contents of the one that states
/// them.
pub(super) fn shipments(order: &Value, lines: &[ShopLine]) -> Vec<ShopFulfillment> {
    let own = list(order, "fulfillments").iter().filter_map(|entry| fulfillment(entry, lines));
    let shipment_tracking = entries(order, "_wc_shipment_tracking_items");
    let shipment_tracking = shipment_tracking.iter().filter_map(|entry| shipment_tracking_item(entry, lines));
    let aftership = entries(order, "_aftership_tracking_items");
    let aftership = aftership.iter().filter_map(|entry| aftership_item(entry, lines));
    let mut all: Vec<ShopFulfillment> = Vec::new();
    for new in own.chain(shipment_tracking).chain(aftership).chain(yith(order)) {
        let known = all.iter_mut().find(|known| is_same_parcel(known, &new));
        match known {
            Some(known) if known.contents == Contents::Rest => known.contents = new.contents,
            Some(_) => {}
            None => all.push(new),
        }
    }
    all
}

fn is_same_parcel(one: &ShopFulfillment, other: &ShopFulfillment) -> bool {
    let numbers = |of: &ShopFulfillment| of.parcels.iter().map(|parcel| compact(&parcel.number)).collect::<Vec<_>>();
    !one.parcels.is_empty() && numbers(one) == numbers(other)
}

fn compact(number: &str) -> String {
    number.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Returns the entries of a list in the meta data. PHP writes a list with gaps as an object, and some plugins store it as a text
/// with JSON in it.
fn entries(order: &Value, key: &str) -> Vec<Value> {
    let Some(value) = meta(order, key).and_then(|entry| entry.get("value")) else {
        return Vec::new();
    };
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    match parsed.as_ref().unwrap_or(value) {
        Value::Array(entries) => entries.iter().take(MAX_ENTRIES).cloned().collect(),
        Value::Object(entries) => entries.values().take(MAX_ENTRIES).cloned().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn shipment_tracking_item(json: &Value, lines: &[ShopLine]) -> Option<ShopFulfillment> {
    let number = text(json, "tracking_number")?;
    let carrier = text(json, "custom_tracking_provider").or_else(|| text(json, "tracking_provider"));
    let url = ["custom_tracking_link", "ast_tracking_link", "formatted_tracking_link"].iter().find_map(|name| link(json, name));
    let parts = list(json, "products_list").iter().filter_map(|entry| {
        let by_product = || line_of_product(lines, &id(entry, "product")?);
        part(id(entry, "item_id").filter(|line_id| has_line(lines, line_id)).or_else(by_product)?, entry, "qty")
    });
    Some(ShopFulfillment {
        id: text(json, "tracking_id").unwrap_or_else(|| compact(&number)),
        created_at: unix(json, "date_shipped").or_else(|| utc(json, "date_shipped")),
        carrier,
        contents: contents(parts.collect()),
        parcels: vec![Parcel { number, url }],
        ..ShopFulfillment::default()
    })
}

fn aftership_item(json: &Value, lines: &[ShopLine]) -> Option<ShopFulfillment> {
    let number = text(json, "tracking_number")?;
    let parts = list(json, "line_items")
        .iter()
        .filter_map(|entry| part(id(entry, "id").filter(|line_id| has_line(lines, line_id))?, entry, "quantity"));
    Some(ShopFulfillment {
        id: text(json, "tracking_id").unwrap_or_else(|| compact(&number)),
        created_at: json.get("metrics").and_then(|metrics| utc(metrics, "created_at")),
        carrier: text(json, "slug"),
        contents: contents(parts.collect()),
        parcels: vec![Parcel { number, url: None }],
        ..ShopFulfillment::default()
    })
}

fn yith(order: &Value) -> Option<ShopFulfillment> {
    let value = |key: &str| text(meta(order, key)?, "value");
    let number = value("ywot_tracking_code")?;
    Some(ShopFulfillment {
        id: "ywot".to_owned(),
        carrier: value("ywot_carrier_name").or_else(|| value("ywot_carrier_id")),
        parcels: vec![Parcel { number, url: meta(order, "ywot_carrier_url").and_then(|entry| link(entry, "value")) }],
        ..ShopFulfillment::default()
    })
}

/// Reads a fulfilment of WooCommerce. A draft and a deleted one are void.
fn fulfillment(json: &Value, lines: &[ShopLine]) -> Option<ShopFulfillment> {
    let value = |key: &str| meta(json, key)?.get("value");
    let is_deleted = json.get("date_deleted").is_some_and(|at| !at.is_null());
    let items = value("_items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let parts = items
        .iter()
        .take(MAX_ENTRIES)
        .filter_map(|entry| part(id(entry, "item_id").filter(|line_id| has_line(lines, line_id))?, entry, "qty"));
    let number = value("_tracking_number").and_then(as_text);
    let url = value("_tracking_url").and_then(as_link);
    Some(ShopFulfillment {
        id: id(json, "id")?,
        created_at: value("_date_fulfilled").and_then(as_text).and_then(|at| utc(&serde_json::json!({ "at": at }), "at")),
        void: is_deleted || !is_true(json, "is_fulfilled"),
        carrier: ["_shipping_provider", "_shipment_provider", "_provider_name"].iter().find_map(|key| as_text(value(key)?)),
        parcels: number.into_iter().map(|number| Parcel { number, url: url.clone() }).collect(),
        contents: contents(parts.collect()),
    })
}

fn has_line(lines: &[ShopLine], line_id: &str) -> bool {
    lines.iter().any(|line| line.id == line_id)
}

fn line_of_product(lines: &[ShopLine], product: &str) -> Option<String> {
    lines.iter().find(|line| line.product_ids.iter().any(|id| id == product)).map(|line| line.id.clone())
}

fn part(line_id: String, entry: &Value, name: &str) -> Option<ShopPart> {
    let quantity = quantity(entry, name).filter(|quantity| *quantity > 0)?;
    Some(ShopPart { line_id, quantity })
}

fn contents(parts: Vec<ShopPart>) -> Contents {
    if parts.is_empty() { Contents::Rest } else { Contents::Parts(parts) }
}

/// Returns a time in seconds since the Unix epoch.
fn unix(json: &Value, name: &str) -> Option<Timestamp> {
    let seconds = text(json, name)?.parse::<i64>().ok()?;
    DateTime::from_timestamp(seconds, 0).map(Timestamp::from)
}
