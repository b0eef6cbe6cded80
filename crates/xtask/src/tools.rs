//! Fetches what a build needs beside Rust and Node, each in exactly one version: crates and npm packages come from their lockfiles. Nothing
//! is installed globally, so that other projects are not disturbed.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::node;
use crate::process::{self, cargo, command};
use crate::workspace::{self, Workspace};

/// Fetches everything that a build needs and that is missing. The crates come last, so that a build of the backend that runs at
/// the same time fetches its crates first.
pub(crate) fn setup(workspace: &Workspace) -> Result<(), Failure> {
    node::check()?;
    npm(workspace)?;
    wasm_target(workspace)?;
    process::run(
        cargo(&workspace.root).args(["fetch", "--locked", "--quiet"]),
        "the crates are fetched once: check the network, or that Cargo.lock belongs to Cargo.toml (`cargo update --workspace`)",
    )
}

/// Returns the per-user directory for tools.
pub(crate) fn cache() -> Result<PathBuf, Failure> {
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| workspace::home().map(|home| home.join(".cache")))
        .map(|cache| cache.join("doorstep/tools"))
        .ok_or_else(|| Failure::new("no directory for the tools: neither XDG_CACHE_HOME nor HOME is set", "set HOME"))
}

fn wasm_target(workspace: &Workspace) -> Result<(), Failure> {
    let what_to_do =
        "install Rust with rustup, or add the standard library for wasm32-unknown-unknown in your distribution's way";
    let mut rustc = command("rustc", &workspace.root);
    let directory = process::output(rustc.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]), what_to_do)?;
    if Path::new(directory.trim()).is_dir() {
        return Ok(());
    }
    println!("adding the Rust target wasm32-unknown-unknown");
    process::run(command("rustup", &workspace.root).args(["target", "add", "wasm32-unknown-unknown"]), what_to_do)
}

/// Runs `npm ci`, unless the lockfile is the same as at the last run.
fn npm(workspace: &Workspace) -> Result<(), Failure> {
    let stamp = workspace.root.join("node_modules/.doorstep-lock");
    let lock = workspace::read(&workspace.root.join("package-lock.json"))?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("installing the npm packages of package-lock.json");
    process::run(
        command(if cfg!(windows) { "npm.cmd" } else { "npm" }, &workspace.root).args([
            "ci",
            "--no-fund",
            "--no-audit",
            "--loglevel=error",
        ]),
        node::WHAT_TO_DO,
    )?;
    workspace::write(&stamp, &lock)
}
