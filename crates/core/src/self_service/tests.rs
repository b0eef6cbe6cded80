use std::rc::Rc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::{clock, noon, zone};
use doorstep_contract::{Map, ShopperRequest, Value};

/// A desk with its order.
struct Table {
    self_service: Box<dyn SelfService>,
    json: Json,
    access: OrderEndpoint,
    offline: bool,
}

impl Table {
    fn new(actions: Json) -> Self {
        let order = json!({
            "id": "ord_1", "number": "1042", "version": 3,
            "destination": {"lines": ["2 Mill Lane", "Leeds"], "country": "GB"},
            "lines": [{"id": "l1", "title": "Jacket", "quantity": 2}, {"id": "l2", "title": "Boots", "quantity": 1}],
            "shipments": [
                {"id": "s1", "stage": "delivered", "lines": [{"line_id": "l1", "quantity": 2}],
                 "delivered": {"at": "2026-11-20T09:00:00Z", "to": "safe_place", "photo_url": "https://a.example/p.jpg"}},
                {"id": "s2", "stage": "in_transit", "lines": [{"line_id": "l2", "quantity": 1}]},
            ],
            "support": [{"kind": "email", "label": "Write", "url": "mailto:a@b.example"}],
            "actions": actions,
        });
        Self {
            self_service: self_service(),
            json: order,
            access: OrderEndpoint { api: "https://a.example".into(), order: "ord_1".into(), token: None },
            offline: false,
        }
    }

    fn send(&mut self, msg: Msg) -> Reply {
        let document = Document { body: Rc::new(Value::from(self.json.clone())), within: false };
        let order = Order::read_for_page(document.json()).unwrap();
        let clock = clock(noon(), &zone);
        let (access, offline) = (self.access.clone(), self.offline);
        let context =
            Context { order: &order, document: &document, etag: Some("\"3\""), clock, access: &access, random: 0.5, offline };
        let mut reply = Reply::default();
        self.self_service.handle(msg, &context, &mut reply);
        reply
    }

    fn sheet(&self) -> Option<Sheet> {
        let document = Document { body: Rc::new(Value::from(self.json.clone())), within: false };
        let order = Order::read_for_page(document.json()).unwrap();
        let clock = clock(noon(), &zone);
        let context = Context {
            order: &order,
            document: &document,
            etag: Some("\"3\""),
            clock,
            access: &self.access,
            random: 0.5,
            offline: self.offline,
        };
        self.self_service.page(&context).downcast_ref::<Page>().unwrap().sheet.clone()
    }

    fn open(&mut self, kind: &str, shipment: Option<&str>) -> Reply {
        let subject = Subject::Action { kind: ActionKind::from(kind), shipment: shipment.map(str::to_owned) };
        self.send(Msg::Opened(subject))
    }

    fn fill(&mut self, answers: &[(&str, &str)]) {
        for (name, value) in answers {
            self.send(Msg::Filled { name: (*name).to_owned(), value: (*value).to_owned() });
        }
    }

    /// Continues until an HTTP request is sent, and returns it. Panics if a step has errors.
    fn submit(&mut self) -> Request {
        for _ in 0..6 {
            let reply = self.send(Msg::Forward);
            let step = self.sheet().map(|sheet| sheet.key);
            assert!(!reply.effects.contains(&Effect::FocusError), "{step:?} wants more");
            if let Some(request) = sent(&reply).filter(|request| !request.url.ends_with("/quote")) {
                return request;
            }
        }
        panic!("nothing was sent");
    }

    fn answer(&mut self, ticket: Ticket, status: u16, body: Json) -> Reply {
        let response = Response { status, body: Some(Rc::new(body.into())), ..Response::default() };
        self.send(Msg::Answered(ticket, Ok(response)))
    }
}

fn sent(reply: &Reply) -> Option<Request> {
    reply.effects.iter().find_map(|effect| if let Effect::Send(_, request) = effect { Some(request.clone()) } else { None })
}

fn ticket(reply: &Reply) -> Ticket {
    reply.effects.iter().find_map(|effect| if let Effect::Send(ticket, _) = effect { Some(*ticket) } else { None }).unwrap()
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(_) => value.as_i64().unwrap().into(),
        Value::String(text) => text.clone().into(),
        Value::Array(entries) => entries.iter().map(plain).collect(),
        Value::Object(fields) => Json::Object(fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
    }
}

/// Returns the body, read as strictly as a backend reads it.
fn body(request: &Request) -> ShopperRequest {
    serde_json::from_value(plain(request.body.as_ref().unwrap())).unwrap()
}

fn key(request: &Request) -> &str {
    request.headers.iter().find(|(name, _)| *name == "Idempotency-Key").map(|(_, key)| key.as_str()).unwrap()
}

fn line(id: &str, shipment: &str, quantity: u32) -> Json {
    json!({"line_id": id, "shipment_id": shipment, "quantity": quantity, "eligible": true})
}

fn available(kind: &str, shipment: Option<&str>, more: Json) -> Json {
    let mut action = json!({"kind": kind, "shipment_id": shipment, "state": "available"});
    action.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    action
}

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
        let mut table = Table::new(json!([available(kind, *shipment, more.clone())]));
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
fn a_return_asks_for_a_reason_and_shows_what_it_comes_to_before_it_is_sent() {
    let reasons = json!([{"code": "too_small"}, {"code": "house", "text": "The dog ate it", "needs": ["note"]}]);
    let lines = json!([line("l1", "s1", 2), {"line_id": "l2", "quantity": 1, "eligible": false, "why_not": "final_sale"}]);
    let action = available("start_return", None, json!({"lines": lines, "reasons": reasons, "outcomes": ["refund", "exchange"]}));
    let mut table = Table::new(json!([action]));
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

fn reschedule() -> (Table, Ticket) {
    let mut table = Table::new(json!([available("reschedule", Some("s2"), json!({}))]));
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

fn contact() -> Table {
    let mut table = Table::new(json!([available("contact", None, json!({}))]));
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
    let mut table = Table::new(json!([available("contact", None, json!({})), available("accept_delay", None, json!({}))]));
    table.open("contact", None);
    table.fill(&[("note", "Hello")]);
    let sending = table.send(Msg::Forward);
    table.open("accept_delay", None);
    let done = table.answer(ticket(&sending), 201, json!({"id": "c1", "reference": "DS-1", "kind": "contact"}));
    assert!(done.say.is_some() && done.ask && !done.effects.contains(&Effect::Show));
    assert_eq!(table.sheet().unwrap().title.key, crate::message::keys::ACTION_ACCEPT_DELAY);
}

#[test]
fn an_order_that_changed_is_learned_and_the_request_can_be_sent_again() {
    let mut table = Table::new(json!([available("delivery_instructions", Some("s2"), json!({}))]));
    table.open("delivery_instructions", Some("s2"));
    table.fill(&[("note", "Knock")]);
    let sending = table.send(Msg::Forward);
    let first = sent(&sending).unwrap();
    let stale = table.answer(ticket(&sending), 412, json!({"code": "stale", "order": {"id": "ord_1", "version": 9}}));
    assert_eq!(stale.learned.map(|response| response.status), Some(412));
    assert!(table.sheet().unwrap().alert.is_some());
    assert_eq!(body(&table.submit()).note, body(&first).note);
}

#[test]
fn what_is_not_possible_says_why_and_what_else_is() {
    let actions = json!([
        {"kind": "report_non_receipt", "shipment_id": "s1", "state": "not_yet", "from": "2026-11-21T09:00:00Z", "text": "We wait a day."},
        {"kind": "reschedule", "shipment_id": "s1", "state": "unavailable", "reason": "delivered"},
        {"kind": "start_return", "state": "expired", "until": "2026-11-01T09:00:00Z"},
        available("contact", None, json!({})),
    ]);
    let mut table = Table::new(actions);
    for (kind, shipment) in [("report_non_receipt", Some("s1")), ("reschedule", Some("s1")), ("start_return", None)] {
        table.open(kind, shipment);
        let sheet = table.sheet().unwrap();
        assert!(sheet.forward.is_none(), "{kind}");
        let others = sheet.blocks.iter().any(|drawn| matches!(&drawn.block, Block::Others(others) if others.len() == 1));
        let ways = sheet.blocks.iter().any(|drawn| matches!(&drawn.block, Block::Ways(ways) if ways.len() == 1));
        assert!(others && ways && matches!(sheet.blocks[0].block, Block::Say(_)), "{kind}");
    }
    table.open("report_non_receipt", Some("s1"));
    let kept = table.send(Msg::Keep(Keep::Reminder));
    let text =
        kept.effects.iter().find_map(|effect| if let Effect::Save { text, .. } = effect { Some(text.clone()) } else { None });
    assert!(text.unwrap().contains("DTSTART:20261121T090000Z\r\n"));
}

#[test]
fn photos_are_limited_waited_for_and_named_in_the_request() {
    let mut table =
        Table::new(json!([available("report_damaged", Some("s1"), json!({"lines": [line("l1", "s1", 2)], "needs": ["photo"]}))]));
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

#[test]
fn a_case_is_told_with_its_story_and_what_comes_next() {
    let mut table = Table::new(json!([]));
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
        let kind = ActionKind::WORDS.get(kind).copied().unwrap_or("teleport");
        let odd = json!({"lines": [line("l1", "s1", 0), line("nowhere", "s9", 4_000_000_000)], "reasons": [{}], "outcomes": ["x", "refund"]});
        let mut table = Table::new(json!([available(kind, Some("s1"), odd)]));
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
