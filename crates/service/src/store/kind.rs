//! Kind of a database, and the errors that prevent opening it.

use std::fmt::{Display, Formatter};
use std::io;
use std::path::PathBuf;

/// Purpose of a database. It is written into the file (SQLite's `application_id`), so that a shop's database is never used for
/// the demo or the reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Orders of a shop.
    Shop,
    /// Orders of the demo, which are open to everybody.
    Demo,
}

impl Kind {
    /// Returns the `application_id`: `DSsh` or `DSde` in ASCII.
    pub(super) fn mark(self) -> i64 {
        match self {
            Self::Shop => 0x4453_7368,
            Self::Demo => 0x4453_6465,
        }
    }
}

/// Reason for which a database cannot be opened.
#[derive(Debug)]
pub enum CannotOpen {
    /// SQLite reports an error.
    Store(sqlx::Error),
    /// The file cannot be created or read.
    File(PathBuf, io::Error),
    /// The database holds the orders of a shop, but was opened for the demo.
    IsNoDemo,
    /// The database holds the orders of the demo, but was opened for a shop.
    IsDemo,
    /// The database belongs to another program.
    IsForeign,
    /// A newer release has written to the database.
    IsNewer,
}

impl Display for CannotOpen {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(out),
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::IsNoDemo => out.write_str(
                "it is not a database of the demo, and demo orders open with keys that everybody knows. \
                 Name another file for --demo, or leave --database out to keep nothing.",
            ),
            Self::IsDemo => out.write_str(
                "it is a database of the demo, whose orders everybody can open. Name another file, or run with --demo.",
            ),
            Self::IsForeign => out.write_str("it is a database of another program. Name another file."),
            Self::IsNewer => out.write_str(
                "a newer release has written to it, and this one would lose what it does not know. \
                 Run that release, or put back the copy that was made before the update.",
            ),
        }
    }
}

impl std::error::Error for CannotOpen {}

impl From<sqlx::Error> for CannotOpen {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error)
    }
}
