//! Tests of database files of other releases: their content is kept completely, and orders that cannot be read do not block the
//! recomputation of readable orders.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::OrderId;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::clock::Clock;
use crate::refs::ShipmentRef;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::{SCHEMA, Store};
use crate::token::Scope;
use doorstep_domain::order::tracking_updates::Applied;
use doorstep_domain::policy::Policy;
use doorstep_domain::tracking::TrackingUpdate;

const NOW: &str = "2020-01-26T12:00:00Z";

/// Returns a text longer than the limit for request bodies, in letters of two bytes.
fn long_message() -> String {
    format!("Grüße! {} the end", "ü".repeat(4_900))
}

/// Returns an order with a case that holds a long message of the shopper.
fn document(id: &str) -> Value {
    json!({
        "id": id, "number": id, "version": 4, "placed_at": "2020-01-20T08:00:00Z", "time_zone": "Europe/London",
        "access": "full", "stream": true,
        "lines": [{ "id": "l1", "title": "Rain jacket", "quantity": 1 }],
        "shipments": [{ "id": "s1", "direction": "outbound", "tracking_number": id, "lines": [{ "line_id": "l1", "quantity": 1 }],
            "stage": "label_created", "condition": { "state": "ok" } }],
        "cases": [{ "id": "c1", "reference": format!("DS-{id}"), "kind": "contact", "state": "in_progress",
            "opened_at": "2020-01-25T12:00:00Z",
            "timeline": [{ "at": "2020-01-25T12:00:00Z", "who": "shopper", "what": "message", "text": long_message() }] }],
    })
}

fn private() -> Value {
    let note = json!({ "at": "2020-01-25T12:00:00Z", "who": "shopper", "text": long_message(), "evidence": [] });
    let request = json!({ "kind": "contact", "note": long_message() });
    json!({ "cases": { "c1": { "request": request, "by": "0123", "since": "2020-01-25T12:00:00Z", "notes": [note] } } })
}

async fn pool(file: &Path) -> SqlitePool {
    SqlitePool::connect_with(SqliteConnectOptions::new().filename(file).create_if_missing(true)).await.expect("a pool")
}

/// Creates a file with the tables of the release before schemas had numbers, and one order in it.
async fn file_of_the_release_before(file: &Path) {
    let mut older = sqlx::migrate!();
    older.migrations = older.migrations.iter().filter(|migration| migration.version < 400).cloned().collect();
    let pool = pool(file).await;
    older.run(&pool).await.expect("its tables");
    let insert = "INSERT INTO orders (id, number_key, version, document, private, due_at, policy_hash) VALUES (?, ?, 4, ?, ?, NULL, 'old')";
    let query = sqlx::query(insert).bind("ord_1").bind("ord_1").bind(document("ord_1").to_string()).bind(private().to_string());
    query.execute(&pool).await.expect("its order");
    let shipment = "INSERT INTO shipments (order_id, shipment_id, carrier, tracking_key) VALUES ('ord_1', 's1', NULL, 'ORD1')";
    sqlx::query(shipment).execute(&pool).await.expect("its number");
    pool.close().await;
}

async fn service(file: &Path) -> Service {
    let policy = Policy::read("").expect("the policy");
    let settings = Settings::new(b"a secret of more than thirty-two bytes", policy);
    let now: DateTime<Utc> = NOW.parse().expect("an instant");
    let store = Store::open(Some(file)).await.expect("a store");
    Service::new(settings, store, Clock::showing(move || now))
}

async fn scanned(service: &Service, order_id: &OrderId) -> Applied {
    let scan = json!({ "id": "e1", "at": { "local": "2020-01-26T10:00:00", "offset_min": 0, "zone": "explicit" }, "stage": "in_transit" });
    let update = TrackingUpdate { events: vec![serde_json::from_value(scan).expect("a scan")], ..TrackingUpdate::default() };
    service
        .apply_update(&ShipmentRef { order_id: order_id.to_owned(), shipment_id: "s1".into() }, &update)
        .await
        .expect("an effect")
        .0
}

#[tokio::test]
async fn a_file_of_the_release_before_opens_and_keeps_every_byte_of_a_long_message_through_every_write() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("orders.db");
    file_of_the_release_before(&file).await;
    let service = service(&file).await;
    assert_eq!(service.apply_policy().await.expect("settled"), 1);
    assert_eq!(scanned(&service, &"ord_1".into()).await, Applied::Changed);
    let stored = service.0.store.order(&"ord_1".into()).await.expect("an answer").expect("the order");
    assert_eq!(stored.schema, SCHEMA);
    let (order, private): (Value, Value) =
        (serde_json::from_str(&stored.document).expect("a document"), serde_json::from_str(&stored.private).expect("a part"));
    assert_eq!(order["shipments"][0]["stage"], "in_transit");
    assert_eq!(order["cases"][0]["timeline"][0]["text"], long_message());
    assert_eq!(private["cases"]["c1"]["notes"][0]["text"], long_message());
    assert_eq!(private["cases"]["c1"]["request"]["note"], long_message());
    // The order is now stored in the current schema. It can still be read, and no policy change is left to apply.
    assert!(service.mint_token(&"ord_1".into(), &[Scope::Read], TimeDelta::hours(1)).await.is_ok());
    assert_eq!(service.apply_policy().await.expect("settled"), 0);
    service.close().await;
}

#[tokio::test]
async fn orders_that_cannot_be_read_are_left_as_they_are_and_hold_up_no_other() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("orders.db");
    let service = service(&file).await;
    let pool = pool(&file).await;
    let insert = "INSERT INTO orders (id, number_key, version, document, private, due_at, policy_hash, schema) VALUES (?, ?, 4, ?, ?, ?, ?, ?)";
    let mut odd = document("ord_odd");
    odd["of_a_later_release"] = json!({ "and": "not known" });
    // There are more unreadable orders than fit into one batch, all due before the order that can be read.
    for number in 0..130_i64 {
        let (id, text) = (format!("ord_{number:03}"), if number % 2 == 0 { odd.to_string() } else { "{ no document".to_owned() });
        let query = sqlx::query(insert).bind(&id).bind(&id).bind(text).bind("{}").bind(number).bind("old").bind(SCHEMA);
        query.execute(&pool).await.expect("an order");
    }
    let query = sqlx::query(insert).bind("ord_good").bind("ord_good").bind(document("ord_good").to_string());
    query.bind(private().to_string()).bind(500_i64).bind("old").bind(0_i64).execute(&pool).await.expect("an order");
    assert_eq!(service.recompute_due().await.expect("a sweep"), 1);
    assert_eq!(service.recompute_due().await.expect("another sweep"), 0, "they are left alone for a while");
    assert_eq!(service.apply_policy().await.expect("a start"), 0);
    let stored = service.0.store.order(&"ord_good".into()).await.expect("an answer").expect("the order");
    assert!(stored.recompute_at.is_none_or(|due| due > 500));
    // An order that cannot be written without loss is not written, and its known part is still shown.
    let update = TrackingUpdate { events: Vec::new(), reference: Some("x".to_owned()), ..TrackingUpdate::default() };
    assert!(service.apply_update(&ShipmentRef { order_id: "ord_000".into(), shipment_id: "s1".into() }, &update).await.is_err());
    let left = service.0.store.order(&"ord_000".into()).await.expect("an answer").expect("the order");
    assert_eq!(left.document, odd.to_string());
    assert_eq!(service.order(&"ord_000".into()).await.expect("what is known").json, odd.to_string());
    pool.close().await;
    service.close().await;
}
