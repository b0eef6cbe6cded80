//! The one error type of these commands: a description of the fault, and advice for the reader.

use std::fmt;

/// A fault with advice on what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    what_to_do: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, what_to_do: impl Into<String>) -> Self {
        Self { what: what.into(), what_to_do: what_to_do.into() }
    }

    /// Wraps an error of the file system and adds the path, which the standard library leaves out.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("{}: {error}", path.display()),
            "check that the path exists, that you may write to it, and that the disk has room",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  → {}", self.what, self.what_to_do)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::new(error.to_string(), "`cargo xtask help` lists the commands and their options")
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(format!("JSON: {error}"), "run `cargo xtask build` again; when it stays, the file named above is damaged")
    }
}
