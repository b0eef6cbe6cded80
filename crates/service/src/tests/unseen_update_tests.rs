//! Tests of updates that add nothing visible: the order gets a new version only if the elapsed time has changed the order.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use doorstep_contract::Timestamp;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::Store;
use doorstep_domain::policy::Policy;
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate};
use doorstep_providers::Delivery;

/// Returns a service with one order, whose only parcel has the tracking number n1, and the adjustable time of its clock, in
/// seconds since 1970. The clock starts at noon UTC on 20 November 2026.
async fn parcel() -> (Service, Arc<AtomicI64>) {
    let policy = Policy::read("").expect("the policy");
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let hand = Arc::new(AtomicI64::new(1_795_176_000));
    let shown = Arc::clone(&hand);
    let clock = Clock::showing(move || DateTime::from_timestamp(shown.load(Ordering::SeqCst), 0).expect("an instant"));
    let service = Service::new(settings, Store::open(None).await.expect("a store"), clock);
    let body = json!({"id": "ord_1", "number": "1", "placed_at": "2026-11-10T08:00:00Z", "time_zone": "Europe/London",
        "lines": [{"title": "Rain jacket", "quantity": 1}], "shipments": [{"carrier": {"code": "dpd", "name": "DPD"},
            "tracking_number": "n1", "lines": [{"line_id": "l1", "quantity": 1}]}]});
    service.create_order(serde_json::from_value(body).expect("a body")).await.expect("an order");
    (service, hand)
}

fn said(reported_at: &str) -> Vec<Delivery> {
    let event = json!({"id": "a", "at": {"local": "2026-11-19T12:00:00", "offset_min": 0, "zone": "explicit"},
        "stage": "in_transit", "source": "carrier"});
    let update = TrackingUpdate {
        reported_at: Timestamp::parse(reported_at),
        facts: ShipmentFacts { tracking_url: Some("https://t.example/n1".to_owned()), ..ShipmentFacts::default() },
        events: vec![serde_json::from_value(event).expect("an event")],
        ..TrackingUpdate::default()
    };
    vec![Delivery { tracking_number: "n1".to_owned(), update, ..Delivery::default() }]
}

#[tokio::test]
async fn a_repetition_that_comes_when_the_parcel_has_become_silent_announces_the_silence() {
    let (service, hand) = parcel().await;
    assert_eq!(service.deliveries(said("2026-11-20T11:00:00Z")).await.expect("a tally").changed, 1);
    let version = service.order(&"ord_1".into()).await.expect("an order").version;
    assert_eq!(service.deliveries(said("2026-11-20T11:30:00Z")).await.expect("a tally").unchanged, 1);
    assert_eq!(service.order(&"ord_1".into()).await.expect("an order").version, version);
    hand.fetch_add(4 * 86_400, Ordering::SeqCst);
    assert_eq!(service.deliveries(said("2026-11-24T11:00:00Z")).await.expect("a tally").changed, 1);
    let document = service.order(&"ord_1".into()).await.expect("an order");
    let order: Value = serde_json::from_str(&document.json).expect("a document");
    assert_eq!(order["shipments"][0]["condition"]["state"], "stalled");
    assert_eq!(document.version, version + 1);
}
