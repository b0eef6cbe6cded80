//! Helpers for tests: the present time, signed requests, and random JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use doorstep_domain::order::new_order::NewOrder;
use doorstep_providers::{Refusal, Request};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use serde_json::Value;
use sha2::Sha256;

use crate::{Change, Composed, Notice, Record, Secrets, ShopSettings, compose, verify_and_parse};

/// Secret that the requests of these tests are signed with.
pub(crate) const SECRET: &str = "amber-lantern-1042";

/// Current time in these tests.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// Settings of the shop in these tests.
pub(crate) fn settings() -> ShopSettings {
    ShopSettings {
        time_zone: chrono_tz::Tz::Europe__Berlin,
        shopify_domain: None,
        shop_url: Some("https://shop.example".to_owned()),
    }
}

/// Secrets with two values per shop, of which requests use the second one.
pub(crate) fn secrets() -> Secrets {
    let both = || vec!["former-lantern-1041".to_owned(), SECRET.to_owned()];
    Secrets { shopify: both(), woocommerce: both(), orders: both() }
}

/// Returns the signature of a body as Shopify and WooCommerce write it.
pub(crate) fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Sends a request with these headers.
pub(crate) fn send(shop: &str, headers: &[(&str, &str)], body: &[u8], secrets: &Secrets) -> Result<Notice, Refusal> {
    let pairs = headers.iter().map(|(name, value)| {
        let name = name.parse::<HeaderName>().expect("a header name");
        (name, HeaderValue::from_str(value).expect("a header value"))
    });
    let headers: HeaderMap = pairs.collect();
    let request = Request { headers: &headers, path: "/v1/webhooks/shop", query: None, body, now: now() };
    verify_and_parse(shop, &request, secrets)
}

/// Sends a genuine request under this topic.
pub(crate) fn deliver(shop: &str, topic: &str, body: &[u8]) -> Result<Notice, Refusal> {
    let signature = match shop {
        "orders" => doorstep_domain::signature::sign(SECRET.as_bytes(), now().timestamp(), body),
        _ => signature(SECRET, body),
    };
    let headers = match shop {
        "shopify" => {
            vec![("X-Shopify-Topic", topic), ("X-Shopify-Hmac-SHA256", signature.as_str()), ("X-Shopify-Webhook-Id", "d-1")]
        }
        "woocommerce" => {
            vec![
                ("X-WC-Webhook-Topic", topic),
                ("X-WC-Webhook-Signature", signature.as_str()),
                ("X-WC-Webhook-Delivery-ID", "d-1"),
            ]
        }
        _ => vec![("Doorstep-Signature", signature.as_str()), ("Doorstep-Id", "d-1")],
    };
    send(shop, &headers, body, &secrets())
}

/// Returns the records of a genuine request.
pub(crate) fn records(shop: &str, topic: &str, body: &Value) -> Vec<Record> {
    let notice = deliver(shop, topic, body.to_string().as_bytes()).expect("a notice");
    let record = |change| match change {
        Change::Record { record, .. } => Some(record),
        Change::Privacy(_) => None,
    };
    notice.changes.into_iter().filter_map(record).collect()
}

/// Composes an order and checks that the domain accepts it.
pub(crate) fn composed(shop: &str, records: &[Record]) -> Option<Composed> {
    let composed = compose(shop, "1042", records, &settings()).expect("an order")?;
    let id = composed.order.id.clone().expect("an id");
    let accepted = composed.order.clone().into_order(id.as_str().into(), now());
    assert!(accepted.is_ok(), "{:?} {:?}", accepted.err(), composed.order);
    Some(composed)
}

/// Returns lines, shipments and unshipped parts in short: `9 x2 1998`, `f7 dhl 00340 [9x1]`, `9x1`.
pub(crate) fn short(order: &NewOrder) -> [Vec<String>; 3] {
    let lines = order.lines.iter().map(|line| {
        let total = line.total.as_ref().map_or_else(|| "-".to_owned(), |total| total.minor.to_string());
        format!("{} x{} {total}", line.id.as_deref().unwrap_or("?"), line.quantity)
    });
    let shipments = order.shipments.iter().map(|shipment| {
        let parts = shipment.lines.iter().map(|part| format!("{}x{}", part.line_id, part.quantity)).collect::<Vec<_>>();
        let (id, carrier) =
            (shipment.id.as_deref().unwrap_or("?"), shipment.carrier.as_ref().map_or("-", |carrier| carrier.code.as_str()));
        format!("{id} {carrier} {} [{}]", shipment.tracking_number.as_deref().unwrap_or("-"), parts.join(" "))
    });
    let unshipped = order.unshipped.iter().map(|part| format!("{}x{}", part.line_id, part.quantity));
    [lines.collect(), shipments.collect(), unshipped.collect()]
}

/// Returns the JSON with the value at this pointer replaced. Adds the field if its parent is an object.
pub(crate) fn with(mut json: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    match json.pointer_mut(parent).expect("a parent") {
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
        Value::Array(entries) => entries[name.parse::<usize>().expect("an index")] = value,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => panic!("{pointer} has no parent"),
    }
    json
}

/// Generates arbitrary JSON whose fields sometimes have these names.
pub(crate) fn any_json(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_u32..5).prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[0-9:TZ+.-]{0,25}".prop_map(Value::from),
        Just(Value::from("2026-11-19T10:00:00Z")),
        proptest::sample::select(names).prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((proptest::sample::select(names), inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}
