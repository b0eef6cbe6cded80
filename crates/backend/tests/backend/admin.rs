//! Tests of the operations for the retailer's systems: orders, events and links, each of them written once.

use std::sync::Arc;

use serde_json::json;

use crate::support::{ADMIN_KEY, Backend, admin, event, order, request};

#[tokio::test]
async fn an_order_is_created_where_its_location_says() {
    let backend = Backend::start(&["--api-base", "/api"]).await;
    let answer = backend.admin("POST", "/api/v1/admin/orders", &order("1042")).await;
    let id = answer.text("id");
    assert!(id.starts_with("ord_") && id.len() == 36, "{id}");
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, "\"1\""));
    assert_eq!(answer.header("location"), format!("/api/v1/orders/{id}"));
}

#[tokio::test]
async fn a_given_identity_is_used_once_and_only_if_it_can_stand_in_a_path() {
    let backend = Backend::start(&[]).await;
    let with_id = |id: &str| {
        let mut body = order("1042");
        body["id"] = json!(id);
        body
    };
    assert_eq!(backend.admin("POST", "/v1/admin/orders", &with_id("shop-1042")).await.text("id"), "shop-1042");
    let again = backend.admin("POST", "/v1/admin/orders", &with_id("shop-1042")).await;
    assert_eq!(again.problem(), (409, "order-exists".to_owned()));
    for wrong in ["", "a/b", "a b", "é", &"a".repeat(65)] {
        let answer = backend.admin("POST", "/v1/admin/orders", &with_id(wrong)).await;
        assert_eq!(answer.problem(), (422, "invalid-body".to_owned()), "{wrong}");
        assert_eq!(answer.json()["errors"][0]["pointer"], "/id");
    }
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_byte_for_byte() {
    let backend = Backend::start(&[]).await;
    let create = || admin("POST", "/v1/admin/orders", "create", &order("1042").to_string());
    let first = backend.send(create()).await;
    let id = first.text("id");
    backend.happen(&id, "e1").await;
    let again = backend.send(create()).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!((again.header("etag"), again.header("location")), (first.header("etag"), first.header("location")));

    let path = format!("/v1/admin/orders/{id}/token");
    let mint = || admin("POST", &path, "mint", &json!({ "scopes": ["read"] }).to_string());
    let first = backend.send(mint()).await;
    backend.pass(1_000);
    assert_eq!(backend.send(mint()).await.body, first.body);

    let happen = || admin("POST", &format!("/v1/admin/orders/{id}/events"), "happen", &event("e2").to_string());
    let first = backend.send(happen()).await;
    backend.happen(&id, "e3").await;
    assert_eq!(backend.send(happen()).await.body, first.body);
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let backend = Backend::start(&[]).await;
    assert_eq!(backend.send(admin("POST", "/v1/admin/orders", "k", &order("1042").to_string())).await.status, 201);
    let other_body = backend.send(admin("POST", "/v1/admin/orders", "k", &order("1043").to_string())).await;
    assert_eq!(other_body.problem(), (422, "idempotency-key-reused".to_owned()));
    let other_path = backend.send(admin("PUT", "/v1/admin/orders/x", "k", &order("1042").to_string())).await;
    assert_eq!(other_path.problem(), (422, "idempotency-key-reused".to_owned()));
}

#[tokio::test]
async fn a_write_without_a_usable_key_is_refused() {
    let backend = Backend::start(&[]).await;
    for key in ["", " ", &"k".repeat(256)] {
        let answer = backend.send(admin("POST", "/v1/admin/orders", key, &order("1042").to_string())).await;
        assert_eq!(answer.problem(), (400, "idempotency-key-missing".to_owned()));
    }
}

#[tokio::test]
async fn a_failed_request_has_no_effect_and_leaves_its_key_free() {
    let backend = Backend::start(&[]).await;
    let path = "/v1/admin/orders/shop-1042/token";
    let body = json!({ "scopes": ["read"] }).to_string();
    assert_eq!(backend.send(admin("POST", path, "k", &body)).await.problem(), (404, "unknown-order".to_owned()));
    let mut with_id = order("1042");
    with_id["id"] = json!("shop-1042");
    assert_eq!(backend.admin("POST", "/v1/admin/orders", &with_id).await.status, 201);
    assert_eq!(backend.send(admin("POST", path, "k", &body)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_many_times_at_once_happens_once() {
    let backend = Arc::new(Backend::start(&[]).await);
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let backend = backend.clone();
            tokio::spawn(async move { backend.send(admin("POST", "/v1/admin/orders", "k", &order("1042").to_string())).await })
        })
        .collect();
    let mut bodies = std::collections::BTreeSet::new();
    for task in tasks {
        let answer = task.await.unwrap();
        if answer.status == 201 {
            bodies.insert(answer.body);
        } else {
            assert_eq!(answer.problem(), (409, "idempotency-in-progress".to_owned()));
            assert_eq!(answer.header("retry-after"), "1");
        }
    }
    let after = backend.send(admin("POST", "/v1/admin/orders", "k", &order("1042").to_string())).await;
    bodies.insert(after.body);
    assert_eq!(bodies.len(), 1);
}

#[tokio::test]
async fn an_order_is_replaced_only_as_it_was_seen() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let path = format!("/v1/admin/orders/{id}");
    let put = |key: &str, if_match: &str| {
        let mut request = admin("PUT", &path, key, &order("2042").to_string());
        request.headers_mut().insert("if-match", if_match.parse().unwrap());
        request
    };
    backend.happen(&id, "e1").await;
    let stale = backend.send(put("a", "\"1\"")).await;
    assert_eq!((stale.problem(), stale.header("etag")), ((412, "stale".to_owned()), "\"2\""));
    assert_eq!((&stale.json()["order"]["version"], &stale.json()["order"]["number"]), (&json!(2), &json!("1042")));
    let fresh = backend.send(put("b", "\"2\"")).await;
    assert_eq!((fresh.status.as_u16(), fresh.header("etag"), fresh.text("number")), (200, "\"3\"", "2042".to_owned()));
    assert_eq!(backend.send(put("c", "*")).await.status, 200);
    assert_eq!(backend.admin("PUT", &path, &order("3042")).await.json()["version"], 5);
    assert_eq!(backend.admin("PUT", "/v1/admin/orders/none", &order("1")).await.problem(), (404, "unknown-order".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_replacements_of_one_version_one_succeeds() {
    let backend = Arc::new(Backend::start(&[]).await);
    let id = backend.create("1042").await;
    let tasks: Vec<_> = (0..16)
        .map(|writer| {
            let (backend, path) = (backend.clone(), format!("/v1/admin/orders/{id}"));
            tokio::spawn(async move {
                let mut request = admin("PUT", &path, &format!("k{writer}"), &order("2042").to_string());
                request.headers_mut().insert("if-match", "\"1\"".parse().unwrap());
                backend.send(request).await.status.as_u16()
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [&[200][..], &[412; 15]].concat());
}

#[tokio::test]
async fn an_event_of_no_shipment_is_refused_and_a_known_one_changes_nothing() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let mut stray = event("e1");
    stray["shipment_id"] = json!("s9");
    let answer = backend.admin("POST", &format!("/v1/admin/orders/{id}/events"), &stray).await;
    assert_eq!(answer.json()["errors"], json!([{ "pointer": "/shipment_id", "code": "unknown" }]));
    assert_eq!(backend.happen(&id, "e1").await.json()["version"], 2);
    assert_eq!(backend.happen(&id, "e1").await.json()["version"], 2);
}

#[tokio::test]
async fn a_minted_link_carries_its_token_in_the_fragment() {
    let backend = Backend::start(&["--order-page-url", "https://shop.example/orders", "--token-ttl", "1h"]).await;
    let id = backend.create("1042").await;
    let answer = backend.admin("POST", &format!("/v1/admin/orders/{id}/token"), &json!({ "scopes": ["read"] })).await;
    let token = answer.text("token");
    assert_eq!(answer.text("url"), format!("https://shop.example/orders#doorstep={id}/{token}"));
    backend.pass(3_599);
    assert_eq!(backend.read(&id, &token).await.status, 200);
    backend.pass(1);
    assert_eq!(backend.read(&id, &token).await.status, 404);
}

#[tokio::test]
async fn a_token_needs_known_scopes_and_a_life_of_at_most_a_year() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    for (body, pointer, code) in [
        (json!({ "scopes": [] }), "/scopes", "empty"),
        (json!({ "scopes": ["write"] }), "/scopes/0", "unknown-value"),
        (json!({ "scopes": ["read"], "expires_in_s": 0 }), "/expires_in_s", "too-short"),
        (json!({ "scopes": ["read"], "expires_in_s": 367 * 86_400 }), "/expires_in_s", "too-long"),
        (json!({ "scopes": ["read"], "ttl": 1 }), "/ttl", "unknown-field"),
        (json!({}), "/scopes", "missing"),
    ] {
        let answer = backend.admin("POST", &format!("/v1/admin/orders/{id}/token"), &body).await;
        assert_eq!(answer.json()["errors"], json!([{ "pointer": pointer, "code": code }]), "{body}");
    }
}

#[tokio::test]
async fn only_the_admin_key_opens_the_admin_api() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let capability = backend.token(&id, &["read", "act"]).await;
    for key in ["", "wrong", &ADMIN_KEY[1..], &format!("{ADMIN_KEY}x"), &capability] {
        let headers = [
            ("authorization", format!("Bearer {key}")),
            ("content-type", "application/json".into()),
            ("idempotency-key", "k".into()),
        ];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (method, path) in [
            ("POST", "/v1/admin/orders".to_owned()),
            ("PUT", format!("/v1/admin/orders/{id}")),
            ("POST", format!("/v1/admin/orders/{id}/events")),
            ("POST", format!("/v1/admin/orders/{id}/token")),
        ] {
            let answer = backend.send(request(method, &path, &headers, "{}")).await;
            assert_eq!(answer.problem(), (401, "unauthorized".to_owned()), "{method} {path} {key}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}
