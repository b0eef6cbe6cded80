//! Checks the optional read of the order as a simple request, and its first page. A backend that does not offer them passes.

use doorstep_core::client::segment;
use serde_json::{Value, json};

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, FIRST_PAGE, NO_ORDER};
use super::run::Run;

const READ: Check = Check::must(
    "first-page.read",
    FIRST_PAGE,
    "the document that `GET` has, for a `POST …/read` whose body has the token",
    "answer `POST …/orders/{id}/read` with the authority and the document of `GET …/orders/{id}`, or answer 404, `not-found`",
);
const TOKEN: Check = Check::must(
    "first-page.token",
    FIRST_PAGE,
    "404 for a read with a wrong token",
    "check the token of the body as that of the header",
);
const PAGE: Check = Check::should(
    "first-page.tree",
    FIRST_PAGE,
    "a tree of texts and elements that the loader paints",
    "send `first_page` in the form that the documentation describes; the loader ignores any other page",
);

/// Largest depth of a tree that the loader paints.
const MAX_DEPTH: usize = 32;

pub(super) async fn check(run: &mut Run<'_>) {
    let Some(order) = run.order.clone() else {
        return run.report.skip(&[&READ, &TOKEN, &PAGE], NO_ORDER);
    };
    let token = run.access.token.clone().unwrap_or_default();
    let answer = ask(run, "the simple read of the order", &token).await;
    let is_offered = answer.status == 200 || answer.code() != "not-found" && answer.status == 404;
    if !is_offered {
        return run.report.skip(&[&READ, &TOKEN, &PAGE], "the backend does not offer the simple read");
    }
    let mut document = answer.json().unwrap_or_default();
    let page = document.as_object_mut().and_then(|fields| fields.remove("first_page"));
    // The order may change between the two requests.
    let version = |order: &Value| order.get("version").and_then(Value::as_u64);
    let same =
        answer.passes_with(200).and(CheckResult::when(version(&document) >= version(&order), || "an older version".to_owned()));
    run.report.add(&READ, same);
    let refused = ask(run, "the simple read with a wrong token", "doorstep-conformance").await;
    run.report.add(&TOKEN, refused.passes_with(404));
    match page {
        Some(page) => run.report.add(&PAGE, CheckResult::when(is_element(&page, 0), || "another form".to_owned())),
        None => run.report.skip(&[&PAGE], "the backend sent no first page"),
    }
}

async fn ask(run: &mut Run<'_>, name: &str, token: &str) -> Answer {
    let body = json!({"token": token, "first_page": {"api": run.access.api, "language": "en", "heading_level": 2}});
    let url = run.url(&format!("/v1/orders/{}/read", segment(&run.access.order)));
    run.client.send(CheckRequest::plain(name, "POST", url).with_body("text/plain", body.to_string().as_bytes())).await
}

/// Returns true for `[tag, [name, value, …], child, …]`.
fn is_element(node: &Value, depth: usize) -> bool {
    let Some([Value::String(tag), Value::Array(attributes), children @ ..]) = node.as_array().map(Vec::as_slice) else {
        return false;
    };
    !tag.is_empty()
        && depth < MAX_DEPTH
        && attributes.len() % 2 == 0
        && attributes.iter().all(is_text)
        && children.iter().all(|child| child.is_null() || is_text(child) || is_element(child, depth + 1))
}

/// Returns true for a text, or for `["", part, …]`.
fn is_text(node: &Value) -> bool {
    node.is_string() || node.as_array().and_then(|parts| parts.first()).is_some_and(|first| first == "")
}
