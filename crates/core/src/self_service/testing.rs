//! The dialogs of a page under test: a fixed order, inputs in short form, and readers of the results.

use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::{Cards, Context, Effect, Msg, Page, Reply, SelfService, Sheet, Subject, Ticket, self_service};
use crate::client::{Document, OrderEndpoint, Request, Response};
use crate::testing::{clock, noon, zone};
use doorstep_contract::{ActionKind, Order, ShipmentId, ShopperRequest, Value};

/// The dialogs of a page with its order.
pub(super) struct TestPage {
    pub(super) self_service: Box<dyn SelfService>,
    pub(super) json: Json,
    pub(super) access: OrderEndpoint,
    pub(super) offline: bool,
}

impl TestPage {
    pub(super) fn new(actions: Json) -> Self {
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

    pub(super) fn send(&mut self, msg: Msg) -> Reply {
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

    pub(super) fn sheet(&self) -> Option<Sheet> {
        self.with_page(|page| page.sheet.clone())
    }

    pub(super) fn cards(&self) -> Cards {
        self.with_page(|page| page.cards.clone())
    }

    fn with_page<T>(&self, read: impl FnOnce(&Page) -> T) -> T {
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
        read(self.self_service.page(&context).downcast_ref::<Page>().unwrap())
    }

    pub(super) fn open(&mut self, kind: &str, shipment: Option<&str>) -> Reply {
        let subject = Subject::Action { kind: ActionKind::from(kind), shipment: shipment.map(ShipmentId::from) };
        self.send(Msg::Opened(subject))
    }

    pub(super) fn fill(&mut self, answers: &[(&str, &str)]) {
        for (name, value) in answers {
            self.send(Msg::Filled { name: (*name).to_owned(), value: (*value).to_owned() });
        }
    }

    /// Continues until an HTTP request is sent, and returns it. Panics if a step has errors.
    pub(super) fn submit(&mut self) -> Request {
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

    pub(super) fn answer(&mut self, ticket: Ticket, status: u16, body: Json) -> Reply {
        let response = Response { status, body: Some(Rc::new(body.into())), ..Response::default() };
        self.send(Msg::Answered(ticket, Ok(response)))
    }
}

pub(super) fn sent(reply: &Reply) -> Option<Request> {
    reply.effects.iter().find_map(|effect| if let Effect::Send(_, request) = effect { Some(request.clone()) } else { None })
}

pub(super) fn ticket(reply: &Reply) -> Ticket {
    reply.effects.iter().find_map(|effect| if let Effect::Send(ticket, _) = effect { Some(*ticket) } else { None }).unwrap()
}

pub(super) fn plain(value: &Value) -> Json {
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
pub(super) fn body(request: &Request) -> ShopperRequest {
    serde_json::from_value(plain(request.body.as_ref().unwrap())).unwrap()
}

pub(super) fn key(request: &Request) -> &str {
    request.headers.iter().find(|(name, _)| *name == "Idempotency-Key").map(|(_, key)| key.as_str()).unwrap()
}

pub(super) fn line(id: &str, shipment: &str, quantity: u32) -> Json {
    json!({"line_id": id, "shipment_id": shipment, "quantity": quantity, "eligible": true})
}

pub(super) fn available(kind: &str, shipment: Option<&str>, more: Json) -> Json {
    let mut action = json!({"kind": kind, "shipment_id": shipment, "state": "available"});
    action.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    action
}
