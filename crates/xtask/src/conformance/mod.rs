//! `cargo xtask conformance`: sends requests to a backend and reports where it keeps the contract and where it does not. There is one file
//! for each part of the contract. It declares its checks as constants, runs them and adds the findings to the report. The widget does not
//! use this code; the expectations come from the types of the wire and from `docs/connecting-a-backend.md`.

mod acting;
mod caching;
mod choices;
mod cors;
mod documents;
mod evidence;
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
mod schema;
mod stream;
mod tokens;
mod webhooks;

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use doorstep_core::client::OrderEndpoint;
use serde_json::Value;

use self::http::{Answer, Ask, Client};
use self::options::{HELP, Options};
use self::report::{Report, Verdict};
use self::schema::{Finding, Schemas};
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

/// State that the checks share.
struct Run<'a> {
    options: &'a Options,
    client: Client,
    schemas: Schemas,
    report: Report,
    /// Address of the API, identity of the order and the token that opens it.
    access: OrderEndpoint,
    /// The order document as it was first read; None until then.
    order: Option<Value>,
    keys: u32,
}

impl<'a> Run<'a> {
    fn new(options: &'a Options) -> Result<Self, Failure> {
        let access = OrderEndpoint { api: options.api.clone(), order: options.order.clone(), token: Some(options.token.clone()) };
        let (client, schemas) = (Client::new()?, Schemas::new());
        Ok(Self { options, client, schemas, report: Report::default(), access, order: None, keys: 0 })
    }

    /// Returns an address below the base of the API.
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.options.api.trim_end_matches('/'))
    }

    /// Returns an idempotency key that no request had before.
    fn key(&mut self) -> String {
        self.keys += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        format!("conformance-{now}-{}", self.keys)
    }

    /// Passes with this status and a body of this type, as far as the widget depends on it.
    fn shaped(&self, answer: &Answer, status: u16, schema: &str) -> Verdict {
        let found = self.schemas.check(schema, &answer.json().unwrap_or_default());
        let wrong: Vec<String> = found.iter().filter(|finding| finding.is_grave()).map(Finding::told).collect();
        answer.passes_with(status).and(Verdict::of(&wrong))
    }

    /// Returns the name of a version of the order in `ETag` and in the stream. The name of a limited document is marked as such.
    fn tag(&self, version: u64) -> String {
        let access = self.order.as_ref().and_then(|order| order.get("access")?.as_str());
        if access == Some("limited") { format!("{version}-limited") } else { version.to_string() }
    }

    /// Returns the request for the order document, as the widget makes it.
    fn ask_order(&self, name: &str) -> Ask {
        Ask::of(name, self.access.order(None))
    }
}
