//! Tests of the requests for orders and of the answers to them.

use serde_json::{Value, json};

use super::*;
use crate::record::Change;
use crate::testing::now;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn woocommerce_order(id: u64, modified: &str) -> Value {
    json!({"id": id, "number": id.to_string(), "status": "processing", "currency": "EUR", "date_created_gmt": "2026-11-01T08:00:00",
        "date_modified_gmt": modified, "shipping_total": "0.00", "shipping_tax": "0.00", "billing": {"email": "robin@mail.example"},
        "shipping": {"country": "DE", "postcode": "10961"}, "meta_data": [], "shipping_lines": [], "refunds": [],
        "line_items": [{"id": 7, "name": "Wool socks", "quantity": 1, "total": "9.00", "total_tax": "0.00"}]})
}

fn shopify_order(id: u64) -> Value {
    json!({"id": id, "name": format!("#{id}"), "currency": "EUR", "created_at": "2026-11-01T08:00:00Z",
        "updated_at": "2026-11-02T08:00:00Z", "line_items": [{"id": 7, "title": "Wool socks", "quantity": 1, "price": "9.00"}],
        "fulfillments": [{"id": 5, "status": "success", "updated_at": "2026-11-02T08:00:00Z", "tracking_numbers": ["1Z1042"],
            "line_items": [{"id": 7, "quantity": 1}]}], "refunds": []})
}

fn read(position: &Position, body: &Value, link: Option<&str>, total_pages: Option<&str>) -> Page {
    let body = body.to_string();
    position.read(&ListAnswer { body: body.as_bytes(), link, total_pages }, now()).expect("a page")
}

fn keys(page: &Page) -> Vec<String> {
    let key = |change: &Change| match change {
        Change::Record { order_ref, record } => Some(format!("{order_ref} {}", record.key)),
        Change::Privacy(_) => None,
    };
    page.changes.iter().filter_map(key).collect()
}

#[test]
fn an_order_of_shopifys_list_becomes_the_records_of_its_webhook() {
    let order = shopify_order(1042);
    let page = read(&Platform::Shopify.first(now()), &json!({ "orders": [order] }), None, None);
    let records = page.changes.iter().filter_map(|change| match change {
        Change::Record { record, .. } => Some(record.clone()),
        Change::Privacy(_) => None,
    });
    let records: Vec<_> = records.collect();
    assert_eq!(records, crate::testing::records("shopify", "orders/updated", &order));
    assert_eq!(keys(&page), ["1042 order", "1042 fulfillment/5"]);
    assert_eq!((page.next, page.last_change), (None, Some(at("2026-11-02T08:00:00Z"))));
}

#[test]
fn an_order_of_woocommerces_list_becomes_the_record_of_its_webhook() {
    let order = woocommerce_order(1042, "2026-11-02T08:00:00");
    let page = read(&Platform::WooCommerce.first(now()), &json!([order]), None, Some("1"));
    let [Change::Record { order_ref, record }] = page.changes.as_slice() else { panic!("{page:?}") };
    assert_eq!(order_ref, "1042");
    assert_eq!(vec![record.clone()], crate::testing::records("woocommerce", "order.updated", &order));
    assert_eq!(page.next, None);
}

#[test]
fn shopifys_pages_follow_the_cursor_of_the_link_and_nothing_else_of_it() {
    let first = Platform::Shopify.first(at("2026-09-01T00:00:00Z"));
    assert_eq!(first.path(), "/admin/api/2026-01/orders.json?limit=250&status=any&updated_at_min=2026-09-01T00:00:00Z");
    let link = "<https://a.example/x.json?limit=250&page_info=before>; rel=\"previous\", <https://b.example/y.json?limit=9&page_info=abc-1>; rel=\"next\"";
    let next = read(&first, &json!({"orders": []}), Some(link), None).next.expect("a page");
    assert_eq!(next.path(), "/admin/api/2026-01/orders.json?limit=250&page_info=abc-1");
    assert!(next.may_expire() && !first.may_expire());
    for last in [
        None,
        Some("<https://a.example/x.json?page_info=before>; rel=\"previous\""),
        Some("<https://a.example/x.json?limit=250>; rel=\"next\""),
        Some("<https://a.example/x.json?page_info=a b>; rel=next"),
        Some("page_info=abc; rel=next"),
    ] {
        assert_eq!(read(&next, &json!({"orders": []}), last, None).next, None, "{last:?}");
    }
}

#[test]
fn woocommerces_next_page_begins_at_the_last_change_so_that_moving_orders_hide_none() {
    let first = Platform::WooCommerce.first(at("2026-09-01T00:00:00Z"));
    assert_eq!(
        first.path(),
        "/wp-json/wc/v3/orders?per_page=100&page=1&orderby=modified&order=asc&dates_are_gmt=true&modified_after=2026-08-31T23:59:59"
    );
    let orders = json!([woocommerce_order(1, "2026-09-02T10:00:00"), woocommerce_order(2, "2026-09-03T10:00:00")]);
    let next = read(&first, &orders, None, Some("3")).next.expect("a page");
    assert_eq!(next, Position::WooCommerce { after: at("2026-09-03T09:59:59Z"), page: 1 });
    let same_second = json!([woocommerce_order(2, "2026-09-03T10:00:00"), woocommerce_order(3, "2026-09-03T10:00:00")]);
    let next = read(&next, &same_second, None, Some("2")).next.expect("a page");
    assert_eq!(next, Position::WooCommerce { after: at("2026-09-03T09:59:59Z"), page: 2 });
    assert_eq!(read(&next, &same_second, None, Some("2")).next, None);
    assert_eq!(read(&first, &orders, None, None).next, None, "a short page without a total is the last one");
}

#[test]
fn an_order_that_cannot_be_read_is_named_and_hides_no_other() {
    let broken = json!({"id": 13, "name": "#13", "updated_at": "2026-11-02T08:00:00Z"});
    let page = read(&Platform::Shopify.first(now()), &json!({"orders": [broken, "?", shopify_order(14)]}), None, None);
    assert_eq!((page.orders, page.unreadable.len()), (3, 2));
    assert_eq!((page.unreadable[0].order.as_str(), page.unreadable[1].order.as_str()), ("13", "number 2 of the page"));
    assert!(page.unreadable[0].reason.contains("line_items"), "{:?}", page.unreadable);
    assert_eq!(keys(&page), ["14 order", "14 fulfillment/5"]);
}

#[test]
fn an_answer_that_is_no_list_is_refused() {
    for (platform, body) in [
        (Platform::Shopify, "{}"),
        (Platform::Shopify, "<html>"),
        (Platform::Shopify, "[]"),
        (Platform::WooCommerce, "{\"code\": \"rest_no_route\"}"),
        (Platform::WooCommerce, ""),
    ] {
        let answer = ListAnswer { body: body.as_bytes(), ..ListAnswer::default() };
        assert!(platform.first(now()).read(&answer, now()).is_err(), "{body}");
    }
}

#[test]
fn a_position_is_the_same_after_it_was_stored() {
    for position in [
        Platform::Shopify.first(now()),
        Position::Shopify { since: now(), page_info: Some("abc".to_owned()) },
        Position::WooCommerce { after: now(), page: 4 },
    ] {
        let stored = serde_json::to_string(&position).expect("JSON");
        assert_eq!(serde_json::from_str::<Position>(&stored).expect("a position"), position);
    }
}
