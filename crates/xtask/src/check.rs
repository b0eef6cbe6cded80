//! `cargo xtask test`: runs every check of `steps.rs` as a named step. After a failure it goes on with the steps that do not need
//! the failed step. The last line is `N passed, N failed, N skipped`. Failed and skipped steps are named above this line with the
//! reason.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::step::{Outcome, Step};
use crate::steps;
use crate::workspace::{self, Workspace};

/// Results of the steps so far.
#[derive(Default)]
struct Report {
    passed: usize,
    failed: Vec<(&'static str, Failure)>,
    skipped: Vec<(&'static str, String)>,
}

/// Runs all steps, or the named ones. Returns the exit code, which is a failure when one of them failed.
pub(crate) fn run(workspace: &Workspace, names: &[String]) -> Result<ExitCode, Failure> {
    let steps = chosen(steps::all(), names)?;
    let logs = workspace.target.join("xtask-logs");
    workspace::remove_dir(&logs)?;
    let report = run_all(workspace, &steps);
    print!("{}", report.details());
    if !report.failed.is_empty() {
        println!("\nwhole outputs: {}", logs.display());
    }
    println!("\n{}", report.last_line());
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Returns the named steps in the order of `steps.rs`, or all of them if none is named. Fails for an unknown name.
fn chosen(steps: Vec<Step>, names: &[String]) -> Result<Vec<Step>, Failure> {
    let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Failure::new(format!("there is no step `{unknown}`"), format!("the steps are: {}", known.join(", "))));
    }
    Ok(steps.into_iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect())
}

fn run_all(workspace: &Workspace, steps: &[Step]) -> Report {
    let mut report = Report::default();
    for (number, step) in steps.iter().enumerate() {
        let title = format!("[{:>2}/{}] {}", number + 1, steps.len(), step.name);
        if let Some(missing) = step.needs.iter().find(|need| report.failed.iter().any(|(name, _)| name == *need)) {
            println!("{title} … not run: it needs `{missing}`");
            let failure = Failure::new(format!("not run, because `{missing}` failed"), "correct that one first");
            report.failed.push((step.name, failure));
            continue;
        }
        println!("{title}");
        let started = Instant::now();
        match (step.run)(workspace) {
            Ok(Outcome::Passed) => {
                report.passed += 1;
                println!("        ok, {}", seconds(started.elapsed()));
            }
            Ok(Outcome::Skipped(reason)) => {
                println!("        skipped: {reason}");
                report.skipped.push((step.name, reason));
            }
            Err(failure) => {
                println!("        FAILED after {}\n{failure}", seconds(started.elapsed()));
                report.failed.push((step.name, failure));
            }
        }
        let _ = std::io::stdout().flush();
    }
    report
}

impl Report {
    /// Returns the skipped and the failed steps, each with its reason.
    fn details(&self) -> String {
        let mut text = String::new();
        if !self.skipped.is_empty() {
            text.push_str("\nskipped:\n");
            for (name, reason) in &self.skipped {
                text.push_str(&format!("\n{name}: {reason}\n"));
            }
        }
        if !self.failed.is_empty() {
            text.push_str("\nfailed:\n");
            for (name, failure) in &self.failed {
                text.push_str(&format!("\n{name}: {failure}\n"));
            }
        }
        text
    }

    /// Returns the last line, with the numbers of passed, failed and skipped steps.
    fn last_line(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed.len(), self.skipped.len())
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &'static str, needs: &'static [&'static str], run: fn() -> Result<Outcome, Failure>) -> Step {
        Step { name, needs, run: Box::new(move |_| run()) }
    }

    #[test]
    fn what_was_skipped_is_counted_and_named_with_its_reason() {
        let steps = [
            step("lint", &[], || Ok(Outcome::Passed)),
            step("Firefox", &[], || Ok(Outcome::Skipped("there is no Firefox".to_owned()))),
            step("build", &[], || Err(Failure::new("it does not compile", "correct it"))),
            step("size", &["build"], || Ok(Outcome::Passed)),
        ];
        let report = run_all(&Workspace::find(), &steps);
        assert_eq!(report.last_line(), "1 passed, 2 failed, 1 skipped");
        let details = report.details();
        assert!(details.contains("Firefox: there is no Firefox"), "{details}");
        assert!(details.contains("size: not run, because `build` failed"), "{details}");
    }

    #[test]
    fn named_steps_are_run_in_their_order_and_an_unknown_one_is_refused() {
        let steps = || ["a", "b", "c"].map(|name| step(name, &[], || Ok(Outcome::Passed))).into();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let run =
            |wanted: &[&str]| chosen(steps(), &names(wanted)).map(|steps| steps.iter().map(|step| step.name).collect::<Vec<_>>());
        assert_eq!(run(&[]).unwrap(), ["a", "b", "c"]);
        assert_eq!(run(&["c", "a"]).unwrap(), ["a", "c"]);
        assert!(run(&["d"]).is_err());
    }

    #[test]
    fn nothing_is_said_about_skips_and_failures_that_are_not_there() {
        let report = run_all(&Workspace::find(), &[step("lint", &[], || Ok(Outcome::Passed))]);
        assert_eq!(report.details(), "");
        assert_eq!(report.last_line(), "1 passed, 0 failed, 0 skipped");
    }
}
