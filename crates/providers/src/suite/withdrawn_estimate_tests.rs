//! Tests the cases in which an empty estimate withdraws the earlier one, for every provider.

use serde_json::Value;

use super::case::ProviderCase;
use super::cases::all;

/// Returns true if an update with this estimate withdraws the earlier estimate. If `estimate` is None, the update has no such
/// field.
fn withdraws(case: &ProviderCase, estimate: Option<&Value>, is_late: bool) -> bool {
    case.delivery(&(case.with_estimate)(estimate, is_late).to_string()).update.facts.promise_withdrawn
}

#[test]
fn an_estimate_that_becomes_empty_with_a_delay_is_taken_back() {
    for case in all() {
        assert!(withdraws(case, Some(&Value::Null), true), "{}", case.name);
    }
}

#[test]
fn an_estimate_that_is_left_out_is_not_taken_back() {
    for case in all() {
        assert!(!withdraws(case, None, true), "{}", case.name);
    }
}

#[test]
fn an_estimate_that_is_empty_while_all_is_well_is_taken_back_only_where_the_format_says_so() {
    for case in all() {
        assert_eq!(withdraws(case, Some(&Value::Null), false), case.empty_estimate_always_withdraws, "{}", case.name);
    }
}
