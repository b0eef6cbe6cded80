//! Errors as they travel: problem details (RFC 9457) with a stable code.

use super::lenient::document;

document! {
    /// What is wrong with one field of a request.
    pub struct FieldProblem {
        /// Where it is: a JSON pointer (RFC 6901).
        pub pointer: String,
        /// What is wrong, kebab-case and stable.
        pub code: String,
    }
}

document! {
    /// A problem.
    pub struct Problem {
        /// A URI that names the kind of problem.
        #[serde(rename = "type")]
        pub uri: String,
        /// The kind in words.
        pub title: String,
        /// The HTTP status.
        pub status: u32,
        /// Stable, kebab-case.
        pub code: String,
        /// What happened; safe to show.
        pub detail: Option<String>,
        /// To find it in the logs.
        pub request_id: Option<String>,
        /// What is wrong with which field.
        pub errors: Vec<FieldProblem>,
    }
}
