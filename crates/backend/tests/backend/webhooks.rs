//! Tests of webhooks of tracking providers: at the endpoint, and in the orders.

use doorstep_contract::Event;
use doorstep_domain::tracking::TrackingUpdate;
use doorstep_providers::Delivery;
use doorstep_service::Tally;
use serde_json::json;

use crate::signing::{Provider, post};
use crate::support::{Backend, order, request};

fn delivery(number: &str, carrier: Option<&str>, event_id: &str) -> Delivery {
    let event: Event = serde_json::from_value(
        json!({ "id": event_id, "at": { "local": "2020-01-22T08:00:00" }, "stage": "in_transit", "text": event_id }),
    )
    .unwrap();
    let update = TrackingUpdate { events: vec![event], ..TrackingUpdate::default() };
    Delivery { tracking_number: number.to_owned(), carrier: carrier.map(str::to_owned), update, unknown: Vec::new() }
}

#[tokio::test]
async fn a_delivery_reaches_every_order_with_its_number_however_it_is_written() {
    let backend = Backend::start(&[]).await;
    let (first, second) = (backend.create("1042").await, backend.create("1042").await);
    let deliver = |deliveries| backend.app.service.deliveries(deliveries);
    let tally = deliver(vec![delivery("1z-1042", None, "e1"), delivery("nobody's", None, "e1")]).await.unwrap();
    assert_eq!(tally, Tally { changed: 2, unchanged: 0, unknown: 1 });
    let again = deliver(vec![delivery("1Z1042", Some("UPS"), "e1")]).await.unwrap();
    assert_eq!(again, Tally { changed: 0, unchanged: 2, unknown: 0 });
    for id in [first, second] {
        assert_eq!(backend.app.service.order(&id.as_str().into()).await.unwrap().version, 2);
    }
}

#[tokio::test]
async fn the_carrier_decides_only_where_it_tells_shipments_apart() {
    let backend = Backend::start(&[]).await;
    let mut body = order("1042");
    backend.admin("POST", "/v1/admin/orders", &body).await;
    body["shipments"][0]["carrier"] = json!({ "code": "dpd", "name": "DPD" });
    backend.admin("POST", "/v1/admin/orders", &body).await;
    let deliver = |carrier, event| backend.app.service.deliveries(vec![delivery("1Z1042", carrier, event)]);
    assert_eq!(deliver(Some("DPD"), "e1").await.unwrap().changed, 1);
    assert_eq!(deliver(Some("DPDUK"), "e2").await.unwrap().changed, 2);
    assert_eq!(deliver(None, "e3").await.unwrap().changed, 2);
}

#[tokio::test]
async fn a_partner_of_the_last_mile_reports_under_its_own_number() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let mut handed_over = delivery("1Z1042", None, "e1");
    handed_over.update.facts.last_mile_tracking_number = Some("9400 1111".to_owned());
    backend.app.service.deliveries(vec![handed_over]).await.unwrap();
    let tally = backend.app.service.deliveries(vec![delivery("94001111", Some("USPS"), "e2")]).await.unwrap();
    assert_eq!(tally, Tally { changed: 1, unchanged: 0, unknown: 0 });
    let order = backend.app.service.order(&id.as_str().into()).await.unwrap().order().unwrap();
    assert_eq!((order.version, order.shipments[0].events.len()), (3, 2));
}

#[tokio::test]
async fn what_is_said_before_the_order_comes_counts_once_it_is_there() {
    let backend = Backend::start(&[]).await;
    let early = || vec![delivery("1Z1042", None, "e1")];
    for _ in 0..2 {
        let tally = backend.app.service.deliveries(early()).await.unwrap();
        assert_eq!(tally, Tally { changed: 0, unchanged: 0, unknown: 1 });
    }
    let id = backend.create("1042").await;
    let order = backend.app.service.order(&id.as_str().into()).await.unwrap().order().unwrap();
    assert_eq!((order.version, order.shipments[0].events.len()), (1, 1));
    // After the parcel has got another tracking number, the order gets the events that were reported for that number.
    backend.app.service.deliveries(vec![delivery("1Z1043", None, "e2")]).await.unwrap();
    let mut body = crate::support::order("1042");
    body["shipments"][0]["tracking_number"] = json!("1Z1043");
    backend.admin("PUT", &format!("/v1/admin/orders/{id}"), &body).await;
    let order = backend.app.service.order(&id.as_str().into()).await.unwrap().order().unwrap();
    let ids: Vec<_> = order.shipments[0].events.iter().map(|event| event.id.clone()).collect();
    assert_eq!(ids, ["e2"]);
}

#[tokio::test]
async fn a_partner_may_report_before_anybody_names_it() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    backend.app.service.deliveries(vec![delivery("94001111", Some("USPS"), "e2")]).await.unwrap();
    let mut handed_over = delivery("1Z1042", None, "e1");
    handed_over.update.facts.last_mile_tracking_number = Some("9400 1111".to_owned());
    backend.app.service.deliveries(vec![handed_over]).await.unwrap();
    let order = backend.app.service.order(&id.as_str().into()).await.unwrap().order().unwrap();
    assert_eq!((order.version, order.shipments[0].events.len()), (2, 2));
}

#[tokio::test]
async fn an_unknown_provider_and_a_missing_signature_are_refused() {
    let backend = Backend::start(&["--easypost-secret", "front-door"]).await;
    let deliver = |provider: &str| request("POST", &format!("/v1/webhooks/{provider}"), &[], "{}");
    assert_eq!(backend.send(deliver("nobody")).await.problem(), (404, "unknown-provider".to_owned()));
    assert_eq!(backend.send(deliver("easypost")).await.problem(), (401, "bad-signature".to_owned()));
}

#[tokio::test]
async fn the_old_and_the_new_secret_of_a_provider_are_both_right() {
    const OLD: &str = "the-secret-of-last-year";
    const NEW: &str = "the-secret-of-this-year";
    let flags = [
        "--easypost-secret",
        "--aftership-secret",
        "--shippo-secret",
        "--seventeentrack-key",
        "--karrio-secret",
        "--shopify-secret",
        "--carrier-secret",
    ];
    let twice: Vec<&str> = flags.iter().flat_map(|flag| [*flag, OLD, *flag, NEW]).collect();
    let together = [OLD, NEW].join(",");
    let in_one: Vec<&str> = flags.iter().flat_map(|flag| [*flag, together.as_str()]).collect();
    for flags in [twice, in_one] {
        let backend = Backend::start(&flags).await;
        let at = backend.app.service.now().timestamp();
        // ShipEngine has keys, which are replaced in another way.
        for provider in Provider::ALL.into_iter().filter(|provider| !matches!(provider, Provider::ShipEngine)) {
            for (secret, is_right) in [(OLD, true), (NEW, true), ("the-secret-of-nobody", false), ("", false)] {
                let answer = post(&backend, provider, "{}", &provider.proof("{}", at, secret)).await;
                assert_eq!(answer.status.as_u16() != 401, is_right, "{provider:?} {secret}");
            }
        }
    }
}

#[tokio::test]
async fn an_event_of_the_shops_own_driver_is_told_by_the_retailer() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let event =
        |id: &str| json!({"shipment_id": "s1", "id": id, "at": {"local": "2020-01-22T08:12:00"}, "stage": "out_for_delivery"});
    let mut of_carrier = event("scan-8");
    (of_carrier["source"], of_carrier["at"]["local"]) = (json!("carrier"), json!("2020-01-22T09:12:00"));
    for body in [event("scan-7"), of_carrier] {
        assert!(backend.admin("POST", &format!("/v1/admin/orders/{id}/events"), &body).await.status.is_success());
    }
    let order = backend.read(&id, &token).await.json();
    let source = |id: &str| {
        let events = order["shipments"][0]["events"].as_array().expect("events");
        events.iter().find(|event| event["id"] == id).map(|event| event["source"].clone())
    };
    assert_eq!((source("scan-7"), source("scan-8")), (Some(json!("retailer")), Some(json!("carrier"))));
}
