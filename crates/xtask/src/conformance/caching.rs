//! Checks versions and caching: a poll that finds nothing new is cheap, and no cache keeps personal data.

use super::report::{CONTRACT, Check, CheckResult, NO_ORDER};
use super::run::Run;

const ETAG: Check = Check::must(
    "order.etag",
    CONTRACT,
    "`ETag` is the `version` of the document in quotes",
    "send `ETag: \"17\"` with version 17; polls and requests name by it what the shopper has seen",
);
const NOT_MODIFIED: Check = Check::must(
    "order.not-modified",
    CONTRACT,
    "304 without a body, when `If-None-Match` has the version that is there",
    "compare `If-None-Match` with the version and answer 304; every poll is a whole download otherwise",
);
const MODIFIED: Check = Check::must(
    "order.modified",
    CONTRACT,
    "200 with the document, when `If-None-Match` has another version",
    "answer 304 only for the version that is there; an old one gets the new document",
);
const CACHE_CONTROL: Check = Check::must(
    "order.cache-control",
    CONTRACT,
    "`Cache-Control: private, no-store`",
    "send `Cache-Control: private, no-store` with everything personal, or a proxy shows one shopper's order to another",
);

pub(super) async fn check(run: &mut Run<'_>) {
    let answer = run.client.send(run.ask_order("the order")).await;
    let version = answer.json().and_then(|order| order.get("version")?.as_u64());
    let Some(version) = version.filter(|_| answer.status == 200) else {
        return run.report.skip(&[&ETAG, &NOT_MODIFIED, &MODIFIED, &CACHE_CONTROL], NO_ORDER);
    };
    let etag = answer.header("etag");
    let tag = run.tag(version);
    // A proxy that compresses turns an ETag into a weak one, which still contains the version.
    let right = etag.trim_start_matches("W/") == format!("\"{tag}\"");
    let description = || format!("{}, version {version}", header_text("ETag", &etag));
    run.report.add(&ETAG, CheckResult::when(right, description));
    run.report.add(&CACHE_CONTROL, forbids_caching(&answer.header("cache-control")));

    let known = run.ask_order("the order, known already").with("If-None-Match", &format!("\"{tag}\""));
    let known = run.client.send(known).await;
    // The order may change between the two requests.
    let has_changed = known.status == 200 && known.json().and_then(|order| order.get("version")?.as_u64()) > Some(version);
    let result =
        if has_changed { CheckResult::Skipped("the order changed meanwhile".to_owned()) } else { known.passes_with(304) };
    let empty = known.passes_if(has_changed || known.status != 304 || known.text.is_empty());
    run.report.add(&NOT_MODIFIED, result.and(empty));

    let other = run.client.send(run.ask_order("the order, known in another version").with("If-None-Match", "\"0\"")).await;
    run.report.add(&MODIFIED, other.passes_with(200));
}

/// Passes if `Cache-Control` forbids every cache to store the response.
pub(super) fn forbids_caching(cache_control: &str) -> CheckResult {
    let lower = cache_control.to_ascii_lowercase();
    let directives: Vec<&str> = lower.split(',').map(str::trim).collect();
    let right = directives.contains(&"no-store") && directives.contains(&"private");
    CheckResult::when(right, || header_text("Cache-Control", cache_control))
}

/// Returns a header with its value as a text for the report, or the text that the header is missing.
fn header_text(name: &str, value: &str) -> String {
    if value.is_empty() { format!("no {name}") } else { format!("{name}: {value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_is_kept_nowhere() {
        assert_eq!(forbids_caching("private, no-store"), CheckResult::Passed);
        assert_eq!(forbids_caching("No-Store,PRIVATE, max-age=0"), CheckResult::Passed);
        for cacheable in ["", "no-cache", "private", "no-store", "public, max-age=60"] {
            assert!(matches!(forbids_caching(cacheable), CheckResult::Failed(_)), "{cacheable}");
        }
    }
}
