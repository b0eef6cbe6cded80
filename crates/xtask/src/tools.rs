//! Installs the tools that a build needs beside Rust and Node, each in exactly one version. Crates and npm packages come from their
//! lockfiles. Trunk, which only daily work needs, comes from PATH or the per-user cache, or is installed in that cache. Nothing is
//! installed globally, so that other projects are not disturbed.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::workspace::{self, Workspace};

const TRUNK: &str = "0.21.14";

/// Fetches everything that a build needs. Quick when it is all there.
pub(crate) fn setup(workspace: &Workspace) -> Result<(), Failure> {
    process::run(
        cargo(&workspace.root).args(["fetch", "--locked", "--quiet"]),
        "the crates are fetched once: check the network, or that Cargo.lock belongs to Cargo.toml (`cargo update --workspace`)",
    )?;
    wasm_target(workspace)?;
    npm(workspace)
}

/// Returns the path of Trunk, or None when PATH has it in the right version. Installs it with its own lockfile when neither PATH nor the
/// cache has it.
pub(crate) fn trunk() -> Result<Option<PathBuf>, Failure> {
    if process::version("trunk").as_deref() == Some(TRUNK) {
        return Ok(None);
    }
    let root = cache()?.join(format!("trunk-{TRUNK}"));
    let program = root.join("bin").join(format!("trunk{}", std::env::consts::EXE_SUFFIX));
    if process::version(&program).as_deref() == Some(TRUNK) {
        return Ok(Some(program));
    }
    println!("installing trunk {TRUNK} (about seven minutes, once per user)");
    // Cargo runs outside the checkout, because the checkout's target directory and flags are not meant for a tool.
    std::fs::create_dir_all(&root).map_err(|error| Failure::file(&root, &error))?;
    let mut install = cargo(&root);
    install.args(["install", "trunk", "--locked", "--version", &format!("={TRUNK}"), "--root"]).arg(&root);
    install.env_remove("CARGO_TARGET_DIR");
    let what_to_do = format!("check the network and that a C compiler is installed, or put trunk {TRUNK} on PATH");
    process::run(&mut install, &what_to_do)?;
    Ok(Some(program))
}

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

/// Runs `npm ci`, unless the lockfile is the one of the last run.
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
        "Node 20 or newer with npm is needed; check the network",
    )?;
    workspace::write(&stamp, &lock)
}
