//! State that the checks of a run share: the connection to the backend, the report, and the order under test.

use std::time::{SystemTime, UNIX_EPOCH};

use doorstep_core::client::OrderEndpoint;
use serde_json::Value;

use super::http::{Answer, CheckRequest, Client};
use super::options::Options;
use super::report::{CheckResult, Report};
use super::schema::{Finding, Schemas};
use crate::failure::Failure;

/// State that the checks share.
pub(super) struct Run<'a> {
    pub(super) options: &'a Options,
    pub(super) client: Client,
    pub(super) schemas: Schemas,
    pub(super) report: Report,
    /// Address of the API, identity of the order and the token that opens it.
    pub(super) access: OrderEndpoint,
    /// The order document as it was first read; None until then.
    pub(super) order: Option<Value>,
    keys: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a Options) -> Result<Self, Failure> {
        let access = OrderEndpoint { api: options.api.clone(), order: options.order.clone(), token: Some(options.token.clone()) };
        let (client, schemas) = (Client::new()?, Schemas::new());
        Ok(Self { options, client, schemas, report: Report::default(), access, order: None, keys: 0 })
    }

    /// Returns an address below the base of the API.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.options.api.trim_end_matches('/'))
    }

    /// Returns an idempotency key that no request had before.
    pub(super) fn key(&mut self) -> String {
        self.keys += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        format!("conformance-{now}-{}", self.keys)
    }

    /// Passes if the response has this status and a body of this type. Ignores faults that do not disturb the widget.
    pub(super) fn shaped(&self, answer: &Answer, status: u16, schema: &str) -> CheckResult {
        let found = self.schemas.check(schema, &answer.json().unwrap_or_default());
        let wrong: Vec<String> = found.iter().filter(|finding| finding.is_grave()).map(Finding::describe).collect();
        answer.passes_with(status).and(CheckResult::of(&wrong))
    }

    /// Returns the name of a version of the order in `ETag` and in the stream. A limited document has the suffix `-limited`.
    pub(super) fn tag(&self, version: u64) -> String {
        let access = self.order.as_ref().and_then(|order| order.get("access")?.as_str());
        if access == Some("limited") { format!("{version}-limited") } else { version.to_string() }
    }

    /// Returns the request for the order document, as the widget makes it.
    pub(super) fn ask_order(&self, name: &str) -> CheckRequest {
        CheckRequest::of(name, self.access.order(None))
    }
}
