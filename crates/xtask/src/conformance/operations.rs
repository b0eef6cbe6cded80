//! Checks what a backend should have beside the contract: a description of itself and health endpoints.

use serde_json::Value;

use super::http::CheckRequest;
use super::report::{CONTRACT, Check, CheckResult};
use super::run::Run;

const OPENAPI: Check = Check::should(
    "operations.openapi",
    CONTRACT,
    "an OpenAPI document at `{api}/v1/openapi.json`",
    "serve one, so that the developers of the shop's other systems find your operations",
);
const HEALTH: Check = Check::should(
    "operations.health",
    CONTRACT,
    "200 for `/healthz` and `/readyz`, where they can be reached",
    "answer 200 when the process runs, and when it can work; for your own network, not for the internet",
);

pub(super) async fn check(run: &mut Run<'_>) {
    let ask = CheckRequest::plain("the OpenAPI document", "GET", run.url("/v1/openapi.json"));
    let answer = run.client.send(ask).await;
    let described = answer.json().is_some_and(|document| document.get("openapi").is_some_and(Value::is_string));
    run.report.add(&OPENAPI, answer.passes_if(answer.status == 200 && described));
    let mut wrong = Vec::new();
    for path in ["/healthz", "/readyz"] {
        let ask = CheckRequest::plain(path, "GET", format!("{}{path}", origin(&run.options.api)));
        // These endpoints are not part of the API, so their refusals are not kept for the checks in `problems.rs`.
        match run.client.open(ask).await {
            Ok(response) if response.status().as_u16() == 200 => {}
            Ok(response) => wrong.push(format!("{path}: {}", response.status().as_u16())),
            Err(what) => wrong.push(format!("{path}: {what}")),
        }
    }
    let hidden = wrong.len() == 2 && wrong.iter().all(|one| one.ends_with("404") || one.ends_with("403"));
    let skipped = || CheckResult::Skipped("/healthz and /readyz are not to be reached from here".to_owned());
    run.report.add(&HEALTH, if hidden { skipped() } else { CheckResult::of(&wrong) });
}

/// Returns scheme, host and port of the API. The base path of the API does not apply to the health endpoints.
fn origin(api: &str) -> &str {
    let host = api.find("://").map_or(0, |at| at + 3);
    let end = api.get(host..).and_then(|rest| rest.find('/')).map_or(api.len(), |at| host + at);
    api.get(..end).unwrap_or(api)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_has_no_path() {
        for (api, expected) in [
            ("https://shop.example/api", "https://shop.example"),
            ("https://shop.example", "https://shop.example"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(origin(api), expected);
        }
    }
}
