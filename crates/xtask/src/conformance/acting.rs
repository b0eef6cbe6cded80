//! Checks properties that only a real self-service request shows, such as that a request is carried out once, however often it is
//! sent. These checks are run only with `--act`. Their requests are of the kind `contact`, which changes no delivery and moves no
//! money.

use doorstep_core::client::segment;
use serde_json::{Value, json};

use super::http::{Answer, CheckRequest};
use super::report::{CONTRACT, Check, CheckResult, REQUESTS};
use super::requests::{ask, pointed, refused_as_stale};
use super::run::Run;

const CREATED: Check = Check::must(
    "act.created",
    REQUESTS,
    "201 with the case, and the new version as `ETag`",
    "answer a request with 201 and the case as it stands in the order",
);
const REPEATED: Check = Check::must(
    "act.repeated",
    REQUESTS,
    "the same answer, when the same request comes again with the same key",
    "keep the answer with its `Idempotency-Key` in the transaction of the effect, and send it again",
);
const ONCE: Check = Check::must(
    "act.once",
    REQUESTS,
    "one case in the order, after the same request came twice",
    "store effect and key in one transaction, so that a repeated request finds the key",
);
const REUSED: Check = Check::must(
    "act.reused",
    REQUESTS,
    "422 for another body with the same key",
    "keep a fingerprint of the request with its key and refuse another one with 422, `idempotency-key-reused`",
);
const VERSION: Check = Check::must(
    "act.version",
    CONTRACT,
    "a higher `version` after the request",
    "raise `version` with every change, or the widget takes the new document for the old one",
);
const KEY: Check = Check::must(
    "act.key",
    REQUESTS,
    "400 without an `Idempotency-Key`, also for a request that could be carried out",
    "refuse writes without an `Idempotency-Key`: after a timeout they cannot be repeated safely",
);
const FIELD: Check = Check::must(
    "act.field",
    REQUESTS,
    "422 that points at an unknown field, also when all others are right",
    "read bodies strictly and name the field in `errors`, or a misspelt field is passed over in silence",
);
const STALE: Check = Check::must(
    "act.stale",
    REQUESTS,
    "412 with the current order, when `If-Match` has another version",
    "honour `If-Match` for every kind, also for those that do not need it",
);

const MESSAGE: Check = Check::must(
    "act.message",
    REQUESTS,
    "the case with the message in its timeline, once, after the same message came twice",
    "answer `POST …/cases/{cid}/messages` with the case, and keep the answer with its `Idempotency-Key`",
);

const ALL: [&Check; 9] = [&STALE, &FIELD, &CREATED, &VERSION, &REPEATED, &ONCE, &REUSED, &MESSAGE, &KEY];
const NOTE: &str = "A check of the order-tracking interface. Nothing to do.";

pub(super) async fn check(run: &mut Run<'_>) {
    if !run.options.act || run.options.leaves_out("requests") {
        let why = if run.options.act { "--without requests" } else { "--act was not given" };
        return run.report.skip(&ALL, why);
    }
    let body = json!({ "kind": "contact", "note": NOTE });
    let (stale_key, field_key, key) = (run.key(), run.key(), run.key());
    let stale = ask(run, "contact, with an old version", &body).with("Idempotency-Key", &stale_key).with("If-Match", "\"0\"");
    let stale = run.client.send(stale).await;
    run.report.add(&STALE, refused_as_stale(&stale));
    let more = json!({ "kind": "contact", "note": NOTE, "conformance_check": true });
    let field = run.client.send(ask(run, "contact, with an unknown field", &more).with("Idempotency-Key", &field_key)).await;
    run.report.add(&FIELD, pointed(&field, "/conformance_check"));
    check_repetition(run, &body, &key).await;
    // This check comes last, because a backend that accepts the request without a key opens another case.
    let without_key = run.client.send(ask(run, "contact, without a key", &body)).await;
    run.report.add(&KEY, without_key.passes_with(400));
}

async fn check_repetition(run: &mut Run<'_>, body: &Value, key: &str) {
    let before = order(run).await;
    let request = ask(run, "contact", body).with("Idempotency-Key", key);
    let first = run.client.send(request.clone()).await;
    if [403, 409, 429].contains(&first.status) {
        let why = format!("`contact` cannot be asked for now ({})", first.describe());
        return run.report.skip(&[&CREATED, &VERSION, &REPEATED, &ONCE, &REUSED, &MESSAGE], &why);
    }
    run.report.add(&CREATED, created(run, &first));
    let second = run.client.send(request).await;
    let same = first.status == second.status && first.comparable() == second.comparable();
    let description =
        || if second.status == first.status { "the same status, another body".to_owned() } else { second.describe() };
    run.report.add(&REPEATED, CheckResult::when(same, description));
    let after = order(run).await;
    let version = |order: &Value| order.get("version").and_then(Value::as_u64).unwrap_or_default();
    let description = || format!("{} before, {} after", version(&before), version(&after));
    run.report.add(&VERSION, CheckResult::when(version(&after) > version(&before), description));
    let more = cases(&after).saturating_sub(cases(&before));
    run.report.add(&ONCE, CheckResult::when(more == 1, || format!("{more} more cases")));
    let other = ask(run, "another one with the same key", &json!({ "kind": "contact", "note": "Another text." }));
    let reused = run.client.send(other.with("Idempotency-Key", key)).await;
    run.report.add(&REUSED, reused.passes_with(422));
    message(run, &first).await;
}

/// Sends a message twice to the case that was opened, and checks that it is in the timeline once.
async fn message(run: &mut Run<'_>, created: &Answer) {
    let case = created.json().unwrap_or_default();
    let id = case.get("id").and_then(Value::as_str).unwrap_or_default();
    if case.get("can_reply") != Some(&Value::Bool(true)) {
        return run.report.skip(&[&MESSAGE], "the case takes no messages: `can_reply` is not true");
    }
    let key = run.key();
    let ask = CheckRequest::of("a message", run.access.below(&format!("/cases/{}/messages", segment(id))));
    let ask = ask.post(&json!({ "text": NOTE })).with("Idempotency-Key", &key);
    run.client.send(ask.clone()).await;
    let again = run.client.send(ask).await;
    let times = |answer: &Answer| {
        let case = answer.json().unwrap_or_default();
        let timeline = case.get("timeline").and_then(Value::as_array).cloned().unwrap_or_default();
        timeline.iter().filter(|entry| entry.get("what").and_then(Value::as_str) == Some("message")).count()
    };
    let result = CheckResult::when(times(&again) == 1, || format!("{} messages in the timeline of the case", times(&again)));
    run.report.add(&MESSAGE, run.shaped(&again, 200, "Case").and(result));
}

fn created(run: &Run<'_>, answer: &Answer) -> CheckResult {
    let tagged = !answer.header("etag").is_empty();
    let tag = CheckResult::when(tagged, || "201 without an ETag".to_owned());
    run.shaped(answer, 201, "Case").and(tag)
}

async fn order(run: &mut Run<'_>) -> Value {
    let answer = run.client.send(run.ask_order("the order")).await;
    answer.json().unwrap_or_default()
}

fn cases(order: &Value) -> usize {
    let contact = |case: &&Value| case.get("kind").is_some_and(|kind| kind == "contact");
    order.get("cases").and_then(Value::as_array).map_or(0, |cases| cases.iter().filter(contact).count())
}
