//! Checks cross-origin requests: pages of allowed origins may send requests and read the headers that they need, without credentials; pages
//! of other origins may not.

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, OWN_API};
use super::run::Run;

const PREFLIGHT: Check = Check::must(
    "cors.preflight",
    OWN_API,
    "a preflight that allows the origin, `POST` and the headers of the widget",
    "answer OPTIONS with `Access-Control-Allow-Origin`, `-Methods` and `-Headers`: authorization, content-type, if-none-match, \
     if-match, idempotency-key, last-event-id",
);
const READABLE: Check = Check::must(
    "cors.readable",
    OWN_API,
    "the answer allows the origin, with `Vary: Origin`",
    "send `Access-Control-Allow-Origin` with every answer, errors included, and `Vary: Origin`, or a cache mixes origins up",
);
const EXPOSED: Check = Check::should(
    "cors.exposed",
    OWN_API,
    "`Access-Control-Expose-Headers` names etag, retry-after, date, location and content-disposition",
    "expose these headers, or the widget cannot see them",
);
const CREDENTIALS: Check = Check::must(
    "cors.credentials",
    OWN_API,
    "no `Access-Control-Allow-Credentials`",
    "leave the header out: tokens travel in `Authorization`, and cookies have no business here",
);
const OTHER_ORIGINS: Check = Check::must(
    "cors.others",
    OWN_API,
    "an origin that is not yours is not allowed",
    "reflect only origins of a list of your own; neither `*` nor whatever comes",
);

const REQUEST_HEADERS: [&str; 6] =
    ["authorization", "content-type", "if-none-match", "if-match", "idempotency-key", "last-event-id"];
const RESPONSE_HEADERS: [&str; 5] = ["etag", "retry-after", "date", "location", "content-disposition"];
const OTHER_ORIGIN: &str = "https://doorstep-conformance.invalid";

pub(super) async fn check(run: &mut Run<'_>) {
    let Some(origin) = run.options.origin.clone() else {
        return run.report.skip(&[&PREFLIGHT, &READABLE, &EXPOSED, &CREDENTIALS, &OTHER_ORIGINS], "--origin was not given");
    };
    let preflight = run.client.send(preflight(run, &origin)).await;
    run.report.add(&PREFLIGHT, CheckResult::of(&refused(&preflight, &origin)));
    let answer = run.client.send(run.ask_order("the order, from a page").with("Origin", &origin)).await;
    let vary = listed(&answer, "vary").iter().any(|name| name == "origin" || name == "*");
    let allowed = answer.header(ALLOWED);
    let description = || format!("origin {allowed:?}, Vary: {:?}", answer.header("vary"));
    run.report.add(&READABLE, CheckResult::when(allowed == origin && vary, description));
    let exposed = listed(&answer, "access-control-expose-headers");
    run.report.add(&EXPOSED, CheckResult::of(&missing(&RESPONSE_HEADERS, &exposed)));
    let credentials: Vec<String> = [&preflight, &answer]
        .iter()
        .map(|answer| answer.header("access-control-allow-credentials"))
        .filter(|value| !value.is_empty())
        .collect();
    run.report.add(&CREDENTIALS, CheckResult::of(&credentials));
    let foreign = run.client.send(run.ask_order("the order, from a foreign page").with("Origin", OTHER_ORIGIN)).await;
    let allowed = foreign.header(ALLOWED);
    let description = || format!("Access-Control-Allow-Origin: {allowed}");
    run.report.add(&OTHER_ORIGINS, CheckResult::when(allowed != "*" && allowed != OTHER_ORIGIN, description));
}

const ALLOWED: &str = "access-control-allow-origin";

fn preflight(run: &Run<'_>, origin: &str) -> CheckRequest {
    CheckRequest::plain("a preflight", "OPTIONS", run.access.below("/requests").url)
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "POST")
        .with("Access-Control-Request-Headers", &REQUEST_HEADERS.join(","))
}

fn refused(answer: &Answer, origin: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if !(200..300).contains(&answer.status) {
        wrong.push(answer.describe());
    }
    let allowed = answer.header(ALLOWED);
    if allowed != origin && allowed != "*" {
        wrong.push(format!("Access-Control-Allow-Origin: {allowed:?}"));
    }
    let methods = listed(answer, "access-control-allow-methods");
    // Browsers allow GET and POST even if the list of methods is missing. But if there is a list, it must contain POST.
    if !methods.is_empty() && !methods.iter().any(|method| method == "post" || method == "*") {
        wrong.push(format!("Access-Control-Allow-Methods: {}", methods.join(", ")));
    }
    wrong.extend(missing(&REQUEST_HEADERS, &listed(answer, "access-control-allow-headers")));
    wrong
}

fn listed(answer: &Answer, header: &str) -> Vec<String> {
    let value = answer.header(header).to_ascii_lowercase();
    value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Returns a line for each wanted header that is missing. `*` covers everything but `authorization`.
fn missing(wanted: &[&str], present: &[String]) -> Vec<String> {
    let has = |name: &str| present.iter().any(|one| one == name || (one == "*" && name != "authorization"));
    wanted.iter().filter(|name| !has(name)).map(|name| format!("`{name}` is missing")).collect()
}
