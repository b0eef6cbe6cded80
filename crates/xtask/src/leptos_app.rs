//! Builds the app of Leptos in `tests/packages/apps/leptos/` for its tests: in the browser, hydrated, and the program that renders it as a server does.
//! It is an example of the crate `doorstep-leptos`.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::cargo;
use crate::workspace::{self, Workspace};
use crate::{bindgen, step};

const STEP: &str = "package tests";
const EXAMPLE: &str = "order_page";
const WASM: &str = "wasm32-unknown-unknown";

/// Flags of the compiler in the place of those of `.cargo/config.toml`. With `erase_components`, which is set there for the browser only, Leptos expects
/// other markup than the server renders without it.
const FLAGS: &str = "-Cdebuginfo=0";

/// Writes the app to a directory: the page, `csr/app.js` and `hydrate/app.js` with their WebAssembly, and the program `server`.
pub(crate) fn build(workspace: &Workspace, out: &Path) -> Result<(), Failure> {
    workspace::remove_dir(out)?;
    let source = workspace.root.join("tests/packages/apps/leptos");
    for page in ["index.html", "rendered.html"] {
        workspace::write(&out.join(page), &workspace::read(&source.join(page))?)?;
    }
    for feature in ["csr", "hydrate"] {
        compile(workspace, feature, |build| build.args(["--target", WASM]).env("RUSTFLAGS", FLAGS))?;
        let wasm = workspace.target.join(format!("{WASM}/debug/examples/{EXAMPLE}.wasm"));
        bindgen::generate_app(&wasm, &out.join(feature))?;
    }
    compile(workspace, "ssr", |build| build)?;
    let program = format!("debug/examples/{EXAMPLE}{}", std::env::consts::EXE_SUFFIX);
    let server = out.join("server");
    std::fs::copy(workspace.target.join(program), &server).map(drop).map_err(|error| Failure::file(&server, &error))
}

/// Compiles the example with one of the features of Leptos.
fn compile(workspace: &Workspace, feature: &str, prepare: impl FnOnce(&mut Command) -> &mut Command) -> Result<(), Failure> {
    let mut build = cargo(&workspace.root);
    build.args(["build", "--locked", "--package", "doorstep-leptos", "--example", EXAMPLE, "--features", feature]);
    step::logged(
        workspace,
        STEP,
        prepare(&mut build),
        "correct the compiler's errors in crates/leptos or in tests/packages/apps/leptos",
    )
}
