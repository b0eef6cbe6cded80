//! Formats the report: for people line by line, with advice on failed checks; for machines as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::options::Options;
use super::report::{DOCUMENT, Entry, Outcome, Report};

/// Returns a line for each check, with the details of failures and warnings and with notes, and the summary.
pub(super) fn for_people(options: &Options, report: &Report) -> String {
    let mut text = format!("{}, order {}\n\n", options.api, options.order);
    for entry in &report.entries {
        // Writing to a String cannot fail, so the results of `writeln!` are ignored.
        let why = if entry.outcome() == Outcome::Skipped { format!(" ({})", entry.words()) } else { String::new() };
        let _ = writeln!(text, "  {:<7}  {}{why}", entry.outcome().word(), entry.check.id);
        match entry.outcome() {
            Outcome::Failed | Outcome::Warning => details(&mut text, entry),
            Outcome::Passed => paragraph(&mut text, "note", entry.words()),
            Outcome::Skipped => {}
        }
    }
    let _ = writeln!(text, "\n{}", report.summary());
    text
}

fn details(text: &mut String, entry: &Entry) {
    let section = format!("{DOCUMENT}, “{}”", entry.check.section);
    for (name, words) in
        [("expected", entry.check.expected), ("came", entry.words()), ("do", entry.check.advice), ("read", &section)]
    {
        paragraph(text, name, words);
    }
}

fn paragraph(text: &mut String, name: &str, words: &str) {
    for (index, line) in words.lines().enumerate() {
        let _ = writeln!(text, "             {:<8}  {line}", if index == 0 { name } else { "" });
    }
}

/// Returns the report as one JSON object.
pub(super) fn for_machines(options: &Options, report: &Report) -> String {
    let checks: Vec<Value> = report.entries.iter().map(check).collect();
    let count = |outcome| report.count(outcome);
    let whole = json!({
        "api": options.api,
        "order": options.order,
        "conforms": report.conforms(),
        "passed": count(Outcome::Passed),
        "failed": count(Outcome::Failed),
        "warnings": count(Outcome::Warning),
        "skipped": count(Outcome::Skipped),
        "checks": checks,
    });
    format!("{whole:#}\n")
}

fn check(entry: &Entry) -> Value {
    json!({
        "id": entry.check.id,
        "level": entry.check.level.word(),
        "outcome": entry.outcome().word(),
        "expected": entry.check.expected,
        "came": entry.words(),
        "advice": entry.check.advice,
        "documented": { "file": DOCUMENT, "section": entry.check.section },
    })
}
