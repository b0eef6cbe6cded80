//! Faults of labels, photos and messages to a case that `conformance` must find.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::breaking::{Asked, change_request, change_response, with};
use crate::shop::{Report, Shop};

/// Identity of an order with a label and a case.
const RETURNING: &str = "ord_demo_return_label";

/// Returns the report about the order with a label.
async fn returning(shop: &Shop) -> Report {
    let token = &shop.listed.iter().find(|order| order.id == RETURNING).unwrap().token;
    shop.report(RETURNING, token, &[]).await
}

fn is_photo(asked: &Asked) -> bool {
    asked.path.contains("/evidence/")
}

/// Replaces the idempotency key of every write whose path ends with `path` by a new key.
fn keyed_anew(path: &'static str) -> impl Fn(&mut Request) + Clone + Send + Sync + 'static {
    let counter = Arc::new(AtomicU32::new(0));
    move |request| {
        if request.uri().path().ends_with(path)
            && let Some(key) = request.headers_mut().get_mut("idempotency-key")
        {
            *key = HeaderValue::from(counter.fetch_add(1, Ordering::SeqCst));
        }
    }
}

#[tokio::test]
async fn an_order_with_a_label_and_a_case_is_checked_for_both() {
    let shop = Shop::unchanged().await;
    let report = returning(&shop).await;
    report.is_clean();
    for id in ["returns.label", "returns.label-refused", "returns.label-file", "cases.acknowledgement"] {
        assert!(report.of("passed").contains(&id), "{id}");
    }
}

#[tokio::test]
async fn a_photo_that_keeps_its_metadata_fails() {
    let as_it_came = include_bytes!("../../src/conformance/photo.jpg");
    let shop =
        Shop::start(change_response(
            move |asked, response| {
                if is_photo(asked) { response.map(|_| Body::from(&as_it_came[..])) } else { response }
            },
        ));
    let report = shop.await.checked().await;
    report.fails(&["evidence.clean"], "write it anew");
    report.says("evidence.clean", "Exif is still in it");
}

#[tokio::test]
async fn a_photo_that_is_shown_in_the_page_is_a_warning() {
    let inline = |asked: &Asked, response: Response| {
        if is_photo(asked) { with(response, "content-disposition", "inline") } else { response }
    };
    Shop::start(change_response(inline)).await.checked().await.warns("evidence.file", "inline");
}

#[tokio::test]
async fn pictures_of_any_kind_fail() {
    let shop = Shop::start(change_response(|asked, response| {
        let refused = [StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::UNPROCESSABLE_ENTITY].contains(&response.status());
        let taken = (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], r#"{"id": "ph_1"}"#);
        if asked.path.ends_with("/evidence") && refused { taken.into_response() } else { response }
    }));
    shop.await.checked().await.fails(&["evidence.type", "evidence.disguised"], "an SVG can hold a script");
}

#[tokio::test]
async fn a_photo_that_is_kept_twice_fails() {
    let shop = Shop::start(change_request(keyed_anew("/evidence"))).await;
    shop.checked().await.fails(&["evidence.once"], "counts twice");
}

#[tokio::test]
async fn a_photo_that_needs_no_key_fails() {
    let shop = Shop::start(change_request(|request| {
        if request.uri().path().ends_with("/evidence") {
            request.headers_mut().entry("idempotency-key").or_insert(HeaderValue::from_static("made up"));
        }
    }));
    shop.await.checked().await.fails(&["evidence.key"], "refuse photos without a key");
}

#[tokio::test]
async fn a_message_that_is_written_down_twice_fails() {
    let report = Shop::start(change_request(keyed_anew("/messages"))).await.checked().await;
    report.fails(&["act.message"], "/messages");
    report.says("act.message", "2 messages");
}

#[tokio::test]
async fn a_label_of_another_type_than_was_asked_for_fails() {
    let shop = Shop::start(change_response(|asked, response| {
        if asked.path.ends_with("/label") && response.status() == 200 {
            with(response, "content-type", "text/html")
        } else {
            response
        }
    }));
    returning(&shop.await).await.fails(&["returns.label"], "the type that `Accept` asks for");
}

#[tokio::test]
async fn a_label_for_everybody_fails() {
    let whole = Shop::unchanged().await;
    let token = &whole.listed.iter().find(|order| order.id == RETURNING).unwrap().token;
    let right = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
    let shop = Shop::start(change_request(move |request| {
        if request.uri().path().ends_with("/label") {
            request.headers_mut().insert(header::AUTHORIZATION, right.clone());
        }
    }));
    returning(&shop.await).await.fails(&["returns.label-refused"], "at your cost");
}
