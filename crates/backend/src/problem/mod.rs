//! Failures of a request and their responses: problem details (RFC 9457) with a stable code.
//!
//! Details that could help an attacker stay in the logs. A handler returns a [`Problem`] (`failure`), which becomes an extension
//! of the response (`response`). The outermost layer ([`crate::telemetry`]) has the id of the request and writes the body.
//! `wording` has the status and the texts of failures that this crate finds. `service_errors` has them for errors of the service.

mod failure;
mod response;
mod service_errors;
mod wording;

pub use failure::Problem;
