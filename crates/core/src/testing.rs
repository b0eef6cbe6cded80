//! Helpers for the tests of this crate: times, a zone database of fixed offsets, and orders from JSON.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use serde_json::{Value, json};

use crate::local_clock::{LocalClock, ToLocal};
use doorstep_contract::{Lenient, Order, Shipment, Timestamp};

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|| panic!("no time: {text}"))
}

/// Returns the local time in a zone that is written as an offset, such as `+05:45`.
pub(crate) fn zone(at: DateTime<Utc>, name: &str) -> Option<NaiveDateTime> {
    let offset: FixedOffset = name.parse().ok()?;
    Some(at.with_timezone(&offset).naive_local())
}

pub(crate) fn clock<'a>(now: Timestamp, to_local: ToLocal<'a>) -> LocalClock<'a> {
    LocalClock { now: now.utc(), zone: Some("+00:00"), to_local }
}

/// Returns noon on a Friday, the current time of most tests.
pub(crate) fn noon() -> Timestamp {
    at("2026-11-20T12:00:00Z")
}

pub(crate) fn shipment(json: Value) -> Shipment {
    Shipment::read(&json.into()).expect("a shipment is an object")
}

/// Returns an order with these shipments, as a backend would send it.
pub(crate) fn order(version: u64, shipments: Value) -> Order {
    let json = json!({
        "id": "ord_1", "number": "1042", "version": version, "time_zone": "+00:00", "stream": true,
        "lines": [{"id": "l1", "title": "Rain jacket", "quantity": 3}],
        "shipments": shipments,
    });
    Order::read(&json.into()).expect("an order is an object")
}
