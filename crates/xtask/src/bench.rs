//! `cargo xtask bench`: measures the release build in a browser, and weighs its crates. `docs/performance.md` explains the figures.

use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::workspace::Workspace;
use crate::{browser, site, weights};

/// Builds the release of widget and backend, and runs the measurement. It prints tables, and writes the same figures as JSON into
/// `bench` in the target directory.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    site::build(workspace)?;
    let mut build = cargo(&workspace.root);
    build.args(["build", "--quiet", "--locked", "--release", "--package", "doorstep-backend"]);
    process::run(build.env("CARGO_TARGET_DIR", &workspace.target), "the first error above says what failed")?;
    let backend = workspace.target.join("release").join(format!("doorstep-backend{}", std::env::consts::EXE_SUFFIX));
    let mut playwright = command(workspace.npm_bin("playwright"), &workspace.root);
    playwright.args(["test", "--config", "tests/bench/playwright.config.ts"]);
    playwright.env("DOORSTEP_BROWSER", browser::find_or_install()?).env("DOORSTEP_BACKEND", backend);
    let out = workspace.target.join("bench");
    playwright.env("DOORSTEP_BENCH_OUTPUT", &out);
    process::run(&mut playwright, "the error above says which page did not load")?;
    weights::run(workspace, &out)
}
