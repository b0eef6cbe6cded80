//! Checks webhooks: an unsigned webhook is refused, and so is a webhook of a provider that is not set up.

use serde_json::json;

use super::http::CheckRequest;
use super::report::{Check, WEBHOOKS};
use super::run::Run;

const UNKNOWN: Check = Check::must(
    "webhooks.unknown",
    WEBHOOKS,
    "404 for a provider that does not exist",
    "refuse providers that are not set up: 200 makes them believe that it arrived",
);
const UNSIGNED: Check = Check::must(
    "webhooks.unsigned",
    WEBHOOKS,
    "401 for a delivery without a signature",
    "check the signature over the body as it came, before it is read: everybody can find the address",
);

pub(super) async fn check(run: &mut Run<'_>) {
    if run.options.leaves_out("webhooks") {
        return run.report.skip(&[&UNKNOWN, &UNSIGNED], "--without webhooks");
    }
    let unknown = deliver(run, "doorstep-conformance");
    let unknown = run.client.send(unknown).await;
    run.report.add(&UNKNOWN, unknown.passes_with(404));
    match &run.options.webhook {
        Some(provider) => {
            let unsigned = deliver(run, provider);
            let unsigned = run.client.send(unsigned).await;
            run.report.add(&UNSIGNED, unsigned.passes_with(401));
        }
        None => run.report.skip(&[&UNSIGNED], "--webhook was not given"),
    }
}

fn deliver(run: &Run<'_>, provider: &str) -> CheckRequest {
    CheckRequest::plain(&format!("a webhook of {provider}"), "POST", run.url(&format!("/v1/webhooks/{provider}")))
        .post(&json!({}))
}
