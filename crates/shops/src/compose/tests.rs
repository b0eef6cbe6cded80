//! Tests of the composition: which pieces are sent, cancelled and left, and that the order of arrival does not matter.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::shopify::tests::{fulfillment, order, refund};
use crate::testing::{composed, records, settings, short, with};
use crate::{CannotCompose, Record, Remark, compose, supersedes};

const SOCKS: &str = "14008235720951";

fn all(orders: &[Value], fulfillments: &[Value], refunds: &[Value]) -> Vec<Record> {
    let mut all = Vec::new();
    for (topic, bodies) in [("orders/updated", orders), ("fulfillments/update", fulfillments), ("refunds/create", refunds)] {
        all.extend(bodies.iter().flat_map(|body| records("shopify", topic, body)));
    }
    all
}

/// Returns what is left of the socks, and how many of them the order shows.
fn socks(records: &[Record]) -> (u32, u32) {
    let order = composed("shopify", records).expect("an order").order;
    let left = order.unshipped.iter().find(|part| part.line_id == SOCKS).map_or(0, |part| part.quantity);
    (left, order.lines.iter().find(|line| line.id.as_deref() == Some(SOCKS)).map_or(0, |line| line.quantity))
}

#[test]
fn nothing_is_composed_until_the_order_is_known() {
    let parts = all(&[], &[fulfillment(1, &["RM1"], 1, 0)], &[refund(2, 1, "cancel")]);
    assert!(compose("shopify", "1042", &parts, &settings()).is_ok_and(|none| none.is_none()));
    assert!(compose("shopify", "1042", &[], &settings()).is_ok_and(|none| none.is_none()));
    assert_eq!(compose("ebay", "1042", &[], &settings()).err(), Some(CannotCompose::UnknownShop));
    assert_eq!(compose("orders", "a/b", &[], &settings()).err(), Some(CannotCompose::InvalidId));
    let empty = records("shopify", "orders/create", &with(order(), "/line_items", json!([])));
    assert_eq!(compose("shopify", "1042", &empty, &settings()).err(), Some(CannotCompose::NoLines));
}

#[test]
fn the_pieces_that_are_left_are_those_that_were_not_sent_and_not_cancelled() {
    let sent = |pieces| fulfillment(1, &["RM1"], pieces, 0);
    for (fulfillments, refunds, left) in [
        (vec![], vec![], 3),
        (vec![sent(1)], vec![], 2),
        (vec![sent(3)], vec![], 0),
        (vec![], vec![refund(9, 1, "cancel")], 2),
        (vec![], vec![refund(9, 1, "no_restock")], 2),
        (vec![], vec![refund(9, 3, "legacy_restock")], 0),
        (vec![sent(1)], vec![refund(9, 1, "cancel")], 1),
        (vec![sent(1)], vec![refund(9, 1, "return")], 2),
        // A refund that says nothing about the goods is about the sent ones first.
        (vec![sent(1)], vec![refund(9, 1, "no_restock")], 2),
        (vec![sent(1)], vec![refund(9, 2, "no_restock")], 1),
        (vec![sent(1)], vec![refund(8, 1, "return"), refund(9, 1, "no_restock")], 1),
        (vec![sent(2)], vec![refund(8, 1, "cancel"), refund(9, 9, "cancel")], 0),
        (vec![with(sent(3), "/status", json!("cancelled"))], vec![], 3),
    ] {
        let all = all(&[order()], &fulfillments, &refunds);
        assert_eq!(socks(&all), (left, 3), "{fulfillments:?} {refunds:?}");
    }
}

#[test]
fn an_edited_order_shows_what_it_contains_now() {
    let edited = |current: u32| {
        let order = with(order(), "/updated_at", json!("2026-11-15T00:00:00Z"));
        with(with(order, "/line_items/0/current_quantity", json!(current)), "/line_items/0/fulfillable_quantity", json!(current))
    };
    assert_eq!(socks(&all(&[edited(2)], &[], &[])), (2, 2));
    let order = composed("shopify", &all(&[edited(2)], &[], &[])).expect("an order").order;
    assert_eq!(order.lines[0].total.as_ref().map(|total| total.minor), Some(5_408));
    // A line that was removed is gone; one that was refunded stays with its price.
    assert_eq!(socks(&all(&[edited(0)], &[], &[])), (0, 0));
    assert_eq!(socks(&all(&[edited(0)], &[], &[refund(9, 3, "cancel")])), (0, 3));
    // Sent pieces stay.
    assert_eq!(socks(&all(&[edited(0)], &[fulfillment(1, &["RM1"], 2, 0)], &[])), (0, 2));
    let added = with(edited(3), "/line_items/1/quantity", json!(4));
    let order = composed("shopify", &all(&[added], &[], &[])).expect("an order").order;
    assert_eq!(order.lines.len(), 2);
}

#[test]
fn the_shops_own_count_is_the_limit_while_nothing_is_newer() {
    let held = with(order(), "/line_items/0/fulfillable_quantity", json!(1));
    assert_eq!(socks(&all(std::slice::from_ref(&held), &[], &[])).0, 1);
    assert_eq!(socks(&all(&[held], &[fulfillment(1, &["RM1"], 1, 0)], &[])).0, 2);
}

#[test]
fn a_cancelled_order_has_nothing_left_and_keeps_what_was_sent() {
    let cancelled = with(order(), "/cancelled_at", json!("2026-11-14T00:00:00Z"));
    let order = composed("shopify", &all(&[cancelled], &[fulfillment(1, &["RM1"], 1, 0)], &[])).expect("an order").order;
    assert_eq!((short(&order)[1].len(), short(&order)[2].len(), order.lines.len()), (1, 0, 2));
}

#[test]
fn a_deleted_order_is_cancelled() {
    let mut all = all(&[order()], &[], &[]);
    all.extend(records("shopify", "orders/delete", &json!({"id": 7_230_914_885_431_u64})));
    let composed = composed("shopify", &all).expect("an order");
    assert_eq!((composed.order.unshipped.len(), composed.remarks), (0, vec![Remark::DeletedInShop]));
}

#[test]
fn of_two_records_of_one_time_the_one_with_more_progress_counts() {
    let open = records("shopify", "orders/create", &order());
    let cancelled = records("shopify", "orders/cancelled", &with(order(), "/cancelled_at", json!("2026-11-12T10:31:00+01:00")));
    assert!(supersedes(&cancelled[0], &open[0]) && !supersedes(&open[0], &cancelled[0]));
    assert!(!supersedes(&open[0], &open[0]));
    let unnumbered = records("shopify", "fulfillments/create", &fulfillment(1, &[], 1, 0));
    let numbered = records("shopify", "fulfillments/update", &fulfillment(1, &["RM1"], 1, 0));
    assert!(supersedes(&numbered[0], &unnumbered[0]) && !supersedes(&unnumbered[0], &numbered[0]));
}

/// Returns every state of an order's life, one request each.
fn life() -> Vec<Record> {
    let first = fulfillment(1, &["RM1"], 1, 0);
    let second = with(
        with(fulfillment(2, &["RM2", "RM3"], 1, 1), "/updated_at", json!("2026-11-14T00:00:00Z")),
        "/created_at",
        json!("2026-11-14T00:00:00Z"),
    );
    let voided = with(with(first.clone(), "/status", json!("cancelled")), "/updated_at", json!("2026-11-15T00:00:00Z"));
    let sent = with(with(order(), "/fulfillments", json!([first.clone()])), "/updated_at", json!("2026-11-13T09:00:00+01:00"));
    let paid = with(order(), "/line_items/0/fulfillable_quantity", json!(2));
    all(&[order(), paid, sent], &[first, second, voided], &[refund(8, 1, "cancel"), refund(9, 1, "no_restock")])
}

proptest! {
    #[test]
    fn the_order_of_arrival_and_repetitions_do_not_matter(
        shuffled in Just(life()).prop_shuffle(), again in proptest::collection::vec(0_usize..64, 0..8),
    ) {
        let expected = composed("shopify", &life()).expect("an order");
        let mut records = shuffled;
        for at in again {
            records.push(records[at % records.len()].clone());
        }
        // The service keeps the newest record of each key as they arrive.
        let mut kept: std::collections::BTreeMap<String, Record> = std::collections::BTreeMap::new();
        for record in &records {
            let known = kept.entry(record.key.clone()).or_insert_with(|| record.clone());
            if supersedes(record, known) {
                *known = record.clone();
            }
        }
        let kept: Vec<Record> = kept.into_values().collect();
        for records in [records, kept] {
            let composed = composed("shopify", &records).expect("an order");
            prop_assert_eq!(format!("{composed:?}"), format!("{expected:?}"));
        }
    }

    #[test]
    fn pieces_never_add_up_to_more_than_was_bought_or_paid(
        sent in proptest::collection::vec((1_u64..4, 0_u32..5, 0_u32..3, 0_usize..3), 0..4),
        refunds in proptest::collection::vec((0_u32..5, 0_usize..3), 0..3),
        current in 0_u32..5, quantity in 1_u32..5, price in 0_u32..100_000,
    ) {
        let order = with(order(), "/line_items/0/quantity", json!(quantity));
        let order = with(order, "/line_items/0/current_quantity", json!(current));
        let order = with(order, "/line_items/0/price_set", json!({"shop_money": {"amount": format!("{}.{:02}", price / 100, price % 100)}}));
        let order = with(order, "/line_items/0/discount_allocations", json!([]));
        let numbers = [vec![], vec!["RM1"], vec!["RM2", "RM3"]];
        let fulfillments: Vec<_> = sent.iter().map(|(id, socks, mugs, count)| fulfillment(*id, &numbers[*count], *socks, *mugs)).collect();
        let kinds = ["cancel", "return", "no_restock"];
        let refunds: Vec<_> = refunds.iter().enumerate().map(|(id, (pieces, kind))| refund(id as u64 + 1, *pieces, kinds[*kind])).collect();
        // `composed` checks that the domain accepts the order, so quantities are not exceeded.
        let order = composed("shopify", &all(&[order], &fulfillments, &refunds)).expect("an order").order;
        for line in &order.lines {
            let (unit, total) = (line.unit_price.as_ref().expect("a price"), line.total.as_ref().expect("a total"));
            prop_assert!(unit.minor * i64::from(line.quantity.min(quantity)) <= total.minor);
        }
    }
}
