//! Checks the document that a token for reading opens: the limited document, without anything that only the shopper should see.

use doorstep_core::client::OrderEndpoint;
use serde_json::Value;

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, TOKENS};
use super::run::Run;

const ACCESS: Check = Check::must(
    "limited.access",
    TOKENS,
    "`\"access\": \"limited\"` for a token that may only read",
    "send a limited document to whoever may not act: a postcode stands on every parcel",
);
const HIDDEN: Check = Check::must(
    "limited.hidden",
    TOKENS,
    "no address, name, code, signature, photo, price, tracking number, case, return or refund in it",
    "build the limited document from the fields that it may have, not by taking others out",
);
const TAG: Check = Check::must(
    "limited.etag",
    TOKENS,
    "another `ETag` than that of the whole document",
    "send `ETag: \"17-limited\"` with a limited version 17, or one is taken for the other",
);

/// Fields of an order that a limited document leaves out; `*` stands for every entry of a list.
const PERSONAL: [&str; 22] = [
    "/destination/lines/*",
    "/lines/*/variant",
    "/lines/*/unit_price",
    "/shipments/*/tracking_number",
    "/shipments/*/tracking_url",
    "/shipments/*/last_mile_tracking_number",
    "/shipments/*/action_required/what",
    "/shipments/*/delivered/detail",
    "/shipments/*/delivered/signed_by",
    "/shipments/*/delivered/photo_url",
    "/shipments/*/pickup/lines/*",
    "/shipments/*/pickup/code",
    "/shipments/*/pickup/location",
    "/shipments/*/events/*/text",
    "/shipments/*/events/*/raw",
    "/shipments/*/events/*/place/lat",
    "/shipments/*/events/*/place/lon",
    "/cases/*",
    "/returns/*",
    "/refunds/*",
    "/summary",
    "/limits",
];

pub(super) async fn check(run: &mut Run<'_>) {
    let Some(token) = run.options.read_token.clone() else {
        return run.report.skip(&[&ACCESS, &HIDDEN, &TAG], "--read-token was not given");
    };
    let access = OrderEndpoint { token: Some(token), ..run.access.clone() };
    let limited = run.client.send(CheckRequest::of("the order with a token that may only read", access.order(None))).await;
    let whole = run.client.send(run.ask_order("the order")).await;
    let json = limited.json().unwrap_or_default();
    let is_limited = has_access(&limited, "limited");
    run.report.add(&ACCESS, limited.passes_with(200).and(limited.passes_if(is_limited)));
    let shown: Vec<String> = PERSONAL.iter().flat_map(|field| found(&json, field)).collect();
    run.report.add(&HIDDEN, CheckResult::of(&shown));
    if !has_access(&whole, "full") {
        return run.report.skip(&[&TAG], "--token does not show the whole document");
    }
    let version = whole.json().and_then(|order| order.get("version")?.as_u64()).unwrap_or_default();
    if whole.header("etag") != format!("\"{version}\"") {
        return run.report.skip(&[&TAG], "the whole document has no ETag of its version");
    }
    run.report.add(&TAG, limited.passes_if(limited.header("etag") != whole.header("etag")));
}

fn has_access(answer: &Answer, access: &str) -> bool {
    answer.json().and_then(|order| Some(order.get("access")?.as_str()? == access)).unwrap_or_default()
}

/// Returns the pointers that match the pattern and at which the document has a value.
fn found(json: &Value, pattern: &str) -> Vec<String> {
    let Some(path) = pattern.strip_prefix('/') else {
        let is_empty = json.is_null() || json.as_str() == Some("");
        return if is_empty { Vec::new() } else { vec![String::new()] };
    };
    let (step, rest) = path.find('/').map_or((path, ""), |at| path.split_at(at));
    let below =
        |at: String, json: &Value| found(json, rest).into_iter().map(move |more| format!("/{at}{more}")).collect::<Vec<_>>();
    match (step, json) {
        ("*", Value::Array(list)) => list.iter().enumerate().flat_map(|(index, json)| below(index.to_string(), json)).collect(),
        _ => json.get(step).map(|json| below(step.to_owned(), json)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_at_a_pattern_is_found_in_every_list() {
        let order = json!({ "shipments": [{ "pickup": { "code": "1" } }, {}, { "pickup": { "code": "2", "lines": ["a", ""] } }], "summary": null });
        assert_eq!(found(&order, "/shipments/*/pickup/code"), ["/shipments/0/pickup/code", "/shipments/2/pickup/code"]);
        assert_eq!(found(&order, "/shipments/*/pickup/lines/*"), ["/shipments/2/pickup/lines/0"]);
        assert!(found(&order, "/summary").is_empty() && found(&order, "/limits").is_empty());
    }
}
