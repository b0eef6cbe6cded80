//! Daily work with Trunk, which rebuilds and reloads at every change and forwards /api to the backend that Trunk.toml names.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::{self, Workspace};
use crate::{bindgen, step, tools, trunk};

/// Builds and serves the gallery until Trunk is ended.
pub(crate) fn serve(workspace: &Workspace) -> Result<(), Failure> {
    tools::setup(workspace)?;
    let mut trunk = trunk_command(workspace)?;
    println!("serving    http://127.0.0.1:8080/ with /api from a running backend (start one with `cargo xtask demo`)");
    trunk.args(["serve", "--offline=true"]);
    // Trunk refuses to watch a path that does not exist.
    let watched = ["src", "crates/core/src", "embed", "style", "locales", "public", "docs", "index.html", "Cargo.toml"];
    for path in watched.iter().map(|path| workspace.root.join(path)).filter(|path: &PathBuf| path.exists()) {
        trunk.arg("--watch").arg(path);
    }
    process::run(&mut trunk, "when the port is taken, another `serve` is running")
}

/// Builds once as `serve` does, into a directory apart from the release, and checks that the files which a page loads exist.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let dist = workspace.target.join("daily");
    let mut trunk = trunk_command(workspace)?;
    trunk.args(["build", "--offline=true", "--locked=true", "--dist"]).arg(&dist);
    step::logged(workspace, "daily build", &mut trunk, "run `cargo xtask serve` to see it")?;
    for name in ["index.html", "gallery.css", "gallery.js", "embed/v1/doorstep.js"] {
        workspace::read(&dist.join(name))?;
    }
    Ok(())
}

/// Returns Trunk as a command, with the project's wasm-bindgen on its PATH.
fn trunk_command(workspace: &Workspace) -> Result<Command, Failure> {
    let beside = workspace.target.join("xtask-tools");
    let program = beside.join(format!("{}{}", bindgen::NAME, std::env::consts::EXE_SUFFIX));
    let own_program = process::running_program().map_err(|error| Failure::file(&program, &error))?;
    std::fs::create_dir_all(&beside).map_err(|error| Failure::file(&beside, &error))?;
    // The program is copied under another name and then renamed, because the old one may be running in a `serve`.
    let copy = program.with_extension("new");
    std::fs::copy(&own_program, &copy).map_err(|error| Failure::file(&copy, &error))?;
    std::fs::rename(&copy, &program).map_err(|error| Failure::file(&program, &error))?;
    let installed = trunk::find_or_install()?;
    let mut trunk = command(installed.unwrap_or_else(|| "trunk".into()), &workspace.root);
    // Trunk's parser does not accept a value such as `NO_COLOR=1`.
    trunk.env("PATH", process::path_with(&[beside])).env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    Ok(trunk)
}
