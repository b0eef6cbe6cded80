//! The release build: Trunk compiles the widget and gathers the gallery, its hook makes the embed directory.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::{self, Workspace};
use crate::{manifest, size, tools};

/// Builds `dist/`.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    println!("building   dist/ (release)");
    let mut trunk = trunk(workspace, &tools::setup(workspace)?);
    // Without the default feature `one-file` the widget is split in two.
    trunk.args(["build", "--release", "--offline=true", "--locked=true", "--no-default-features=true"]);
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", release_flags(workspace)?);
    process::run(
        &mut trunk,
        "the first error above says what failed; compiler errors of the widget are in src/ or crates/core/",
    )?;
    let files = manifest::read(&workspace.dist().join("embed").join(workspace::VERSION).join("manifest.json"))?;
    println!("built      dist/ with {} files to embed; {}", files.len(), size::summary(&files));
    Ok(())
}

/// Trunk with the right tools on its PATH.
pub(crate) fn trunk(workspace: &Workspace, directories: &[std::path::PathBuf]) -> Command {
    let path = process::path_with(directories);
    let program = directories.iter().map(|directory| directory.join("trunk")).find(|program| program.is_file());
    let mut trunk = command(program.unwrap_or_else(|| "trunk".into()), &workspace.root);
    // A value such as `NO_COLOR=1` is not what Trunk's parser expects.
    trunk.env("PATH", path).env("DOORSTEP_TOOLS", "1").env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    trunk
}

/// Compiler flags of the release: those of `.cargo/config.toml`, the relocations that tell what belongs to the second chunk, and neutral names for the places where sources lie, so that the file is the
/// same on every machine and tells nothing about ours. Only for WebAssembly: build scripts and macros need no second build.
fn release_flags(workspace: &Workspace) -> Result<String, Failure> {
    let mut flags = vec!["--cfg=erase_components".to_owned(), "-Clink-arg=--emit-relocs".to_owned()];
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    remap(&workspace.root, ".");
    if let Some(cargo) = workspace::cargo_home() {
        // One directory for each registry or mirror; its name tells which, so it goes too.
        for registry in std::fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten() {
            remap(&registry.path(), "/crates");
        }
        remap(&cargo.join("git/checkouts"), "/git");
    }
    let sysroot = process::output(command("rustc", &workspace.root).args(["--print", "sysroot"]), "install Rust with rustup")?;
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "/rust");
    if let Some(flag) = flags.iter().find(|flag| flag.contains(char::is_whitespace)) {
        return Err(Failure::new(
            format!("a path with a space cannot be handed to the compiler: {flag}"),
            "move the checkout, or set CARGO_HOME, to a path without spaces",
        ));
    }
    Ok(flags.join(" "))
}
