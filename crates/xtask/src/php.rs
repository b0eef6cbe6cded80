//! The step `php tests`: checks the syntax of every PHP file and runs the tests of `integrations/woocommerce/`. Only the plugin needs PHP, so
//! the step is skipped with the reason when there is none.

use std::path::{Path, PathBuf};

use crate::debian;
use crate::failure::Failure;
use crate::hygiene;
use crate::process::command;
use crate::step::{Outcome, logged};
use crate::workspace::Workspace;

/// Name of the step.
pub(crate) const STEP: &str = "php tests";
/// The program that runs all tests of the plugin. Its exit code is not 0 if one fails.
const TESTS: &str = "integrations/woocommerce/tests/run.php";
/// Debian package with the program.
const PACKAGE: &str = "php-cli";

/// Checks and tests the PHP files. Fails for the first file with a mistake in its syntax, and when a test fails.
pub(crate) fn check(workspace: &Workspace) -> Result<Outcome, Failure> {
    let php = match find_or_install() {
        Ok(php) => php,
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    for file in hygiene::files(workspace)?.iter().filter(|file| is_php(file)) {
        let mut lint = command(&php, &workspace.root);
        logged(workspace, STEP, lint.args(["-d", "display_errors=1", "-l"]).arg(file), "correct the syntax; the line is above")?;
    }
    let mut tests = command(&php, &workspace.root);
    let what_to_do = format!("correct the tests that are named above; `php {TESTS}` runs them alone");
    logged(workspace, STEP, tests.args(["-d", "display_errors=1", TESTS]), &what_to_do)?;
    Ok(Outcome::Passed)
}

/// Returns the program `php` on PATH. If there is none, installs it on Debian as root.
///
/// # Errors
///
/// If there is no program, returns the reason as a text for the summary.
fn find_or_install() -> Result<PathBuf, String> {
    if let Some(found) = debian::on_path(&["php"]) {
        return Ok(found);
    }
    if !debian::is_root_on_debian() {
        return Err(format!("not on PATH: php; install PHP 7.4 or newer, on Debian with the package {PACKAGE}"));
    }
    debian::install(&[PACKAGE], "check the network")
        .map_err(|_| format!("{PACKAGE} could not be installed: apt-get says why above; install PHP 7.4 or newer yourself"))?;
    debian::on_path(&["php"]).ok_or_else(|| format!("{PACKAGE} is installed, but there is no php on PATH"))
}

fn is_php(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "php")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_of_the_plugin_and_its_files_are_found() {
        let workspace = Workspace::find();
        let files = hygiene::files(&workspace).unwrap();
        let php: Vec<&PathBuf> = files.iter().filter(|file| is_php(file)).collect();
        assert!(php.contains(&&PathBuf::from(TESTS)));
        assert!(php.iter().any(|file| file.ends_with("doorstep-order-tracking/uninstall.php")));
        assert!(!php.iter().any(|file| file.ends_with("readme.txt")));
    }
}
