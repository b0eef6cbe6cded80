//! Checks that every test which the documentation names as the proof of a promise exists. A part of the step `hygiene`.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::workspace::{self, Workspace};

/// The documents that name tests.
const DOCUMENTS: [&str; 3] = ["SECURITY.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
/// The documents whose tables name browser tests by their titles; in the others a sentence in backticks is a command.
const TITLES: [&str; 2] = ["SECURITY.md", "ARCHITECTURE.md"];

/// Returns a line for each test that a document names and no source has.
pub(crate) fn missing(workspace: &Workspace, files: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let read = |extension: &str| -> Result<String, Failure> {
        let of_kind = files.iter().filter(|file| file.extension().is_some_and(|known| known == extension));
        let mut all = String::new();
        for file in of_kind {
            all.push_str(&String::from_utf8_lossy(&workspace::read(&workspace.root.join(file))?));
        }
        Ok(all)
    };
    let (rust, typescript) = (read("rs")?, read("ts")?);
    let mut lines = Vec::new();
    for document in DOCUMENTS {
        let text = workspace::read_text(&workspace.root.join(document))?;
        for (number, name) in names(&text, TITLES.contains(&document)) {
            let known = if name.contains(' ') { has_title(&typescript, name) } else { rust.contains(&format!("fn {name}(")) };
            if !known {
                lines.push(format!("{document}:{number}: `{name}`: no test of this name exists"));
            }
        }
    }
    Ok(lines)
}

/// Returns the tests that a text names in backticks, each with its line number: functions whose name is a sentence, and titles if `titles`
/// is set.
fn names(text: &str, titles: bool) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let quoted = line.split('`').skip(1).step_by(2);
        found.extend(quoted.filter(|name| is_function(name) || titles && is_title(name)).map(|name| (index + 1, name)));
    }
    found
}

/// Returns true if it is the name of a test in Rust: at least four words in lower case, joined by underscores.
fn is_function(name: &str) -> bool {
    name.split('_').filter(|word| !word.is_empty()).count() >= 4
        && name.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_')
}

/// Returns true if it is the title of a browser test: at least five words, and nothing that belongs to a command or to code.
fn is_title(name: &str) -> bool {
    let in_words = |letter: char| letter.is_alphanumeric() || " ,'’-".contains(letter);
    name.split(' ').count() >= 5 && name.chars().all(in_words) && !name.split(' ').any(|word| word.starts_with('-'))
}

/// Returns true if a test has this title, written out or as a template such as `${file} that was tampered with is not used`.
fn has_title(typescript: &str, title: &str) -> bool {
    ['\'', '"', '`'].iter().any(|quote| typescript.contains(&format!("test({quote}{title}{quote}")))
        || typescript.split("test(`").skip(1).filter_map(|rest| rest.split('`').next()).any(|template| fills(template, title))
}

/// Returns true if a title begins and ends like a template and has its fixed words in their order.
fn fills(template: &str, title: &str) -> bool {
    let mut fixed = template.split("${").map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    let Some(mut rest) = fixed.next().and_then(|first| title.strip_prefix(first)) else { return false };
    let mut last = "";
    for part in fixed {
        let Some((_, after)) = rest.split_once(part) else { return false };
        (rest, last) = (after, part);
    }
    template.contains("${") && (rest.is_empty() || last.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_a_document_names_is_told_from_other_words_in_backticks() {
        let text = "| `cargo xtask test` · `a_late_scan_is_not_the_last` | `ReturnMethodKind` |\n`the widget is gone and comes back` `x_y`\n";
        assert_eq!(names(text, true), [(1, "a_late_scan_is_not_the_last"), (2, "the widget is gone and comes back")]);
        assert_eq!(names(text, false), [(1, "a_late_scan_is_not_the_last")]);
        assert!(!is_title("cargo test -p doorstep-core --test catalogues"));
        let template = "test(`${name} that was tampered with is not used`, async () => {});";
        assert!(has_title(template, "a WebAssembly file that was tampered with is not used"));
        assert!(!has_title(template, "a WebAssembly file that was tampered with is run"));
    }

    #[test]
    fn every_test_that_the_documentation_names_exists() {
        let workspace = Workspace::find();
        let files = crate::hygiene::files(&workspace).unwrap();
        assert_eq!(missing(&workspace, &files).unwrap(), Vec::<String>::new());
    }
}
