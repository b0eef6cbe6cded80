//! Tests of the read of an order as a simple request, and of its first page.

use serde_json::{Value, json};

use crate::support::{Answer, Backend, request};

async fn read(backend: &Backend, id: &str, body: &Value) -> Answer {
    let headers = [("content-type", "text/plain;charset=UTF-8")];
    backend.send(request("POST", &format!("/v1/orders/{id}/read"), &headers, &body.to_string())).await
}

fn wanted(token: &str) -> Value {
    json!({"token": token, "first_page": {"api": "https://shop.example/api", "language": "en", "heading_level": 2}})
}

#[tokio::test]
async fn a_simple_read_gives_the_document_of_the_other_read() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let token = backend.token(&id, &["read", "act"]).await;
    let known = backend.read(&id, &token).await;
    let simple = read(&backend, &id, &json!({ "token": token })).await;
    assert_eq!((simple.status, &simple.body), (known.status, &known.body));
    for name in ["etag", "cache-control", "content-type", "referrer-policy"] {
        assert_eq!(simple.header(name), known.header(name), "{name}");
    }
    let mut with_page = read(&backend, &id, &wanted(&token)).await.json();
    let page = with_page.as_object_mut().unwrap().remove("first_page").unwrap();
    assert_eq!(with_page, known.json());
    assert_eq!(page[0], "div");
}

#[tokio::test]
async fn a_simple_read_has_the_refusals_of_the_other_read() {
    let backend = Backend::start(&[]).await;
    let (mine, other) = (backend.create("1042").await, backend.create("1043").await);
    let token = backend.token(&mine, &["read"]).await;
    let act = backend.token(&mine, &["act"]).await;
    let foreign = backend.token(&other, &["read", "act"]).await;
    for (id, token) in
        [(&mine, foreign.as_str()), (&mine, &act), (&mine, ""), (&mine, "garbage"), (&"ord_nobody".to_owned(), &token)]
    {
        let refused = read(&backend, id, &wanted(token)).await;
        let known = backend.read(id, token).await;
        assert_eq!(refused.problem(), known.problem());
        assert_eq!(refused.body_but_for_request_id(), known.body_but_for_request_id());
    }
    // The token counts only in the body.
    let bearer = format!("Bearer {token}");
    let path = format!("/v1/orders/{mine}/read");
    let by_header = backend.send(request("POST", &path, &[("authorization", &bearer)], "{}")).await;
    assert_eq!(by_header.problem(), (404, "order-not-found".to_owned()));
    let by_address = backend.send(request("POST", &format!("{path}?token={token}"), &[], "{}")).await;
    assert_eq!(by_address.problem(), (404, "order-not-found".to_owned()));
    assert_eq!(read(&backend, &mine, &json!({ "token": token })).await.status, 200);
}

#[tokio::test]
async fn a_simple_read_that_cannot_be_read_says_what_is_wrong() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let path = format!("/v1/orders/{id}/read");
    for (body, problem) in [
        ("not json", (400, "malformed-json")),
        (r#"{"tokn": "t"}"#, (422, "invalid-body")),
        (r#"{"token": "t", "first_page": {"api": "", "language": "en"}}"#, (422, "invalid-body")),
        (r#"{"token": "t", "first_page": {"api": "", "language": "en", "heading_level": 7}}"#, (422, "invalid-body")),
        (
            &format!(
                r#"{{"token": "t", "first_page": {{"api": "{}", "language": "en", "heading_level": 2}}}}"#,
                "a".repeat(2_049)
            ),
            (422, "invalid-body"),
        ),
        (&format!(r#"{{"token": "{}"}}"#, "t".repeat(17_000)), (413, "too-large")),
    ] {
        let answer = backend.send(request("POST", &path, &[], body)).await;
        assert_eq!(answer.problem(), (problem.0, problem.1.to_owned()), "{}", &body[..20.min(body.len())]);
    }
}

#[tokio::test]
async fn a_first_page_of_a_limited_order_shows_no_more_than_its_document() {
    let backend = Backend::start(&[]).await;
    let id = backend.create("1042").await;
    let limited = backend.token(&id, &["read"]).await;
    let answer = read(&backend, &id, &wanted(&limited)).await;
    assert_eq!(answer.status, 200);
    for secret in ["Ada", "ada@example.org", "9gu", "9GU"] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_order_that_is_too_large_for_a_first_page_comes_without_one() {
    let backend = Backend::start(&[]).await;
    let mut order = crate::support::order("1042");
    let lines: Vec<Value> =
        (0..500).map(|row| json!({"id": format!("l{row}"), "title": "A long title ".repeat(60), "quantity": 1})).collect();
    order["unshipped"] = json!(lines.iter().map(|line| json!({"line_id": line["id"], "quantity": 1})).collect::<Vec<_>>());
    order["lines"] = json!(lines);
    order["shipments"] = json!([]);
    let id = backend.admin("POST", "/v1/admin/orders", &order).await.text("id");
    let token = backend.token(&id, &["read", "act"]).await;
    let answer = read(&backend, &id, &wanted(&token)).await;
    assert_eq!((answer.status.as_u16(), answer.json().get("first_page")), (200, None));
    assert_eq!(answer.json()["lines"].as_array().map(Vec::len), Some(500));
}
