//! Checks the choices that a shopper has before a self-service request is sent: delivery slots, pickup points, the estimate of a return.
//! Reading them changes nothing.

use doorstep_core::client::segment;
use serde_json::{Value, json};

use super::http::CheckRequest;
use super::report::{Check, OWN_API, REQUESTS};
use super::run::Run;

const SLOTS: Check = Check::must(
    "choices.slots",
    REQUESTS,
    "200 with the free slots, for a shipment that can be rescheduled",
    "answer `GET …/shipments/{sid}/slots` with `{\"slots\": [{\"id\", \"window\", \"fee\"}]}`, or do not offer `reschedule`",
);
const POINTS: Check = Check::must(
    "choices.pickup-points",
    REQUESTS,
    "200 with the places, for a shipment that can be redirected",
    "answer `GET …/shipments/{sid}/pickup-points` with `{\"points\": [{\"id\", \"name\", \"lines\"}]}`, or do not offer `redirect_to_pickup`",
);
const QUOTE: Check = Check::must(
    "choices.quote",
    REQUESTS,
    "200 with the estimate, for a line that can be sent back",
    "answer `POST …/returns/quote` with amount, parts and methods, or do not offer `start_return`; it needs no key and stores nothing",
);
const UNKNOWN: Check = Check::must(
    "choices.unknown",
    OWN_API,
    "404 for a shipment that the order does not have",
    "look the shipment up in the order of the token, and answer 404, `shipment-not-found`",
);

pub(super) async fn check(run: &mut Run<'_>) {
    if run.options.leaves_out("requests") {
        return run.report.skip(&[&SLOTS, &POINTS, &QUOTE, &UNKNOWN], "--without requests");
    }
    list(run, &SLOTS, "reschedule", ("slots", "Slots")).await;
    list(run, &POINTS, "redirect_to_pickup", ("pickup-points", "PickupPoints")).await;
    quote(run).await;
    let unknown = run.access.below("/shipments/doorstep-conformance/slots");
    let unknown = run.client.send(CheckRequest::of("the slots of an unknown shipment", unknown)).await;
    run.report.add(&UNKNOWN, unknown.passes_with(404));
}

/// Returns the first action of this kind that is available.
fn available(run: &Run<'_>, kind: &str) -> Option<Value> {
    let actions = run.order.as_ref()?.get("actions")?.as_array()?;
    actions.iter().find(|action| is(action, "kind", kind) && is(action, "state", "available")).cloned()
}

fn is(value: &Value, field: &str, word: &str) -> bool {
    value.get(field).and_then(Value::as_str) == Some(word)
}

async fn list(run: &mut Run<'_>, check: &'static Check, kind: &str, (path, schema): (&str, &str)) {
    let Some(shipment) = available(run, kind).and_then(|action| Some(action.get("shipment_id")?.as_str()?.to_owned())) else {
        return run.report.skip(&[check], &not_available(kind));
    };
    let ask = run.access.below(&format!("/shipments/{}/{path}", segment(&shipment)));
    let answer = run.client.send(CheckRequest::of(&format!("the {path}"), ask)).await;
    run.report.add(check, run.shaped(&answer, 200, schema));
}

async fn quote(run: &mut Run<'_>) {
    let Some(body) = available(run, "start_return").as_ref().and_then(of_one_piece) else {
        return run.report.skip(&[&QUOTE], &not_available("start_return"));
    };
    let ask = CheckRequest::of("the estimate of a return", run.access.below("/returns/quote")).post(&body);
    let answer = run.client.send(ask).await;
    if answer.status == 403 && answer.code() == "act-not-allowed" {
        return run.report.skip(&[&QUOTE], "the token may only read");
    }
    run.report.add(&QUOTE, run.shaped(&answer, 200, "Quote"));
}

fn not_available(kind: &str) -> String {
    format!("`{kind}` is not available for this order")
}

/// Returns the body that asks for the estimate of returning one piece of the first eligible line. If no line is eligible, returns
/// None.
fn of_one_piece(action: &Value) -> Option<Value> {
    let eligible = |line: &&Value| line.get("eligible") == Some(&Value::Bool(true));
    let line = action.get("lines")?.as_array()?.iter().find(eligible)?;
    let mut requested = json!({ "line_id": line.get("line_id")?, "quantity": 1 });
    if let (Some(fields), Some(shipment)) = (requested.as_object_mut(), line.get("shipment_id")) {
        fields.insert("shipment_id".to_owned(), shipment.clone());
    }
    if let (Some(fields), Some(reason)) = (requested.as_object_mut(), action.pointer("/reasons/0/code")) {
        fields.insert("reason".to_owned(), reason.clone());
    }
    let outcome = action.pointer("/outcomes/0").cloned();
    Some(json!({ "kind": "start_return", "lines": [requested], "outcome": outcome }))
}
