//! What is checked, what came of it, and how the results add up. How it is printed is `print.rs`'s business.

use std::collections::BTreeMap;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The widget, or somebody's privacy, depends on it.
    Must,
    /// It works without, but worse.
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

/// One promise of the contract.
#[derive(Debug)]
pub(super) struct Check {
    /// Its name, such as `order.etag`.
    pub(super) id: &'static str,
    /// How much it matters.
    pub(super) level: Level,
    /// What was expected.
    pub(super) expected: &'static str,
    /// What to do when it is not so.
    pub(super) advice: &'static str,
    /// The section of the documentation.
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

/// The file that `Check::section` is a section of.
pub(super) const DOCUMENT: &str = "docs/connecting-a-backend.md";
pub(super) const CONTRACT: &str = "The contract in a page";
pub(super) const TOKENS: &str = "Tokens";
pub(super) const REQUESTS: &str = "What the shopper asks for";
pub(super) const WEBHOOKS: &str = "Webhooks of tracking providers";
pub(super) const OWN_API: &str = "An API of your own";

/// Why what depends on the order is not checked.
pub(super) const NO_ORDER: &str = "the order could not be read";

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is so.
    Passed,
    /// It is so, and there is something to say about it.
    Noted(String),
    /// It is not so: what came instead.
    Failed(String),
    /// It was not checked: why.
    Skipped(String),
}

impl Verdict {
    /// Passed without findings; otherwise failed with them.
    pub(super) fn of(findings: &[String]) -> Self {
        if findings.is_empty() { Self::Passed } else { Self::Failed(listed(findings)) }
    }

    /// Passed when it is so; otherwise failed with what came.
    pub(super) fn when(so: bool, came: impl FnOnce() -> String) -> Self {
        if so { Self::Passed } else { Self::Failed(came()) }
    }

    /// Not made, because a backend that asks for patience has neither passed nor failed.
    pub(super) fn limited() -> Self {
        Self::Skipped("the backend answered 429, too many requests".to_owned())
    }

    /// The first that did not pass, or passed.
    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::Passed { other } else { self }
    }
}

/// The first few, a line each, and how many there are besides.
pub(super) fn listed(findings: &[String]) -> String {
    const MOST: usize = 6;
    let mut lines: Vec<String> = findings.iter().take(MOST).cloned().collect();
    if findings.len() > MOST {
        lines.push(format!("and {} more", findings.len() - MOST));
    }
    lines.join("\n")
}

/// What becomes of a check in the sum.
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

/// A check and what it found.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) check: &'static Check,
    pub(super) verdict: Verdict,
}

impl Entry {
    pub(super) fn outcome(&self) -> Outcome {
        match (&self.verdict, self.check.level) {
            (Verdict::Passed | Verdict::Noted(_), _) => Outcome::Passed,
            (Verdict::Failed(_), Level::Must) => Outcome::Failed,
            (Verdict::Failed(_), Level::Should) => Outcome::Warning,
            (Verdict::Skipped(_), _) => Outcome::Skipped,
        }
    }

    /// What came, or why it was not checked; empty where there is nothing to say.
    pub(super) fn words(&self) -> &str {
        match &self.verdict {
            Verdict::Passed => "",
            Verdict::Noted(words) | Verdict::Failed(words) | Verdict::Skipped(words) => words,
        }
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) entries: Vec<Entry>,
}

impl Report {
    /// Adds what a check found.
    pub(super) fn add(&mut self, check: &'static Check, verdict: Verdict) {
        self.entries.push(Entry { check, verdict });
    }

    /// Adds checks that were not made, for one reason.
    pub(super) fn skip(&mut self, checks: &[&'static Check], why: &str) {
        for check in checks {
            self.add(check, Verdict::Skipped(why.to_owned()));
        }
    }

    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.entries.iter().filter(|entry| entry.outcome() == outcome).count()
    }

    /// Whether nothing failed that must not fail.
    pub(super) fn conforms(&self) -> bool {
        self.count(Outcome::Failed) == 0
    }

    /// The last line.
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
        let told: Vec<String> = reasons.iter().map(|(why, times)| format!("{times}: {why}")).collect();
        told.join("; ")
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
        report.add(&SHOULD, Verdict::Failed("1".to_owned()));
        assert!(report.conforms());
        report.add(&MUST, Verdict::Failed("1".to_owned()));
        report.add(&MUST, Verdict::Noted("by the way".to_owned()));
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
