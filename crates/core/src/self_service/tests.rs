use std::rc::Rc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::testing::{TestPage, available, body, key, line, plain, sent, ticket};
use super::*;
use crate::client::{Document, Unreachable};
use crate::testing::{clock, noon, zone};
use doorstep_contract::{ActionKind, Map, Order, Value};

#[test]
fn every_kind_sends_a_body_that_a_strict_reader_takes() {
    let both = json!([line("l1", "s1", 2), line("l2", "s2", 1)]);
    type Row<'a> = (&'a str, Option<&'a str>, Json, &'a [(&'a str, &'a str)]);
    let table: &[Row<'_>] = &[
        (
            "report_non_receipt",
            Some("s1"),
            json!({"outcomes": ["investigate", "refund"]}),
            &[("household", "yes"), ("photo", "not_mine"), ("outcome", "investigate")],
        ),
        (
            "report_damaged",
            Some("s1"),
            json!({"lines": [line("l1", "s1", 2)], "outcomes": ["replacement"]}),
            &[("damage", "item"), ("many-0", "2"), ("note", "A crack")],
        ),
        ("report_wrong_item", Some("s1"), json!({"lines": [line("l1", "s1", 2)]}), &[("note", "A hat")]),
        ("report_missing_item", Some("s1"), json!({"lines": both.clone()}), &[("pick-1", "yes")]),
        (
            "change_address",
            Some("s2"),
            json!({}),
            &[("street", "1 High St"), ("street2", "Flat 2"), ("postcode", "LS1 1AA"), ("city", "Leeds")],
        ),
        ("delivery_instructions", Some("s2"), json!({}), &[("note", "Knock")]),
        ("leave_with_neighbour", Some("s2"), json!({}), &[("name", "Lee"), ("house", "4")]),
        ("leave_in_safe_place", Some("s2"), json!({}), &[("place", "shed")]),
        ("cancel", None, json!({"lines": both.clone()}), &[("pick-1", "yes")]),
        ("accept_delay", None, json!({}), &[]),
        ("withdraw", None, json!({"lines": both.clone()}), &[("name", "Ada Lee"), ("contact", "ada@b.example")]),
        ("refund_status", None, json!({}), &[("note", "Nothing on my account")]),
        ("contact", None, json!({}), &[("note", "Hello"), ("contact", "ada@b.example")]),
    ];
    for (kind, shipment, more, answers) in table {
        let mut table = TestPage::new(json!([available(kind, *shipment, more.clone())]));
        table.open(kind, *shipment);
        table.fill(answers);
        let request = table.submit();
        let sent = body(&request);
        assert_eq!(sent.kind.as_str(), *kind);
        assert_eq!(sent.shipment_id.as_deref(), *shipment, "{kind}");
        assert_eq!(request.url, "https://a.example/v1/orders/ord_1/requests");
        assert!(!key(&request).is_empty());
    }
}

#[test]
fn a_return_that_only_its_case_names_has_one_card_and_a_second_return_of_the_case_has_its_own() {
    let mut page = TestPage::new(json!([]));
    page.json["cases"] =
        json!([{"id": "c1", "reference": "DS-1", "kind": "start_return", "state": "received", "return_id": "r1"}]);
    page.json["returns"] = json!([{"id": "r1", "state": "requested"}, {"id": "r2", "state": "requested", "case_id": "c1"}]);
    let cards = page.cards();
    assert_eq!((cases_returns(&cards), cards.returns.iter().map(|card| card.id.as_str()).collect()), (vec!["r1"], vec!["r2"]));
}

fn cases_returns(cards: &Cards) -> Vec<&str> {
    cards.cases.iter().filter_map(|case| case.returned.as_ref()).map(|card| card.id.as_str()).collect()
}

#[test]
fn a_return_asks_for_a_reason_and_shows_what_it_comes_to_before_it_is_sent() {
    let reasons = json!([{"code": "too_small"}, {"code": "house", "text": "The dog ate it", "needs": ["note"]}]);
    let lines = json!([line("l1", "s1", 2), {"line_id": "l2", "quantity": 1, "eligible": false, "why_not": "final_sale"}]);
    let action = available("start_return", None, json!({"lines": lines, "reasons": reasons, "outcomes": ["refund", "exchange"]}));
    let mut table = TestPage::new(json!([action]));
    table.open("start_return", None);
    let refused = table.send(Msg::Forward);
    assert!(refused.effects.contains(&Effect::FocusError), "the only line is chosen, its reason is missing");
    table.fill(&[("why-0", "house"), ("many-0", "1")]);
    table.send(Msg::Forward);
    assert_eq!(table.sheet().unwrap().key, "outcome-form");
    table.fill(&[("outcome", "refund"), ("note", "It was hungry")]);
    let asked = table.send(Msg::Forward);
    let quote = sent(&asked).unwrap();
    assert!(quote.url.ends_with("/returns/quote"));
    assert_eq!(
        plain(quote.body.as_ref().unwrap())["lines"][0],
        json!({"line_id": "l1", "shipment_id": "s1", "quantity": 1, "reason": "house"})
    );
    let money = json!({"minor": 8900, "currency": "GBP"});
    let answer = json!({"amount": money, "parts": [{"kind": "goods", "amount": money}], "refund_days": 14,
        "methods": [{"id": "m1", "kind": "drop_off", "name": "Parcel shop", "amount": money, "printer": false}]});
    table.answer(ticket(&asked), 200, answer);
    let blocks = table.sheet().unwrap().blocks;
    assert!(blocks.iter().any(|drawn| matches!(&drawn.block, Block::Rows { sum: true, .. })));
    table.fill(&[("method_id", "m1")]);
    let sent = body(&table.submit());
    assert_eq!((sent.method_id.as_deref(), sent.outcome.as_ref().map(|outcome| outcome.as_str())), (Some("m1"), Some("refund")));
    assert_eq!(sent.note.as_deref(), Some("It was hungry"));
}

#[test]
fn what_is_not_possible_says_why_and_what_else_is() {
    let actions = json!([
        {"kind": "report_non_receipt", "shipment_id": "s1", "state": "not_yet", "from": "2026-11-21T09:00:00Z", "text": "We wait a day."},
        {"kind": "reschedule", "shipment_id": "s1", "state": "unavailable", "reason": "delivered"},
        {"kind": "start_return", "state": "expired", "until": "2026-11-01T09:00:00Z"},
        available("contact", None, json!({})),
    ]);
    let mut table = TestPage::new(actions);
    for (kind, shipment) in [("report_non_receipt", Some("s1")), ("reschedule", Some("s1")), ("start_return", None)] {
        table.open(kind, shipment);
        let sheet = table.sheet().unwrap();
        assert!(sheet.forward.is_none(), "{kind}");
        let others = sheet.blocks.iter().any(|drawn| matches!(&drawn.block, Block::Others(others) if others.len() == 1));
        let ways = sheet.blocks.iter().any(|drawn| matches!(&drawn.block, Block::SupportChannels(ways) if ways.len() == 1));
        assert!(others && ways && matches!(sheet.blocks[0].block, Block::Paragraph(_)), "{kind}");
    }
    table.open("report_non_receipt", Some("s1"));
    let kept = table.send(Msg::Keep(Keep::Reminder));
    let text =
        kept.effects.iter().find_map(|effect| if let Effect::Save { text, .. } = effect { Some(text.clone()) } else { None });
    assert!(text.unwrap().contains("DTSTART:20261121T090000Z\r\n"));
}

#[test]
fn a_case_is_told_with_its_story_and_what_comes_next() {
    let mut table = TestPage::new(json!([]));
    table.json["cases"] = json!([
        {"id": "c1", "reference": "DS-1", "kind": "contact", "state": "resolved", "feedback": {"asked": true}},
        {"id": "c2", "reference": "DS-2", "kind": "report_damaged", "state": "waiting_for_shopper", "can_reply": true,
         "next": {"what": "answer", "who": "shopper", "by": "2026-11-22T12:00:00Z"},
         "timeline": [{"at": "2026-11-19T12:00:00Z", "who": "shopper", "what": "opened"},
                      {"at": "2026-11-19T13:00:00Z", "who": "retailer", "what": "message", "text": "Which side?"},
                      {"at": "2026-11-20T09:00:00Z", "who": "retailer", "what": "teleported", "text": "?"}]},
    ]);
    let document = Document { body: Rc::new(Value::from(table.json.clone())), within: false };
    let order = Order::read_for_page(document.json()).unwrap();
    let context = Context {
        order: &order,
        document: &document,
        etag: None,
        clock: clock(noon(), &zone),
        access: &table.access,
        random: 0.0,
        offline: false,
    };
    let page = table.self_service.page(&context);
    let cases = &page.downcast_ref::<Page>().unwrap().cards.cases;
    assert_eq!(cases.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(), ["c2", "c1"], "what is open comes first");
    assert!(cases[0].next.is_some() && cases[0].rows.len() == 3);
    assert_eq!(cases[0].rows[0].what.key, crate::message::request_keys::AS_IT_IS, "an unknown word is shown as it is");
    assert_eq!(cases[0].asked.as_deref(), Some("Which side?"), "what the shop asks stands on the card");
    assert_eq!(cases[1].actions.len(), 1, "how it went is asked once it is over");
}

proptest! {
    #[test]
    fn no_order_and_no_sequence_of_messages_makes_the_desk_fail(
        kind in 0usize..17, fields in proptest::collection::vec(("[a-z_]{1,12}", "\\PC{0,12}"), 0..8), presses in proptest::collection::vec(0u8..9, 0..24),
    ) {
        let kind = ActionKind::VALUES.get(kind).copied().unwrap_or("teleport");
        let odd = json!({"lines": [line("l1", "s1", 0), line("nowhere", "s9", 4_000_000_000)], "reasons": [{}], "outcomes": ["x", "refund"]});
        let mut table = TestPage::new(json!([available(kind, Some("s1"), odd)]));
        let mut tickets = vec![table.open(kind, Some("s1"))];
        for (name, value) in &fields {
            table.send(Msg::Filled { name: name.clone(), value: value.clone() });
        }
        for press in presses {
            let last = tickets.iter().rev().find_map(|reply| reply.effects.iter().find_map(|effect| if let Effect::Send(ticket, _) = effect { Some(*ticket) } else { None }));
            let reply = match press {
                0 | 1 => table.send(Msg::Forward),
                2 => table.send(Msg::Back),
                3 => table.send(Msg::Closed),
                4 => table.open(kind, Some("s1")),
                5 => table.send(Msg::TryAgain),
                6 => table.send(Msg::Answered(last.unwrap_or(7), Err(Unreachable))),
                7 => table.answer(last.unwrap_or(7), 409, json!({"code": "slot-taken"})),
                _ => table.answer(last.unwrap_or(7), 200, json!({"slots": [{"id": "a"}], "points": [{}], "methods": [{}]})),
            };
            let _ = table.sheet();
            tickets.push(reply);
        }
    }
}

#[test]
fn an_empty_object_is_an_order_without_anything() {
    assert!(!Order::has_requests(&Value::Object(Map::new())));
}
