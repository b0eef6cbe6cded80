use serde_json::{Value, json};

use crate::client::{OrderEndpoint, Response};
use crate::message::keys;
use crate::screen::{Content, Effect, Env, Model, Msg, OrderPage};
use crate::self_service::{self, Subject, self_service};
use crate::testing::{noon, zone};
use doorstep_contract::ActionKind;

fn send(model: &mut Model, msg: Msg) -> Vec<Effect> {
    model.update(msg, &Env { now: noon().utc(), random: 0.5, to_local: &zone })
}

/// Returns a widget with an order that has these additional fields, and the effects of its first document.
fn with_order(more: Value) -> (Model, Vec<Effect>) {
    let mut model = Model::default();
    send(&mut model, Msg::Configured(OrderEndpoint { api: "/api".to_owned(), order: "ord_1".to_owned(), token: None }));
    let effects = receive(&mut model, 1, more);
    (model, effects)
}

fn receive(model: &mut Model, version: u64, more: Value) -> Vec<Effect> {
    let mut order = json!({"id": "ord_1", "version": version, "actions": [{"kind": "contact", "state": "available"}]});
    order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let response = Response { status: 200, body: Some(std::rc::Rc::new(order.into())), ..Response::default() };
    send(model, Msg::OrderAnswered(model.generation, Ok(response)))
}

fn asked(effects: &[Effect]) -> bool {
    effects.contains(&Effect::LoadRequests)
}

fn page(model: &Model) -> OrderPage {
    let screen = model.screen(&Env { now: noon().utc(), random: 0.5, to_local: &zone });
    let Content::Order(page) = screen.content else { panic!("no order on the screen") };
    *page
}

fn subject() -> Subject {
    Subject::Action { kind: ActionKind::Contact, shipment: None }
}

#[test]
fn the_second_chunk_is_asked_for_once_and_after_a_failure_again() {
    let (mut model, effects) = with_order(json!({}));
    assert!(!asked(&effects), "nothing was asked for");
    assert!(asked(&receive(&mut model, 2, json!({"cases": [{"id": "c1"}]}))));
    assert!(!asked(&receive(&mut model, 3, json!({"cases": [{"id": "c1"}]}))), "it is on its way");
    send(&mut model, Msg::RequestsLoaded(None));
    assert!(page(&model).notice.is_none(), "nobody waits for it");
    assert!(!asked(&receive(&mut model, 4, json!({}))));
    assert!(asked(&receive(&mut model, 5, json!({"refunds": [{"id": "r1"}]}))));
    send(&mut model, Msg::RequestsLoaded(Some(self_service)));
    assert!(!asked(&receive(&mut model, 6, json!({"returns": [{"id": "b1"}]}))), "it is here");
    assert!(page(&model).requests.is_some());
}

#[test]
fn the_page_is_asked_before_a_dialog_opens_and_the_dialog_waits_for_its_chunk() {
    let (mut model, _) = with_order(json!({}));
    assert!(send(&mut model, Msg::pressed(ActionKind::Contact, None)).contains(&Effect::OfferActionToHost(subject())));
    assert!(asked(&send(&mut model, Msg::HostDeclined(subject()))));
    let opened = send(&mut model, Msg::RequestsLoaded(Some(self_service)));
    assert!(opened.contains(&Effect::Request(self_service::Effect::Show)));
}

#[test]
fn a_chunk_that_does_not_come_is_said_to_who_waits_for_it_and_the_next_press_tries_again() {
    let (mut model, _) = with_order(json!({}));
    send(&mut model, Msg::HostDeclined(subject()));
    send(&mut model, Msg::RequestsLoaded(None));
    assert_eq!(page(&model).notice.map(|notice| notice.text.key), Some(keys::NOTICE_REQUESTS));
    assert!(asked(&send(&mut model, Msg::HostDeclined(subject()))));
    assert_eq!(page(&model).notice, None);
}

/// Returns a widget with limited access to an order and a partly filled dialog.
fn limited_with_a_draft() -> Model {
    let (mut model, _) = with_order(json!({"number": "1042", "access": "limited"}));
    send(&mut model, Msg::HostDeclined(subject()));
    send(&mut model, Msg::RequestsLoaded(Some(self_service)));
    let (name, value) = ("note".to_owned(), "It rains on my parcel".to_owned());
    send(&mut model, Msg::Request(self_service::Msg::Filled { name, value }));
    model
}

/// Returns the values of the text fields in the open dialog.
fn typed(model: &Model) -> Vec<String> {
    let requests = page(model).requests.expect("the second chunk is here");
    let sheet = requests.0.downcast_ref::<self_service::Page>().and_then(|page| page.sheet.as_ref()).expect("a dialog is open");
    let value = |drawn: &self_service::Drawn| {
        if let self_service::Block::Field(field) = &drawn.block { Some(field.value.clone()) } else { None }
    };
    sheet.blocks.iter().filter_map(value).collect()
}

#[test]
fn what_a_limited_document_hides_is_said_with_the_way_to_see_it() {
    let (mut model, _) = with_order(json!({"number": "1042", "access": "limited"}));
    let notice = page(&model).notice.expect("a notice");
    assert_eq!((notice.text.key, notice.lookup), (keys::NOTICE_LIMITED, Some(keys::LOOKUP_DETAILS)));
    send(&mut model, Msg::LookupOpened);
    let screen = model.screen(&Env { now: noon().utc(), random: 0.5, to_local: &zone });
    let Content::Lookup(form) = screen.content else { panic!("no look-up") };
    assert_eq!(
        (form.title, form.proof, form.number.as_str(), form.back),
        (keys::LOOKUP_DETAILS, keys::LOOKUP_EMAIL, "1042", true)
    );
    send(&mut model, Msg::LookupOpened);
    send(&mut model, Msg::LookupClosed);
    assert!(page(&model).notice.is_some(), "pressed twice, it is still there");

    let (model, _) = with_order(json!({"access": "full"}));
    assert_eq!(page(&model).notice, None);
}

#[test]
fn what_was_typed_is_there_again_when_the_shopper_has_proved_who_they_are() {
    let mut model = limited_with_a_draft();
    assert!(typed(&model).contains(&"It rains on my parcel".to_owned()));
    send(&mut model, Msg::LookupOpened);
    send(&mut model, Msg::LookupSubmitted { number: "1042".to_owned(), proof: "a@b.example".to_owned() });
    let body = json!({"order_id": "ord_1", "token": "t2"});
    let found = Response { status: 200, body: Some(std::rc::Rc::new(body.into())), ..Response::default() };
    let answered = Msg::LookupAnswered(model.generation, Ok(found));
    send(&mut model, answered);
    let effects = receive(&mut model, 1, json!({"number": "1042", "access": "full"}));
    assert!(effects.contains(&Effect::Request(self_service::Effect::Show)));
    assert!(typed(&model).contains(&"It rains on my parcel".to_owned()));
    assert_eq!(page(&model).notice, None);
}

#[test]
fn a_look_up_that_is_given_up_leads_back_to_the_order_and_its_open_dialog() {
    let mut model = limited_with_a_draft();
    send(&mut model, Msg::LookupOpened);
    let effects = send(&mut model, Msg::LookupClosed);
    assert!(effects.contains(&Effect::Request(self_service::Effect::Show)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskOrder(..))), "it is followed again");
    assert!(typed(&model).contains(&"It rains on my parcel".to_owned()));
    assert_eq!(send(&mut model, Msg::LookupClosed).iter().filter(|effect| matches!(effect, Effect::AskOrder(..))).count(), 0);
}
