//! Checks rules that no compiler checks: texts that must not occur in the repository's files, the length of files, the tests that
//! the documentation names, and the imports between files.

use std::path::{Path, PathBuf};

use crate::architecture;
use crate::failure::Failure;
use crate::named_tests;
use crate::process;
use crate::workspace::{self, Workspace};

/// Number of lines above which a file is reported but not refused. Files are split by reason to change, not by length.
const MAX_LINES: usize = 350;

/// A text that must not occur in some files.
struct Rule {
    /// Beginnings of the paths to which the rule applies; empty means everywhere.
    under: &'static [&'static str],
    forbidden: &'static str,
    why: &'static str,
}

/// The rules. Their texts are put together from parts, so that this file does not break them itself.
const RULES: [Rule; 10] = [
    Rule {
        under: &["src/", "crates/view/", "embed/"],
        forbidden: concat!("inner", "HTML"),
        why: "what comes from outside is text",
    },
    Rule {
        under: &["src/", "crates/view/", "embed/"],
        forbidden: concat!("inner", "_html"),
        why: "what comes from outside is text",
    },
    Rule {
        under: &["src/", "crates/view/", "embed/"],
        forbidden: concat!("outer", "HTML"),
        why: "what comes from outside is text",
    },
    Rule {
        under: &["src/", "crates/view/", "embed/"],
        forbidden: concat!("insertAdjacent", "HTML"),
        why: "what comes from outside is text",
    },
    Rule {
        under: &["crates/view/src", "src/self_service_views"],
        forbidden: concat!(" style", "="),
        why: "a strict policy drops it; use a class or style:property",
    },
    Rule { under: &["embed/"], forbidden: concat!("ev", "al("), why: "a strict policy refuses it" },
    Rule { under: &[], forbidden: concat!("/ro", "ot/"), why: "it is a path of one machine" },
    Rule { under: &[], forbidden: concat!("registry.npm", "js.org"), why: "a lockfile must not choose the registry" },
    Rule { under: &[], forbidden: concat!("static.crates", ".io"), why: "a lockfile must not choose the registry" },
    Rule { under: &[], forbidden: concat!("index.crates", ".io"), why: "a lockfile must not choose the registry" },
];

pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let mut broken = Vec::new();
    let home = workspace::home().map(|home| format!("{}/", home.display())).filter(|home| home.len() > 2);
    let files = files(workspace)?;
    broken.extend(named_tests::missing(workspace, &files)?);
    broken.extend(architecture::violations(workspace)?);
    for path in files {
        let Ok(text) = std::fs::read_to_string(workspace.root.join(&path)) else {
            continue;
        };
        let name = path.display().to_string().replace('\\', "/");
        let lines = text.lines().count();
        if lines > MAX_LINES && is_code(&path) {
            println!("        {name} has {lines} lines: split it by reason to change");
        }
        for (number, line) in text.lines().enumerate() {
            let mut report = |what: &str, why: &str| broken.push(format!("{name}:{}: `{what}`: {why}", number + 1));
            for rule in
                RULES.iter().filter(|rule| rule.under.is_empty() || rule.under.iter().any(|under| name.starts_with(under)))
            {
                // A comment may name what the code must not do.
                let in_code = rule.under.is_empty() || !line.trim_start().starts_with("//");
                if in_code && line.contains(rule.forbidden) {
                    report(rule.forbidden.trim(), rule.why);
                }
            }
            if is_code(&path) && begins_with_a_question(line) {
                report(line.trim(), "a comment begins with a verb or a noun, and says what the item is or does");
            }
            if home.as_ref().is_some_and(|home| line.contains(home.as_str())) {
                report("your home directory", "it is a path of one machine");
            }
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::new(broken.join("\n"), "write it another way; the reasons stand in crates/xtask/src/hygiene.rs"))
}

/// Returns the files that Git tracks or would add, so that generated files do not count.
pub(crate) fn files(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let mut git = process::command("git", &workspace.root);
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let list = process::output(&mut git, "run it in a clone of the repository, with git installed")?;
    Ok(list.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}

/// Returns true for a comment that begins with a question word.
fn begins_with_a_question(line: &str) -> bool {
    const QUESTIONS: [&str; 9] = ["What", "Which", "How", "When", "Where", "Why", "Who", "Whose", "Whether"];
    let line = line.trim_start();
    let comment = ["//", "/*", "*"].iter().find_map(|mark| line.strip_prefix(mark));
    let text = comment.map(|comment| comment.trim_start_matches(['/', '!', '*', ' ']));
    let first = text.and_then(|text| text.split(|letter: char| !letter.is_alphabetic()).next());
    first.is_some_and(|first| QUESTIONS.contains(&first))
}

fn is_code(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["rs", "ts", "js", "css"].iter().any(|code| extension == *code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_that_begins_with_a_question_word_is_found() {
        for line in ["/// What lies in the box.", "    //! How it works", "// When it ends", "/** Why. */", " * Which one"] {
            assert!(begins_with_a_question(line), "{line}");
        }
        for line in ["/// Returns what is left.", "// Whatever comes is text.", "let x = \"What\";", "What", "* { margin: 0 }"] {
            assert!(!begins_with_a_question(line), "{line}");
        }
    }
}
