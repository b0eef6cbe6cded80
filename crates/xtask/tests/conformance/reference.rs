//! Tests of the reference backend itself, and of the options of the command.

use serde_json::json;

use crate::breaking::{order_changed, order_with};
use crate::shop::{ORDER, Shop};

#[tokio::test]
async fn the_reference_backend_keeps_its_contract() {
    let shop = Shop::unchanged().await;
    let report = shop.checked().await;
    report.is_clean();
    // This order has no return and no case.
    let not_here = ["returns.label", "returns.label-refused", "returns.label-file", "cases.acknowledgement"];
    assert_eq!(report.of("skipped"), [&["stream.keep-alive"], &not_here[..]].concat());
}

#[tokio::test]
async fn every_order_of_the_demo_passes_and_stays_as_it_is() {
    let shop = Shop::unchanged().await;
    for order in &shop.listed {
        let before = shop.report(&order.id, &order.token, &[]).await;
        before.is_clean();
    }
    let report = shop.checked_with(&[]).await;
    report.is_clean();
    // If a request had been carried out, a case would be open. `contact` is refused while a case is open.
    assert!(shop.checked().await.of("passed").contains(&"act.once"));
}

#[tokio::test]
async fn the_report_for_people_ends_with_the_sum_and_says_what_to_do() {
    let shop = Shop::start(order_with("/shipments/0/stage", json!("IN_TRANSIT"))).await;
    let (code, text) = shop.run(ORDER, &shop.token, &["--without", "lookup"]).await;
    assert_eq!(code, 1, "{text}");
    for line in [
        "  failed   order.words",
        "             came      /shipments/0/stage: \"IN_TRANSIT\" must be written \"in_transit\"",
        "             do        write them in lower case with underscores; spelt otherwise they are shown as unknown",
        "             read      docs/connecting-a-backend.md, “The contract in a page”",
        "  skipped  lookup.fails (--without lookup)",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    let last = text.lines().last().unwrap();
    assert!(last.contains(" passed, 1 failed, 0 warnings, ") && last.contains("5: --without lookup"), "{last}");
    assert!(!text.contains(&shop.token), "a report is shown to others");
}

#[tokio::test]
async fn a_word_and_a_field_of_ones_own_are_allowed() {
    let shop = Shop::start(order_with("/shipments/0/stage", json!("teleported"))).await;
    shop.checked().await.warns("order.unknown-words", "/shipments/0/stage: \"teleported\" is none of: ordered, packed");
    let shop = Shop::start(order_changed(|order| order["gift"] = json!(true))).await;
    let report = shop.checked().await;
    report.is_clean();
    report.says("order.unknown-fields", "/gift");
}

#[tokio::test]
async fn a_token_that_may_only_read_is_enough_for_what_is_read() {
    let shop = Shop::unchanged().await;
    let report = shop.report(ORDER, &shop.read_token, &[]).await;
    report.is_clean();
    assert!(report.of("skipped").contains(&"requests.kind"));
}

#[tokio::test]
async fn a_wrong_token_is_told_at_once_and_what_depends_on_the_order_is_left_out() {
    let shop = Shop::unchanged().await;
    let report = shop.report(ORDER, "wrong", &["--without", "requests"]).await;
    report.fails(&["order.status"], "--token");
    report.says("order.status", "404, `order-not-found`");
    assert!(report.of("skipped").contains(&"order.times"));
}
