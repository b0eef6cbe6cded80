//! Tests of signed webhooks of shop platforms, from the endpoint to the order document.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::signing::{Provider, SECRET, post};
use crate::support::{Answer, Backend, request};

const FLAGS: [&str; 8] = [
    "--shopify-secret",
    SECRET,
    "--easypost-secret",
    SECRET,
    "--woocommerce-secret",
    SECRET,
    "--shop-time-zone",
    "Europe/Berlin",
];

pub(crate) async fn shopify(backend: &Backend, topic: &str, body: &Value) -> Answer {
    let body = body.to_string();
    let mut headers = Provider::Shopify.proof(&body, 0, SECRET);
    headers.push(("x-shopify-topic", topic.to_owned()));
    headers.push(("x-shopify-webhook-id", format!("delivery of {topic}")));
    post(backend, Provider::Shopify, &body, &headers).await
}

async fn woocommerce(backend: &Backend, topic: &str, body: &Value, secret: &str) -> Answer {
    let body = body.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let headers = [("x-wc-webhook-topic", topic), ("x-wc-webhook-signature", &signature), ("content-type", "application/json")];
    backend.send(request("POST", "/v1/webhooks/woocommerce", &headers, &body)).await
}

async fn easypost(backend: &Backend) -> Answer {
    let scan = |message: &str, status: &str, at: &str| {
        json!({"message": message, "status": status, "datetime": at,
        "tracking_location": {"city": "BERLIN", "country": "DE"}})
    };
    let body = json!({"object": "Event", "description": "tracker.updated", "result": {"object": "Tracker", "tracking_code": "1Z1042",
        "carrier": "UPS", "status": "out_for_delivery",
        "tracking_details": [scan("OUT FOR DELIVERY", "out_for_delivery", "2020-01-25T08:00:00Z")]}});
    let body = body.to_string();
    post(backend, Provider::EasyPost, &body, &Provider::EasyPost.proof(&body, 0, SECRET)).await
}

fn money(amount: &str) -> Value {
    let money = json!({"amount": amount, "currency_code": "EUR"});
    json!({"shop_money": money, "presentment_money": money})
}

pub(crate) fn shopify_order() -> Value {
    json!({
        "id": 820_982_911_946_154_508_u64, "name": "#1001", "test": false, "currency": "EUR", "presentment_currency": "EUR",
        "created_at": "2020-01-24T10:00:00+01:00", "updated_at": "2020-01-24T10:00:00+01:00", "processed_at": "2020-01-24T10:00:00+01:00",
        "email": "robin@mail.example", "contact_email": "robin@mail.example", "customer_locale": "de-DE", "taxes_included": true,
        "cancelled_at": null, "fulfillment_status": null, "financial_status": "paid",
        "shipping_address": {"first_name": "Robin", "last_name": "Beispiel", "address1": "Musterweg 12", "city": "Berlin", "zip": "10961",
            "country_code": "DE", "province_code": null},
        "line_items": [{"id": 11, "title": "Wool socks", "variant_title": "M", "quantity": 3, "current_quantity": 3, "fulfillable_quantity": 3,
            "requires_shipping": true, "price": "27.05", "price_set": money("27.05"), "total_discount": "0.02",
            "discount_allocations": [{"amount": "0.02", "amount_set": money("0.02")}], "tax_lines": [], "gift_card": false}],
        "shipping_lines": [{"id": 5, "title": "Standard", "price": "4.90", "price_set": money("4.90"), "discount_allocations": [], "tax_lines": []}],
        "fulfillments": [], "refunds": [],
    })
}

pub(crate) fn fulfillment() -> Value {
    json!({"id": 77, "order_id": 820_982_911_946_154_508_u64, "status": "success", "name": "#1001.1", "shipment_status": null,
        "created_at": "2020-01-24T12:00:00+01:00", "updated_at": "2020-01-24T12:00:00+01:00", "tracking_company": "UPS",
        "tracking_number": "1Z1042", "tracking_numbers": ["1Z1042"], "tracking_urls": ["https://track.carrier.example/1Z1042"],
        "line_items": [{"id": 11, "quantity": 2}]})
}

pub(crate) const ORDER: &str = "shopify-820982911946154508";

/// Returns the order as the shopper reads it, without the fields that depend on the time of the requests.
async fn document(backend: &Backend) -> Value {
    let token = backend.token(ORDER, &["read", "act"]).await;
    let mut document = backend.read(ORDER, &token).await.json();
    for field in ["version", "as_of"] {
        document.as_object_mut().unwrap().remove(field);
    }
    document
}

#[tokio::test]
async fn an_order_is_the_same_in_every_order_of_arrival_and_with_repetitions() {
    let mut documents = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for at_once in [false, true] {
            let backend = Backend::start(&FLAGS).await;
            for _ in 0..2 {
                for step in order {
                    let answer = match step {
                        0 => shopify(&backend, "orders/create", &shopify_order()).await,
                        1 => shopify(&backend, "fulfillments/create", &fulfillment()).await,
                        _ => easypost(&backend).await,
                    };
                    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
                    if at_once {
                        backend.app.service.compose_shop_orders().await.unwrap();
                    }
                }
            }
            backend.app.service.compose_shop_orders().await.unwrap();
            documents.push(document(&backend).await);
        }
    }
    let first = &documents[0];
    assert!(documents.iter().all(|document| document == first), "{documents:#?}");
    assert_eq!((&first["number"], &first["time_zone"]), (&json!("#1001"), &json!("Europe/Berlin")));
    assert_eq!(first["lines"][0]["total"], json!({"minor": 8113, "currency": "EUR"}));
    let shipment = &first["shipments"][0];
    assert_eq!((&shipment["stage"], &shipment["carrier"]["code"]), (&json!("out_for_delivery"), &json!("ups")));
    assert_eq!(shipment["lines"], json!([{"line_id": "11", "quantity": 2}]));
    assert_eq!(first["unshipped"][0]["quantity"], 1);
    let text = first.to_string();
    assert!(!text.contains("Musterweg 12") && !text.contains("robin@mail.example") && !text.contains("Robin Beispiel"), "{text}");
}

#[tokio::test]
async fn a_guest_finds_an_order_of_the_platform_and_its_address_is_not_stored() {
    let backend = Backend::start(&FLAGS).await;
    shopify(&backend, "orders/create", &shopify_order()).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    for proof in [json!({"number": "1001", "email": "Robin@mail.example"}), json!({"number": "#1001", "postcode": "10961"})] {
        assert_eq!(backend.post("/v1/lookup", &proof).await.status, StatusCode::OK, "{proof}");
    }
    let wrong = json!({"number": "1001", "email": "other@mail.example"});
    assert_eq!(backend.post("/v1/lookup", &wrong).await.status, StatusCode::NOT_FOUND);
    backend.app.service.close().await;
    for entry in std::fs::read_dir(backend.directory()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in ["robin@mail.example", "Musterweg 12", "Beispiel, Robin", "Robin Beispiel"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
}

#[tokio::test]
async fn what_the_shopper_did_and_the_scans_survive_later_changes_of_the_order() {
    let backend = Backend::start(&FLAGS).await;
    shopify(&backend, "orders/create", &shopify_order()).await;
    shopify(&backend, "fulfillments/create", &fulfillment()).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    easypost(&backend).await;
    let token = backend.token(ORDER, &["read", "act"]).await;
    let key = [("idempotency-key", "ask-1"), ("content-type", "application/json")];
    let authorization = format!("Bearer {token}");
    let headers = [key[0], key[1], ("authorization", authorization.as_str())];
    let body = json!({"kind": "contact", "note": "Please ring twice"}).to_string();
    let asked = backend.send(request("POST", &format!("/v1/orders/{ORDER}/requests"), &headers, &body)).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{asked:?}");
    let mut edited = shopify_order();
    edited["updated_at"] = json!("2020-01-25T10:00:00+01:00");
    edited["line_items"][0]["title"] = json!("Merino socks");
    shopify(&backend, "orders/updated", &edited).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let after = document(&backend).await;
    assert_eq!(after["lines"][0]["title"], "Merino socks");
    assert_eq!(after["cases"].as_array().map(Vec::len), Some(1));
    assert_eq!(after["shipments"][0]["stage"], "out_for_delivery");
    // The state of the day before arrives again. It changes nothing.
    shopify(&backend, "orders/updated", &shopify_order()).await;
    assert_eq!(backend.app.service.compose_shop_orders().await.unwrap(), 0);
    assert_eq!(document(&backend).await["lines"][0]["title"], "Merino socks");
}

#[tokio::test]
async fn a_platform_has_its_customer_erased_and_late_webhooks_do_not_bring_the_order_back() {
    let backend = Backend::start(&FLAGS).await;
    shopify(&backend, "orders/create", &shopify_order()).await;
    shopify(&backend, "fulfillments/create", &fulfillment()).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let redact = json!({"shop_id": 954_889, "shop_domain": "shop.example", "customer": {"id": 1, "email": "robin@mail.example", "phone": null},
        "orders_to_redact": [820_982_911_946_154_508_u64]});
    for _ in 0..2 {
        assert_eq!(shopify(&backend, "customers/redact", &redact).await.status, StatusCode::OK);
        backend.app.service.compose_shop_orders().await.unwrap();
    }
    assert_eq!(backend.admin("GET", &format!("/v1/admin/orders/{ORDER}"), &Value::Null).await.status, StatusCode::NOT_FOUND);
    let answer = shopify(&backend, "orders/updated", &shopify_order()).await;
    assert_eq!(answer.json()["records"], json!({"changed": 0, "unchanged": 0, "ignored": 1}));
    backend.app.service.compose_shop_orders().await.unwrap();
    assert_eq!(backend.admin("GET", &format!("/v1/admin/orders/{ORDER}"), &Value::Null).await.status, StatusCode::NOT_FOUND);
    backend.app.service.close().await;
    for entry in std::fs::read_dir(backend.directory()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for trace in ["820982911946154508", "10961", "Wool socks"] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
        }
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_composed_is_listed_with_its_reason_and_mended_by_the_next_webhook() {
    let backend = Backend::start(&FLAGS).await;
    let mut broken = shopify_order();
    broken["line_items"] = json!([]);
    assert_eq!(shopify(&backend, "orders/create", &broken).await.status, StatusCode::OK);
    backend.app.service.compose_shop_orders().await.unwrap();
    let listed = backend.admin("GET", "/v1/admin/shop-orders?state=refused", &Value::Null).await.json();
    assert_eq!(listed["orders"][0]["problem"], "the order has no line that could be read", "{listed}");
    let mut mended = shopify_order();
    mended["updated_at"] = json!("2020-01-25T10:00:00+01:00");
    shopify(&backend, "orders/updated", &mended).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let listed = backend.admin("GET", "/v1/admin/shop-orders?state=refused", &Value::Null).await.json();
    assert_eq!(listed["orders"], json!([]));
    assert_eq!(backend.admin("GET", "/v1/admin/shop-orders?state=lost", &Value::Null).await.problem().0, 422);
}

#[tokio::test]
async fn a_woocommerce_order_is_shown_and_a_wrong_signature_is_refused() {
    let backend = Backend::start(&FLAGS).await;
    let order = json!({
        "id": 727, "number": "727", "status": "processing", "currency": "JPY", "date_created_gmt": "2020-01-24T10:00:00",
        "date_modified_gmt": "2020-01-24T10:05:00", "total": "3300", "shipping_total": "500", "shipping_tax": "0",
        "billing": {"first_name": "Robin", "last_name": "Beispiel", "address_1": "Musterweg 12", "city": "Berlin", "postcode": "10961",
            "country": "DE", "email": "robin@mail.example"},
        "shipping": {"first_name": "", "last_name": "", "address_1": "", "city": "", "postcode": "", "country": ""},
        "line_items": [{"id": 315, "name": "Teacup", "product_id": 93, "variation_id": 0, "quantity": 2, "subtotal": "2800", "total": "2800",
            "total_tax": "0", "meta_data": []}],
        "meta_data": [{"id": 1, "key": "_wc_shipment_tracking_items", "value": [{"tracking_provider": "DHL", "tracking_number": "00340434161094022115",
            "date_shipped": "1579860000", "tracking_id": "a1"}]}],
        "refunds": [],
    });
    assert_eq!(woocommerce(&backend, "order.created", &order, "another secret").await.problem().0, 401);
    assert_eq!(woocommerce(&backend, "order.created", &order, SECRET).await.status, StatusCode::OK);
    backend.app.service.compose_shop_orders().await.unwrap();
    let token = backend.token("woocommerce-727", &["read", "act"]).await;
    let document = backend.read("woocommerce-727", &token).await.json();
    assert_eq!(document["lines"][0]["unit_price"], json!({"minor": 1400, "currency": "JPY"}));
    assert_eq!(document["shipments"][0]["carrier"]["code"], "dhl");
    assert_eq!(document["time_zone"], "Europe/Berlin");
}

#[tokio::test]
async fn an_order_that_was_cancelled_before_anything_was_sent_says_so() {
    let backend = Backend::start(&FLAGS).await;
    let mut cancelled = shopify_order();
    cancelled["updated_at"] = json!("2020-01-24T11:00:00+01:00");
    cancelled["cancelled_at"] = json!("2020-01-24T11:00:00+01:00");
    shopify(&backend, "orders/create", &shopify_order()).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    shopify(&backend, "orders/cancelled", &cancelled).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let document = document(&backend).await;
    assert_eq!(
        (document["shipments"].as_array().map(Vec::len), &document["shipments"][0]["stage"]),
        (Some(1), &json!("cancelled"))
    );
    assert_eq!(document["shipments"][0]["events"][0]["at"]["local"], "2020-01-24T11:00:00");
    assert_eq!(document["unshipped"], json!([]));
}

#[tokio::test]
async fn goods_that_were_sent_without_a_number_are_with_the_carrier() {
    let backend = Backend::start(&FLAGS).await;
    let mut untracked = fulfillment();
    for field in ["tracking_company", "tracking_number", "tracking_numbers", "tracking_urls"] {
        untracked[field] = json!(null);
    }
    shopify(&backend, "orders/create", &shopify_order()).await;
    shopify(&backend, "fulfillments/create", &untracked).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let shipment = document(&backend).await["shipments"][0].clone();
    assert_eq!((&shipment["stage"], &shipment["tracking_level"]), (&json!("handed_over"), &json!("none")));
    assert_eq!((shipment.get("tracking_number"), shipment.get("carrier")), (None, None), "{shipment}");
}

#[tokio::test]
async fn what_the_admin_api_said_about_an_order_of_the_platform_stays() {
    let backend = Backend::start(&FLAGS).await;
    shopify(&backend, "orders/create", &shopify_order()).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let window = json!({"kind": "time", "from": "2020-01-26T23:00:00Z", "to": "2020-01-27T23:00:00Z"});
    let body = json!({"number": "#1001", "placed_at": "2020-01-24T10:00:00+01:00", "time_zone": "Europe/Berlin",
        "lines": [{"id": "11", "title": "Wool socks", "quantity": 3}],
        "unshipped": [{"line_id": "11", "quantity": 3, "expected_dispatch": window}],
        "support": [{"kind": "email", "label": "Write to us", "url": "mailto:help@shop.example"}]});
    let put = backend.admin("PUT", &format!("/v1/admin/orders/{ORDER}"), &body).await;
    assert_eq!(put.status, StatusCode::OK, "{put:?}");
    let mut edited = shopify_order();
    edited["updated_at"] = json!("2020-01-25T10:00:00+01:00");
    edited["line_items"][0]["title"] = json!("Merino socks");
    shopify(&backend, "orders/updated", &edited).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let document = document(&backend).await;
    assert_eq!(document["lines"][0]["title"], "Merino socks");
    assert_eq!(document["support"][0]["url"], "mailto:help@shop.example");
    assert_eq!(document["unshipped"][0]["expected_dispatch"], window, "{document}");
}

#[tokio::test]
async fn a_parcel_keeps_its_scans_when_another_number_of_its_fulfilment_is_taken_back() {
    let backend = Backend::start(&FLAGS).await;
    let mut two = fulfillment();
    two["tracking_numbers"] = json!(["1Z9999", "1Z1042"]);
    shopify(&backend, "orders/create", &shopify_order()).await;
    shopify(&backend, "fulfillments/create", &two).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    easypost(&backend).await;
    let mut one = fulfillment();
    one["updated_at"] = json!("2020-01-25T12:00:00+01:00");
    shopify(&backend, "fulfillments/update", &one).await;
    backend.app.service.compose_shop_orders().await.unwrap();
    let document = document(&backend).await;
    assert_eq!(document["shipments"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&document["shipments"][0]["tracking_number"], &document["shipments"][0]["stage"]),
        (&json!("1Z1042"), &json!("out_for_delivery"))
    );
}

#[tokio::test]
async fn only_the_shop_itself_may_have_all_its_orders_erased() {
    let redact = |domain: &str| json!({"shop_id": 954_889, "shop_domain": domain});
    for (flags, domain, status) in [
        (vec![], "own.myshopify.com", StatusCode::OK),
        (vec!["--shopify-domain", "own.myshopify.com"], "other.myshopify.com", StatusCode::OK),
        (vec!["--shopify-domain", "own.myshopify.com"], "own.myshopify.com", StatusCode::NOT_FOUND),
    ] {
        let backend = Backend::start(&[&FLAGS[..], &flags].concat()).await;
        shopify(&backend, "orders/create", &shopify_order()).await;
        backend.app.service.compose_shop_orders().await.unwrap();
        assert_eq!(shopify(&backend, "shop/redact", &redact(domain)).await.status, StatusCode::OK);
        backend.app.service.compose_shop_orders().await.unwrap();
        let answer = backend.admin("GET", &format!("/v1/admin/orders/{ORDER}"), &Value::Null).await;
        assert_eq!(answer.status, status, "{domain}");
    }
}
