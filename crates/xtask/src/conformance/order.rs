//! Checks the order document: that it is served, and that each of its fields is as the contract requires.

use serde_json::Value;

use super::http::Answer;
use super::relations;
use super::report::{CONTRACT, Check, CheckResult, NO_ORDER, OWN_API, listed};
use super::run::Run;
use super::schema::{Finding, Kind};
use crate::failure::Failure;

const STATUS: Check = Check::must(
    "order.status",
    OWN_API,
    "200 for `GET {api}/v1/orders/{id}` with the token as `Authorization: Bearer …`",
    "serve the order at this path; see that --order and --token belong together and that the token has not ended",
);
const CONTENT_TYPE: Check =
    Check::must("order.content-type", CONTRACT, "`Content-Type: application/json`", "send the order as application/json");
const JSON: Check = Check::must("order.json", CONTRACT, "a JSON object", "send the order document itself, without an envelope");
const IDENTITY: Check = Check::must(
    "order.identity",
    CONTRACT,
    "`id` is the identity that was asked for",
    "put the identity of the path into `id`; the number on the receipt is `number`",
);
const REQUIRED: Check = Check::must(
    "order.required",
    CONTRACT,
    "the fields that nothing can be shown without",
    "send the fields at these places, filled; the part is left out or shown wrongly without them",
);
const TYPES: Check = Check::must(
    "order.types",
    CONTRACT,
    "every field has the JSON type of the contract",
    "send the types that `GET {api}/v1/openapi.json` of the reference backend describes; the widget passes over other ones",
);
const TIMES: Check = Check::must(
    "order.times",
    CONTRACT,
    "instants in RFC 3339 with an offset, dates as YYYY-MM-DD, clock readings without an offset",
    "write instants like 2026-11-20T07:30:00Z and dates like 2026-11-20; the widget drops other notations",
);
const WINDOWS: Check = Check::must(
    "order.windows",
    CONTRACT,
    "`day` and `days` have dates at both ends, `time` has instants, and `from` is not after `to`",
    "choose `kind` by what the ends are, and put the earlier one into `from`",
);
const MONEY: Check = Check::must(
    "order.money",
    CONTRACT,
    "`{\"minor\": 1299, \"currency\": \"GBP\"}`",
    "send amounts as whole numbers of the smallest unit, such as pence, with the code of the currency",
);
const VALUES: Check = Check::must(
    "order.words",
    CONTRACT,
    "known words exactly as the contract writes them",
    "write them in lower case with underscores; spelt otherwise they are shown as unknown",
);
const UNKNOWN_WORDS: Check = Check::should(
    "order.unknown-words",
    CONTRACT,
    "only words that the widget knows",
    "translate them into the nearest known word; the widget shows these as unknown, with your text where there is one",
);
const COMPLETE: Check = Check::should(
    "order.complete",
    CONTRACT,
    "every list and flag is there, also when it is empty or false",
    "send an empty list, `false` or `unknown`; what is missing is taken for that",
);
const UNKNOWN_FIELDS: Check =
    Check::should("order.unknown-fields", CONTRACT, "nothing: fields of your own are allowed", "nothing to do");

const DOCUMENT_CHECKS: [&Check; 12] = [
    &CONTENT_TYPE,
    &JSON,
    &IDENTITY,
    &REQUIRED,
    &TYPES,
    &TIMES,
    &WINDOWS,
    &MONEY,
    &VALUES,
    &UNKNOWN_WORDS,
    &COMPLETE,
    &UNKNOWN_FIELDS,
];

pub(super) async fn check(run: &mut Run<'_>) -> Result<(), Failure> {
    let answer = run.client.send(run.ask_order("the order")).await;
    if answer.status == 0 {
        let advice = "see that the address is right and that the backend runs";
        return Err(Failure::new(format!("{} cannot be reached: {}", run.options.api, answer.trouble), advice));
    }
    run.report.add(&STATUS, answer.passes_with(200));
    if answer.status == 200 {
        document(run, &answer);
    } else {
        run.report.skip(&DOCUMENT_CHECKS, NO_ORDER);
        relations::skip(run);
    }
    Ok(())
}

fn document(run: &mut Run<'_>, answer: &Answer) {
    run.report.add(&CONTENT_TYPE, answer.passes_if(answer.media_type() == "application/json"));
    let Some(order) = answer.json().filter(Value::is_object) else {
        run.report.add(&JSON, CheckResult::Failed(answer.describe()));
        run.report.skip(&DOCUMENT_CHECKS[2..], NO_ORDER);
        return relations::skip(run);
    };
    run.report.add(&JSON, CheckResult::Passed);
    let same = order.get("id").and_then(Value::as_str) == Some(&run.options.order);
    let description = || format!("`id` is {}", order.get("id").unwrap_or(&Value::Null));
    run.report.add(&IDENTITY, CheckResult::when(same, description));
    let findings = run.schemas.check("Order", &order);
    for (kind, check) in [
        (Kind::Missing, &REQUIRED),
        (Kind::Type, &TYPES),
        (Kind::Time, &TIMES),
        (Kind::Window, &WINDOWS),
        (Kind::Money, &MONEY),
        (Kind::Word, &VALUES),
        (Kind::UnknownWord, &UNKNOWN_WORDS),
        (Kind::Incomplete, &COMPLETE),
    ] {
        run.report.add(check, CheckResult::of(&descriptions(&findings, kind)));
    }
    let unknown = descriptions(&findings, Kind::UnknownField);
    run.report.add(&UNKNOWN_FIELDS, if unknown.is_empty() { CheckResult::Passed } else { CheckResult::Noted(listed(&unknown)) });
    relations::check(run, &order);
    run.order = Some(order);
}

fn descriptions(findings: &[Finding], kind: Kind) -> Vec<String> {
    findings.iter().filter(|finding| finding.kind == kind).map(Finding::describe).collect()
}
