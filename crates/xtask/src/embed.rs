//! Makes the embed directory: what a shop's page loads. Called after each build of Trunk, in a release and in daily work.
//!
//! `embed/v1/doorstep.js` is the address that retailers paste; it moves, so it is cached shortly. `embed/<version>/` never changes. The
//! loader knows its companions by names that contain their hash, so a cached loader cannot meet another release's WebAssembly.

use std::path::{Path, PathBuf};

use doorstep_core::phrase::keys;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::manifest::{self, File};
use crate::process::{self, command};
use crate::workspace::{self, VERSION, Workspace};
use crate::{compress, tools};

/// What LLVM emits today; wasm-opt refuses a module that uses a feature it was not told of.
const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
];

/// Reads what Trunk tells its hooks, and builds into Trunk's staging directory.
pub(crate) fn from_hook(workspace: &Workspace) -> Result<(), Failure> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("TRUNK_STAGING_DIR is not set", "this command is called by Trunk: use `cargo xtask build` or `serve`")
    })?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    // Called by a Trunk that was not started by us: the right wasm-bindgen may not be on PATH.
    let directories = if std::env::var_os("DOORSTEP_TOOLS").is_some() { Vec::new() } else { tools::setup(workspace)? };
    Build { workspace, directories, release, out: staging.join("embed") }.run()?;
    // Trunk insists on its own copy of the widget; nothing loads it.
    for name in ["doorstep.js", "doorstep_bg.wasm"] {
        let _ = std::fs::remove_file(staging.join(name));
    }
    Ok(())
}

struct Build<'a> {
    workspace: &'a Workspace,
    directories: Vec<PathBuf>,
    release: bool,
    out: PathBuf,
}

impl Build<'_> {
    fn run(&self) -> Result<(), Failure> {
        workspace::remove_dir(&self.out)?;
        let mut files = Vec::new();
        let (glue, wasm) = self.bindgen()?;
        self.refuse_home_paths(&wasm)?;
        let glue = self.emit(&mut files, "glue", "glue", "js", &glue)?;
        let wasm_integrity = manifest::integrity(&wasm);
        let wasm = self.emit(&mut files, "wasm", "doorstep", "wasm", &wasm)?;
        let css = self.emit(&mut files, "css", "widget", "css", &self.stylesheet()?)?;
        let mut catalogues = Map::new();
        for (language, text) in self.catalogues()? {
            let name = self.emit(&mut files, "catalogue", &language, "json", &text)?;
            catalogues.insert(language, Value::String(name));
        }
        let release = |base: &str| {
            json!({
                "version": VERSION, "base": base, "glue": glue, "wasm": wasm, "integrity": wasm_integrity, "css": css,
                "catalogues": catalogues,
                "texts": places(&["panic.message", "panic.retry"]),
            })
        };
        let moving = self.loader(&release(&format!("../{VERSION}/")))?;
        self.write(&self.out.join("v1/doorstep.js"), &moving)?;
        let pinned = self.loader(&release("./"))?;
        let (brotli, gzip) = self.write(&self.out.join(VERSION).join("doorstep.js"), &pinned)?;
        let integrity = manifest::integrity(&pinned);
        files.insert(0, File { role: "loader".into(), name: "doorstep.js".into(), raw: pinned.len(), gzip, brotli, integrity });
        manifest::write(&self.out.join(VERSION).join("manifest.json"), VERSION, self.release, &files)
    }

    /// wasm-bindgen, wasm-opt and a minifier over what Cargo built: the glue and the WebAssembly.
    fn bindgen(&self) -> Result<(Vec<u8>, Vec<u8>), Failure> {
        let profile = if self.release { "wasm-release" } else { "debug" };
        let built = self.workspace.target.join("wasm32-unknown-unknown").join(profile).join("doorstep.wasm");
        let work = self.workspace.target.join("embed").join(profile);
        let mut bindgen = self.tool("wasm-bindgen");
        bindgen.args(["--target", "web", "--out-name", "doorstep", "--no-typescript", "--omit-default-module-path"]);
        bindgen.arg("--out-dir").arg(&work).arg(&built);
        // After a panic the loader asks for a fresh instance, and callbacks of the old one throw instead of running on torn state. The abort
        // handler would do the same with exception handling, which Safari before 18.4 and Chrome before 137 cannot compile.
        bindgen.arg("--experimental-reset-state-function");
        if self.release {
            bindgen.args(["--remove-name-section", "--remove-producers-section"]);
        }
        process::output(&mut bindgen, "use `cargo xtask build` or `serve`, which build the widget before this")?;
        let mut wasm = work.join("doorstep_bg.wasm");
        if self.release {
            let small = work.join("doorstep.opt.wasm");
            let mut opt = self.tool("wasm-opt");
            // Functions with one caller stay functions and common subexpressions stay where they are: less code, but code that no longer
            // repeats itself, and brotli needs
            // five per cent more for it.
            opt.args(["-Oz", "--converge", "--one-caller-inline-max-function-size=20", "--skip-pass=local-cse"]).args([
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
            ]);
            opt.args(WASM_FEATURES);
            process::output(opt.arg(&wasm).arg("-o").arg(&small), "wasm-opt comes with npm's binaryen: run `npm ci`")?;
            wasm = small;
        }
        let glue = self.esbuild(&[&work.join("doorstep.js").display().to_string(), "--format=esm"])?;
        Ok((glue, workspace::read(&wasm)?))
    }

    /// One classic script: it can stand in any page, with `async`, and knows its own address.
    fn loader(&self, release: &Value) -> Result<Vec<u8>, Failure> {
        self.esbuild(&[
            "embed/doorstep.ts",
            "--bundle",
            "--format=iife",
            "--loader:.css=text",
            "--legal-comments=none",
            &format!("--define:RELEASE={release}"),
            &format!("--banner:js=/*! Doorstep {VERSION} | {} */", env!("CARGO_PKG_LICENSE")),
        ])
    }

    /// The widget's one stylesheet: the tokens with their defaults, then what uses them.
    fn stylesheet(&self) -> Result<Vec<u8>, Failure> {
        let style = self.workspace.root.join("style");
        let imports: String = ["tokens.css", "widget.css"]
            .iter()
            .filter(|name| style.join(name).exists())
            .map(|name| format!("@import \"./{name}\";\n"))
            .collect();
        let entry = self.workspace.target.join("embed/entry.css");
        let imports = imports.replace("./", &format!("{}/", style.display()));
        workspace::write(&entry, imports.as_bytes())?;
        self.esbuild(&[&entry.display().to_string(), "--bundle"])
    }

    /// The languages and their catalogues as arrays without white space, in the order of their names.
    fn catalogues(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let directory = self.workspace.root.join("locales");
        let entries = std::fs::read_dir(&directory).map_err(|error| Failure::file(&directory, &error))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        let mut catalogues = Vec::new();
        for path in paths {
            let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let parsed: Value = serde_json::from_str(&workspace::read_text(&path)?)
                .map_err(|error| Failure::new(format!("{}: {error}", path.display()), "correct the catalogue: it is JSON"))?;
            catalogues.push((language, in_order(&parsed).to_string().into_bytes()));
        }
        Ok(catalogues)
    }

    /// Writes a file whose name contains its hash, and remembers it.
    fn emit(&self, files: &mut Vec<File>, role: &str, stem: &str, extension: &str, bytes: &[u8]) -> Result<String, Failure> {
        let name = format!("{stem}-{}.{extension}", manifest::content_hash(bytes));
        let (brotli, gzip) = self.write(&self.out.join(VERSION).join(&name), bytes)?;
        let integrity = manifest::integrity(bytes);
        files.push(File { role: role.into(), name: name.clone(), raw: bytes.len(), gzip, brotli, integrity });
        Ok(name)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(usize, usize), Failure> {
        workspace::write(path, bytes)?;
        if self.release { compress::beside(path, bytes) } else { Ok((0, 0)) }
    }

    fn esbuild(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let mut esbuild = self.tool("esbuild");
        esbuild.args(arguments).args(["--target=es2022", "--charset=utf8", "--log-level=warning"]);
        if self.release {
            esbuild.arg("--minify");
        }
        Ok(process::output(&mut esbuild, "correct the file that is named above; esbuild itself comes with `npm ci`")?
            .into_bytes())
    }

    fn tool(&self, name: &str) -> std::process::Command {
        let beside = self.directories.iter().map(|directory| directory.join(name)).find(|program| program.is_file());
        let program = beside.or_else(|| Some(self.workspace.npm_bin(name)).filter(|program| program.is_file()));
        command(program.unwrap_or_else(|| name.into()), &self.workspace.root)
    }

    /// A released file must not tell where it was built, and must be the same wherever that was.
    fn refuse_home_paths(&self, wasm: &[u8]) -> Result<(), Failure> {
        if !self.release {
            return Ok(());
        }
        let places = [workspace::home(), workspace::cargo_home(), Some(self.workspace.root.clone())];
        for place in places.into_iter().flatten().map(|place| place.display().to_string()).filter(|place| place.len() > 1) {
            if contains(wasm, place.as_bytes()) {
                return Err(Failure::new(
                    format!("the WebAssembly contains the path {place}"),
                    "build with `cargo xtask build`, which replaces such paths; plain `trunk build --release` does not",
                ));
            }
        }
        Ok(())
    }
}

/// Whether the bytes occur, followed by a separator: `/root` alone may be a word of the widget.
fn contains(haystack: &[u8], path: &[u8]) -> bool {
    haystack.windows(path.len() + 1).any(|window| window.starts_with(path) && matches!(window.last(), Some(b'/' | b'\\')))
}

/// The entries of a catalogue in the order in which the widget counts them.
fn in_order(catalogue: &Value) -> Value {
    keys::ALL.iter().map(|(name, _)| catalogue.get(name).cloned().unwrap_or_default()).collect()
}

/// Where the loader finds the texts that it needs itself.
fn places(names: &[&str]) -> Value {
    let place = |name: &&str| keys::ALL.iter().position(|(known, _)| known == name);
    names.iter().map(|name| ((*name).to_owned(), Value::from(place(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_and_a_word_is_not() {
        assert!(contains(b"...at /home/ada/x.rs", b"/home/ada"));
        assert!(!contains(b"the /home/adam of", b"/home/ada"));
    }
}
