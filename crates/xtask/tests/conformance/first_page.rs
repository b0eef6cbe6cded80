//! Tests of the checks of the simple read and of the first page.

use axum::response::Response;
use serde_json::json;

use crate::breaking::{Asked, change_response, change_response_body};
use crate::shop::Shop;

fn simple_read(asked: &Asked, response: &Response) -> bool {
    asked.path.ends_with("/read") && response.status() == 200
}

#[tokio::test]
async fn a_simple_read_that_gives_an_older_order_fails() {
    let shop = Shop::start(change_response_body(simple_read, |order| order["version"] = json!(0))).await;
    let report = shop.checked().await;
    report.fails(&["first-page.read"], "the authority and the document");
    report.says("first-page.read", "an older version");
}

#[tokio::test]
async fn a_first_page_in_another_form_is_a_warning() {
    for page in [json!("<b>markup</b>"), json!(["div"]), json!(["div", ["class"]]), json!(["div", [], 7])] {
        let shop = Shop::start(change_response_body(simple_read, move |order| order["first_page"] = page.clone())).await;
        shop.checked().await.warns("first-page.tree", "another form");
    }
}

#[tokio::test]
async fn a_backend_without_the_simple_read_keeps_the_contract() {
    let shop = Shop::start(change_response(|asked, response| {
        if !asked.path.ends_with("/read") {
            return response;
        }
        let (mut parts, _) = response.into_parts();
        parts.status = axum::http::StatusCode::NOT_FOUND;
        parts.headers.insert("content-type", axum::http::HeaderValue::from_static("application/problem+json"));
        parts.headers.remove("content-length");
        parts.headers.insert("x-request-id", axum::http::HeaderValue::from_static("req_1"));
        let problem = json!({"type": "urn:doorstep:problem:not-found", "title": "Not found", "status": 404, "code": "not-found",
            "request_id": "req_1", "errors": []});
        Response::from_parts(parts, problem.to_string().into())
    }));
    let report = shop.await.checked().await;
    report.is_clean();
    assert!(report.of("skipped").contains(&"first-page.read"));
}
