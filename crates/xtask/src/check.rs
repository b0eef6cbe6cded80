//! `cargo xtask test`: every check as a named step. Goes on after a failure where that is sensible; the last line is `N passed, N failed`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::workspace::{self, Workspace};
use crate::{browser, hygiene, licences, site, size, tools};

type Run = Box<dyn Fn(&Workspace) -> Result<(), Failure>>;

/// One check. What it needs must have passed before; otherwise it is not run and counts as failed.
struct Step {
    name: &'static str,
    needs: &'static [&'static str],
    run: Run,
}

pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode, Failure> {
    let logs = workspace.target.join("xtask-logs");
    workspace::remove_dir(&logs)?;
    let steps = steps(workspace);
    let mut failed: Vec<(&str, Failure)> = Vec::new();
    let mut passed = 0;
    for (number, step) in steps.iter().enumerate() {
        let title = format!("[{:>2}/{}] {}", number + 1, steps.len(), step.name);
        if let Some(missing) = step.needs.iter().find(|need| failed.iter().any(|(name, _)| name == *need)) {
            println!("{title} … not run: it needs `{missing}`");
            failed.push((step.name, Failure::new(format!("not run, because `{missing}` failed"), "correct that one first")));
            continue;
        }
        println!("{title}");
        let started = Instant::now();
        match (step.run)(workspace) {
            Ok(()) => {
                passed += 1;
                println!("        ok, {}", seconds(started.elapsed()));
            }
            Err(failure) => {
                println!("        FAILED after {}\n{failure}", seconds(started.elapsed()));
                failed.push((step.name, failure));
            }
        }
        let _ = std::io::stdout().flush();
    }
    if !failed.is_empty() {
        println!("\nfailed:");
        for (name, failure) in &failed {
            println!("\n{name}: {failure}");
        }
        println!("\nwhole outputs: {}", logs.display());
    }
    println!("\n{passed} passed, {} failed", failed.len());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Cheap ones first. One set of features and one profile for building, testing and running, so that nothing is compiled twice.
fn steps(workspace: &Workspace) -> Vec<Step> {
    let with_cargo = |name: &'static str, arguments: &'static [&'static str], what_to_do: &'static str| Step {
        name,
        needs: &["setup"],
        run: Box::new(move |workspace| logged(workspace, name, cargo(&workspace.root).args(arguments), what_to_do)),
    };
    let mut steps = vec![
        Step { name: "setup", needs: &[], run: Box::new(|workspace| tools::setup(workspace).map(drop)) },
        Step { name: "hygiene", needs: &[], run: Box::new(hygiene::check) },
        Step { name: "licences", needs: &["setup"], run: Box::new(licences::check) },
        with_cargo("format", &["fmt", "--all", "--check"], "run `cargo fmt --all`"),
        Step { name: "types", needs: &["setup"], run: Box::new(types) },
        with_cargo(
            "clippy",
            &["clippy", "--locked", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
            "correct the warnings; `#[expect(lint, reason = …)]` where the lint is wrong",
        ),
        with_cargo(
            "clippy for the browser",
            &["clippy", "--locked", "--package", "doorstep", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"],
            "correct the warnings; they concern code that only the browser runs",
        ),
        with_cargo(
            "clippy for the split release",
            &[
                "clippy",
                "--locked",
                "--package",
                "doorstep",
                "--no-default-features",
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "-D",
                "warnings",
            ],
            "correct the warnings; they concern the build that `cargo xtask build` makes",
        ),
        // With the tests, so that both are built with the same features; the browser tests start the backend that this leaves.
        with_cargo("compile", &["build", "--locked", "--workspace", "--bins", "--tests"], "correct the compiler's errors"),
        with_cargo(
            "rust tests",
            &["test", "--locked", "--workspace", "--quiet"],
            "run the named test alone with `cargo test <name>`",
        ),
        Step { name: "documentation", needs: &["setup"], run: Box::new(documentation) },
        Step { name: "build", needs: &["setup"], run: Box::new(site::build) },
        Step { name: "size", needs: &["build"], run: Box::new(size::run) },
        Step { name: "browser", needs: &[], run: Box::new(|_| browser::find_or_install().map(drop)) },
    ];
    if workspace.root.join("tests/playwright.config.ts").exists() {
        steps.push(Step { name: "browser tests", needs: &["compile", "build", "browser"], run: Box::new(browser_tests) });
    }
    steps
}

fn types(workspace: &Workspace) -> Result<(), Failure> {
    for project in ["embed/tsconfig.json", "tests/tsconfig.json"].iter().filter(|project| workspace.root.join(project).exists()) {
        let mut tsc = command(workspace.npm_bin("tsc"), &workspace.root);
        logged(workspace, "types", tsc.args(["--project", project]), "correct the types; `npm run check` runs only this")?;
    }
    Ok(())
}

fn documentation(workspace: &Workspace) -> Result<(), Failure> {
    let mut doc = cargo(&workspace.root);
    doc.args(["doc", "--locked", "--workspace", "--no-deps", "--all-features", "--document-private-items"])
        .env("RUSTDOCFLAGS", "-D warnings");
    logged(workspace, "documentation", &mut doc, "correct the links and the markup of the comments")
}

fn browser_tests(workspace: &Workspace) -> Result<(), Failure> {
    let mut playwright = command(workspace.npm_bin("playwright"), &workspace.root);
    playwright.args(["test", "--config", "tests/playwright.config.ts"]);
    playwright.env("DOORSTEP_BROWSER", browser::find_or_install()?).env("DOORSTEP_BACKEND", workspace.backend());
    logged(
        workspace,
        "browser tests",
        &mut playwright,
        "run one alone with `npx playwright test -c tests/playwright.config.ts -g <name>`",
    )
}

/// Runs it with its output in a file; shows the end of the file when it fails. On a terminal with `DOORSTEP_VERBOSE`, shows everything.
fn logged(workspace: &Workspace, name: &str, command: &mut Command, what_to_do: &str) -> Result<(), Failure> {
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

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
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
