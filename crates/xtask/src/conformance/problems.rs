//! Checks errors: every refusal that the other checks received must be a problem (RFC 9457) with a stable code.

use serde_json::Value;

use super::http::Answer;
use super::report::{CONTRACT, Check, CheckResult};
use super::run::Run;

const CONTENT_TYPE: Check = Check::must(
    "problem.content-type",
    CONTRACT,
    "`Content-Type: application/problem+json` for every error",
    "send errors as application/problem+json, also those of your framework and of the proxy before it",
);
const SHAPE: Check = Check::must(
    "problem.shape",
    CONTRACT,
    "`type` and `title` as texts, `status` as in the head, `code` in kebab-case, `request_id`",
    "fill these fields for every error; `code` names the kind of problem and never changes",
);
const REQUEST_ID: Check = Check::should(
    "problem.request-id",
    CONTRACT,
    "`request_id` of the body is in the header `X-Request-Id`, too",
    "send both, and log it; it is what a shopper or a partner can quote",
);

pub(super) fn check(run: &mut Run<'_>) {
    let refusals = &run.client.refusals;
    if refusals.is_empty() {
        return run.report.skip(&[&CONTENT_TYPE, &SHAPE, &REQUEST_ID], "nothing was refused");
    }
    let wrong = |what: fn(&Answer) -> Option<String>| {
        let mut findings: Vec<String> =
            refusals.iter().filter_map(|answer| Some(format!("{}: {}", answer.name, what(answer)?))).collect();
        findings.dedup();
        CheckResult::of(&findings)
    };
    let results = [(&CONTENT_TYPE, wrong(other_type)), (&SHAPE, wrong(wrong_fields)), (&REQUEST_ID, wrong(without_request_id))];
    for (check, result) in results {
        run.report.add(check, result);
    }
}

fn other_type(answer: &Answer) -> Option<String> {
    let kind = answer.media_type();
    (kind != "application/problem+json")
        .then(|| format!("{}, {}", answer.status, if kind.is_empty() { "no type" } else { &kind }))
}

fn wrong_fields(answer: &Answer) -> Option<String> {
    let Some(Value::Object(problem)) = answer.json() else {
        return Some(format!("{}, the body is no JSON object", answer.status));
    };
    let filled = |name: &str| problem.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let mut wrong: Vec<&str> = ["type", "title", "request_id"].into_iter().filter(|name| !filled(name)).collect();
    if problem.get("status").and_then(Value::as_u64) != Some(answer.status.into()) {
        wrong.push("status");
    }
    if !is_kebab(&answer.code()) {
        wrong.push("code");
    }
    (!wrong.is_empty()).then(|| format!("{}, missing or wrong: {}", answer.describe(), wrong.join(", ")))
}

fn is_kebab(code: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    code.split('-').all(part)
}

fn without_request_id(answer: &Answer) -> Option<String> {
    let json = answer.json()?;
    let id = json.get("request_id")?.as_str()?;
    (answer.header("x-request-id") != id).then(|| format!("{}, {id} only in the body", answer.status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_in_kebab_case() {
        for (code, right) in [("order-not-found", true), ("stale", true), ("NotFound", false), ("not_found", false), ("", false)]
        {
            assert_eq!(is_kebab(code), right, "{code}");
        }
    }
}
