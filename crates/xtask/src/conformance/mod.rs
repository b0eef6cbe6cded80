//! `cargo xtask conformance`: sends requests to a backend and reports which rules of the contract the backend keeps or breaks.
//!
//! There is one file for each part of the contract. Each file declares its checks as constants, runs them and adds the results to
//! the report. The widget does not use this code. The expectations come from the types of the wire and from
//! `docs/connecting-a-backend.md`.

mod acting;
mod caching;
mod choices;
mod cors;
mod documents;
mod event_stream;
mod evidence;
mod first_page;
mod http;
mod limited;
mod lookup;
mod operations;
mod options;
mod order;
mod print;
mod problems;
mod relations;
mod report;
mod requests;
mod run;
mod schema;
mod stream;
mod tokens;
mod webhooks;

use std::process::ExitCode;

use self::options::{HELP, Options};
use self::report::Report;
use self::run::Run;
use crate::failure::Failure;

/// Reads the rest of the command line, runs the checks and prints the report. The exit code is a failure when a check of the level `must`
/// failed.
pub(crate) fn run(arguments: &mut lexopt::Parser) -> Result<ExitCode, Failure> {
    let options = Options::read(arguments)?;
    if options.help {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::new(format!("no runtime: {error}"), "look whether the machine is out of memory"))?;
    let report = runtime.block_on(check(&options))?;
    print!("{}", if options.json { print::for_machines(&options, &report) } else { print::for_people(&options, &report) });
    Ok(if report.conforms() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs every check. Fails when the backend cannot be reached.
async fn check(options: &Options) -> Result<Report, Failure> {
    let mut run = Run::new(options)?;
    order::check(&mut run).await?;
    caching::check(&mut run).await;
    first_page::check(&mut run).await;
    tokens::check(&mut run).await;
    stream::check(&mut run).await;
    limited::check(&mut run).await;
    lookup::check(&mut run).await;
    requests::check(&mut run).await;
    choices::check(&mut run).await;
    documents::check(&mut run).await;
    evidence::check(&mut run).await;
    acting::check(&mut run).await;
    cors::check(&mut run).await;
    webhooks::check(&mut run).await;
    // `problems` reads every refusal of the checks before it. The check after it is not part of the contract.
    problems::check(&mut run);
    operations::check(&mut run).await;
    Ok(run.report)
}
