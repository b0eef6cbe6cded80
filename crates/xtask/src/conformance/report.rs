//! Defines the checks, their findings and the summary of a run. `print.rs` prints them.

use std::collections::BTreeMap;

/// Importance of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The widget or the privacy of a person depends on the expected behaviour.
    Must,
    /// The widget works without the expected behaviour, but worse.
    Should,
}

impl Level {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
        }
    }
}

/// One rule of the contract.
#[derive(Debug)]
pub(super) struct Check {
    /// Name, such as `order.etag`.
    pub(super) id: &'static str,
    /// Importance of this check.
    pub(super) level: Level,
    /// Expected behaviour.
    pub(super) expected: &'static str,
    /// Advice for a backend that behaves otherwise.
    pub(super) advice: &'static str,
    /// Section of the documentation that describes the expected behaviour.
    pub(super) section: &'static str,
}

impl Check {
    pub(super) const fn must(id: &'static str, section: &'static str, expected: &'static str, advice: &'static str) -> Self {
        Self { id, level: Level::Must, expected, advice, section }
    }

    pub(super) const fn should(id: &'static str, section: &'static str, expected: &'static str, advice: &'static str) -> Self {
        Self { id, level: Level::Should, expected, advice, section }
    }
}

/// File that contains the sections of `Check::section`.
pub(super) const DOCUMENT: &str = "docs/connecting-a-backend.md";
pub(super) const CONTRACT: &str = "The contract in a page";
pub(super) const FIRST_PAGE: &str = "The first page";
pub(super) const TOKENS: &str = "Tokens";
pub(super) const REQUESTS: &str = "Self-service requests";
pub(super) const WEBHOOKS: &str = "Webhooks of tracking providers";
pub(super) const OWN_API: &str = "An API of your own";

/// Reason for skipping the checks that depend on the order.
pub(super) const NO_ORDER: &str = "the order could not be read";

/// Result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CheckResult {
    /// The backend behaves as expected.
    Passed,
    /// The backend behaves as expected, with a remark.
    Noted(String),
    /// The backend behaves otherwise, with a description of the behaviour.
    Failed(String),
    /// The check was not run, with the reason.
    Skipped(String),
}

impl CheckResult {
    /// Passes if there are no findings. Otherwise fails, with the findings as the description.
    pub(super) fn of(findings: &[String]) -> Self {
        if findings.is_empty() { Self::Passed } else { Self::Failed(listed(findings)) }
    }

    /// Passes if the condition is true; otherwise fails with the description that `describe` returns.
    pub(super) fn when(condition: bool, describe: impl FnOnce() -> String) -> Self {
        if condition { Self::Passed } else { Self::Failed(describe()) }
    }

    /// Returns the result for a backend that answers 429: the check is skipped, because the backend neither passed nor failed.
    pub(super) fn limited() -> Self {
        Self::Skipped("the backend answered 429, too many requests".to_owned())
    }

    /// Returns `other` if `self` passed; otherwise returns `self`.
    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::Passed { other } else { self }
    }
}

/// Returns the first six findings, one on each line, and the number of the others.
pub(super) fn listed(findings: &[String]) -> String {
    const MAX_LISTED: usize = 6;
    let mut lines: Vec<String> = findings.iter().take(MAX_LISTED).cloned().collect();
    if findings.len() > MAX_LISTED {
        lines.push(format!("and {} more", findings.len() - MAX_LISTED));
    }
    lines.join("\n")
}

/// Result of a check as the summary counts it. A failed check of the level `should` is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    Warning,
    Skipped,
}

impl Outcome {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Warning => "warning",
            Self::Skipped => "skipped",
        }
    }
}

/// A check with its result.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) check: &'static Check,
    pub(super) result: CheckResult,
}

impl Entry {
    pub(super) fn outcome(&self) -> Outcome {
        match (&self.result, self.check.level) {
            (CheckResult::Passed | CheckResult::Noted(_), _) => Outcome::Passed,
            (CheckResult::Failed(_), Level::Must) => Outcome::Failed,
            (CheckResult::Failed(_), Level::Should) => Outcome::Warning,
            (CheckResult::Skipped(_), _) => Outcome::Skipped,
        }
    }

    /// Returns the remark, the description of a failure, or the reason for skipping. For a check that passed without a remark,
    /// returns an empty text.
    pub(super) fn words(&self) -> &str {
        match &self.result {
            CheckResult::Passed => "",
            CheckResult::Noted(words) | CheckResult::Failed(words) | CheckResult::Skipped(words) => words,
        }
    }
}

/// The results of all checks.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) entries: Vec<Entry>,
}

impl Report {
    /// Adds the result of a check.
    pub(super) fn add(&mut self, check: &'static Check, result: CheckResult) {
        self.entries.push(Entry { check, result });
    }

    /// Adds checks that were skipped, all for one reason.
    pub(super) fn skip(&mut self, checks: &[&'static Check], why: &str) {
        for check in checks {
            self.add(check, CheckResult::Skipped(why.to_owned()));
        }
    }

    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.entries.iter().filter(|entry| entry.outcome() == outcome).count()
    }

    /// Returns true if no check of the level `must` failed.
    pub(super) fn conforms(&self) -> bool {
        self.count(Outcome::Failed) == 0
    }

    /// Returns the last line of the report: the numbers of checks, and the reasons for skipping.
    pub(super) fn summary(&self) -> String {
        let [passed, failed, warnings, skipped] =
            [Outcome::Passed, Outcome::Failed, Outcome::Warning, Outcome::Skipped].map(|outcome| self.count(outcome));
        let why = if skipped == 0 { String::new() } else { format!(" ({})", self.reasons()) };
        format!("{passed} passed, {failed} failed, {warnings} warnings, {skipped} skipped{why}")
    }

    fn reasons(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| entry.outcome() == Outcome::Skipped) {
            *reasons.entry(entry.words()).or_default() += 1;
        }
        let parts: Vec<String> = reasons.iter().map(|(why, times)| format!("{times}: {why}")).collect();
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUST: Check = Check::must("a.b", CONTRACT, "x", "y");
    const SHOULD: Check = Check::should("a.c", CONTRACT, "x", "y");

    #[test]
    fn only_what_must_be_so_fails_and_the_last_line_says_why_something_was_skipped() {
        let mut report = Report::default();
        report.add(&SHOULD, CheckResult::Failed("1".to_owned()));
        assert!(report.conforms());
        report.add(&MUST, CheckResult::Failed("1".to_owned()));
        report.add(&MUST, CheckResult::Noted("by the way".to_owned()));
        report.skip(&[&MUST, &SHOULD], "no --origin");
        assert!(!report.conforms());
        assert_eq!(report.summary(), "1 passed, 1 failed, 1 warnings, 2 skipped (2: no --origin)");
    }

    #[test]
    fn a_long_list_is_cut() {
        let findings: Vec<String> = (0..9).map(|number| number.to_string()).collect();
        assert_eq!(listed(&findings), "0\n1\n2\n3\n4\n5\nand 3 more");
    }
}
