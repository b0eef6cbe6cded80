//! Faults of self-service requests that `conformance` must find: keys, conditions, strictness, rights.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{HeaderValue, header};
use serde_json::json;

use crate::breaking::{change_request, change_request_body, change_response};
use crate::shop::Shop;

#[tokio::test]
async fn a_key_that_is_ignored_fails() {
    let counter = Arc::new(AtomicU32::new(0));
    let shop = Shop::start(change_request(move |request| {
        if let Some(key) = request.headers_mut().get_mut("idempotency-key") {
            *key = HeaderValue::from(counter.fetch_add(1, Ordering::SeqCst));
        }
    }));
    let report = shop.await.checked().await;
    report.fails(&["evidence.once", "act.repeated", "act.reused", "act.message"], "Idempotency-Key");
}

#[tokio::test]
async fn a_write_that_needs_no_key_fails() {
    let shop = Shop::start(change_request(|request| {
        request.headers_mut().entry("idempotency-key").or_insert(HeaderValue::from_static("made up"));
    }));
    let shop = shop.await;
    shop.checked().await.fails(&["evidence.key", "act.key"], "without a key");
}

#[tokio::test]
async fn what_only_a_real_request_can_tell_is_left_out_without_one() {
    let shop = Shop::start(change_request(|request| {
        request.headers_mut().entry("idempotency-key").or_insert(HeaderValue::from_static("made up"));
    }));
    let report = shop.await.checked_with(&[]).await;
    report.is_clean();
    report.says("requests.key", "--act tells");
}

#[tokio::test]
async fn a_condition_that_is_ignored_fails() {
    let shop = Shop::start(change_request(|request| drop(request.headers_mut().remove(header::IF_MATCH)))).await;
    let report = shop.checked().await;
    report.fails(&["requests.stale", "act.stale"], "`If-Match` with the version");
    report.says("act.stale", "201");
}

#[tokio::test]
async fn a_field_that_is_passed_over_fails() {
    let forget = |body: &mut serde_json::Value| {
        if let Some(fields) = body.as_object_mut() {
            fields.remove("conformance_check");
        }
    };
    let shop = Shop::start(change_request_body(crate::breaking::Asked::is_request, forget)).await;
    let report = shop.checked().await;
    report.fails(&["act.field"], "strictly");
    report.says("act.field", "201");
}

#[tokio::test]
async fn a_token_for_reading_that_may_act_fails() {
    let shop = Shop::unchanged().await;
    let act = HeaderValue::from_str(&format!("Bearer {}", shop.token)).unwrap();
    // The tokens of one demo open the orders of another, because both have the same secret and the same clock.
    let read = format!("Bearer {}", shop.read_token);
    let broken = Shop::start(change_request(move |request| {
        let path = request.uri().path().ends_with("/requests");
        if let Some(given) = request.headers_mut().get_mut(header::AUTHORIZATION)
            && path
            && *given == read
        {
            *given = act.clone();
        }
    }));
    let report = broken.await.checked().await;
    report.fails(&["requests.read-only"], "scope `act`");
    report.says("requests.read-only", "422");
}

#[tokio::test]
async fn a_refusal_without_the_fields_fails() {
    let bare =
        |asked: &crate::breaking::Asked, response: &axum::response::Response| asked.is_request() && response.status() == 422;
    let shop = Shop::start(crate::breaking::change_response_body(bare, |problem| problem["errors"] = json!([]))).await;
    shop.checked().await.fails(&["requests.kind", "requests.field", "act.field"], "\"pointer\": \"/kind\"");
}

#[tokio::test]
async fn a_case_without_a_tag_fails() {
    let shop = Shop::start(change_response(|asked, mut response| {
        if asked.is_request() && response.status() == 201 {
            response.headers_mut().remove(header::ETAG);
        }
        response
    }));
    shop.await.checked().await.fails(&["act.created"], "201");
}

#[tokio::test]
async fn a_slot_without_an_identity_fails() {
    let slots = |asked: &crate::breaking::Asked, response: &axum::response::Response| {
        asked.path.ends_with("/slots") && response.status() == 200
    };
    let shop = Shop::start(crate::breaking::change_response_body(slots, |slots| slots["slots"][0]["id"] = json!(null))).await;
    let report = shop.checked().await;
    report.fails(&["choices.slots"], "do not offer `reschedule`");
    report.says("choices.slots", "/slots/0/id: is missing");
}
