//! One step of `cargo xtask test`: its type, its outcome, and the log file of a command that it runs.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::workspace::{self, Workspace};

/// Result of a step that did not fail.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Passed,
    /// The step could not be run on this machine, with the reason.
    Skipped(String),
}

/// The work of a step.
pub(crate) type Run = Box<dyn Fn(&Workspace) -> Result<Outcome, Failure>>;

/// One check. It is run only when none of the steps that it needs has failed; otherwise it counts as failed.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) needs: &'static [&'static str],
    pub(crate) run: Run,
}

/// Runs a command with its output in a log file, and prints the last 80 lines of it if the command fails. With `DOORSTEP_VERBOSE`
/// on a terminal, shows everything instead.
pub(crate) fn logged(workspace: &Workspace, name: &str, command: &mut Command, what_to_do: &str) -> Result<(), Failure> {
    if std::env::var_os("DOORSTEP_VERBOSE").is_some() && std::io::stdout().is_terminal() {
        return process::run(command, what_to_do);
    }
    let path: PathBuf = workspace.target.join("xtask-logs").join(format!("{}.log", name.replace(' ', "-")));
    workspace::write(&path, b"")?;
    let file = std::fs::File::create(&path).map_err(|error| Failure::file(&path, &error))?;
    let errors = file.try_clone().map_err(|error| Failure::file(&path, &error))?;
    command.stdout(file).stderr(errors).env("CARGO_TERM_COLOR", "never");
    process::run(command, what_to_do).inspect_err(|_| {
        let log = std::fs::read(&path).unwrap_or_default();
        println!("{}", tail(&String::from_utf8_lossy(&log), 80));
    })
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all.get(all.len().saturating_sub(lines)..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_end() {
        assert_eq!(tail("a\nb\nc", 2), "b\nc");
        assert_eq!(tail("a", 2), "a");
    }
}
