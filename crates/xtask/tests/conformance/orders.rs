//! Faults of the order document, its versions and its stream that `conformance` must find.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use http_body_util::BodyExt as _;
use serde_json::json;

use crate::breaking::{change_request, change_response, order_changed, order_with, with};
use crate::shop::Shop;

#[tokio::test]
async fn a_date_in_another_notation_fails() {
    let shop = Shop::start(order_with("/shipments/0/promise/promised/from", json!("25/01/2020"))).await;
    let report = shop.checked().await;
    report.fails(&["order.times"], "dates like 2026-11-20");
    report
        .says("order.times", "/shipments/0/promise/promised/from: \"25/01/2020\" is neither a date (YYYY-MM-DD) nor an instant");
}

#[tokio::test]
async fn an_instant_without_an_offset_fails() {
    let shop = Shop::start(order_with("/placed_at", json!("2020-01-21T15:20:00"))).await;
    shop.checked().await.fails(&["order.times"], "2026-11-20T07:30:00Z");
}

#[tokio::test]
async fn a_window_whose_kind_does_not_fit_its_ends_fails() {
    let shop = Shop::start(order_with("/unshipped/0/expected_dispatch/kind", json!("time"))).await;
    shop.checked().await.fails(&["order.windows"], "choose `kind`");
}

#[tokio::test]
async fn money_as_a_fraction_fails() {
    let shop = Shop::start(order_with("/lines/0/unit_price/minor", json!(95.5))).await;
    let report = shop.checked().await;
    report.fails(&["order.money"], "whole numbers of the smallest unit");
    report.says("order.money", "/lines/0/unit_price/minor: 95.5 is not a whole number");
}

#[tokio::test]
async fn words_in_capitals_fail() {
    let shop = Shop::start(order_with("/shipments/2/stage", json!("IN_TRANSIT"))).await;
    shop.checked().await.fails(&["order.words"], "lower case");
}

#[tokio::test]
async fn another_type_fails() {
    let shop = Shop::start(order_with("/lines/0/quantity", json!("2"))).await;
    shop.checked().await.fails(&["order.types"], "openapi.json");
}

#[tokio::test]
async fn a_line_without_an_identity_fails() {
    let shop = Shop::start(order_with("/lines/3/title", json!(null))).await;
    let report = shop.checked().await;
    report.fails(&["order.required"], "send the fields");
    report.says("order.required", "/lines/3/title: is missing");
}

#[tokio::test]
async fn a_list_that_is_left_out_is_a_warning() {
    let shop = Shop::start(order_changed(|order| drop(order.as_object_mut().unwrap().remove("returns")))).await;
    shop.checked().await.warns("order.complete", "/returns: is missing");
}

#[tokio::test]
async fn a_line_that_does_not_exist_fails() {
    let shop = Shop::start(order_with("/unshipped/0/line_id", json!("carpet"))).await;
    shop.checked().await.fails(&["order.references"], "`id` of the same order");
}

#[tokio::test]
async fn more_sent_than_bought_fails() {
    let shop = Shop::start(order_with("/shipments/0/lines/0/quantity", json!(3))).await;
    shop.checked().await.fails(&["order.quantities"], "count each piece once");
}

#[tokio::test]
async fn an_offset_of_an_unknown_zone_fails() {
    let at = json!({ "local": "2020-01-25T08:00:00", "offset_min": 60, "zone": "unknown" });
    let shop = Shop::start(order_with("/shipments/0/events/0/at", at)).await;
    shop.checked().await.fails(&["order.events"], "`offset_min` with `zone`");
}

#[tokio::test]
async fn a_missing_tag_and_another_tag_than_the_version_fail() {
    let shop = Shop::start(change_response(|asked, mut response| {
        if asked.is_order() {
            response.headers_mut().remove(header::ETAG);
        }
        response
    }));
    let report = shop.await.checked().await;
    report.fails(&["order.etag"], "ETag: \"17\"");
    report.says("order.etag", "no ETag");
    let hashed = |response| with(response, "etag", "\"5d41402abc\"");
    let shop =
        Shop::start(change_response(move |asked, response| if asked.is_order() { hashed(response) } else { response })).await;
    shop.checked().await.fails(&["order.etag"], "ETag: \"17\"");
}

#[tokio::test]
async fn a_poll_that_is_never_answered_with_304_fails() {
    let shop = Shop::start(change_request(|request| drop(request.headers_mut().remove(header::IF_NONE_MATCH)))).await;
    shop.checked().await.fails(&["order.not-modified"], "answer 304");
}

#[tokio::test]
async fn a_poll_that_is_always_answered_with_304_fails() {
    let never = |asked: &crate::breaking::Asked| asked.is_order() && asked.known;
    let shop = Shop::start(change_response(
        move |asked, response| {
            if never(asked) { StatusCode::NOT_MODIFIED.into_response() } else { response }
        },
    ));
    shop.await.checked().await.fails(&["order.modified"], "an old one gets the new document");
}

#[tokio::test]
async fn an_order_that_caches_may_keep_fails() {
    let shop = Shop::start(change_response(|asked, response| {
        if asked.is_order() { with(response, "cache-control", "public, max-age=60") } else { response }
    }));
    let report = shop.await.checked().await;
    report.fails(&["order.cache-control"], "private, no-store");
    report.says("order.cache-control", "public, max-age=60");
}

/// Starts a backend that replaces a text in everything that a stream sends.
async fn streaming(from: &'static str, to: &'static str) -> Shop {
    Shop::start(change_response(move |asked, response| {
        if !asked.is_stream() {
            return response;
        }
        response.map(|body| {
            let said = move |bytes: axum::body::Bytes| String::from_utf8(bytes.to_vec()).unwrap().replace(from, to).into();
            Body::new(body.map_frame(move |frame| frame.map_data(said)))
        })
    }))
    .await
}

#[tokio::test]
async fn a_stream_without_identities_fails() {
    let report = streaming("id: ", "was: ").await.checked().await;
    report.fails(&["stream.id"], "send `id: 17`");
    report.says("stream.id", "no `id:`");
}

#[tokio::test]
async fn a_stream_of_events_by_another_name_fails() {
    streaming("event: order", "event: update").await.checked().await.fails(&["stream.event"], "`event: order`");
}

#[tokio::test]
async fn a_stream_of_something_else_than_documents_fails() {
    let report = streaming("data: {", "data: {\"order\":{},\"was\":{").await.checked().await;
    assert_eq!(report.of("failed"), ["stream.id", "stream.data"]);
}

#[tokio::test]
async fn a_stream_of_another_type_fails() {
    let shop = Shop::start(change_response(|asked, response| {
        if asked.is_stream() && response.status() == 200 { with(response, "content-type", "text/plain") } else { response }
    }));
    let report = shop.await.checked().await;
    report.fails(&["stream.opens"], "text/event-stream");
    assert!(report.of("skipped").contains(&"stream.id"));
}

#[tokio::test]
async fn a_stream_that_says_again_what_is_known_fails() {
    let shop = Shop::start(change_request(|request| drop(request.headers_mut().remove("last-event-id")))).await;
    shop.checked().await.fails(&["stream.resumes"], "Last-Event-ID");
}

#[tokio::test]
async fn an_order_without_a_stream_is_not_asked_for_one() {
    let shop = Shop::start(order_with("/stream", json!(false))).await;
    let report = shop.checked().await;
    report.is_clean();
    assert!(report.of("skipped").contains(&"stream.opens"));
}

#[tokio::test]
async fn a_comment_on_a_silent_stream_is_waited_for_where_that_is_asked() {
    let shop = Shop::start_with(&["--stream-keep-alive", "20ms"], |router| router).await;
    let report = shop.checked_with(&["--slow"]).await;
    report.is_clean();
    assert_eq!(report.of("skipped").iter().filter(|id| **id == "stream.keep-alive").count(), 0);
}
