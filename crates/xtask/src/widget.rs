//! Turns Cargo's output into the files that a browser runs: the glue and one or two WebAssembly files. Called by `embed.rs`.
//!
//! A release is split into two chunks as `src/chunk.rs` defines. Relocations identify the functions and data that only the second
//! chunk needs. Both chunks share memory and table, so no pass may optimise one of them as if it were the whole program.

use std::path::{Path, PathBuf};

use crate::embed::{Build, Kind};
use crate::failure::Failure;
use crate::{bindgen, function_order, glue, panics, process, short_names, source_locations, workspace};

/// WebAssembly features that LLVM emits today. wasm-opt refuses a module that uses a feature that is not enabled.
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

/// Source of the module of a release that esbuild bundles: the exports of the glue, and of the modules of `embed/` that
/// belong to it.
const RELEASE_ENTRY: &str = "export { default, mount, __wbg_reset_state } from 'doorstep-glue';\n\
    export { mayMount, panicked, RunningWidget, warm } from 'doorstep-widget';\n\
    export { enter } from 'doorstep-link';\n\
    export { onTrap } from 'doorstep-trap';\n";

/// Source of the module in daily work, where there is no second chunk.
const DAILY_ENTRY: &str = "export * from 'doorstep-glue';\nexport { default } from 'doorstep-glue';\n\
    export { mayMount, panicked, RunningWidget, warm } from 'doorstep-widget';\n";

/// Path of the second chunk as the splitter writes it, in the directory of the intermediate files.
const CHUNK: &str = "split/split_requests.wasm";

/// Treatment of the names of functions by wasm-opt. The code is the same in both cases.
#[derive(Clone, Copy)]
enum Names {
    Stripped,
    Kept,
}

/// The files of the widget that a browser runs.
pub(crate) struct Widget {
    pub(crate) glue: Vec<u8>,
    pub(crate) main: Vec<u8>,
    /// The second chunk; None in daily work, where it is part of `main`.
    pub(crate) chunk: Option<Vec<u8>>,
}

impl Build<'_> {
    /// Returns the widget that Cargo built, ready for a browser. In daily work Trunk has already called wasm-bindgen for the glue.
    pub(crate) fn widget(&self) -> Result<Widget, Failure> {
        match &self.kind {
            Kind::Release => {
                let built = self.workspace.target.join("wasm32-unknown-unknown/wasm-release/doorstep.wasm");
                self.in_two_files(&built, &self.work())
            }
            Kind::Daily { glue, wasm } => {
                let glue = self.bundled(DAILY_ENTRY, glue, &self.workspace.target.join("embed/daily"))?;
                Ok(Widget { glue, main: workspace::read(wasm)?, chunk: None })
            }
        }
    }

    /// Returns the directory of the intermediate files of a release.
    fn work(&self) -> PathBuf {
        self.workspace.target.join("embed/wasm-release")
    }

    /// Returns the two files of the release that was built last, optimised in the same way, but with the names of their functions.
    pub(crate) fn named_chunks(&self) -> Result<[Vec<u8>; 2], Failure> {
        let read = |file: &str| self.optimised(&self.work().join(file), Names::Kept);
        Ok([read("doorstep_bg.wasm")?, read(CHUNK)?])
    }

    /// Runs the splitter, wasm-bindgen, the shortening of import names, wasm-opt and a minifier on the module that Cargo built.
    fn in_two_files(&self, built: &Path, work: &Path) -> Result<Widget, Failure> {
        let (main, chunk) = split(built, work)?;
        let (glue_file, main) = bindgen::generate(&main, work, bindgen::Kind::Release)?;
        let trimmed = glue::trimmed(&workspace::read_text(&glue_file)?)?;
        let (short_glue, short_main) = short_names::shortened(&trimmed, &workspace::read(&main)?)?;
        workspace::write(&glue_file, short_glue.as_bytes())?;
        workspace::write(&main, &short_main)?;
        let glue = self.bundled(RELEASE_ENTRY, &glue_file, work)?;
        // wasm-opt of npm uses one core.
        let (main, chunk) = std::thread::scope(|scope| {
            let chunk = scope.spawn(|| self.optimised(&chunk, Names::Stripped));
            (self.optimised(&main, Names::Stripped), chunk.join())
        });
        let chunk = chunk.map_err(|_| Failure::new("wasm-opt could not be run", "run it again; when it stays, report it"))?;
        Ok(Widget { glue, main: main?, chunk: Some(chunk?) })
    }

    /// Bundles the glue of wasm-bindgen with the modules of the loader that the widget needs. `entry` is the source of the module, and
    /// `work` the directory of intermediate files.
    fn bundled(&self, entry: &str, glue: &Path, work: &Path) -> Result<Vec<u8>, Failure> {
        let path = work.join("entry.js");
        workspace::write(&path, entry.as_bytes())?;
        let ours =
            |name: &str| format!("--alias:doorstep-{name}={}", self.workspace.root.join(format!("embed/{name}.ts")).display());
        self.esbuild(&[
            &path.display().to_string(),
            "--bundle",
            "--format=esm",
            &format!("--alias:doorstep-glue={}", glue.display()),
            &ours("widget"),
            &ours("link"),
            &ours("trap"),
        ])
    }

    /// Returns a module optimised by wasm-opt, without passes that assume a closed world or a table of its own.
    fn optimised(&self, wasm: &Path, names: Names) -> Result<Vec<u8>, Failure> {
        let (extension, debug) = match names {
            Names::Stripped => ("opt.wasm", "--strip-debug"),
            Names::Kept => ("named.wasm", "--debuginfo"),
        };
        let small = wasm.with_extension(extension);
        let mut opt = self.tool("wasm-opt");
        // Functions with one caller are inlined only if they are very small, and common subexpressions stay where they are. Both
        // passes make the code shorter but less repetitive, and the result of brotli is five per cent larger.
        opt.args(["-Oz", "--converge", "--one-caller-inline-max-function-size=20", "--skip-pass=local-cse"]);
        // For the same reason, code folding and code pushing make the file shorter but the download larger.
        opt.args(["--skip-pass=code-folding", "--skip-pass=code-pushing", "--reorder-locals"]);
        opt.args([debug, "--strip-producers", "--strip-target-features"]).args(WASM_FEATURES);
        process::output(opt.arg(wasm).arg("-o").arg(&small), "wasm-opt comes with npm's binaryen: run `npm ci`")?;
        let optimised = workspace::read(&small)?;
        match names {
            Names::Kept => Ok(optimised),
            Names::Stripped => self.ordered(&optimised, &small),
        }
    }

    /// Returns a module without names with its functions in the order of `function_order`. `path` is the path of an intermediate file.
    fn ordered(&self, wasm: &[u8], path: &Path) -> Result<Vec<u8>, Failure> {
        let named = function_order::named_by_similarity(wasm).ok_or_else(|| {
            Failure::new("wasm-opt's output cannot be read", "adapt crates/xtask/src/function_order.rs to the new version")
        })?;
        let ordered = path.with_extension("ordered.wasm");
        workspace::write(path, &named)?;
        let mut opt = self.tool("wasm-opt");
        opt.args(["--reorder-functions-by-name", "--strip-debug"]).args(WASM_FEATURES);
        process::output(opt.arg(path).arg("-o").arg(&ordered), "wasm-opt comes with npm's binaryen: run `npm ci`")?;
        workspace::read(&ordered)
    }
}

/// Takes the messages of panics and the second chunk out of the module that Cargo built. Returns the path of the first chunk, which has no glue yet, and the
/// path of the second chunk. Fails unless the splitter makes exactly one second chunk. `embed/link.ts` loads the second chunk.
/// It replaces the script of the splitter, which loads a chunk only once. After a panic there is a new instance of the first
/// chunk, and the second chunk has to be loaded again.
fn split(built: &Path, work: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let wasm = workspace::read(built)?;
    let wasm = panics::trapping(&wasm).ok_or_else(|| unreadable(built, "crates/xtask/src/panics.rs"))?;
    let wasm = source_locations::cleared(&wasm).ok_or_else(|| unreadable(built, "crates/xtask/src/source_locations.rs"))?;
    let directory = work.join("split");
    workspace::remove_dir(&directory)?;
    let main = directory.join("doorstep.wasm");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = &directory;
    options.main_out_path = &main;
    let again = "build with `cargo xtask build`: it has Cargo keep the relocations and leave out the feature `one-file`";
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure::new(format!("the second chunk cannot be taken out: {error:#}"), again))?;
    let [chunk] = <[PathBuf; 1]>::try_from(split.split_modules)
        .map_err(|found| Failure::new(format!("{} chunks beside the first, instead of one", found.len()), again))?;
    for file in [&main, &chunk] {
        if panics::has_messages(&workspace::read(file)?) != Some(false) {
            let what = "add the functions that lead to `rust_begin_unwind` to `PANICS` in crates/xtask/src/panics.rs";
            return Err(Failure::new(format!("{} has messages of panics", file.display()), what));
        }
    }
    Ok((main, chunk))
}

/// Returns the failure for a WebAssembly file that our own reader does not understand. `reader` is the file of that reader.
fn unreadable(wasm: &Path, reader: &str) -> Failure {
    Failure::new(format!("{} cannot be read", wasm.display()), format!("adapt {reader} to the tool that wrote the file"))
}
