//! The test cases of all providers, and the function that checks a property with random values.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::case::ProviderCase;
use crate::{NAMES, aftership, carrier, easypost, karrio, seventeentrack, shipengine, shippo, shopify};

/// Cases by name.
static CASES: [&ProviderCase; NAMES.len()] = [
    &aftership::case::CASE,
    &carrier::case::CASE,
    &easypost::case::CASE,
    &karrio::case::CASE,
    &seventeentrack::case::CASE,
    &shipengine::case::CASE,
    &shippo::case::CASE,
    &shopify::case::CASE,
];

/// Returns the test case of every name in [`NAMES`]. Fails if a name has no test case.
pub(super) fn all() -> impl Iterator<Item = &'static ProviderCase> {
    NAMES.into_iter().map(|name| {
        let case = CASES.into_iter().find(|case| case.name == name);
        case.unwrap_or_else(|| panic!("the provider {name} has no test case"))
    })
}

/// Checks a property with random values; the case gives their number.
pub(super) fn check<S: Strategy>(case: &ProviderCase, strategy: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: case.random_requests, source_file: Some(file!()), ..Config::default() };
    if let Err(failure) = TestRunner::new(config).run(strategy, property) {
        panic!("{}: {failure}", case.name);
    }
}

#[test]
fn every_provider_has_a_case_with_requests_of_every_kind() {
    for case in all() {
        assert!(!case.signers.is_empty() && !case.content_headers.is_empty() && !case.field_names.is_empty(), "{}", case.name);
        assert!(!case.samples.is_empty() && !case.incomplete.is_empty() && case.random_requests > 0, "{}", case.name);
        assert!(!(case.forgeries)(b"{}").is_empty(), "{}", case.name);
    }
}
