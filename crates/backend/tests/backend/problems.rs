//! Tests of the problems (RFC 9457) that answer wrong HTTP requests.

use serde_json::json;

use crate::support::{Backend, admin, order, request};

#[tokio::test]
async fn what_does_not_exist_is_a_problem_under_every_base() {
    for base in ["", "/api"] {
        let backend = Backend::start(&["--api-base", base]).await;
        for path in ["/", "/v1", "/v1/orders", "/v1/orders/x/nothing", "/v2/orders/x", "/demo/orders", "/nothing"] {
            let answer = backend.get(&format!("{base}{path}"), &[]).await;
            assert_eq!(answer.problem(), (404, "not-found".to_owned()), "{base}{path}");
        }
        let answer = backend.send(request("DELETE", &format!("{base}/v1/orders/x"), &[], "")).await;
        assert_eq!((answer.problem(), answer.header("allow")), ((405, "method-not-allowed".to_owned()), "GET,HEAD"));
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_why() {
    let backend = Backend::start(&[]).await;
    for (body, problem) in
        [("", (400, "malformed-json")), ("{\"number\": ", (400, "malformed-json")), ("[]", (422, "invalid-body"))]
    {
        let answer = backend.send(admin("POST", "/v1/admin/orders", "k", body)).await;
        assert_eq!(answer.problem(), (problem.0, problem.1.to_owned()), "{body}");
    }
    let mut unknown = order("1042");
    unknown["lines"][0]["colour"] = json!("blue");
    unknown.as_object_mut().unwrap().remove("lines");
    unknown["colour"] = json!("blue");
    let answer = backend.admin("POST", "/v1/admin/orders", &unknown).await;
    assert_eq!(answer.json()["errors"], json!([{ "pointer": "/colour", "code": "unknown-field" }]));
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_problem_like_any_other() {
    let backend = Backend::start(&[]).await;
    for path in ["/v1/orders/%FF", "/v1/orders/%C3/stream", "/v1/orders/%FF/evidence/x"] {
        assert_eq!(backend.get(path, &[]).await.problem(), (404, "not-found".to_owned()), "{path}");
    }
    assert_eq!(backend.send(request("POST", "/v1/webhooks/%FF", &[], "")).await.problem(), (404, "not-found".to_owned()));
    assert_eq!(backend.send(admin("PUT", "/v1/admin/orders/%FF", "k", "{}")).await.problem(), (404, "not-found".to_owned()));
}

#[tokio::test]
async fn only_json_is_read() {
    let backend = Backend::start(&[]).await;
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""] {
        let answer = backend.send(request("POST", "/v1/lookup", &[("content-type", content_type)], "{}")).await;
        assert_eq!(answer.problem(), (415, "unsupported-media-type".to_owned()), "{content_type}");
        let mut write = admin("POST", "/v1/admin/orders", "k", &order("1").to_string());
        write.headers_mut().insert("content-type", content_type.parse().unwrap());
        assert_eq!(backend.send(write).await.problem().0, 415);
    }
    let with_charset = [("content-type", "application/json; charset=utf-8")];
    assert_eq!(backend.send(request("POST", "/v1/lookup", &with_charset, "{}")).await.status, 422);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let backend = Backend::start(&[]).await;
    let long = |bytes: usize| json!({ "number": "1".repeat(bytes), "email": "a@b.example" }).to_string();
    let look_up = |body: &str| request("POST", "/v1/lookup", &[("content-type", "application/json")], body);
    assert_eq!(backend.send(look_up(&long(5_000))).await.problem(), (413, "too-large".to_owned()));
    assert_eq!(backend.send(admin("POST", "/v1/admin/orders", "k", &long(1_100_000))).await.problem().0, 413);
    assert_eq!(backend.send(request("POST", "/v1/webhooks/easypost", &[], &long(1_100_000))).await.problem().0, 413);
}
