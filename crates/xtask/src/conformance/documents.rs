//! Checks the files that shoppers download: labels of returns and acknowledgements of cases. Reading them changes nothing.

use doorstep_core::client::{OrderEndpoint, segment};
use serde_json::Value;

use super::http::CheckRequest;
use super::report::{Check, CheckResult, REQUESTS, TOKENS};
use super::run::Run;
use super::tokens::changed;

const LABEL: Check = Check::must(
    "returns.label",
    REQUESTS,
    "a label in each of the types under `label.formats`",
    "answer `GET …/returns/{rid}/label` in the type that `Accept` asks for, or leave that type out of `formats`",
);
const LABEL_REFUSED: Check = Check::must(
    "returns.label-refused",
    TOKENS,
    "404 for a label with a wrong token",
    "check the token of a label as that of the order: with it anybody can send a parcel at your cost",
);
const LABEL_FILE: Check = Check::should(
    "returns.label-file",
    REQUESTS,
    "a label as a file",
    "send `Content-Disposition: attachment; filename=\"…\"` with it",
);
const LABEL_UNKNOWN: Check = Check::must(
    "returns.label-unknown",
    REQUESTS,
    "404 for the label of a return that the order does not have",
    "look the return up in the order of the token, and answer 404, `label-not-found`",
);
const ACKNOWLEDGEMENT: Check = Check::must(
    "cases.acknowledgement",
    REQUESTS,
    "the acknowledgement of a case as text",
    "answer `GET …/cases/{cid}/acknowledgement` with text/plain: for a withdrawal the law asks for something to keep",
);

const ALL: [&Check; 5] = [&LABEL, &LABEL_REFUSED, &LABEL_FILE, &LABEL_UNKNOWN, &ACKNOWLEDGEMENT];

pub(super) async fn check(run: &mut Run<'_>) {
    if run.options.leaves_out("requests") {
        return run.report.skip(&ALL, "--without requests");
    }
    labels(run).await;
    let unknown = run.access.below("/returns/doorstep-conformance/label");
    let unknown = run.client.send(CheckRequest::of("the label of an unknown return", unknown).with("Accept", "*/*")).await;
    if unknown.status == 403 && unknown.code() == "act-not-allowed" {
        run.report.skip(&[&LABEL_UNKNOWN], "the token may only read");
    } else {
        run.report.add(&LABEL_UNKNOWN, unknown.passes_with(404));
    }
    let Some(case) = first(run, "cases", |_| true) else {
        return run.report.skip(&[&ACKNOWLEDGEMENT], "the order has no case");
    };
    let path = format!("/cases/{}/acknowledgement", segment(&case));
    let text =
        run.client.send(CheckRequest::of("an acknowledgement", run.access.below(&path)).with("Accept", "text/plain")).await;
    if text.status == 403 {
        return run.report.skip(&[&ACKNOWLEDGEMENT], "the token may only read");
    }
    let is_text = text.status == 200 && text.media_type() == "text/plain" && !text.text.trim().is_empty();
    run.report.add(&ACKNOWLEDGEMENT, text.passes_if(is_text));
}

/// Returns the identity of the first entry of a list of the order that fulfils the condition.
fn first(run: &Run<'_>, list: &str, is_wanted: impl Fn(&Value) -> bool) -> Option<String> {
    let found = run.order.as_ref()?.get(list)?.as_array()?.iter().find(|one| is_wanted(one))?;
    Some(found.get("id")?.as_str()?.to_owned())
}

fn formats(back: &Value) -> Vec<String> {
    let formats = back.pointer("/label/formats").and_then(Value::as_array);
    formats.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn labels(run: &mut Run<'_>) {
    let Some(id) = first(run, "returns", |back| !formats(back).is_empty()) else {
        return run.report.skip(&[&LABEL, &LABEL_REFUSED, &LABEL_FILE], "the order has no return with a label");
    };
    let of = |back: &Value| back.get("id").and_then(Value::as_str) == Some(&id);
    let returns = run.order.as_ref().and_then(|order| order.get("returns")).and_then(Value::as_array);
    let formats = returns.and_then(|all| all.iter().find(|back| of(back))).map(formats).unwrap_or_default();
    let path = format!("/returns/{}/label", segment(&id));
    let (mut wrong, mut bare) = (Vec::new(), Vec::new());
    for format in &formats {
        let label = CheckRequest::of(&format!("a label as {format}"), run.access.below(&path)).with("Accept", format);
        let label = run.client.send(label).await;
        if label.status != 200 || label.media_type() != *format || label.text.is_empty() {
            wrong.push(format!("{format}: {}", label.describe()));
        } else if !label.header("content-disposition").starts_with("attachment") {
            bare.push(format!("{format}: Content-Disposition: {:?}", label.header("content-disposition")));
        }
    }
    run.report.add(&LABEL, CheckResult::of(&wrong));
    run.report.add(&LABEL_FILE, CheckResult::of(&bare));
    let access = OrderEndpoint { token: Some(changed(&run.options.token)), ..run.access.clone() };
    // A type that exists is requested, because any other type would be refused with every token.
    let format = formats.first().map_or("*/*", String::as_str);
    let refused =
        run.client.send(CheckRequest::of("a label with a wrong token", access.below(&path)).with("Accept", format)).await;
    run.report.add(&LABEL_REFUSED, refused.passes_with(404));
}
