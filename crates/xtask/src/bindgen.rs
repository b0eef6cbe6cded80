//! Runs wasm-bindgen as a library, in the version of Cargo.lock. It makes the glue, and the WebAssembly that belongs to it.
//!
//! Trunk requires a program named `wasm-bindgen`. `daily.rs` gives Trunk a copy of xtask under this name. Started under this
//! name, xtask runs `as_command`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

use crate::failure::Failure;

/// Version of the library. Trunk compares it with the version in Trunk.toml.
pub(crate) const VERSION: &str = "0.2.130";

/// Name of the program that Trunk looks for.
pub(crate) const NAME: &str = "wasm-bindgen";

/// Purpose of the glue.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// A release. The exports of the linker (memory, table, stack pointer) stay, because the second chunk imports them. Mangled names stay
    /// until wasm-opt has used them.
    Release,
    Daily,
}

/// Writes `doorstep.js` and `doorstep_bg.wasm` into a directory and returns their paths.
pub(crate) fn generate(wasm: &Path, out: &Path, kind: Kind) -> Result<(PathBuf, PathBuf), Failure> {
    let release = kind == Kind::Release;
    let mut bindgen = Bindgen::new();
    let written = bindgen.web(true).and_then(|bindgen| {
        bindgen.input_path(wasm).out_name("doorstep").typescript(false).omit_default_module_path(true);
        // After a panic the loader asks for a fresh instance, and callbacks of the old one throw instead of running on
        // inconsistent state. The abort handler would have the same effect, but it needs exception handling, which Safari before
        // 18.4 and Chrome before 137 cannot compile.
        bindgen.reset_state_function(true);
        bindgen.keep_lld_exports(release).demangle(!release).remove_producers_section(release).generate(out)
    });
    written.map_err(|error| {
        Failure::new(
            format!("wasm-bindgen: {error:#}"),
            "build with `cargo xtask build` or `serve`; `wasm-bindgen` and `wasm-bindgen-cli-support` must be of one version",
        )
    })?;
    Ok((out.join("doorstep.js"), out.join("doorstep_bg.wasm")))
}

/// Writes `app.js` and `app_bg.wasm` of an app that tests the component of Leptos into a directory.
pub(crate) fn generate_app(wasm: &Path, out: &Path) -> Result<(), Failure> {
    let mut bindgen = Bindgen::new();
    let written = bindgen.web(true).and_then(|bindgen| {
        bindgen.input_path(wasm).out_name("app").typescript(false).omit_default_module_path(false).generate(out)
    });
    written.map_err(|error| Failure::new(format!("wasm-bindgen: {error:#}"), "correct the app in tests/packages/apps/leptos"))
}

/// Returns true if this program was started under the name of wasm-bindgen.
pub(crate) fn is_called_as_wasm_bindgen() -> bool {
    std::env::args_os().next().is_some_and(|program| Path::new(&program).file_stem().is_some_and(|stem| stem == NAME))
}

/// Carries out Trunk's call of wasm-bindgen. Uses only the paths among Trunk's options; the project fixes all other options.
pub(crate) fn as_command() -> Result<ExitCode, Failure> {
    let mut arguments = lexopt::Parser::from_env();
    let (mut input, mut out) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("version") => {
                println!("{NAME} {VERSION}");
                return Ok(ExitCode::SUCCESS);
            }
            lexopt::Arg::Long("out-dir") => out = Some(PathBuf::from(arguments.value()?)),
            lexopt::Arg::Value(path) => input = Some(PathBuf::from(path)),
            lexopt::Arg::Long(_) | lexopt::Arg::Short(_) => drop(arguments.optional_value()),
        }
    }
    let (Some(input), Some(out)) = (input, out) else {
        return Err(Failure::new(
            "wasm-bindgen: there is no input or no --out-dir",
            "it is called by Trunk: use `cargo xtask serve`",
        ));
    };
    generate(&input, &out, Kind::Daily)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_the_crate_and_trunk_are_of_one_version() {
        let workspace = crate::workspace::Workspace::find();
        let read = |path: &str| std::fs::read_to_string(workspace.root.join(path)).unwrap();
        assert!(read("Cargo.toml").contains(&format!("wasm-bindgen = \"={VERSION}\"")));
        assert!(read("crates/xtask/Cargo.toml").contains(&format!("wasm-bindgen-cli-support = \"={VERSION}\"")));
        assert!(read("Trunk.toml").contains(&format!("wasm_bindgen = \"{VERSION}\"")));
    }
}
