//! Checks the licences of all crates and npm packages that the build uses against the list in deny.toml. The list has the format
//! of cargo-deny, which can check it, too.

use serde_json::Value;

use crate::failure::Failure;
use crate::process::{self, cargo};
use crate::workspace::{self, Workspace};

/// Licences that are allowed in addition for npm packages, which are only used for tests and never distributed.
const TESTS_ONLY: [&str; 2] = ["BlueOak-1.0.0", "MPL-2.0"];

pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let allowed = allowed(&workspace::read_text(&workspace.root.join("deny.toml"))?)?;
    let mut metadata = cargo(&workspace.root);
    metadata.args(["metadata", "--locked", "--offline", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&process::output(&mut metadata, "run `cargo xtask setup`")?)?;
    let packages = metadata.get("packages").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut refused: Vec<String> = packages
        .iter()
        .filter(|package| !package.get("source").is_some_and(Value::is_null))
        .filter(|package| !is_allowed(&text(package, "license"), &allowed))
        .map(|package| format!("{} {}: `{}`", text(package, "name"), text(package, "version"), text(package, "license")))
        .collect();
    let lock: Value = serde_json::from_str(&workspace::read_text(&workspace.root.join("package-lock.json"))?)?;
    refused.extend(refused_packages(&lock, &allowed));
    if refused.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("dependencies under licences that deny.toml does not list:\n{}", refused.join("\n")),
        "choose another one, or add the licence to deny.toml when it allows what we do",
    ))
}

/// Returns a line for each npm package of the lockfile whose licence is not allowed.
fn refused_packages(lock: &Value, allowed: &[String]) -> Vec<String> {
    let with_tests: Vec<String> = allowed.iter().cloned().chain(TESTS_ONLY.map(str::to_owned)).collect();
    let packages = lock.get("packages").and_then(Value::as_object).into_iter().flatten();
    let licence = |package: &Value| package.get("license").and_then(Value::as_str).unwrap_or_default().to_owned();
    packages
        .filter(|(path, package)| !path.is_empty() && !is_allowed(&licence(package), &with_tests))
        .map(|(path, package)| format!("{path}: `{}`", licence(package)))
        .collect()
}

fn allowed(text: &str) -> Result<Vec<String>, Failure> {
    let table: toml::Table = text.parse().map_err(|error| Failure::new(format!("deny.toml: {error}"), "correct the file"))?;
    let list = table.get("licenses").and_then(|licenses| licenses.get("allow")).and_then(toml::Value::as_array);
    Ok(list.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned).collect())
}

/// Returns true if the allowed licences satisfy an SPDX expression. AND needs both sides, OR needs one of them.
///
/// Parentheses bind tighter than AND, and AND tighter than OR, as in the specification. The old `MIT/Apache-2.0` means OR.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut words = words.as_slice();
    satisfies_or(&mut words, allowed) && words.is_empty()
}

fn satisfies_or(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut result = satisfies_and(words, allowed);
    while let Some((&"OR", rest)) = words.split_first() {
        *words = rest;
        result |= satisfies_and(words, allowed);
    }
    result
}

fn satisfies_and(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut result = satisfies_term(words, allowed);
    while let Some((&"AND", rest)) = words.split_first() {
        *words = rest;
        result &= satisfies_term(words, allowed);
    }
    result
}

fn satisfies_term(words: &mut &[&str], allowed: &[String]) -> bool {
    let Some((&word, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if word == "(" {
        let inner = satisfies_or(words, allowed);
        return inner && words.split_off_first() == Some(&")");
    }
    let mut name = word.to_owned();
    if let [with @ "WITH", exception, rest @ ..] = *words {
        name = format!("{word} {with} {exception}");
        *words = rest;
    }
    allowed.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_npm_package_without_an_allowed_licence_is_refused() {
        let lock = serde_json::json!({"packages": {
            "": {}, "node_modules/a": {"license": "MIT"}, "node_modules/b": {"license": "MPL-2.0"},
            "node_modules/c": {"license": "GPL-3.0"}, "node_modules/d": {},
        }});
        assert_eq!(refused_packages(&lock, &["MIT".to_owned()]), ["node_modules/c: `GPL-3.0`", "node_modules/d: ``"]);
    }

    #[test]
    fn an_expression_is_allowed_when_one_of_its_choices_is() {
        let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("(GPL-3.0 OR ISC) AND Unicode-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }
}
