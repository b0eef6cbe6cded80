//! Checks tokens: only the `Authorization` header opens an order, and a refusal does not reveal which orders exist.

use doorstep_core::client::OrderEndpoint;

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, TOKENS};
use super::run::Run;

const REFUSED: Check = Check::must(
    "token.refused",
    TOKENS,
    "404 without a token, with a wrong one, with one that is none, and for an order that does not exist",
    "answer all of them with 404, never 401 or 403, or order numbers can be tried out",
);
const SAME_REFUSAL: Check = Check::must(
    "token.alike",
    TOKENS,
    "the same body for each of them, but for `request_id`",
    "send one problem for all, without the number or the reason in it",
);
const CODE: Check = Check::must(
    "token.code",
    TOKENS,
    "a problem whose `code` is another than `not-found`",
    "send `\"code\": \"order-not-found\"`; without one, the widget takes it for a wrong base address",
);
const QUERY: Check = Check::must(
    "token.query",
    TOKENS,
    "a token in the query string opens nothing",
    "read the token from `Authorization` only: addresses end up in logs, histories and `Referer`",
);

/// Query parameters that a backend might read a token from.
const PARAMETERS: [&str; 4] = ["token", "access_token", "doorstep", "t"];

pub(super) async fn check(run: &mut Run<'_>) {
    let refusals = refusals(run).await;
    let others: Vec<String> = refusals.iter().filter(|answer| answer.status != 404).map(description).collect();
    run.report.add(&REFUSED, limited(&refusals).unwrap_or_else(|| CheckResult::of(&others)));
    let different: Vec<String> = match refusals.split_first() {
        Some((first, rest)) => {
            let rest = rest.iter().filter(|answer| answer.status == first.status);
            rest.filter(|answer| answer.comparable() != first.comparable())
                .map(|answer| format!("{}: {}", answer.name, answer.text))
                .collect()
        }
        None => Vec::new(),
    };
    run.report.add(&SAME_REFUSAL, CheckResult::of(&different));
    let nowhere = |answer: &&Answer| answer.status == 404 && ["", "not-found"].contains(&answer.code().as_str());
    let codes: Vec<String> = refusals.iter().filter(nowhere).map(description).collect();
    run.report.add(&CODE, CheckResult::of(&codes));
    let opened = in_query(run).await;
    run.report.add(&QUERY, CheckResult::of(&opened));
}

async fn refusals(run: &mut Run<'_>) -> Vec<Answer> {
    let with = |token: Option<String>| OrderEndpoint { token, ..run.access.clone() }.order(None);
    let unknown = OrderEndpoint { order: "doorstep-conformance-unknown".to_owned(), ..run.access.clone() };
    let asks = [
        CheckRequest::of("without a token", with(None)),
        CheckRequest::of("with a wrong token", with(Some(changed(&run.options.token)))),
        CheckRequest::of("with a token that is none", with(Some("x".to_owned()))),
        CheckRequest::of("with another scheme", with(None)).with("Authorization", "Basic eDp4"),
        CheckRequest::of("for an order that does not exist", unknown.order(None)),
    ];
    let mut answers = Vec::new();
    for ask in asks {
        answers.push(run.client.send(ask).await);
    }
    answers
}

async fn in_query(run: &mut Run<'_>) -> Vec<String> {
    let mut opened = Vec::new();
    for parameter in PARAMETERS {
        let ask =
            CheckRequest::of("with the token in the query", OrderEndpoint { token: None, ..run.access.clone() }.order(None));
        let answer = run.client.send(ask.at(&format!("?{parameter}={}", run.options.token))).await;
        if (200..400).contains(&answer.status) {
            opened.push(format!("{} for `?{parameter}=…`", answer.status));
        }
    }
    opened
}

/// Returns a token of the same form that was never issued.
pub(super) fn changed(token: &str) -> String {
    let middle = token.chars().count() / 2;
    let other = |letter: char| if letter == 'A' { 'B' } else { 'A' };
    token.chars().enumerate().map(|(at, letter)| if at == middle { other(letter) } else { letter }).collect()
}

fn description(answer: &Answer) -> String {
    format!("{}: {}", answer.name, answer.describe())
}

fn limited(answers: &[Answer]) -> Option<CheckResult> {
    let limited = answers.iter().any(|answer| answer.status == 429);
    limited.then(CheckResult::limited)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_token_is_another_one_of_the_same_length() {
        for token in ["AAAA", "abc", "x"] {
            let other = changed(token);
            assert!(other != token && other.len() == token.len(), "{token}");
        }
    }
}
