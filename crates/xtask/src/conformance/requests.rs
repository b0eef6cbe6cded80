//! Checks self-service requests as far as that is possible without changing anything: none of the requests of this file can be
//! carried out. `acting.rs` checks the properties that only a real request shows.

use doorstep_core::client::OrderEndpoint;
use serde_json::{Value, json};

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, REQUESTS, TOKENS};
use super::run::Run;
use super::tokens::changed;

const KIND: Check = Check::must(
    "requests.kind",
    REQUESTS,
    "422 that points at `/kind`, for a kind that does not exist",
    "refuse kinds that you do not know with 422 and `errors: [{\"pointer\": \"/kind\", \"code\": \"unknown-value\"}]`",
);
const FIELD: Check = Check::must(
    "requests.field",
    REQUESTS,
    "422 that points at a field that does not exist",
    "read bodies strictly and name the field in `errors`, or a misspelt field is passed over in silence",
);
const KEY: Check = Check::must(
    "requests.key",
    REQUESTS,
    "400 without an `Idempotency-Key`",
    "refuse writes without a key before anything else: they cannot be repeated safely",
);
const IF_MATCH: Check = Check::must(
    "requests.if-match",
    REQUESTS,
    "428 without `If-Match`, for a kind that changes what was shown",
    "ask for `If-Match` with the kinds that docs/connecting-a-backend.md marks",
);
const STALE: Check = Check::must(
    "requests.stale",
    REQUESTS,
    "412 with the order as it is under `order`, when `If-Match` has another version",
    "compare `If-Match` with the version before anything is changed; the shopper may have seen something else",
);
const REFUSED: Check = Check::must(
    "requests.refused",
    TOKENS,
    "404 with a wrong token, as for the order",
    "check the token of a write as that of the order, before the body is read",
);
const READ_ONLY: Check = Check::must(
    "requests.read-only",
    TOKENS,
    "403 with a token that may only read",
    "refuse writes with tokens without the scope `act`: a postcode stands on every parcel",
);
const JSON: Check = Check::should(
    "requests.json",
    REQUESTS,
    "400 for a body that is no JSON",
    "tell a broken body (400) from wrong fields (422): clients repeat neither, but their developers look in other places",
);
const NO_CASE: Check = Check::must(
    "requests.no-case",
    REQUESTS,
    "404 for a message to a case that the order does not have",
    "look the case up in the order of the token, and answer 404, `case-not-found`",
);
const TYPE: Check = Check::should(
    "requests.content-type",
    REQUESTS,
    "415 for another type than `application/json`",
    "take only application/json: other types are what forms of foreign pages can send",
);

/// Checks that need a token which may act.
const ACTING: [&Check; 8] = [&KIND, &FIELD, &KEY, &IF_MATCH, &STALE, &NO_CASE, &JSON, &TYPE];

/// ETag of a version before the first, which no order has.
const UNUSED_ETAG: &str = "\"0\"";

pub(super) async fn check(run: &mut Run<'_>) {
    if run.options.leaves_out("requests") {
        run.report.skip(&[&REFUSED, &READ_ONLY], "--without requests");
        return run.report.skip(&ACTING, "--without requests");
    }
    refused(run).await;
    let kind = send(run, "an unknown kind", &json!({ "kind": "doorstep-conformance" })).await;
    if kind.status == 403 {
        return run.report.skip(&ACTING, "the token may only read");
    }
    run.report.add(&KIND, pointed(&kind, "/kind"));
    let body = json!({ "kind": "report_missing_item", "conformance_check": true });
    let field = send(run, "an unknown field", &body).await;
    run.report.add(&FIELD, first_refused(&field, &[], pointed(&field, "/conformance_check")));
    let key = run.client.send(ask(run, "without a key", &json!({ "kind": "doorstep-conformance" }))).await;
    run.report.add(&KEY, first_refused(&key, &[422], key.passes_with(400)));
    conditions(run).await;
    let key = run.key();
    let message = CheckRequest::of("a message to an unknown case", run.access.below("/cases/doorstep-conformance/messages"));
    let message = message.post(&json!({ "text": "Nothing to do." })).with("Idempotency-Key", &key);
    let message = run.client.send(message).await;
    run.report.add(&NO_CASE, message.passes_with(404));
    bodies(run).await;
}

/// Returns a self-service request without an idempotency key.
pub(super) fn ask(run: &Run<'_>, name: &str, body: &Value) -> CheckRequest {
    CheckRequest::of(&format!("a request: {name}"), run.access.below("/requests")).post(body)
}

async fn send(run: &mut Run<'_>, name: &str, body: &Value) -> Answer {
    let key = run.key();
    let ask = ask(run, name, body).with("Idempotency-Key", &key);
    run.client.send(ask).await
}

/// Passes if the response is 422 with an error at this JSON pointer.
pub(super) fn pointed(answer: &Answer, pointer: &str) -> CheckResult {
    let pointers = pointers(answer);
    match answer.status {
        422 if pointers.iter().any(|one| one == pointer) => CheckResult::Passed,
        422 if pointers.is_empty() => CheckResult::Failed("422 without `errors`".to_owned()),
        422 => CheckResult::Failed(format!("422, `errors` at {}", pointers.join(", "))),
        _ => answer.passes_if(false),
    }
}

fn pointers(answer: &Answer) -> Vec<String> {
    let json = answer.json().unwrap_or_default();
    let errors = json.get("errors").and_then(Value::as_array).cloned().unwrap_or_default();
    errors.iter().filter_map(|error| Some(error.get("pointer")?.as_str()?.to_owned())).collect()
}

/// Returns `otherwise`, unless it is a failure because the backend refused another part of the made-up request first. Then the
/// check is skipped, because only a real request can show the result. A refusal is about another part if its status is one of
/// `statuses`. If `statuses` is empty, a refusal is about another part if it is 422 with pointers to fields.
fn first_refused(answer: &Answer, statuses: &[u16], otherwise: CheckResult) -> CheckResult {
    let is_other_field = answer.status == 422 && statuses.is_empty() && !pointers(answer).is_empty();
    match otherwise {
        CheckResult::Failed(_) if statuses.contains(&answer.status) || is_other_field => {
            CheckResult::Skipped("something else in a made-up request was refused first; --act tells".to_owned())
        }
        CheckResult::Passed | CheckResult::Noted(_) | CheckResult::Failed(_) | CheckResult::Skipped(_) => otherwise,
    }
}

async fn refused(run: &mut Run<'_>) {
    let body = json!({ "kind": "doorstep-conformance" });
    for (check, token, status) in
        [(&REFUSED, Some(changed(&run.options.token)), 404), (&READ_ONLY, run.options.read_token.clone(), 403)]
    {
        let Some(token) = token else {
            run.report.skip(&[check], "--read-token was not given");
            continue;
        };
        let (key, access) = (run.key(), OrderEndpoint { token: Some(token), ..run.access.clone() });
        let ask =
            CheckRequest::of("a request with another token", access.below("/requests")).post(&body).with("Idempotency-Key", &key);
        let answer = run.client.send(ask).await;
        run.report.add(check, answer.passes_with(status));
    }
}

/// Checks `If-Match` with a delivery slot that is not offered, so that no delivery is ever moved.
async fn conditions(run: &mut Run<'_>) {
    let body = json!({ "kind": "reschedule", "shipment_id": "doorstep-conformance", "slot_id": "doorstep-conformance" });
    let unseen = send(run, "without If-Match", &body).await;
    run.report.add(&IF_MATCH, first_refused(&unseen, &[404, 409, 422], unseen.passes_with(428)));
    let key = run.key();
    let stale = ask(run, "with an old version", &body).with("Idempotency-Key", &key).with("If-Match", UNUSED_ETAG);
    let stale = run.client.send(stale).await;
    run.report.add(&STALE, first_refused(&stale, &[404, 409, 422], refused_as_stale(&stale)));
}

/// Passes if the response is 412 and contains the current order.
pub(super) fn refused_as_stale(answer: &Answer) -> CheckResult {
    let json = answer.json().unwrap_or_default();
    let order = json.get("order").and_then(|order| order.get("version")).is_some();
    answer.passes_with(412).and(CheckResult::when(order, || "412 without the current order under `order`".to_owned()))
}

async fn bodies(run: &mut Run<'_>) {
    let key = run.key();
    let broken = ask(run, "that is no JSON", &Value::Null).with("Idempotency-Key", &key).with_text_body("{");
    let broken = run.client.send(broken).await;
    run.report.add(&JSON, broken.passes_with(400));
    let key = run.key();
    let other = ask(run, "of another type", &json!({ "kind": "doorstep-conformance" }));
    let other = run.client.send(other.with("Idempotency-Key", &key).with("Content-Type", "text/plain")).await;
    run.report.add(&TYPE, other.passes_with(415));
}
