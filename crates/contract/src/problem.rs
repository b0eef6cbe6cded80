//! Errors on the wire: problem details (RFC 9457) with a stable code.

use super::lenient::document;

document! {
    /// Error in one field of a request.
    pub struct FieldProblem {
        /// Location of the field as a JSON pointer (RFC 6901).
        pub pointer: String,
        /// Kind of error as a stable code in kebab-case.
        pub code: String,
    }
}

document! {
    /// Problem details of an error (RFC 9457).
    pub struct Problem {
        /// URI that identifies the kind of problem.
        #[serde(rename = "type")]
        pub uri: String,
        /// Name of the kind of problem.
        pub title: String,
        /// HTTP status code.
        pub status: u32,
        /// Kind of problem as a stable code in kebab-case.
        pub code: String,
        /// Description of this problem; safe to show.
        pub detail: Option<String>,
        /// Id of the HTTP request, for finding it in the logs.
        pub request_id: Option<String>,
        /// Errors in single fields of the request.
        pub errors: Vec<FieldProblem>,
    }
}
