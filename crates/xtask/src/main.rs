//! The project's commands: reads the command line and calls the file that does the work. `cargo xtask help` lists them.

mod architecture;
mod backend;
mod background;
mod bench;
mod bindgen;
mod browser;
mod check;
mod compress;
mod conformance;
mod contract;
mod daily;
mod debian;
mod demo;
mod embed;
mod engines;
mod failure;
mod first_row;
mod function_order;
mod glue;
mod hygiene;
mod leptos_app;
mod licences;
mod manifest;
mod named_tests;
mod node;
mod package;
mod panics;
mod php;
mod process;
mod relocations;
mod reproduce;
mod sbom;
mod short_names;
mod site;
mod size;
mod source_locations;
mod step;
mod steps;
mod supply;
mod toolchain;
mod tools;
mod trunk;
mod wasm_format;
mod weights;
mod widget;
mod workspace;

use std::process::ExitCode;

use failure::Failure;
use workspace::Workspace;

const HELP: &str = "\
cargo xtask <command>

  demo [--port N]   start the demo shop and its backend (default port 4180), and build the widget beside it; Ctrl-C ends it
  serve             daily work: rebuild and reload at every change; /api goes to a backend that runs already (see Trunk.toml)
  test [step …]     every check of the repository, or the named ones; the last line is `N passed, N failed, N skipped`
  build             the release: dist/ with the gallery, the embed directory and its bill of materials
  package           the release, and from it the npm package in target/packages/
  reproduce         builds the release in two other directories and compares every file
  size              what a shopper's browser loads until the widget runs, against size-budget.toml
  bench             boot beside static HTML, host page, updates, growth, and the weight of each crate (docs/performance.md)
  conformance       does a backend keep the contract? --api URL --order ID --token T; `--help` lists the rest
  setup             fetch crates, tools and npm packages, and find a browser
  widget            called by `demo`: builds the release of the widget into dist/embed/
  embed-dir         called by Trunk after each build (see Trunk.toml)
";

fn main() -> ExitCode {
    match if bindgen::is_called_as_wasm_bindgen() { bindgen::as_command() } else { run() } {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let mut arguments = lexopt::Parser::from_env();
    let mut command: Option<String> = None;
    let mut steps = Vec::new();
    let mut port: u16 = 4180;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("port") => port = lexopt::ValueExt::parse(&arguments.value()?)?,
            // `conformance` reads the rest of the line by itself.
            lexopt::Arg::Value(value) if command.is_none() && value == "conformance" => return conformance::run(&mut arguments),
            lexopt::Arg::Value(value) if command.as_deref() == Some("test") => steps.push(value.to_string_lossy().into_owned()),
            lexopt::Arg::Value(value) if command.is_none() => command = Some(value.to_string_lossy().into_owned()),
            lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => command = Some("help".into()),
            other @ (lexopt::Arg::Long(_) | lexopt::Arg::Short(_) | lexopt::Arg::Value(_)) => {
                return Err(other.unexpected().into());
            }
        }
    }
    let workspace = Workspace::find();
    if matches!(command.as_deref(), Some("demo" | "serve" | "test" | "build" | "bench" | "package" | "reproduce" | "setup"))
        && let Some(ended) = toolchain::rerun_with_pinned_toolchain(&workspace)?
    {
        return Ok(ended);
    }
    match command.as_deref() {
        Some("demo") => demo::run(&workspace, port)?,
        Some("serve") => daily::serve(&workspace)?,
        Some("test") => return check::run(&workspace, &steps),
        Some("build") => site::build(&workspace)?,
        Some("size") => size::run(&workspace)?,
        Some("bench") => bench::run(&workspace)?,
        Some("package") => package::run(&workspace)?,
        Some("reproduce") => reproduce::run(&workspace)?,
        Some("setup") => {
            tools::setup(&workspace)?;
            println!("browser    {}", browser::find_or_install()?.display());
        }
        Some(site::WIDGET) => site::widget(&workspace)?,
        Some("embed-dir") => embed::from_hook(&workspace)?,
        None | Some("help") => print!("{HELP}"),
        Some(unknown) => {
            return Err(Failure::new(format!("there is no command `{unknown}`"), "`cargo xtask help` lists them"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
