//! The steps of `cargo xtask test`, in the order in which they are run. `check.rs` runs them.

use crate::contract::Contract;
use crate::failure::Failure;
use crate::process::{cargo, command};
use crate::step::{Outcome, Step, logged};
use crate::workspace::Workspace;
use crate::{browser, daily, engines, hygiene, leptos_app, licences, package, php, site, size, supply, tools};

/// Returns all steps, cheap ones first. Building, testing and running use one set of features and one profile, so that nothing is compiled
/// twice.
pub(crate) fn all() -> Vec<Step> {
    let mut steps = vec![step("setup", &[], |workspace| tools::setup(workspace).map(drop)), step("hygiene", &[], hygiene::check)];
    steps.extend(supply_chain());
    steps.push(Step { name: php::STEP, needs: &[], run: Box::new(php::check) });
    steps.extend(rust());
    steps.extend([
        step("build", &["setup"], site::build),
        step("size", &["compile", "build"], size::run),
        step("daily build", &["setup"], daily::check),
        step("browser", &[], |_| browser::find_or_install().map(drop)),
        step("browser tests", &["compile", "build", "browser"], browser_tests),
        step("package tests", &["compile", "build", "browser"], package_tests),
    ]);
    steps.extend(engines::ALL.iter().map(|engine| Step {
        name: engine.step,
        needs: &["compile", "build"],
        run: Box::new(|workspace| engine_tests(workspace, engine)),
    }));
    steps
}

/// Returns the steps that check the dependencies: licences, origin, withdrawn versions and advisories.
fn supply_chain() -> Vec<Step> {
    let checked = |name: &'static str, run: fn(&Workspace) -> Result<Outcome, Failure>| Step {
        name,
        needs: &["setup"],
        run: Box::new(run),
    };
    vec![
        step("licences", &["setup"], licences::check),
        step("sources", &[], supply::sources),
        checked("yanked crates", supply::yanked),
        checked("advisories of crates", supply::crate_advisories),
        checked("advisories of npm packages", supply::npm_advisories),
    ]
}

fn rust() -> Vec<Step> {
    vec![
        with_cargo("format", &["fmt", "--all", "--check"], "run `cargo fmt --all`"),
        step("types", &["setup"], types),
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
        // The binaries are built with the tests, so that both have the same features. The browser tests start the backend that this step
        // leaves.
        with_cargo("compile", &["build", "--locked", "--workspace", "--bins", "--tests"], "correct the compiler's errors"),
        with_cargo(
            "rust tests",
            &["test", "--locked", "--workspace", "--quiet"],
            "run the named test alone with `cargo test <name>`",
        ),
        step("contract", &["compile"], contract),
        step("documentation", &["setup"], documentation),
    ]
}

/// Returns a step that is never skipped.
fn step(name: &'static str, needs: &'static [&'static str], run: fn(&Workspace) -> Result<(), Failure>) -> Step {
    Step { name, needs, run: Box::new(move |workspace| run(workspace).map(|()| Outcome::Passed)) }
}

fn with_cargo(name: &'static str, arguments: &'static [&'static str], what_to_do: &'static str) -> Step {
    let run = move |workspace: &Workspace| logged(workspace, name, cargo(&workspace.root).args(arguments), what_to_do);
    Step { name, needs: &["setup"], run: Box::new(move |workspace| run(workspace).map(|()| Outcome::Passed)) }
}

fn types(workspace: &Workspace) -> Result<(), Failure> {
    for project in ["embed/tsconfig.json", "packages/tsconfig.json", "tests/tsconfig.json"] {
        let mut tsc = command(workspace.npm_bin("tsc"), &workspace.root);
        logged(
            workspace,
            "types",
            tsc.args(["--noEmit", "--project", project]),
            "correct the types; `npm run check` runs only this",
        )?;
    }
    Ok(())
}

fn contract(workspace: &Workspace) -> Result<(), Failure> {
    let contract = Contract::start(workspace)?;
    let what_to_do = "the log has a curl command for each finding; mend the backend or its OpenAPI document (`api/openapi/`)";
    let held = logged(workspace, "contract", &mut contract.command(workspace), what_to_do);
    contract.finish().and(held)
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

/// Makes the npm package, and tests it and the component of Leptos in the apps of `tests/packages/`.
fn package_tests(workspace: &Workspace) -> Result<(), Failure> {
    let packed = package::make(workspace)?;
    leptos_app::build(workspace, &packed.with_file_name("leptos"))?;
    let mut playwright = command(workspace.npm_bin("playwright"), &workspace.root);
    playwright.args(["test", "--config", "tests/packages/playwright.config.ts"]).env("DOORSTEP_PACKAGE", packed);
    playwright.env("DOORSTEP_BROWSER", browser::find_or_install()?).env("DOORSTEP_BACKEND", workspace.backend());
    logged(
        workspace,
        "package tests",
        &mut playwright,
        "run one alone with `npx playwright test -c tests/packages/playwright.config.ts -g <name>`",
    )
}

/// Runs the core journeys in an engine other than Chromium's. Skipped with the reason when its browser cannot be had.
fn engine_tests(workspace: &Workspace, engine: &engines::Engine) -> Result<Outcome, Failure> {
    let program = match engine.find_or_install() {
        Ok(program) => program,
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    let mut playwright = command(workspace.npm_bin("playwright"), &workspace.root);
    playwright.args(["test", "--config", "tests/engines/playwright.config.ts", "--project", engine.project]);
    playwright.env(engine.variable, program).env("DOORSTEP_BACKEND", workspace.backend());
    logged(
        workspace,
        engine.step,
        &mut playwright,
        "run one alone with `npx playwright test -c tests/engines/playwright.config.ts --project <engine> -g <name>`",
    )?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_a_name_of_its_own_and_needs_what_comes_before() {
        let mut known: Vec<&str> = Vec::new();
        for step in all() {
            assert!(!known.contains(&step.name), "{} is there twice", step.name);
            assert!(step.needs.iter().all(|need| known.contains(need)), "{} comes before what it needs", step.name);
            known.push(step.name);
        }
    }
}
