//! Tests of the time of the last check that the page shows.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Env, Model, Msg, StreamDocument};
use crate::client::{OrderEndpoint, Response};
use crate::testing::{noon, zone};

fn send(model: &mut Model, msg: Msg, now: DateTime<Utc>) {
    model.update(msg, &Env { now, random: 0.5, to_local: &zone });
}

fn document(version: u64) -> std::rc::Rc<doorstep_contract::Value> {
    std::rc::Rc::new(json!({"id": "ord_1", "version": version, "stream": true}).into())
}

/// Function that creates an input with a document of this version.
type Input = fn(&Model, u64) -> Msg;

fn answered(model: &Model, version: u64) -> Msg {
    let response = Response { status: 200, body: Some(document(version)), ..Response::default() };
    Msg::OrderAnswered(model.generation, Ok(response))
}

fn streamed(model: &Model, version: u64) -> Msg {
    Msg::StreamReceived(model.generation, vec![StreamDocument { id: Some(version.to_string()), json: document(version) }])
}

#[test]
fn a_document_that_is_ignored_because_it_is_older_confirms_nothing() {
    let at = |seconds| noon().utc() + TimeDelta::seconds(seconds);
    let mut model = Model::default();
    let endpoint = OrderEndpoint { api: "/api".to_owned(), order: "ord_1".to_owned(), token: None };
    send(&mut model, Msg::Configured(endpoint), at(0));
    let inputs: [(Input, u64, i64); 6] =
        [(answered, 5, 0), (answered, 4, 0), (streamed, 4, 0), (answered, 5, 30), (streamed, 5, 40), (streamed, 6, 50)];
    for (nth, (input, version, confirmed)) in inputs.into_iter().enumerate() {
        let msg = input(&model, version);
        send(&mut model, msg, at(10 * i64::try_from(nth).unwrap()));
        assert_eq!(model.known().unwrap().checked_at, at(confirmed), "input {nth}");
    }
    let comment = Msg::StreamReceived(model.generation, Vec::new());
    send(&mut model, comment, at(90));
    assert_eq!(model.known().unwrap().checked_at, at(90), "a comment confirms what is known");
}
