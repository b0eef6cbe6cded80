//! Compares the installed Node with the version that the npm packages of `package-lock.json` ask for.

use std::process::{Command, Stdio};

use crate::failure::Failure;

/// Version of Node: major, minor and patch.
type Version = [u32; 3];

/// The oldest Node that every npm package accepts. A test compares it with `package-lock.json` and `package.json`.
const OLDEST: Version = [22, 12, 0];

/// Advice for a Node that is missing or too old.
pub(crate) const WHAT_TO_DO: &str =
    "install Node 22.12 or newer with npm, from nodejs.org or with a version manager; check the network";

/// Fails when there is no Node. When Node is too old, prints a note and goes on: the packages that build the widget accept older
/// versions than the packages that are only for tests.
pub(crate) fn check() -> Result<(), Failure> {
    let output = Command::new("node").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let output = output.map_err(|error| Failure::new(format!("`node` could not be started: {error}"), WHAT_TO_DO))?;
    if let Some(note) = note(&String::from_utf8_lossy(&output.stdout)) {
        println!("note       {note}");
    }
    Ok(())
}

/// Returns the note for a Node with this output of `node --version`. None when it is new enough.
fn note(output: &str) -> Option<String> {
    let output = output.trim();
    match parsed(output) {
        Some(version) if version >= OLDEST => None,
        Some(_) => {
            Some(format!("Node {output} is too old for some npm packages: if something fails, install Node 22.12 or newer"))
        }
        None => Some(format!("`node --version` says {output:?}: if something fails, install Node 22.12 or newer")),
    }
}

/// Returns the version in the output of `node --version`, such as `v22.12.0` or `v23.0.0-nightly2024`.
fn parsed(output: &str) -> Option<Version> {
    let mut numbers = output.strip_prefix('v')?.split(['-', '+']).next()?.split('.').map(str::parse);
    let version = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
    numbers.next().is_none().then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{self, Workspace};

    #[test]
    fn a_version_is_read_and_everything_else_is_not_taken_for_one() {
        assert_eq!(parsed("v22.12.0"), Some([22, 12, 0]));
        assert_eq!(parsed("v23.0.0-nightly2024"), Some([23, 0, 0]));
        for other in ["22.12.0", "v22", "v22.12", "v22.12.0.1", "v22.x.0", "node", ""] {
            assert_eq!(parsed(other), None, "{other}");
        }
    }

    #[test]
    fn only_a_node_that_is_too_old_or_unknown_gets_a_note() {
        for new_enough in ["v22.12.0\n", "v22.12.1", "v22.13.0", "v24.0.0", "v100.0.0"] {
            assert_eq!(note(new_enough), None, "{new_enough}");
        }
        for other in ["v22.11.9", "v20.20.2\n", "v9.99.99", "", "deno 2.0"] {
            assert!(note(other).is_some_and(|note| note.contains("install Node 22.12 or newer")), "{other}");
        }
    }

    /// Returns the oldest version that a range such as `^20.19.0 || >=22.12.0` accepts together with all newer ones.
    fn oldest(range: &str) -> Version {
        let last = range.split("||").last().unwrap_or_default().trim().trim_start_matches(['>', '=', '^']);
        let mut numbers = last.split('.').map(|number| number.trim().parse().unwrap_or_default());
        [0; 3].map(|absent| numbers.next().unwrap_or(absent))
    }

    #[test]
    fn a_range_with_alternatives_begins_with_the_last_one() {
        for (range, expected) in [
            (">=18", [18, 0, 0]),
            (">= 16", [16, 0, 0]),
            ("^20.19.0 || >=22.12.0", [22, 12, 0]),
            ("6.* || 8.* || >= 10.*", [10, 0, 0]),
            ("*", [0, 0, 0]),
        ] {
            assert_eq!(oldest(range), expected, "{range}");
        }
    }

    #[test]
    fn the_oldest_node_is_the_newest_that_a_package_asks_for() {
        let root = Workspace::find().root;
        let read =
            |name: &str| -> serde_json::Value { serde_json::from_str(&workspace::read_text(&root.join(name)).unwrap()).unwrap() };
        let lock = read("package-lock.json");
        // npm leaves out an optional package that does not accept the installed Node.
        let packages = lock["packages"].as_object().unwrap().values().filter(|package| package["optional"] != true);
        let engines = packages.filter_map(|package| package["engines"]["node"].as_str());
        assert_eq!(engines.map(oldest).max(), Some(OLDEST));
        assert_eq!(read("package.json")["engines"]["node"], ">=22.12");
    }
}
