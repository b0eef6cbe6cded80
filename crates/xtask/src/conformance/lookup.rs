//! Checks the guest look-up: the right proof opens the order, and every wrong number and every wrong proof is refused in the same
//! way.

use doorstep_core::client::OrderEndpoint;
use serde_json::{Value, json};

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, TOKENS};
use super::run::Run;

const FAILS: Check = Check::must(
    "lookup.fails",
    TOKENS,
    "404, `lookup-failed`, for a number that nobody has",
    "answer `POST {api}/v1/lookup` with 404 and `\"code\": \"lookup-failed\"` when number and proof do not belong together",
);
const SAME_ANSWER: Check = Check::must(
    "lookup.alike",
    TOKENS,
    "the same answer for a number that exists with a wrong proof",
    "send one refusal for both, after the same work, or order numbers can be tried out",
);
const STRICT: Check = Check::must(
    "lookup.strict",
    TOKENS,
    "422 for a field that the contract does not have",
    "refuse unknown fields with 422 and a pointer: a misspelt one is otherwise passed over",
);
const SUCCEEDS: Check = Check::must(
    "lookup.succeeds",
    TOKENS,
    "200 with `order_id`, `token` and `expires_at`",
    "answer the right proof with the order's identity, a token for it and when the token ends",
);
const OPENS: Check = Check::must(
    "lookup.opens",
    TOKENS,
    "the token opens the order",
    "give out a token for `order_id` that `GET {api}/v1/orders/{id}` takes",
);

const UNKNOWN_NUMBER: &str = "doorstep-conformance-nobody";

pub(super) async fn check(run: &mut Run<'_>) {
    if run.options.leaves_out("lookup") {
        return run.report.skip(&[&FAILS, &SAME_ANSWER, &STRICT, &SUCCEEDS, &OPENS], "--without lookup");
    }
    let wrong = json!({ "number": UNKNOWN_NUMBER, "email": "nobody@doorstep.invalid" });
    let unknown = ask(run, "a look-up of a number that nobody has", &wrong).await;
    run.report.add(&FAILS, unknown.passes_if(unknown.status == 404 && unknown.code() == "lookup-failed"));
    let strict = json!({ "number": UNKNOWN_NUMBER, "email": "nobody@doorstep.invalid", "conformance_check": true });
    let strict = ask(run, "a look-up with an unknown field", &strict).await;
    run.report.add(&STRICT, strict.passes_with(422));
    match run.options.number.clone() {
        Some(number) => {
            same_answer(run, &number, &unknown).await;
            succeed(run, &number).await;
        }
        None => run.report.skip(&[&SAME_ANSWER, &SUCCEEDS, &OPENS], "--number was not given"),
    }
}

async fn ask(run: &mut Run<'_>, name: &str, body: &Value) -> Answer {
    let ask = CheckRequest::plain(name, "POST", run.url("/v1/lookup")).post(body);
    run.client.send(ask).await
}

async fn same_answer(run: &mut Run<'_>, number: &str, unknown: &Answer) {
    let body = json!({ "number": number, "email": "nobody@doorstep.invalid" });
    let known = ask(run, "a look-up with a wrong proof", &body).await;
    let same = known.status == unknown.status && known.comparable() == unknown.comparable();
    run.report.add(&SAME_ANSWER, known.passes_if(same));
}

async fn succeed(run: &mut Run<'_>, number: &str) {
    let proof = match (&run.options.email, &run.options.postcode) {
        (Some(email), _) => ("email", email),
        (None, Some(postcode)) => ("postcode", postcode),
        (None, None) => return run.report.skip(&[&SUCCEEDS, &OPENS], "neither --email nor --postcode was given"),
    };
    let body = json!({ "number": number, proof.0: proof.1 });
    let found = ask(run, "a look-up with the right proof", &body).await;
    let json = found.json().unwrap_or_default();
    let dated = json.get("expires_at").is_some_and(Value::is_string);
    let result = run.shaped(&found, 200, "LookupAnswer");
    run.report.add(&SUCCEEDS, result.and(CheckResult::when(dated, || "no `expires_at`".to_owned())));
    let text = |field: &str| json.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    if found.status != 200 {
        return run.report.skip(&[&OPENS], "the look-up gave no token");
    }
    let access = OrderEndpoint { order: text("order_id"), token: Some(text("token")), api: run.options.api.clone() };
    let opened = run.client.send(CheckRequest::of("the order with the token of a look-up", access.order(None))).await;
    run.report.add(&OPENS, opened.passes_with(200));
}
