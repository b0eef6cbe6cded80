//! Daily work: Trunk rebuilds and reloads at every change, and hands /api to the backend that Trunk.toml names.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{process, site, tools};

pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut trunk = site::trunk(workspace, &tools::setup(workspace)?);
    println!("serving    http://127.0.0.1:8080/ with /api from a running backend (start one with `cargo xtask demo`)");
    trunk.args(["serve", "--offline=true"]);
    // Trunk refuses to watch what is not there.
    let watched = ["src", "crates/core/src", "embed", "style", "locales", "public", "index.html", "Cargo.toml"];
    for path in watched.iter().map(|path| workspace.root.join(path)).filter(|path: &PathBuf| path.exists()) {
        trunk.arg("--watch").arg(path);
    }
    process::run(&mut trunk, "when the port is taken, another `serve` is running")
}
