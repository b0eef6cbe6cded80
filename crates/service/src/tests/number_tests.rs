//! Tests that different spellings of a tracking number, by a shop and a provider, belong to one parcel.

use chrono::{DateTime, Utc};
use doorstep_contract::Timestamp;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::Store;
use doorstep_domain::policy::Policy;
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_providers::Delivery;

/// Pairs of spellings of one tracking number.
const PAIRS: [(&str, &str); 4] = [
    ("420 11217 9261 2909 9017 8241 5041 78", "9261290990178241504178"),
    ("(00)340434161094018834", "340434161094018834"),
    ("JJD014600003212345678", "JD014600003212345678"),
    ("9622001900000000000000776632517510", "7766 3251 7510"),
];

async fn service() -> Service {
    let policy = Policy::read("").expect("the policy");
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().expect("an instant");
    Service::new(settings, Store::open(None).await.expect("a store"), Clock::showing(move || now))
}

fn order(number: &str) -> Value {
    json!({"id": "ord_1", "number": "1", "placed_at": "2026-11-10T08:00:00Z", "time_zone": "Europe/London",
        "lines": [{"title": "Rain jacket", "quantity": 1}], "shipments": [{"carrier": {"code": "dpd", "name": "DPD"},
            "tracking_number": number, "lines": [{"line_id": "l1", "quantity": 1}]}]})
}

fn scanned(number: &str) -> Vec<Delivery> {
    let event = json!({"id": "a", "at": {"local": "2026-11-19T12:00:00", "offset_min": 0, "zone": "explicit"},
        "stage": "in_transit", "source": "carrier"});
    let events = vec![serde_json::from_value(event).expect("an event")];
    let update = TrackingUpdate { reported_at: Timestamp::parse("2026-11-19T12:30:00Z"), events, ..TrackingUpdate::default() };
    vec![Delivery { tracking_number: number.to_owned(), update, ..Delivery::default() }]
}

async fn stage(service: &Service) -> Value {
    let order: Value = serde_json::from_str(&service.order(&"ord_1".into()).await.expect("an order").json).expect("a document");
    order["shipments"][0]["stage"].clone()
}

#[tokio::test]
async fn a_parcel_is_found_by_its_number_with_and_without_what_the_carrier_puts_before_it() {
    for (one, other) in PAIRS.into_iter().flat_map(|(long, bare)| [(long, bare), (bare, long)]) {
        let service = service().await;
        service.create_order(serde_json::from_value(order(one)).expect("a body")).await.expect("an order");
        assert_eq!(service.deliveries(scanned(other)).await.expect("a tally").changed, 1, "{one} {other}");
        // The shop sends the order again with the other spelling. The events are kept.
        service.replace_order(&"ord_1".into(), serde_json::from_value(order(other)).expect("a body")).await.expect("an order");
        assert_eq!(stage(&service).await, "in_transit", "{one} {other}");
    }
}

#[tokio::test]
async fn what_is_said_before_the_order_comes_counts_however_the_shop_writes_the_number() {
    for (one, other) in PAIRS.into_iter().flat_map(|(long, bare)| [(long, bare), (bare, long)]) {
        let service = service().await;
        assert_eq!(service.deliveries(scanned(other)).await.expect("a tally").unknown, 1);
        service.create_order(serde_json::from_value(order(one)).expect("a body")).await.expect("an order");
        assert_eq!(stage(&service).await, "in_transit", "{one} {other}");
    }
}
