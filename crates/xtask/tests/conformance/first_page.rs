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
    let shop = Shop::start(change_response(|asked, mut response| {
        if asked.path.ends_with("/read") {
            *response.status_mut() = axum::http::StatusCode::METHOD_NOT_ALLOWED;
        }
        response
    }));
    let report = shop.await.checked().await;
    report.is_clean();
    assert!(report.of("skipped").contains(&"first-page.read"));
}
