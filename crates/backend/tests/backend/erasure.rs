//! Tests of erasing an order, limiting its retention, exporting it, finding it, and revoking its links.

use serde_json::{Value, json};

use crate::shopper::{Shopper, order as body};
use crate::streams::Stream;
use crate::support::{ADMIN_KEY, Answer, Backend, admin, event, order, request};

pub(crate) async fn asks(backend: &Backend, method: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {ADMIN_KEY}");
    backend.send(request(method, path, &[("authorization", &bearer)], "")).await
}

async fn erase(backend: &Backend, id: &str) -> u16 {
    asks(backend, "DELETE", &format!("/v1/admin/orders/{id}")).await.status.as_u16()
}

/// Creates an order with a long history and with `PERSONAL` in every piece of personal data.
async fn full_of_life<'a>(backend: &'a Backend, number: &str) -> Shopper<'a> {
    let shopper = Shopper::of(backend, number, |order| {
        order["id"] = json!(format!("PERSONAL-{number}"));
        order["destination"]["lines"] = json!(["PERSONAL street"]);
        order["lines"][0]["variant"] = json!("PERSONAL engraving");
        order["shipments"][0]["tracking_number"] = json!(format!("PERSONAL{number}"));
    })
    .await;
    for step in 0..40 {
        let mut scan = event(&format!("PERSONAL-{step}"));
        scan["text"] = json!(format!("PERSONAL scan {step} {}", "x".repeat(20 * step)));
        assert_eq!(backend.admin("POST", &format!("/v1/admin/orders/{}/events", shopper.id), &scan).await.status, 200);
    }
    let wish = json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "PERSONAL gate code" });
    assert_eq!(shopper.asks("PERSONAL-key-1", wish).await.status, 201);
    let address = json!({ "lines": ["PERSONAL road 1"], "postcode": "10961", "city": "PERSONAL" });
    let moved =
        shopper.asks("PERSONAL-key-2", json!({ "kind": "change_address", "shipment_id": "s1", "address": address })).await;
    assert_eq!(moved.status, 201, "{moved:?}");
    let words = shopper.post("cases/c1/messages", "PERSONAL-key-3", None, &json!({ "text": "PERSONAL words" }));
    backend.send(words).await;
    shopper
}

pub(crate) fn bytes_with(backend: &Backend, what: &[u8]) -> Vec<String> {
    let files = std::fs::read_dir(backend.directory()).unwrap().map(|file| file.unwrap().path());
    let has = |path: &std::path::PathBuf| {
        std::fs::read(path).unwrap().windows(what.len()).any(|window| window.eq_ignore_ascii_case(what))
    };
    files.filter(has).map(|path| path.display().to_string()).collect()
}

const HOOKS: [&str; 12] = [
    "--webhook-url",
    "http://127.0.0.1:9/",
    "--webhook-secret",
    "a secret for order updates",
    "--webhook-allow-private",
    "--helpdesk-url",
    "http://127.0.0.1:9/",
    "--helpdesk-allow-private",
    "--register-with",
    "easypost",
    "--easypost-api-key",
    "a key for registrations",
];

#[tokio::test]
async fn nothing_of_an_erased_order_is_left_in_the_file() {
    let backend = Backend::start(&HOOKS).await;
    let mut others = Vec::new();
    for number in 0..20 {
        others.push(backend.create(&format!("other-{number}")).await);
    }
    let shopper = full_of_life(&backend, "1042").await;
    for other in &others {
        backend.happen(other, "after").await;
    }
    assert!(!bytes_with(&backend, b"PERSONAL").is_empty(), "it was there");
    assert_eq!(erase(&backend, &shopper.id).await, 204);
    assert_eq!(bytes_with(&backend, b"PERSONAL"), Vec::<String>::new());
    let link = backend.token(&others[0], &["read", "act"]).await;
    assert_eq!(backend.read(&others[0], &link).await.json()["shipments"][0]["events"][0]["id"], "after");
}

#[tokio::test]
async fn nothing_is_left_of_many_orders_of_many_sizes_between_others() {
    let backend = Backend::start(&HOOKS).await;
    let mut erased = Vec::new();
    for number in 0..12 {
        let mut new = order(&format!("n{number}"));
        new["id"] = json!(format!("PERSONAL-{number}"));
        new["destination"] = json!({ "lines": [format!("PERSONAL {}", "y".repeat(700 * number))], "country": "GB" });
        assert_eq!(backend.admin("POST", "/v1/admin/orders", &new).await.status, 201);
        erased.push(format!("PERSONAL-{number}"));
        let kept = backend.create(&format!("kept-{number}")).await;
        backend.happen(&kept, "scan").await;
        backend.happen(&format!("PERSONAL-{number}"), "PERSONAL-scan").await;
    }
    for id in &erased {
        assert_eq!(erase(&backend, id).await, 204);
    }
    assert_eq!(bytes_with(&backend, b"PERSONAL"), Vec::<String>::new());
}

#[tokio::test]
async fn erasing_again_changes_nothing_and_what_never_was_is_unknown() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    assert_eq!([erase(&backend, &id).await, erase(&backend, &id).await, erase(&backend, &id).await], [204; 3]);
    assert_eq!(asks(&backend, "DELETE", "/v1/admin/orders/ord_nobody").await.problem(), (404, "unknown-order".to_owned()));
    assert_eq!(asks(&backend, "GET", &format!("/v1/admin/orders/{id}")).await.problem(), (404, "unknown-order".to_owned()));
    assert_eq!(backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "N1 9GU" })).await.status, 404);
}

#[tokio::test]
async fn neither_a_late_webhook_nor_a_repeated_request_brings_an_erased_order_back() {
    let backend = Backend::start(&HOOKS).await;
    let mut new = order("1042");
    new["id"] = json!("shop-1042");
    new["shipments"][0]["tracking_number"] = json!("PERSONAL1042");
    let create = || admin("POST", "/v1/admin/orders", "create-PERSONAL", &new.to_string());
    assert_eq!(backend.send(create()).await.status, 201);
    let old_link = backend.token("shop-1042", &["read", "act"]).await;
    assert_eq!(erase(&backend, "shop-1042").await, 204);
    let delivery =
        doorstep_providers::Delivery { tracking_number: "PERSONAL-1042".to_owned(), ..doorstep_providers::Delivery::default() };
    let tally = backend.app.service.deliveries(vec![delivery]).await.unwrap();
    assert_eq!(tally.unknown, 1);
    backend.app.service.truncate_wal().await.unwrap();
    assert_eq!(bytes_with(&backend, b"PERSONAL"), Vec::<String>::new());
    assert_eq!(backend.send(create()).await.problem(), (409, "order-erased".to_owned()));
    assert_eq!(asks(&backend, "GET", "/v1/admin/orders/shop-1042").await.status, 404);
    // The shop may use the identity again. The links of the erased order do not open the new one.
    assert_eq!(backend.admin("POST", "/v1/admin/orders", &new).await.status, 201);
    assert_eq!(backend.read("shop-1042", &old_link).await.problem(), (404, "order-not-found".to_owned()));
    let new_link = backend.token("shop-1042", &["read", "act"]).await;
    assert_eq!(backend.read("shop-1042", &new_link).await.status, 200);
}

#[tokio::test]
async fn the_stream_of_an_order_ends_when_it_is_erased_and_when_its_links_are_revoked() {
    let backend = Backend::start(&[]).await;
    for revokes in [true, false] {
        let id = backend.create(if revokes { "1" } else { "2" }).await;
        let mut stream = Stream::open(&backend, &id, &backend.token(&id, &["read", "act"]).await, "").await;
        stream.order().await;
        if revokes {
            assert_eq!(backend.admin("POST", &format!("/v1/admin/orders/{id}/revoke-links"), &json!({})).await.status, 200);
        } else {
            assert_eq!(erase(&backend, &id).await, 204);
        }
        assert_eq!(stream.next().await, None);
    }
}

#[tokio::test]
async fn every_link_that_was_given_out_ends_when_the_links_are_revoked() {
    let backend = Backend::start(&[]).await;
    let (id, other) = (backend.create("1042").await, backend.create("1043").await);
    let minted = backend.token(&id, &["read", "act"]).await;
    let looked_up = backend.post("/v1/lookup", &json!({ "number": "1042", "email": "ada@example.org" })).await.text("token");
    let others = backend.token(&other, &["read", "act"]).await;
    let revoke = |key: &str| {
        let bearer = format!("Bearer {ADMIN_KEY}");
        request(
            "POST",
            &format!("/v1/admin/orders/{id}/revoke-links"),
            &[("authorization", &bearer), ("idempotency-key", key)],
            "",
        )
    };
    assert_eq!(backend.send(revoke("a")).await.json(), json!({ "epoch": 1 }));
    let missing = backend.get(&format!("/v1/orders/{id}"), &[]).await;
    for token in [&minted, &looked_up] {
        let refused = backend.read(&id, token).await;
        assert_eq!(refused.problem(), (404, "order-not-found".to_owned()));
        assert_eq!(refused.body_but_for_request_id(), missing.body_but_for_request_id());
    }
    assert_eq!(backend.read(&other, &others).await.status, 200);
    let again = backend.token(&id, &["read", "act"]).await;
    assert_eq!(backend.read(&id, &again).await.status, 200);
    // Sending the request again revokes no link that was issued since.
    assert_eq!(backend.send(revoke("a")).await.json(), json!({ "epoch": 1 }));
    assert_eq!(backend.read(&id, &again).await.status, 200);
    assert_eq!(backend.send(revoke("b")).await.json(), json!({ "epoch": 2 }));
    assert_eq!(backend.read(&id, &again).await.status, 404);
}

#[tokio::test]
async fn finished_orders_are_kept_for_as_long_as_it_was_said_and_no_others_are_erased() {
    let backend = Backend::start(&["--retain", "30d"]).await;
    let delivered = Shopper::of(&backend, "1", |order| order["unshipped"] = json!([])).await;
    delivered.happens("delivered", json!({ "delivered": { "to": "recipient" } })).await;
    let under_way = backend.create("2").await;
    assert_eq!(backend.app.service.erase_finished().await.unwrap(), 0);
    backend.pass(31 * 86_400);
    assert_eq!(backend.app.service.erase_finished().await.unwrap(), 1);
    assert_eq!(asks(&backend, "GET", &format!("/v1/admin/orders/{}", delivered.id)).await.status, 404);
    assert_eq!(asks(&backend, "GET", &format!("/v1/admin/orders/{under_way}")).await.status, 200);
    let kept = Backend::start(&[]).await;
    assert_eq!(kept.app.service.erase_finished().await.unwrap(), 0, "for ever unless it is said");
}

#[tokio::test]
async fn an_export_has_all_that_is_kept_of_an_order() {
    let backend = Backend::start(&HOOKS).await;
    let shopper = full_of_life(&backend, "1042").await;
    let export = asks(&backend, "GET", &format!("/v1/admin/orders/{}/export", shopper.id)).await;
    let json = export.json();
    assert_eq!((&json["order"]["id"], &json["kept_for_lookup"]["email_hash"]), (&json!(shopper.id), &json!(true)));
    for words in ["PERSONAL gate code", "PERSONAL road 1", "PERSONAL scan 39", "PERSONAL street", "PERSONAL engraving"] {
        assert!(export.body.contains(words), "{words}");
    }
    assert!(!json["audit"].as_array().unwrap().is_empty() && !json["messages"].as_array().unwrap().is_empty(), "{json:#}");
}

#[tokio::test]
async fn orders_are_found_by_number_address_and_tracking_number_however_they_are_written() {
    let backend = Backend::start(&[]).await;
    let mut new = body("AB-1042");
    new["email"] = json!("Ada@b\u{fc}cher.example");
    new["shipments"][0]["tracking_number"] = json!("JJD 0001 42");
    let id = backend.admin("POST", "/v1/admin/orders", &new).await.text("id");
    backend.create("other").await;
    let found = async |query: &str| {
        let answer = asks(&backend, "GET", &format!("/v1/admin/orders?{query}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let orders = answer.json()["orders"].as_array().unwrap().clone();
        orders.iter().map(|order| order["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for query in [
        "number=%23ab1042",
        "number=AB%E2%80%931042",
        "email=ada@xn--bcher-kva.example",
        "email=ADA@bu%CC%88cher.example",
        "tracking_number=jjd-000142",
        "number=AB-1042&email=ada@xn--bcher-kva.example&tracking_number=JJD000142",
    ] {
        assert_eq!(found(query).await, std::slice::from_ref(&id), "{query}");
    }
    for query in ["number=1", "email=eve@example.org", "email=n/a", "tracking_number=1", "number=AB-1042&email=eve@example.org"] {
        assert_eq!(found(query).await, Vec::<String>::new(), "{query}");
    }
    assert_eq!(found("").await.len(), 2);
}

#[tokio::test]
async fn every_order_that_changed_is_on_some_page_once() {
    let backend = Backend::start(&[]).await;
    let mut ids = Vec::new();
    for number in 0..7 {
        ids.push(backend.create(&number.to_string()).await);
        backend.pass(i64::from(number % 2));
    }
    let since =
        asks(&backend, "GET", "/v1/admin/orders?limit=200").await.json()["orders"][3]["updated_at"].as_str().unwrap().to_owned();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = asks(&backend, "GET", &format!("/v1/admin/orders?limit=2{cursor}")).await.json();
        seen.extend(page["orders"].as_array().unwrap().iter().map(|order| order["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let mut sorted = seen.clone();
    sorted.sort();
    ids.sort();
    assert_eq!(sorted, ids);
    backend.pass(5);
    backend.happen(&seen[0], "news").await;
    let recent = asks(&backend, "GET", &format!("/v1/admin/orders?updated_since={since}")).await.json();
    let recent: Vec<Value> = recent["orders"].as_array().unwrap().iter().map(|order| order["id"].clone()).collect();
    assert!(recent.len() >= 4 && recent.last() == Some(&json!(seen[0])), "{recent:?}");
    for (query, pointer) in [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=x", "/limit"),
        ("updated_since=yesterday", "/updated_since"),
        ("cursor=x", "/cursor"),
        ("nmber=1", ""),
    ] {
        let answer = asks(&backend, "GET", &format!("/v1/admin/orders?{query}")).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["pointer"]), (422, &json!(pointer)), "{query}");
    }
}
