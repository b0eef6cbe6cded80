use super::*;
use crate::message::MessageArg;
use crate::screen::{Content, Screen};
use crate::testing::{noon, zone};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Returns a body as the shell passes it in.
fn came(json: Value) -> std::rc::Rc<doorstep_contract::Value> {
    std::rc::Rc::new(json.into())
}

struct Widget {
    model: Model,
    now: DateTime<Utc>,
}

impl Widget {
    fn new() -> Self {
        Self { model: Model::default(), now: noon().utc() }
    }

    /// Returns a configured widget that received an order of this version.
    fn with_order(version: u64) -> Self {
        let mut widget = Self::new();
        widget.send(configured());
        widget.answer(200, document(version, "in_transit"));
        widget
    }

    fn env(&self) -> Env<'_> {
        Env { now: self.now, random: 1.0, to_local: &zone }
    }

    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let env = Env { now: self.now, random: 1.0, to_local: &zone };
        self.model.update(msg, &env)
    }

    fn answer(&mut self, status: u16, body: Value) -> Vec<Effect> {
        let body = Some(body);
        let response = Response { status, body: body.map(came), etag: Some("\"e\"".to_owned()), ..Response::default() };
        self.send(Msg::OrderAnswered(self.model.generation, Ok(response)))
    }

    fn unreachable(&mut self) -> Vec<Effect> {
        self.send(Msg::OrderAnswered(self.model.generation, Err(Unreachable)))
    }

    fn hear(&mut self, data: Value) -> Vec<Effect> {
        let document = StreamDocument { id: Some("9".to_owned()), json: came(data) };
        self.send(Msg::StreamReceived(self.model.generation, vec![document]))
    }

    fn screen(&self) -> Screen {
        self.model.screen(&self.env())
    }

    fn version(&self) -> u64 {
        self.model.known().unwrap().order.version
    }
}

fn configured() -> Msg {
    Msg::Configured(OrderEndpoint { api: "/api".to_owned(), order: "ord_1".to_owned(), token: Some("t".to_owned()) })
}

fn document(version: u64, stage: &str) -> Value {
    json!({"id": "ord_1", "number": "1042", "version": version, "stream": true, "shipments": [{"id": "s1", "stage": stage}]})
}

fn wakes(effects: &[Effect], timer: Timer) -> Option<u64> {
    let wait = |effect: &Effect| {
        if let Effect::StartTimer(other, ms) = effect { (*other == timer).then_some(*ms) } else { None }
    };
    effects.iter().find_map(wait)
}

fn notice(widget: &Widget) -> Option<&'static str> {
    let Content::Order(page) = widget.screen().content else { panic!("no order on the screen") };
    page.notice.map(|notice| notice.text.key.name())
}

#[test]
fn the_order_is_asked_for_once_and_then_followed_by_stream() {
    let mut widget = Widget::new();
    let effects = widget.send(configured());
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::AskOrder(..))).count(), 1);
    assert_eq!(widget.screen().content, Content::Loading);
    assert!(widget.send(Msg::RefreshRequested).iter().all(|effect| !matches!(effect, Effect::AskOrder(..))));
    let effects = widget.answer(200, document(3, "in_transit"));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::EmitHostEvent(HostEvent::Ready(_)))));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::OpenStream(_, request)
        if request.headers.contains(&("Last-Event-ID", "3".to_owned())))));
}

#[test]
fn a_change_is_applied_announced_once_and_told_to_the_host() {
    let mut widget = Widget::with_order(3);
    let effects = widget.hear(document(4, "delivered"));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::EmitHostEvent(HostEvent::Change(facts)) if facts.delivered == 1))
    );
    assert_eq!(widget.screen().announcement.serial, 1);
    assert!(widget.hear(document(4, "delivered")).iter().all(|effect| !matches!(effect, Effect::EmitHostEvent(_))));
    assert_eq!(widget.screen().announcement.serial, 1);
}

#[test]
fn a_change_that_leaves_the_headline_alone_says_nothing() {
    let mut widget = Widget::with_order(3);
    widget.hear(document(4, "in_transit"));
    assert_eq!((widget.version(), widget.screen().announcement.serial), (4, 0));
}

#[test]
fn known_data_stays_when_the_backend_dies_and_comes_back_by_itself() {
    let mut widget = Widget::with_order(3);
    let effects = widget.send(Msg::StreamEnded(widget.model.generation));
    assert!(wakes(&effects, Timer::Retry).is_some());
    widget.send(Msg::TimerFired(Timer::Retry));
    widget.unreachable();
    assert_eq!(notice(&widget), None, "one failure is not worth a notice");
    widget.send(Msg::TimerFired(Timer::Retry));
    let effects = widget.unreachable();
    assert_eq!(notice(&widget), Some("notice.trouble"));
    assert!(wakes(&effects, Timer::Retry).is_some());
    widget.send(Msg::TimerFired(Timer::Retry));
    let effects = widget.answer(304, Value::Null);
    assert_eq!(notice(&widget), None);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::OpenStream(..))));
}

#[test]
fn an_offline_device_is_told_apart_and_asked_again_when_it_is_back() {
    let mut widget = Widget::with_order(3);
    widget.send(Msg::ConnectivityChanged { online: false });
    assert_eq!(notice(&widget), Some("notice.offline"));
    let effects = widget.send(Msg::ConnectivityChanged { online: true });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskOrder(..))));
}

#[test]
fn a_link_that_ends_while_the_page_is_open_keeps_what_is_known() {
    let mut widget = Widget::with_order(3);
    widget.send(Msg::RefreshRequested);
    let effects = widget.answer(404, json!({"code": "order-not-found"}));
    assert_eq!(notice(&widget), Some("notice.expired"));
    assert!(effects.contains(&Effect::CloseStream));
    assert!(widget.send(Msg::RefreshRequested).iter().all(|effect| !matches!(effect, Effect::AskOrder(..))));
}

#[test]
fn a_dead_link_leads_to_the_lookup_and_the_lookup_to_the_order() {
    let mut widget = Widget::new();
    widget.send(configured());
    widget.answer(404, json!({"code": "order-not-found"}));
    assert!(matches!(widget.screen().content, Content::Lookup(page) if page.title == keys::LOOKUP_NOT_FOUND_TITLE));
    let effects = widget.send(Msg::LookupSubmitted { number: "1042".to_owned(), proof: "N1 9GU".to_owned() });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskLookup(_, request) if request.url == "/api/v1/lookup")));
    let found = json!({"order_id": "ord_2", "token": "t2"});
    let response = Response { status: 200, body: Some(came(found)), ..Response::default() };
    let effects = widget.send(Msg::LookupAnswered(widget.model.generation, Ok(response)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskOrder(_, request) if request.url == "/api/v1/orders/ord_2")));
    let effects = widget.answer(200, document(1, "in_transit"));
    assert!(effects.contains(&Effect::Focus(Focus::Headline)));
}

#[test]
fn a_page_that_changes_its_theme_does_not_take_away_what_was_looked_up() {
    let mut widget = Widget::new();
    let page = || Msg::Configured(OrderEndpoint { api: "/api".to_owned(), ..OrderEndpoint::default() });
    widget.send(page());
    widget.send(Msg::LookupSubmitted { number: "1042".to_owned(), proof: "N1 9GU".to_owned() });
    let found = json!({"order_id": "ord_2", "token": "t2"});
    let response = Response { status: 200, body: Some(came(found)), ..Response::default() };
    widget.send(Msg::LookupAnswered(widget.model.generation, Ok(response)));
    widget.answer(200, document(1, "in_transit"));
    assert_eq!(widget.send(page()).iter().filter(|effect| matches!(effect, Effect::CloseStream)).count(), 0);
    assert!(matches!(widget.screen().content, Content::Order(_)));
}

#[test]
fn too_many_lookups_say_how_long_to_wait() {
    let mut widget = Widget::new();
    widget.send(Msg::Configured(OrderEndpoint { api: "/api".to_owned(), ..OrderEndpoint::default() }));
    widget.send(Msg::LookupSubmitted { number: "1".to_owned(), proof: "a@b.example".to_owned() });
    let response = Response { status: 429, retry_after: Some(crate::client::RetryAfter::Seconds(90)), ..Response::default() };
    widget.send(Msg::LookupAnswered(widget.model.generation, Ok(response)));
    let Content::Lookup(page) = widget.screen().content else { panic!("no form") };
    assert_eq!(page.form_error.map(|error| error.args), Some(vec![("count", MessageArg::Count(2))]));
}

#[test]
fn loading_says_so_when_it_is_slow_and_fails_with_a_way_out() {
    let mut widget = Widget::new();
    widget.send(configured());
    widget.send(Msg::TimerFired(Timer::Slow));
    assert!(matches!(widget.screen().content, Content::LoadingSlowly(_)));
    for _ in 0..3 {
        widget.unreachable();
        widget.send(Msg::TimerFired(Timer::Retry));
    }
    assert!(matches!(widget.screen().content, Content::Failure(page) if page.retry));
    widget.answer(200, document(1, "in_transit"));
    assert!(matches!(widget.screen().content, Content::Order(_)), "it recovers without being asked");
}

#[test]
fn a_hidden_page_neither_streams_nor_asks() {
    let mut widget = Widget::with_order(3);
    let effects = widget.send(Msg::VisibilityChanged { visible: false });
    assert!(effects.contains(&Effect::CloseStream));
    assert_eq!(wakes(&effects, Timer::Tick), None);
    let effects = widget.send(Msg::VisibilityChanged { visible: true });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::AskOrder(..))));
}

#[test]
fn a_stream_that_keeps_failing_gives_way_to_polling_and_is_tried_again_later() {
    let mut widget = Widget::with_order(3);
    for _ in 0..3 {
        widget.send(Msg::StreamEnded(widget.model.generation));
        widget.send(Msg::TimerFired(Timer::Retry));
        widget.answer(304, Value::Null);
    }
    widget.send(Msg::RefreshRequested);
    let effects = widget.answer(304, Value::Null);
    assert!(wakes(&effects, Timer::Poll).is_some() && wakes(&effects, Timer::Reprobe).is_some());
    widget.send(Msg::TimerFired(Timer::Reprobe));
    let effects = widget.answer(304, Value::Null);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::OpenStream(..))));
}

#[test]
fn a_stream_that_opens_speaks_and_closes_at_once_has_failed() {
    let mut widget = Widget::with_order(3);
    for _ in 0..3 {
        widget.send(Msg::StreamReceived(widget.model.generation, Vec::new()));
        widget.send(Msg::StreamEnded(widget.model.generation));
        widget.send(Msg::TimerFired(Timer::Retry));
        widget.answer(304, Value::Null);
    }
    let effects = widget.send(Msg::StreamEnded(widget.model.generation));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::OpenStream(..))));
    widget.send(Msg::TimerFired(Timer::Retry));
    let effects = widget.answer(304, Value::Null);
    assert!(wakes(&effects, Timer::Poll).is_some(), "polling takes over");
}

#[test]
fn a_look_up_opened_from_a_notice_is_not_torn_away_by_an_update() {
    let mut widget = Widget::with_order(3);
    let before = widget.model.generation;
    widget.send(Msg::LookupOpened);
    let document = StreamDocument { id: None, json: came(document(9, "delivered")) };
    widget.send(Msg::StreamReceived(before, vec![document]));
    assert!(matches!(widget.screen().content, Content::Lookup(_)));
}

#[test]
fn a_silent_stream_is_taken_for_dead() {
    let mut widget = Widget::with_order(3);
    let effects = widget.send(Msg::TimerFired(Timer::Watchdog));
    assert!(effects.contains(&Effect::CloseStream) && wakes(&effects, Timer::Retry).is_some());
}

#[test]
fn an_answer_for_an_earlier_order_is_ignored() {
    let mut widget = Widget::with_order(3);
    let old = widget.model.generation;
    widget.send(Msg::Configured(OrderEndpoint { api: "/api".to_owned(), order: "ord_2".to_owned(), token: None }));
    let response = Response { status: 200, body: Some(came(document(9, "delivered"))), ..Response::default() };
    widget.send(Msg::OrderAnswered(old, Ok(response)));
    assert_eq!(widget.screen().content, Content::Loading);
}

#[test]
fn without_a_backend_the_widget_says_that_it_is_not_set_up() {
    let mut widget = Widget::new();
    let effects = widget.send(Msg::Configured(OrderEndpoint::default()));
    assert!(effects.contains(&Effect::EmitHostEvent(HostEvent::Error { code: "bad-options", retryable: false })));
    assert!(matches!(widget.screen().content, Content::Failure(page) if !page.retry));
}

#[test]
fn a_wrong_clock_on_the_device_is_corrected_by_the_backends() {
    let mut widget = Widget::new();
    widget.now = noon().utc() - TimeDelta::days(3);
    widget.send(configured());
    let mut order = document(1, "in_transit");
    order["shipments"][0]["last_carrier_update"] = json!("2026-11-20T10:00:00Z");
    let date = Some(noon().utc());
    let response = Response { status: 200, body: Some(came(order)), date, ..Response::default() };
    widget.send(Msg::OrderAnswered(widget.model.generation, Ok(response)));
    let Content::Order(page) = widget.screen().content else { panic!("no order") };
    assert!(page.parcels[0].freshness.carrier.args.iter().any(|(name, _)| *name == "ago"));
}

#[test]
fn the_next_wake_up_is_when_the_next_text_changes() {
    let mut widget = Widget::with_order(3);
    widget.now += TimeDelta::seconds(130);
    let effects = widget.send(Msg::TimerFired(Timer::Tick));
    assert_eq!(wakes(&effects, Timer::Tick), Some(50_000));
}

proptest! {
    #[test]
    fn a_newer_document_never_loses_to_an_older_one(
        versions in prop::collection::vec((0u64..20, any::<bool>()), 1..30)
    ) {
        let mut widget = Widget::with_order(5);
        let mut newest = 5;
        for (version, by_stream) in versions {
            if by_stream {
                widget.hear(document(version, "in_transit"));
            } else {
                widget.send(Msg::RefreshRequested);
                widget.answer(200, document(version, "in_transit"));
            }
            newest = newest.max(version);
            prop_assert_eq!(widget.version(), newest);
        }
    }

    #[test]
    fn known_data_is_never_blanked_by_any_answer(answers in prop::collection::vec((any::<u16>(), "\\PC{0,20}"), 0..20)) {
        let mut widget = Widget::with_order(5);
        for (status, body) in answers {
            widget.send(Msg::RefreshRequested);
            let response = Response { status, body: serde_json::from_str::<Value>(&body).ok().map(came), ..Response::default() };
            widget.send(Msg::OrderAnswered(widget.model.generation, Ok(response)));
            prop_assert!(matches!(widget.screen().content, Content::Order(_)));
        }
    }
}

#[test]
fn many_parcels_are_closed_and_drawn_when_they_are_opened_or_printed() {
    let drawn = |widget: &Widget| -> Vec<bool> {
        let Content::Order(page) = widget.model.screen(&widget.env()).content else { panic!("no order") };
        page.parcels.iter().map(|parcel| parcel.drawn).collect()
    };
    let parcels = |count: usize| -> Value {
        let ids = 1..=count;
        json!({
            "id": "ord_1", "number": "1042", "version": 1, "time_zone": "+00:00",
            "shipments": ids.map(|id| json!({"id": format!("s{id}"), "stage": "in_transit"})).collect::<Vec<_>>(),
        })
    };
    let mut widget = Widget::new();
    widget.send(configured());
    widget.answer(200, parcels(10));
    let Content::Order(page) = widget.model.screen(&widget.env()).content else { panic!("no order") };
    assert_eq!(page.parcels.iter().map(|parcel| parcel.open).collect::<Vec<_>>(), [[true; 8].as_slice(), &[false; 2]].concat());
    assert_eq!(drawn(&widget), [[true; 8].as_slice(), &[false; 2]].concat());
    widget.send(Msg::ParcelPressed("s10".to_owned()));
    assert_eq!(drawn(&widget), [[true; 8].as_slice(), &[false, true]].concat());
    // A second press closes the details; what is drawn stays.
    widget.send(Msg::ParcelPressed("s10".to_owned()));
    assert_eq!(drawn(&widget), [[true; 8].as_slice(), &[false, true]].concat());
    // A parcel with a problem comes first and is open. No other parcel opens or closes because of that.
    let mut changed = parcels(10);
    changed["version"] = json!(2);
    changed["shipments"][8]["stage"] = json!("lost");
    widget.answer(200, changed);
    let Content::Order(page) = widget.model.screen(&widget.env()).content else { panic!("no order") };
    let closed = page.parcels.iter().filter(|parcel| !parcel.open).map(|parcel| parcel.id.as_str());
    assert_eq!(closed.collect::<Vec<_>>(), ["s10"]);
    assert_eq!(page.parcels.first().map(|parcel| parcel.id.as_str()), Some("s9"));

    // Parcels that have arrived are closed anyway, and do not count.
    let mut mixed = parcels(10);
    for delivered in 0..9 {
        mixed["shipments"][delivered]["stage"] = json!("delivered");
    }
    let mut last = Widget::new();
    last.send(configured());
    last.answer(200, mixed);
    assert_eq!(drawn(&last).into_iter().filter(|drawn| *drawn).count(), 1);
    last.send(Msg::AllDetailsNeeded);
    assert_eq!(drawn(&last), [true; 10]);

    // If all of them need attention, not all of them are open.
    let mut lost = parcels(20);
    for shipment in lost["shipments"].as_array_mut().expect("shipments") {
        shipment["stage"] = json!("lost");
    }
    let mut urgent = Widget::new();
    urgent.send(configured());
    urgent.answer(200, lost);
    assert_eq!(drawn(&urgent).into_iter().filter(|drawn| *drawn).count(), 8);

    let mut few = Widget::new();
    few.send(configured());
    few.answer(200, parcels(8));
    assert_eq!(drawn(&few), [true; 8]);
}
