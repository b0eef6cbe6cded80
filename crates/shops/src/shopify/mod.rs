//! Shopify: signature and topics of its order webhooks. [`order`] reads an order with the fulfilments and refunds in it,
//! [`fulfillment`] and [`refund`] read them from the order or from webhooks of their own, [`price`] reads amounts.
//!
//! The signature covers the body alone. The topic in the headers is not signed, so a genuine body may come under a forged topic, for
//! example an order under `orders/delete` or `shop/redact`. Each topic therefore requires the fields that only its own bodies have.

mod fulfillment;
#[cfg(test)]
mod fulfillment_tests;
mod order;
#[cfg(test)]
mod order_tests;
mod price;
mod refund;
#[cfg(test)]
pub(crate) mod tests;

use chrono::{DateTime, Utc};
use doorstep_providers::signature::{base64, is_valid_hmac, matches_any_secret};
use doorstep_providers::{Refusal, Request};
use serde_json::Value;

use crate::fields::{as_text, id, is_true, list, text};
use crate::record::{Change, Notice, PrivacyRequest, PrivacyTopic, Record, RecordContent};

/// Checks and reads a webhook request. Returns a notice without changes for topics that do not change an order, and for test
/// orders.
pub(crate) fn verify_and_parse(request: &Request<'_>, secrets: &[String]) -> Result<Notice, Refusal> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = header("x-shopify-hmac-sha256").and_then(base64);
    match given {
        Some(given) if matches_any_secret(secrets, |secret| is_valid_hmac(secret, &[request.body], &given)) => {}
        _ => return Err(Refusal::BadSignature),
    }
    let topic = header("x-shopify-topic").ok_or_else(|| Refusal::Unreadable("no x-shopify-topic".to_owned()))?;
    let body = || {
        let json = serde_json::from_slice::<Value>(request.body).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        if json.is_object() { Ok(json) } else { Err(Refusal::Unreadable("the body is no object".to_owned())) }
    };
    let changes = match topic.to_ascii_lowercase().as_str() {
        "orders/create"
        | "orders/updated"
        | "orders/cancelled"
        | "orders/edited"
        | "orders/paid"
        | "orders/fulfilled"
        | "orders/partially_fulfilled" => order_changes(&body()?, request.now)?,
        "orders/delete" => {
            let record = Record { key: "deletion".to_owned(), changed_at: request.now, content: RecordContent::Deleted };
            let json = body()?;
            // The body of a deletion has the id of the order and nothing else.
            refuse_if(
                ["line_items", "order_id", "created_at"].iter().any(|name| json.get(name).is_some()),
                "the body is no deletion",
            )?;
            vec![Change::Record { order_ref: required_id(&json, "id")?, record }]
        }
        "fulfillments/create" | "fulfillments/update" => {
            let json = body()?;
            refuse_if(has_list(&json, "refund_line_items"), "the body is no fulfilment")?;
            let record = fulfillment::record(&json, None, request.now).ok_or_else(|| missing("id"))?;
            vec![Change::Record { order_ref: required_id(&json, "order_id")?, record }]
        }
        "refunds/create" => {
            let json = body()?;
            refuse_if(!has_list(&json, "refund_line_items"), "the body is no refund")?;
            let record = refund::record(&json, None, request.now).ok_or_else(|| missing("id"))?;
            vec![Change::Record { order_ref: required_id(&json, "order_id")?, record }]
        }
        "customers/data_request" => vec![of_customer(PrivacyTopic::Export, &body()?, "orders_requested")?],
        "customers/redact" => vec![of_customer(PrivacyTopic::EraseCustomer, &body()?, "orders_to_redact")?],
        "shop/redact" => {
            let json = body()?;
            let is_other = ["customer", "id"].iter().any(|name| json.get(name).is_some());
            refuse_if(is_other || text(&json, "shop_domain").is_none(), "the body is no request about a shop")?;
            vec![Change::Privacy(PrivacyRequest {
                topic: PrivacyTopic::EraseShop,
                shop: text(&json, "shop_domain"),
                order_refs: Vec::new(),
            })]
        }
        _ => Vec::new(),
    };
    Ok(Notice { delivery_id: header("x-shopify-webhook-id").filter(|id| !id.is_empty()).map(str::to_owned), changes })
}

/// Returns the records of an order, its fulfilments and its refunds, as a webhook and the REST API write them. `now` stands for missing
/// times. A test order has none. The topic `orders/edited` has a body of its own in newer
/// versions of the API, which names the order and not its lines: it changes nothing, because `orders/updated` follows.
pub(crate) fn order_changes(json: &Value, now: DateTime<Utc>) -> Result<Vec<Change>, Refusal> {
    if json.get("order_edit").is_some() && json.get("line_items").is_none() {
        return Ok(Vec::new());
    }
    let order_ref = required_id(json, "id")?;
    refuse_if(!has_list(json, "line_items") || json.get("order_id").is_some(), "no line_items of an order")?;
    if is_true(json, "test") {
        return Ok(Vec::new());
    }
    let order = order::record(json, now);
    let at = Some(order.changed_at);
    let fulfillments = list(json, "fulfillments").iter().filter_map(|part| fulfillment::record(part, at, now));
    let refunds = list(json, "refunds").iter().filter_map(|part| refund::record(part, at, now));
    let records: Vec<Record> = std::iter::once(order).chain(fulfillments).chain(refunds).collect();
    Ok(records.into_iter().map(|record| Change::Record { order_ref: order_ref.clone(), record }).collect())
}

/// Reads a request about a customer, which lists orders under this name. The list may be empty.
fn of_customer(topic: PrivacyTopic, json: &Value, orders: &str) -> Result<Change, Refusal> {
    refuse_if(!has_list(json, orders), "the body lists no orders")?;
    let listed = json.get(orders).and_then(Value::as_array);
    let order_refs = listed.into_iter().flatten().filter_map(as_text).collect();
    Ok(Change::Privacy(PrivacyRequest { topic, shop: text(json, "shop_domain"), order_refs }))
}

fn has_list(json: &Value, name: &str) -> bool {
    json.get(name).is_some_and(Value::is_array)
}

fn refuse_if(is_wrong: bool, reason: &str) -> Result<(), Refusal> {
    if is_wrong { Err(Refusal::Unreadable(reason.to_owned())) } else { Ok(()) }
}

fn required_id(json: &Value, name: &str) -> Result<String, Refusal> {
    id(json, name).ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Refusal {
    Refusal::Unreadable(format!("no {name}"))
}
