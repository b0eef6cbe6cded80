//! Tests of a token for reading, over every operation of the OpenAPI document: it opens nothing that only the shopper should see.

use std::io::Cursor;

use axum::body::Body;
use axum::http::Request;
use doorstep_contract::Access;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::shopper::Shopper;
use crate::streams::Stream;
use crate::support::{Backend, request};

const POLICY: &str = r#"
    [returns]
    address = ["Return centre", "Dock Road 4", "10115 Berlin"]
    methods = [{ id = "code", kind = "drop_off", name = "Parcel shop", formats = ["application/pdf", "image/png"] }]
"#;

/// Parts of all personal data in the order; none of them occurs in the shop's own texts.
const SECRETS: [&str; 20] = [
    "gatecode4711",
    "Quillfeather",
    "ring twice",
    "lockerpin9955",
    "Signora Zanetti",
    "proofphoto77",
    "neighbour Okonkwo",
    "Elderflower Lane",
    "engraved Persephone",
    "JJDSECRET1042",
    "trackpage88",
    "kiosk Brightwater",
    "persephone@mail.example",
    "0044 7700 900123",
    "we have refunded you",
    "DS-",
    "RT1",
    "left with Mr Okonkwo",
    "\"minor\":8900",
    "51.53",
];

async fn photo(shopper: &Shopper<'_>) -> String {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(8, 8, Rgb([200, 120, 40])));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let request = Request::builder().method("POST").uri(format!("/v1/orders/{}/evidence", shopper.id));
    let request = request.header("authorization", format!("Bearer {}", shopper.token)).header("idempotency-key", "photo");
    let answer = shopper.backend.send(request.header("content-type", "image/jpeg").body(Body::from(bytes.into_inner())).unwrap());
    answer.await.text("id")
}

async fn event(shopper: &Shopper<'_>, stage: &str, local: &str, facts: Value) {
    let event = json!({ "shipment_id": "s1", "id": "JJDSECRET1042-1", "at": { "local": local, "offset_min": 0 }, "stage": stage,
        "text": "left with Mr Okonkwo", "place": { "name": "Elderflower Lane 3", "lat": 51.53 }, "facts": facts });
    let mut event = event;
    event["id"] = json!(format!("JJDSECRET1042-{stage}"));
    let answer = shopper.backend.admin("POST", &format!("/v1/admin/orders/{}/events", shopper.id), &event).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Creates an order with every kind of personal data. Returns the shopper and the identity of the photo.
async fn everything(backend: &Backend) -> (Shopper<'_>, String) {
    let shopper = Shopper::of(backend, "1042", |order| {
        order["email"] = json!("persephone@mail.example");
        order["destination"] = json!({ "lines": ["Quillfeather", "3 Elderflower Lane"], "country": "DE" });
        order["lines"][0]["variant"] = json!("engraved Persephone");
        order["shipments"][0]["tracking_number"] = json!("JJDSECRET1042");
        order["shipments"][0]["tracking_url"] = json!("https://carrier.example/trackpage88");
    })
    .await;
    let admin = async |path: &str, body: Value| {
        let answer = backend.admin("POST", &format!("/v1/admin/orders/{}/{path}", shopper.id), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    };
    let ok = async |key: &str, body: Value| {
        let answer = shopper.asks(key, body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    };
    ok("driver", json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "gatecode4711, ring twice" })).await;
    event(&shopper, "ready_for_pickup", "2020-01-25T08:00:00", json!({
        "pickup": { "name": "kiosk Brightwater", "lines": ["5 Elderflower Lane"], "code": "lockerpin9955", "hours": ["kiosk Brightwater"] },
        "action_required": { "who": "shopper", "what": "ask for neighbour Okonkwo" } })).await;
    event(
        &shopper,
        "delivered",
        "2020-01-25T20:00:00",
        json!({ "delivered": { "to": "neighbour", "detail": "neighbour Okonkwo",
        "signed_by": "Signora Zanetti", "photo_url": "https://carrier.example/proofphoto77.jpg" } }),
    )
    .await;
    let photo = photo(&shopper).await;
    ok(
        "back",
        json!({ "kind": "start_return", "method_id": "code", "outcome": "refund",
        "lines": [{ "line_id": "l1", "shipment_id": "s1", "quantity": 1, "reason": "changed_mind" }] }),
    )
    .await;
    ok("person", json!({ "kind": "contact", "note": "Quillfeather here, gatecode4711", "contact": "0044 7700 900123", "evidence": [photo] })).await;
    let message = shopper.post("cases/c3/messages", "words", None, &json!({ "text": "ring twice" }));
    assert_eq!(backend.send(message).await.status, 200);
    admin("cases/c3", json!({ "message": "Signora Zanetti, we have refunded you" })).await;
    (shopper, photo)
}

/// Returns the response of every operation of a shopper to this token: its name, its status and its content.
async fn answers(backend: &Backend, shopper: &Shopper<'_>, photo: &str, token: &str) -> Vec<(String, u16, String)> {
    let document = backend.get("/v1/openapi.json", &[]).await.json();
    let bearer = format!("Bearer {token}");
    let mut answers = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        if !path.starts_with("/v1/orders/{id}") {
            continue;
        }
        let at = path.replace("{id}", &shopper.id).replace("{sid}", "s1").replace("{rid}", "r1").replace("{evidence_id}", photo);
        for (method, operation) in operations.as_object().unwrap() {
            for case in ["c1", "c2", "c3"] {
                let at = at.replace("{cid}", case);
                let media_type =
                    operation["requestBody"]["content"].as_object().and_then(|content| content.keys().next().cloned());
                let name = format!("{method} {at}");
                if at.ends_with("/stream") {
                    let mut stream = Stream::open(backend, &shopper.id, token, "").await;
                    answers.push((name, 200, stream.next().await.unwrap()));
                    continue;
                }
                for more in
                    [("accept", "application/pdf"), ("accept", "image/png"), ("if-none-match", "\"3\""), ("if-match", "\"1\"")]
                {
                    let mut headers = vec![("authorization", &*bearer), ("idempotency-key", "driver"), more];
                    headers.extend(media_type.as_deref().map(|media_type| ("content-type", media_type)));
                    let body =
                        json!({ "kind": "delivery_instructions", "shipment_id": "s1", "note": "x", "text": "x" }).to_string();
                    // The simple read takes its token from the body only, and adds the first page.
                    let presented = json!({ "api": "https://a.example", "language": "en", "heading_level": 2 });
                    let read = json!({ "token": token, "first_page": presented }).to_string();
                    let body = if at.ends_with("/read") { read } else { body };
                    let body = if media_type.is_some() { &*body } else { "" };
                    let (status, headers, body) =
                        backend.send_for_bytes(request(&method.to_uppercase(), &at, &headers, body)).await;
                    let all = format!("{headers:?} {}", String::from_utf8_lossy(&body));
                    answers.push((name.clone(), status.as_u16(), all));
                }
            }
        }
    }
    answers
}

#[tokio::test]
async fn no_word_of_a_request_and_no_name_code_or_photo_is_in_any_answer_to_a_token_that_only_reads() {
    let backend = Backend::with_policy(POLICY).await;
    let (shopper, photo) = everything(&backend).await;
    let whole = answers(&backend, &shopper, &photo, &shopper.token).await;
    let said = whole.iter().map(|(_, _, answer)| answer.as_str()).collect::<String>();
    let unseen: Vec<&str> = SECRETS.into_iter().filter(|secret| !said.contains(secret)).collect();
    assert!(unseen.len() <= 5, "the shopper sees the others: {unseen:?}");
    let link = backend.token(&shopper.id, &["read"]).await;
    let answer = backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "10961" })).await;
    for token in [link, answer.text("token")] {
        let limited = answers(&backend, &shopper, &photo, &token).await;
        assert!(limited.len() > 40, "{}", limited.len());
        for (name, status, answer) in limited {
            assert!(status == 200 || status == 403, "{name}: {status} {answer}");
            for secret in SECRETS {
                assert!(!answer.contains(secret), "{secret} in {name}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn a_look_up_by_postcode_says_where_the_parcel_is_and_one_by_email_says_everything() {
    let backend = Backend::with_policy(POLICY).await;
    let (shopper, _) = everything(&backend).await;
    let by_postcode = backend.post("/v1/lookup", &json!({ "number": "1042", "postcode": "10961" })).await.text("token");
    let limited = backend.read(&shopper.id, &by_postcode).await;
    let order = limited.json();
    assert_eq!((&order["access"], &order["shipments"][0]["stage"]), (&json!("limited"), &json!("delivered")));
    assert_eq!(
        (&order["lines"][0]["title"], &order["shipments"][0]["delivered"]["to"]),
        (&json!("Rain jacket"), &json!("neighbour"))
    );
    let by_email =
        backend.post("/v1/lookup", &json!({ "number": "1042", "email": "persephone@mail.example" })).await.text("token");
    let whole = backend.read(&shopper.id, &by_email).await;
    assert_eq!((&whole.json()["access"], &whole.json()["version"]), (&json!("full"), &order["version"]));
    assert!(whole.body.contains("gatecode4711") && whole.body.contains("lockerpin9955"));
    assert_eq!(doorstep_contract::Order::from_json(&limited.body).unwrap().access, Access::Limited);
}

#[tokio::test]
async fn a_limited_document_is_never_taken_for_the_whole_one_of_the_same_version() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let (read, act) = (backend.token(&id, &["read"]).await, backend.token(&id, &["read", "act"]).await);
    for path in [format!("/v1/orders/{id}"), format!("/v1/orders/{id}/parcel-delivery")] {
        let ask = async |token: &str, tag: &str| {
            backend.get(&path, &[("authorization", &format!("Bearer {token}")), ("if-none-match", tag)]).await
        };
        let (limited, whole) = (ask(&read, "").await, ask(&act, "").await);
        assert_eq!((limited.header("etag"), whole.header("etag")), ("\"1-limited\"", "\"1\""));
        assert_ne!(limited.body, whole.body);
        for (token, tag, status) in [
            (&read, "\"1-limited\"", 304),
            (&read, "\"1\"", 200),
            (&act, "\"1\"", 304),
            (&act, "\"1-limited\"", 200),
            (&act, "*", 304),
        ] {
            assert_eq!(ask(token, tag).await.status, status, "{path} {tag}");
        }
    }
    // A stream with a token for reading resumes at either form of the version. For a token that may act, a limited version does not count
    // as seen.
    let (tag, document) = Stream::open(&backend, &id, &read, "").await.order().await;
    assert_eq!((tag.as_str(), &document["access"]), ("1-limited", &json!("limited")));
    for known in ["1", "1-limited"] {
        let first = Stream::open(&backend, &id, &read, known).await.next().await.unwrap();
        assert!(!first.contains("data:"), "{first}");
    }
    assert_eq!(Stream::open(&backend, &id, &act, "1-limited").await.order().await.1["access"], "full");
}

#[tokio::test]
async fn every_change_on_a_stream_of_a_token_that_only_reads_is_limited() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let mut stream = Stream::open(&backend, &id, &backend.token(&id, &["read"]).await, "").await;
    stream.order().await;
    backend.happen(&id, "e1").await;
    let (tag, document) = stream.order().await;
    assert_eq!((tag.as_str(), &document["access"]), ("2-limited", &json!("limited")));
    assert_eq!(document["shipments"][0]["events"][0]["text"], Value::Null);
}
