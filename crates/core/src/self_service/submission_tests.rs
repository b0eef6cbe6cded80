//! Tests of submissions that are repeated, refused, or accepted after their dialog was closed, of uploads, and of choices that
//! are no longer offered.

use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::testing::{TestPage, available, body, line, sent, ticket};
use super::*;
use crate::client::{Response, Unreachable};

fn reschedule() -> (TestPage, Ticket) {
    let mut table = TestPage::new(json!([available("reschedule", Some("s2"), json!({}))]));
    let asked = table.open("reschedule", Some("s2"));
    assert!(sent(&asked).unwrap().url.ends_with("/shipments/s2/slots"));
    let ticket = ticket(&asked);
    (table, ticket)
}

fn slots(ids: &[&str]) -> Json {
    let window = json!({"kind": "time", "from": "2026-11-21T09:00:00Z", "to": "2026-11-21T12:00:00Z"});
    json!({"slots": ids.iter().map(|id| json!({"id": id, "window": window})).collect::<Vec<_>>()})
}

#[test]
fn a_slot_that_was_taken_meanwhile_is_offered_anew_with_what_is_free() {
    let (mut table, asked) = reschedule();
    table.answer(asked, 200, slots(&["a", "b"]));
    table.fill(&[("slot_id", "a")]);
    let sending = table.send(Msg::Forward);
    let request = sent(&sending).unwrap();
    assert!(request.headers.contains(&("If-Match", "\"3\"".to_owned())));
    let mut problem = slots(&["b", "c"]);
    problem["code"] = json!("slot-taken");
    table.answer(ticket(&sending), 409, problem);
    let sheet = table.sheet().unwrap();
    assert!(sheet.alert.is_some() && sheet.forward.is_some_and(|forward| !forward.busy));
    let choice =
        sheet.blocks.iter().find_map(|drawn| if let Block::Choice(choice) = &drawn.block { Some(choice.clone()) } else { None });
    let offered: Vec<String> = choice.unwrap().groups.into_iter().flat_map(|(_, options)| options).map(|(id, ..)| id).collect();
    assert_eq!(offered, ["b", "c"]);
}

#[test]
fn choices_that_could_not_be_loaded_can_be_loaded_again() {
    let (mut table, asked) = reschedule();
    table.send(Msg::Answered(asked, Err(Unreachable)));
    assert!(table.sheet().unwrap().blocks.iter().any(|drawn| drawn.block == Block::Unloaded));
    assert!(table.sheet().unwrap().forward.is_none());
    assert!(sent(&table.send(Msg::Reload)).is_some());
}

fn contact() -> TestPage {
    let mut table = TestPage::new(json!([available("contact", None, json!({}))]));
    table.open("contact", None);
    table.fill(&[("note", "Hello")]);
    table
}

#[test]
fn what_got_no_answer_is_sent_again_as_it_was_until_there_is_one() {
    let mut table = contact();
    let sending = table.send(Msg::Forward);
    let first = sent(&sending).unwrap();
    assert!(sent(&table.send(Msg::Forward)).is_none(), "a second press sends nothing");
    let lost = table.send(Msg::Answered(ticket(&sending), Err(Unreachable)));
    assert!(lost.wake_ms.is_some());
    assert!(table.sheet().unwrap().status.is_some());
    table.json["version"] = json!(4);
    let again = table.send(Msg::TryAgain);
    assert_eq!(sent(&again), Some(first.clone()), "the same key, the same bytes");
    let busy = table.answer(ticket(&again), 503, json!({}));
    assert!(busy.wake_ms.is_some());
    let again = table.send(Msg::TryAgain);
    assert_eq!(sent(&again), Some(first));
    let done = table.answer(ticket(&again), 201, json!({"id": "c1", "reference": "DS-7K2M4", "kind": "contact"}));
    assert!(done.ask);
    assert!(table.sheet().unwrap().done);
    assert!(sent(&table.send(Msg::TryAgain)).is_none(), "it is over");
}

#[test]
fn what_was_filled_in_stays_when_the_dialog_is_closed_and_when_it_is_refused() {
    let mut table = contact();
    let closed = table.send(Msg::Closed);
    assert!(closed.events.iter().any(|event| event.phase == Phase::Abandoned));
    assert_eq!(table.sheet(), None);
    table.open("contact", None);
    let sending = table.send(Msg::Forward);
    let refused = json!({"code": "validation-failed", "errors": [{"pointer": "/contact", "code": "invalid"}]});
    table.answer(ticket(&sending), 422, refused);
    let sheet = table.sheet().unwrap();
    assert!(sheet.alert.is_some());
    let wrong: Vec<_> =
        sheet.blocks.iter().filter(|drawn| drawn.error.is_some()).filter_map(|drawn| drawn.block.name()).collect();
    assert_eq!(wrong, ["contact"]);
    table.fill(&[("contact", "a@b.example")]);
    let next = table.submit();
    assert_eq!(body(&next).note.as_deref(), Some("Hello"));
}

#[test]
fn what_is_answered_behind_a_closed_dialog_is_said_and_moves_no_focus() {
    let mut table = TestPage::new(json!([available("contact", None, json!({})), available("accept_delay", None, json!({}))]));
    table.open("contact", None);
    table.fill(&[("note", "Hello")]);
    let sending = table.send(Msg::Forward);
    table.open("accept_delay", None);
    let done = table.answer(ticket(&sending), 201, json!({"id": "c1", "reference": "DS-1", "kind": "contact"}));
    assert!(done.announcement.is_some() && done.ask && !done.effects.contains(&Effect::Show));
    assert_eq!(table.sheet().unwrap().title.key, crate::message::keys::ACTION_ACCEPT_DELAY);
}

#[test]
fn an_order_that_changed_is_learned_and_the_request_can_be_sent_again() {
    let mut table = TestPage::new(json!([available("delivery_instructions", Some("s2"), json!({}))]));
    table.open("delivery_instructions", Some("s2"));
    table.fill(&[("note", "Knock")]);
    let sending = table.send(Msg::Forward);
    let first = sent(&sending).unwrap();
    let stale = table.answer(ticket(&sending), 412, json!({"code": "stale", "order": {"id": "ord_1", "version": 9}}));
    assert_eq!(stale.conflict.map(|response| response.status), Some(412));
    assert!(table.sheet().unwrap().alert.is_some());
    assert_eq!(body(&table.submit()).note, body(&first).note);
}

#[test]
fn photos_are_limited_waited_for_and_named_in_the_request() {
    let mut table = TestPage::new(json!([available(
        "report_damaged",
        Some("s1"),
        json!({"lines": [line("l1", "s1", 2)], "needs": ["photo"]})
    )]));
    table.json["limits"] = json!({"evidence_max_files": 2});
    table.open("report_damaged", Some("s1"));
    table.send(Msg::Forward);
    assert!(table.send(Msg::Forward).effects.contains(&Effect::FocusError), "a photo is needed");
    let picked = table.send(Msg::PhotosPicked(vec![(1, "a".into()), (2, "b".into()), (3, "c".into())]));
    assert!(picked.effects.contains(&Effect::Drop(3)), "two are enough");
    table.send(Msg::PhotoSending(1));
    assert!(table.send(Msg::Forward).effects.contains(&Effect::FocusError), "they are under way");
    let answer = |body: Json| Ok(Response { status: 201, body: Some(Rc::new(body.into())), ..Response::default() });
    table.send(Msg::PhotoAnswered(1, answer(json!({"id": "ev_1"}))));
    table.send(Msg::PhotoUnreadable(2));
    assert_eq!(body(&table.submit()).evidence, ["ev_1"]);
}
