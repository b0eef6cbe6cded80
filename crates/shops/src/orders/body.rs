//! Body of the generic order webhook. Unknown fields are refused, so that a misspelt one is noticed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use doorstep_domain::order::order_id::is_order_id;
use serde::Deserialize;
use serde_json::json;

use super::values::{At, Number, Text};
use crate::address::FullAddress;
use crate::fields::{as_link, as_text};
use crate::record::RecordContent;
use crate::shop_order::{Contents, LineState, OrderState, Parcel, ShopFulfillment, ShopLine, ShopOrder, ShopPart};

/// An order, or the news that it was deleted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    id: Text,
    changed_at: At,
    #[serde(default)]
    deleted: bool,
    order: Option<Order>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    number: Text,
    placed_at: At,
    #[serde(default)]
    status: OrderState,
    currency: String,
    email: Option<String>,
    lang: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    address: Address,
    lines: Vec<Line>,
    delivery_cost: Option<Number>,
    #[serde(default)]
    shipments: Vec<Shipment>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    name: Option<String>,
    street: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postcode: Option<Text>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Text,
    title: String,
    variant: Option<String>,
    quantity: Number,
    total: Option<Number>,
    #[serde(default)]
    cancelled: Option<Number>,
    #[serde(default)]
    digital: bool,
    #[serde(default)]
    final_sale: bool,
    image_url: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipment {
    id: Option<Text>,
    carrier: Option<String>,
    #[serde(default)]
    tracking_numbers: Vec<Text>,
    tracking_url: Option<String>,
    sent_at: Option<At>,
    lines: Option<Vec<Part>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    line_id: Text,
    quantity: Number,
}

impl Message {
    /// Returns the order's id, the key and the time of the record, and its content.
    pub(super) fn into_record(self) -> Result<(String, &'static str, DateTime<Utc>, RecordContent), String> {
        let (id, at) = (self.id.0, self.changed_at.0.utc());
        if !is_order_id(&id) {
            return Err("id: may have up to 64 letters, digits, hyphens and underscores".to_owned());
        }
        match (self.order, self.deleted) {
            (None, true) => Ok((id, "deletion", at, RecordContent::Deleted)),
            (Some(order), false) => Ok((id, "order", at, RecordContent::Order(order.into_shop_order()?))),
            (None, false) | (Some(_), true) => Err("order: needed, unless deleted is true".to_owned()),
        }
    }
}

impl Order {
    fn into_shop_order(self) -> Result<ShopOrder, String> {
        let currency = self.currency;
        if self.time_zone.as_ref().is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_err()) {
            return Err("order.time_zone: unknown time zone".to_owned());
        }
        let mut ids = BTreeSet::new();
        let mut lines = Vec::new();
        for (index, line) in self.lines.into_iter().enumerate() {
            let at = format!("order.lines[{index}]");
            if !ids.insert(line.id.0.clone()) {
                return Err(format!("{at}.id: another line has it"));
            }
            lines.push(line.into_shop_line(&at, &currency)?);
        }
        if lines.is_empty() {
            return Err("order.lines: needs at least one line".to_owned());
        }
        let address = self.address;
        let full = FullAddress {
            first_name: address.first_name,
            last_name: address.last_name,
            name: address.name,
            street: address.street,
            city: address.city,
            region: address.region,
            postcode: address.postcode.map(|postcode| postcode.0),
            country: address.country,
        };
        let shipments = self.shipments.into_iter().enumerate();
        let shipments = shipments.map(|(index, shipment)| shipment.into_fulfillment(index, &ids)).collect::<Result<_, _>>()?;
        let delivery_cost = self.delivery_cost.map(|cost| cost.amount("order.delivery_cost", &currency)).transpose()?;
        Ok(ShopOrder {
            number: self.number.0,
            placed_at: Some(self.placed_at.0),
            state: self.status,
            email: self.email.filter(|email| !email.trim().is_empty()),
            postcode: full.postcode.clone(),
            lang: self.lang,
            address: full.masked(),
            time_zone: self.time_zone,
            lines,
            delivery_cost,
            shipments,
            ..ShopOrder::default()
        })
    }
}

impl Line {
    fn into_shop_line(self, at: &str, currency: &str) -> Result<ShopLine, String> {
        let quantity = self.quantity.pieces(&format!("{at}.quantity"))?;
        let cancelled = self.cancelled.map_or(Ok(0), |number| number.pieces_or_none(&format!("{at}.cancelled")))?;
        let title = as_text(&json!(self.title)).ok_or_else(|| format!("{at}.title: empty"))?;
        let link = |url: Option<String>, name: &str| {
            let secure = url.map(|url| as_link(&json!(url)).ok_or_else(|| format!("{at}.{name}: begins with https://")));
            secure.transpose()
        };
        Ok(ShopLine {
            id: self.id.0,
            title,
            variant: self.variant.as_ref().and_then(|variant| as_text(&json!(variant))),
            quantity,
            state: LineState { digital: self.digital, cancelled, ..LineState::default() },
            total: self.total.map(|total| total.amount(&format!("{at}.total"), currency)).transpose()?,
            image_url: link(self.image_url, "image_url")?,
            url: link(self.url, "url")?,
            product_ids: Vec::new(),
            final_sale: self.final_sale,
        })
    }
}

impl Shipment {
    fn into_fulfillment(self, index: usize, ids: &BTreeSet<String>) -> Result<ShopFulfillment, String> {
        let at = format!("order.shipments[{index}]");
        let parts = |lines: Vec<Part>| {
            let parts = lines.into_iter().enumerate().map(|(part, line)| {
                if !ids.contains(&line.line_id.0) {
                    return Err(format!("{at}.lines[{part}].line_id: the order has no such line"));
                }
                let quantity = line.quantity.pieces(&format!("{at}.lines[{part}].quantity"))?;
                Ok(ShopPart { line_id: line.line_id.0, quantity })
            });
            parts.collect::<Result<Vec<_>, String>>()
        };
        let url = self.tracking_url.as_ref().and_then(|url| as_link(&json!(url)));
        let is_single = self.tracking_numbers.len() == 1;
        let parcels =
            self.tracking_numbers.into_iter().map(|number| Parcel { number: number.0, url: url.clone().filter(|_| is_single) });
        Ok(ShopFulfillment {
            parcels: parcels.collect(),
            id: self.id.map_or_else(|| format!("{}", index + 1), |id| id.0),
            carrier: self.carrier.filter(|carrier| !carrier.trim().is_empty()),
            created_at: self.sent_at.map(|at| at.0),
            contents: self.lines.map(parts).transpose()?.map_or(Contents::Rest, Contents::Parts),
            ..ShopFulfillment::default()
        })
    }
}
