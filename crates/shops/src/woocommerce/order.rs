//! Reads an order of WooCommerce's REST API, version 3. Source of the fields: its documentation, and the webhooks of WooCommerce.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::meta::meta;
use super::tracking;
use crate::address::{FullAddress, country_code};
use crate::decimal::Decimal;
use crate::fields::{changed_at, id, link, list, plain, quantity, text, utc};
use crate::record::{Record, RecordContent};
use crate::remark::Remark;
use crate::shop_order::{Amount, OrderState, ShopLine, ShopOrder};

/// Keys of an order's meta data in which plugins store its language.
const LANGUAGE_KEYS: [&str; 4] = ["wpml_language", "trp_language", "_locale", "locale"];

/// Returns the record of an order. `now` stands for a missing time of the last change.
pub(super) fn record(json: &Value, now: DateTime<Utc>) -> Record {
    let changed_at = changed_at(&[utc(json, "date_modified_gmt"), utc(json, "date_created_gmt")], now);
    Record { key: "order".to_owned(), changed_at, content: RecordContent::Order(order(json)) }
}

fn order(json: &Value) -> ShopOrder {
    let mut remarks = Vec::new();
    let currency = text(json, "currency").unwrap_or_default();
    let address = address(json);
    if address.country.as_deref().is_some_and(|country| country_code(country).is_none()) {
        remarks.push(Remark::CountryUnreadable);
    }
    let lines = list(json, "line_items").iter().enumerate().filter_map(|(index, item)| {
        let line = line(item, &currency, &mut remarks);
        if line.is_none() {
            remarks.push(Remark::LineLeftOut { index });
        }
        line
    });
    let mut lines: Vec<ShopLine> = lines.collect();
    let delivery_cost = paid(json, ["shipping_total", "shipping_tax"], &currency);
    if delivery_cost.is_none() {
        remarks.push(Remark::AmountUnreadable { field: "shipping_total".to_owned() });
    }
    let (state, shipments) = (state(json), tracking::shipments(json, &lines));
    // An order that was completed without a shipping method and without a parcel had nothing to send: files or services.
    let is_digital = state == OrderState::Sent && shipments.is_empty() && list(json, "shipping_lines").is_empty();
    lines.iter_mut().for_each(|line| line.state.digital = is_digital);
    ShopOrder {
        number: text(json, "number").or_else(|| text(json, "id")).unwrap_or_default(),
        placed_at: utc(json, "date_created_gmt"),
        state,
        email: json.get("billing").and_then(|billing| text(billing, "email")),
        postcode: address.postcode.clone(),
        lang: LANGUAGE_KEYS.iter().find_map(|key| text(meta(json, key)?, "value")),
        address: address.masked(),
        time_zone: None,
        lines,
        delivery_cost,
        known_parts: list(json, "refunds").len(),
        shipments,
        remarks,
    }
}

/// Returns how far the order is. Unpaid orders are not shown, except those that wait for a transfer (`on-hold`). A refund or a
/// cancellation of a completed order does not undo what was sent. Unknown statuses, which plugins add, count as open.
fn state(json: &Value) -> OrderState {
    let status = text(json, "status").unwrap_or_default().to_ascii_lowercase();
    let was_completed = utc(json, "date_completed_gmt").is_some() || utc(json, "date_completed").is_some();
    match status.strip_prefix("wc-").unwrap_or(&status) {
        "checkout-draft" | "auto-draft" | "draft" | "new" | "pending" => OrderState::Draft,
        "cancelled" | "refunded" | "failed" | "trash" if !was_completed => OrderState::Cancelled,
        "completed" | "shipped" | "delivered" | "cancelled" | "refunded" | "failed" | "trash" => OrderState::Sent,
        "partial-shipped" | "partially-shipped" | "partial-completed" | "partially-completed" => OrderState::PartlySent,
        _ => OrderState::Open,
    }
}

/// Returns the shipping address, or the billing address if it is empty.
fn address(json: &Value) -> FullAddress {
    let read = |name: &str| {
        let address = json.get(name)?;
        let text = |name| text(address, name);
        Some(FullAddress {
            first_name: text("first_name"),
            last_name: text("last_name"),
            name: None,
            street: text("address_1"),
            city: text("city"),
            region: text("state"),
            postcode: text("postcode"),
            country: text("country"),
        })
    };
    FullAddress::first_of([read("shipping"), read("billing")])
}

fn line(json: &Value, currency: &str, remarks: &mut Vec<Remark>) -> Option<ShopLine> {
    let line_id = id(json, "id")?;
    let name = plain(json, "name");
    let title = plain(json, "parent_name").or_else(|| name.clone())?;
    let quantity = quantity(json, "quantity").filter(|quantity| *quantity > 0)?;
    let total = paid(json, ["total", "total_tax"], currency);
    if total.is_none() {
        remarks.push(Remark::AmountUnreadable { field: format!("line_items/{line_id}/total") });
    }
    Some(ShopLine {
        variant: variant(json, &title, name.as_deref().unwrap_or_default()),
        id: line_id,
        title,
        quantity,
        total,
        image_url: json.get("image").and_then(|image| link(image, "src")),
        product_ids: ["variation_id", "product_id"].iter().filter_map(|name| id(json, name)).collect(),
        ..ShopLine::default()
    })
}

/// Returns the variation: the values of the attributes by which a product varies. Those of other meta data are left out, because
/// customers type into them.
fn variant(json: &Value, title: &str, name: &str) -> Option<String> {
    id(json, "variation_id")?;
    let values = list(json, "meta_data").iter().filter_map(|meta| {
        let key = text(meta, "key")?;
        let value = plain(meta, "display_value").or_else(|| plain(meta, "value"))?;
        let is_in = |text: &str| text.to_lowercase().contains(&value.to_lowercase());
        let is_shown = key.starts_with("pa_") || is_in(name);
        (is_shown && !key.starts_with('_') && !is_in(title)).then_some(value)
    });
    let values = values.collect::<Vec<_>>().join(", ");
    (!values.is_empty()).then_some(values)
}

/// Returns an amount with its tax, which WooCommerce keeps apart, whether prices were entered with tax or without.
fn paid(json: &Value, [net, tax]: [&str; 2], currency: &str) -> Option<Amount> {
    let tax = json.get(tax).and_then(Decimal::read).unwrap_or_default();
    Decimal::read(json.get(net)?).filter(|net| !net.is_negative())?.plus(tax).amount(currency)
}
