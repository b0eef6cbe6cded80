//! Tests of reading an order: its headers, its versions, and the tokens that may read it.

use serde_json::json;

use crate::support::Backend;

#[tokio::test]
async fn an_order_is_read_with_its_token_and_kept_nowhere() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let answer = backend.read(&id, &backend.token(&id, &["read", "act"]).await).await;
    assert_eq!(answer.status, 200);
    assert_eq!((answer.text("id"), answer.text("number")), (id, "1042".to_owned()));
    for (name, value) in [
        ("etag", "\"1\""),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    for secret in ["Ada", "ada@example.org", "9gu", "9GU"] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_known_version_is_not_sent_again() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let bearer = format!("Bearer {}", backend.token(&id, &["read", "act"]).await);
    let path = format!("/v1/orders/{id}");
    let unchanged = backend.get(&path, &[("authorization", &bearer), ("if-none-match", "\"1\"")]).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.as_str(), unchanged.header("etag")), (304, "", "\"1\""));
    backend.happen(&id, "e1").await;
    let changed = backend.get(&path, &[("authorization", &bearer), ("if-none-match", "\"1\"")]).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""));
    assert_eq!(changed.json()["shipments"][0]["events"][0]["id"], "e1");
}

#[tokio::test]
async fn every_wrong_way_to_ask_for_an_order_looks_the_same() {
    let backend = Backend::start(&[]).await;
    let (mine, other) = (backend.create("1042").await, backend.create("1043").await);
    let read = backend.token(&mine, &["read", "act"]).await;
    let act = backend.token(&mine, &["act"]).await;
    let foreign = backend.token(&other, &["read", "act"]).await;
    let short = backend
        .admin("POST", &format!("/v1/admin/orders/{mine}/token"), &json!({ "scopes": ["read"], "expires_in_s": 60 }))
        .await;
    assert_eq!(backend.read(&mine, &short.text("token")).await.status, 200);
    backend.pass(60);
    let mut answers = vec![
        backend.read(&mine, &short.text("token")).await,
        backend.read(&mine, &foreign).await,
        backend.read(&mine, &act).await,
        backend.read(&mine, "").await,
        backend.read(&mine, "garbage").await,
        backend.read(&mine, &"A".repeat(5_000)).await,
        backend.read("ord_nobody", &read).await,
        backend.read(&format!("{mine}0"), &read).await,
        backend.read("%00", &read).await,
        backend.get(&format!("/v1/orders/{mine}"), &[]).await,
        backend.get(&format!("/v1/orders/{mine}"), &[("authorization", &format!("Basic {read}"))]).await,
        backend.get(&format!("/v1/orders/{mine}?token={read}&access_token={read}"), &[]).await,
        backend.get(&format!("/v1/orders/{mine}/stream"), &[]).await,
    ];
    let first = answers.remove(0);
    assert_eq!(first.problem(), (404, "order-not-found".to_owned()));
    for answer in answers {
        assert_eq!(answer.problem(), first.problem());
        assert_eq!(answer.body_but_for_request_id(), first.body_but_for_request_id());
        let names = |answer: &crate::support::Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&answer), names(&first));
    }
    assert_eq!(backend.read(&mine, &read).await.status, 200);
}

#[tokio::test]
async fn the_parcels_are_told_to_assistants_with_the_orders_own_token_and_version() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let bearer = format!("Bearer {}", backend.token(&id, &["read", "act"]).await);
    let path = format!("/v1/orders/{id}/parcel-delivery");
    let answer = backend.get(&path, &[("authorization", &bearer)]).await;
    for (name, value) in [
        ("content-type", "application/ld+json"),
        ("cache-control", "private, no-store"),
        ("etag", "\"1\""),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let parcel = answer.json()[0].clone();
    assert_eq!((&parcel["@type"], &parcel["partOfOrder"]["orderNumber"]), (&json!("ParcelDelivery"), &json!("1042")));
    assert_eq!((&parcel["trackingNumber"], &parcel["itemShipped"][0]["name"]), (&json!("1Z 1042"), &json!("Rain jacket")));
    let unchanged = backend.get(&path, &[("authorization", &bearer), ("if-none-match", "\"1\"")]).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.as_str(), unchanged.header("etag")), (304, "", "\"1\""));
    backend.happen(&id, "e1").await;
    let changed = backend.get(&path, &[("authorization", &bearer), ("if-none-match", "\"1\"")]).await;
    assert_eq!(
        (changed.header("etag"), &changed.json()[0]["partOfOrder"]["orderStatus"]),
        ("\"2\"", &json!("https://schema.org/OrderInTransit"))
    );
    for other in ["", "garbage", &backend.token(&backend.create("1043").await, &["read", "act"]).await] {
        let answer = backend.get(&path, &[("authorization", &format!("Bearer {other}"))]).await;
        assert_eq!(answer.problem(), (404, "order-not-found".to_owned()));
    }
}
