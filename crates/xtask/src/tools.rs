//! The tools that a build needs beside Rust and Node, each in exactly one version: taken from PATH, from the per-user cache, or installed
//! there. Never installed globally, so that they cannot disturb other projects.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::workspace::{self, Workspace};

/// One pinned tool.
struct Tool {
    /// The command, which is also the name of its directory in the cache.
    name: &'static str,
    package: &'static str,
    version: &'static str,
    /// With its own lockfile or with the newest compatible dependencies: each of the two builds only one way.
    locked: bool,
    minutes: u8,
}

const TOOLS: [Tool; 2] = [
    Tool { name: "trunk", package: "trunk", version: "0.21.14", locked: true, minutes: 7 },
    // Must equal the version of the crate in Cargo.toml: the two speak a private format.
    Tool { name: "wasm-bindgen", package: "wasm-bindgen-cli", version: "0.2.130", locked: false, minutes: 3 },
];

/// Fetches everything that a build needs; quick when it is all there.
///
/// Returns the directories that go in front of PATH.
pub(crate) fn setup(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    process::run(
        cargo(&workspace.root).args(["fetch", "--locked", "--quiet"]),
        "the crates are fetched once: check the network, or that Cargo.lock belongs to Cargo.toml (`cargo update --workspace`)",
    )?;
    wasm_target(workspace)?;
    let mut directories = vec![workspace.root.join("node_modules/.bin")];
    for tool in &TOOLS {
        directories.extend(ensure(tool)?);
    }
    npm(workspace)?;
    Ok(directories)
}

/// The directory of a tool, or none when PATH has it in the right version.
fn ensure(tool: &Tool) -> Result<Option<PathBuf>, Failure> {
    if process::version(tool.name).as_deref() == Some(tool.version) {
        return Ok(None);
    }
    let root = cache()?.join(format!("{}-{}", tool.name, tool.version));
    let bin = root.join("bin");
    let program = bin.join(format!("{}{}", tool.name, std::env::consts::EXE_SUFFIX));
    if process::version(&program).as_deref() == Some(tool.version) {
        return Ok(Some(bin));
    }
    println!("installing {} {} (about {} minutes, once per user)", tool.name, tool.version, tool.minutes);
    // Outside the checkout: its target directory and flags are not those of a tool.
    std::fs::create_dir_all(&root).map_err(|error| Failure::file(&root, &error))?;
    let mut install = cargo(&root);
    install.args(["install", tool.package, "--version", &format!("={}", tool.version), "--root"]).arg(&root);
    install.env_remove("CARGO_TARGET_DIR");
    if tool.locked {
        install.arg("--locked");
    }
    process::run(
        &mut install,
        &format!("check the network and that a C compiler is installed, or put {} {} on PATH", tool.name, tool.version),
    )?;
    Ok(Some(bin))
}

fn cache() -> Result<PathBuf, Failure> {
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

/// `npm ci`, when the lockfile is another one than at the last time.
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
