//! Tests that tracking numbers are found if an earlier version, which had no normal form, indexed them.

use sqlx::Executor as _;

use super::Store;
use doorstep_domain::tracking::{plain_key, tracking_key};

const MIGRATION: &str = include_str!("../../migrations/0310_tracking_numbers.sql");

/// Returns a store whose shipments of one order are indexed under these keys, as an earlier version left them.
async fn indexed(keys: &[String]) -> Store {
    let store = Store::open(None).await.expect("a store");
    let order = "INSERT INTO orders (id, version, number_key, document, private) VALUES ('o', 1, '1', '{}', '{}')";
    store.writer.execute(order).await.expect("an order");
    for (key, id) in keys.iter().zip(1..) {
        let shipment =
            sqlx::query("INSERT INTO shipments (order_id, shipment_id, carrier, tracking_key) VALUES ('o', ?, NULL, ?)");
        shipment.bind(format!("s{id}")).bind(key).execute(&store.writer).await.expect("a shipment");
    }
    store
}

async fn found(store: &Store, number: &str) -> Vec<String> {
    let mut write = store.begin().await.expect("a transaction");
    let shipments = write.shipments_with_number(number).await.expect("shipments");
    shipments.into_iter().map(|tracked| tracked.shipment.shipment_id.into()).collect()
}

#[tokio::test]
async fn a_number_that_was_indexed_with_its_prefix_is_found_by_the_bare_one_after_the_update() {
    let pairs = [
        ("420112179261290990178241504178", "9261290990178241504178"),
        ("4201121712349261290990178241504178", "9261290990178241504178"),
        ("]C1420112179261290990178241504178", "9261290990178241504178"),
        ("42022153 7196 9010 7560 0307 7385", "71969010756003077385"),
        ("00340434161094018834", "340434161094018834"),
        ("]C100340434161094018834", "340434161094018834"),
        ("9622001900000000000000776632517510", "776632517510"),
        ("1001921334250001000300779017972697", "779017972697"),
        ("32971514560102447849175802862014", "784917580286"),
        ("9611020987654312345672", "987654312345672"),
        ("JJD014600003212345678", "JD014600003212345678"),
        ("1Z999AA10123456784", "1Z999AA10123456784"),
    ];
    for (before, bare) in pairs {
        let store = indexed(&[plain_key(before)]).await;
        store.writer.execute(MIGRATION).await.expect("the update");
        assert_eq!(found(&store, bare).await, ["s1"], "{before}");
        assert_eq!(found(&store, before).await, ["s1"], "{before}");
        assert_eq!(tracking_key(before), bare);
        store.writer.execute(MIGRATION).await.expect("the update, once more");
        assert_eq!(found(&store, bare).await, ["s1"], "{before}, twice");
    }
}

#[tokio::test]
async fn a_number_that_no_rule_of_the_update_knows_is_found_as_it_was_written() {
    let store = indexed(&[plain_key("0998 0000 0200 34D")]).await;
    assert_eq!(found(&store, "09980000020034D").await, ["s1"]);
}

#[tokio::test]
async fn what_is_no_number_finds_nothing() {
    let store = indexed(&[String::new()]).await;
    assert_eq!(found(&store, "—").await, Vec::<String>::new());
}
