//! Opens a database that an earlier release wrote, and carries on with its orders.
//!
//! `tests/fixtures/release_0_1.db` has five orders with cases, a refund, a return under way, revoked links, messages that wait to be sent, and
//! one erased order. `release_0_1.json` has the documents as that release sent them, and tokens of its shoppers.

use serde_json::{Value, json};

use crate::support::Backend;

const DATABASE: &[u8] = include_bytes!("../fixtures/release_0_1.db");
const EXPECTED: &str = include_str!("../fixtures/release_0_1.json");
/// Policy that the database was written under.
const POLICY: &str = r#"
    [returns]
    address = ["Return centre", "Dock Road 4", "10115 Berlin"]
    methods = [
      { id = "code", kind = "drop_off", name = "Parcel shop", fee = { minor = 299, currency = "EUR" }, formats = ["image/png", "image/svg+xml"] },
      { id = "keep", kind = "keep", name = "Keep it" },
    ]
"#;

fn expected() -> Value {
    serde_json::from_str(EXPECTED).unwrap()
}

async fn opened() -> Backend {
    Backend::on_database(DATABASE, POLICY, expected()["now"].as_i64().unwrap()).await
}

fn orders(expected: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let orders = expected["orders"].as_array().unwrap();
    orders.iter().map(|order| (order["id"].as_str().unwrap(), order["token"].as_str().unwrap(), &order["order"]))
}

#[tokio::test]
async fn the_orders_and_links_of_the_previous_release_are_as_they_were() {
    let backend = opened().await;
    let expected = expected();
    for (id, token, order) in orders(&expected) {
        let answer = backend.read(id, token).await;
        assert_eq!(answer.json(), *order, "{id}");
    }
    let revoked = expected["orders"].as_array().unwrap().iter().find(|order| order["revoked"].is_string()).unwrap();
    let answer = backend.read(revoked["id"].as_str().unwrap(), revoked["revoked"].as_str().unwrap()).await;
    assert_eq!(answer.problem(), (404, "order-not-found".to_owned()));
    let answer = backend.read(expected["erased"].as_str().unwrap(), expected["erased_token"].as_str().unwrap()).await;
    assert_eq!(answer.problem(), (404, "order-not-found".to_owned()));
}

#[tokio::test]
async fn the_orders_of_the_previous_release_change_and_age_without_an_error() {
    let backend = opened().await;
    let expected = expected();
    backend.app.service.apply_policy().await.unwrap();
    for (id, token, order) in orders(&expected) {
        let event =
            json!({ "shipment_id": "s1", "at": { "local": "2020-01-29T08:00:00", "offset_min": 0 }, "stage": "in_transit" });
        let answer = backend.admin("POST", &format!("/v1/admin/orders/{id}/events"), &event).await;
        assert_eq!(answer.status, 200, "{id}: {answer:?}");
        let changed = backend.read(id, token).await.json();
        assert_eq!(changed["cases"], order["cases"], "{id}");
        let events = |order: &Value| order["shipments"][0]["events"].as_array().map_or(0, Vec::len);
        assert_eq!(events(&changed), events(order) + 1, "{id}");
    }
    // Every window closes and every deadline passes.
    for _ in 0..10 {
        backend.pass(20 * 86_400);
        backend.app.service.recompute_due().await.unwrap();
    }
    let token = backend.token(orders(&expected).next().unwrap().0, &["read"]).await;
    assert_eq!(backend.read(orders(&expected).next().unwrap().0, &token).await.status, 200);
}

#[tokio::test]
async fn a_guest_finds_an_order_of_the_previous_release() {
    let backend = opened().await;
    let answer = backend.post("/v1/lookup", &json!({ "number": "A-1", "email": "ada@example.org" })).await;
    assert_eq!(answer.text("order_id"), expected()["orders"][0]["id"].as_str().unwrap());
}
