//! Reads an order. Sources of the fields: Shopify's documentation of the REST resource `Order` and of the webhook `orders/updated`.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::price::Prices;
use crate::address::FullAddress;
use crate::fields::{self, changed_at, is_true, list, plain, text, time};
use crate::record::{Record, RecordContent};
use crate::remark::Remark;
use crate::shop_order::{LineState, OrderState, ShopLine, ShopOrder};

/// Title that Shopify writes for the only variant of a product without variants.
const NO_VARIANT: &str = "Default Title";

/// Returns the record of an order. `now` stands for a missing time of the last change.
pub(super) fn record(json: &Value, now: DateTime<Utc>) -> Record {
    let changed_at = changed_at(&[time(json, "updated_at"), time(json, "created_at")], now);
    Record { key: "order".to_owned(), changed_at, content: RecordContent::Order(order(json)) }
}

fn order(json: &Value) -> ShopOrder {
    let mut remarks = Vec::new();
    let prices = Prices::of_order(json);
    let address = address(json);
    let lines = list(json, "line_items").iter().enumerate().filter_map(|(index, item)| {
        let line = line(item, &prices, &mut remarks);
        if line.is_none() {
            remarks.push(Remark::LineLeftOut { index });
        }
        line
    });
    let lines = lines.collect();
    let delivery_cost = prices.delivery_cost(json, &mut remarks);
    if address.country.as_deref().is_some_and(|country| crate::address::country_code(country).is_none()) {
        remarks.push(Remark::CountryUnreadable);
    }
    let is_cancelled = json.get("cancelled_at").is_some_and(|at| !at.is_null());
    ShopOrder {
        number: text(json, "name").or_else(|| text(json, "order_number")).unwrap_or_default(),
        placed_at: time(json, "processed_at").or_else(|| time(json, "created_at")),
        state: if is_cancelled { OrderState::Cancelled } else { OrderState::Open },
        email: email(json),
        postcode: address.postcode.clone(),
        lang: text(json, "customer_locale"),
        address: address.masked(),
        time_zone: None,
        lines,
        delivery_cost,
        shipments: Vec::new(),
        known_parts: list(json, "fulfillments").len() + list(json, "refunds").len(),
        remarks,
    }
}

fn email(json: &Value) -> Option<String> {
    let of_customer = || text(json.get("customer")?, "email");
    text(json, "email").or_else(|| text(json, "contact_email")).or_else(of_customer)
}

/// Returns the shipping address, or the billing address if there is none, as for orders that are collected or digital.
fn address(json: &Value) -> FullAddress {
    let read = |name: &str| {
        let address = json.get(name)?;
        let text = |name| text(address, name);
        Some(FullAddress {
            first_name: text("first_name"),
            last_name: text("last_name"),
            name: text("name"),
            street: text("address1"),
            city: text("city"),
            region: text("province_code").or_else(|| text("province")),
            postcode: text("zip"),
            country: text("country_code"),
        })
    };
    FullAddress::first_of([read("shipping_address"), read("billing_address")])
}

fn line(json: &Value, prices: &Prices, remarks: &mut Vec<Remark>) -> Option<ShopLine> {
    let (id, title) = (fields::id(json, "id")?, plain(json, "title").or_else(|| plain(json, "name"))?);
    let quantity = fields::quantity(json, "quantity").filter(|quantity| *quantity > 0)?;
    let needs_no_shipping =
        json.get("requires_shipping").is_some_and(|flag| !flag.is_null()) && !is_true(json, "requires_shipping");
    let state = LineState {
        digital: needs_no_shipping || is_true(json, "gift_card"),
        current: fields::quantity(json, "current_quantity"),
        fulfillable: fields::quantity(json, "fulfillable_quantity"),
        cancelled: 0,
    };
    Some(ShopLine {
        id,
        title,
        variant: plain(json, "variant_title").filter(|variant| variant != NO_VARIANT),
        quantity,
        state,
        total: prices.line(json, remarks),
        ..ShopLine::default()
    })
}
