//! Compares the imports between files with the table "Who may import whom" in ARCHITECTURE.md.
//!
//! Each row begins with a file or a directory, and lists the files and directories of the same crate that it may import. A file
//! belongs to the row with the longest path that contains it. Files of one row may import each other, unless the imports form a
//! cycle. A `*` stands for one directory, and each directory that matches is a row of its own; `*.rs` stands for the files
//! directly in a directory. Crates are not in the table: Cargo enforces their boundaries.

use std::collections::BTreeMap;

use super::imports::Imports;
use crate::failure::Failure;
use crate::workspace::{self, Workspace};

const DOCUMENT: &str = "ARCHITECTURE.md";
const HEADING: &str = "### Who may import whom";

/// The table: each row's path, and the paths that it may import.
pub(super) struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    /// Reads the table of the repository. Fails if there is none.
    pub(super) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        let table = Self::parse(&workspace::read_text(&workspace.root.join(DOCUMENT))?);
        if table.0.is_empty() {
            return Err(Failure::new(
                format!("{DOCUMENT} has no table under `{HEADING}`"),
                "put it back: the imports are checked against it",
            ));
        }
        Ok(table)
    }

    /// Reads the rows below the heading. Paths are written in backticks; other text is ignored.
    fn parse(document: &str) -> Self {
        let section = document.split_once(HEADING).map_or("", |(_, section)| section);
        let section = section.split("\n#").next().unwrap_or_default();
        let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let rows = section.lines().filter_map(|line| {
            let mut cells = line.strip_prefix('|')?.split('|');
            let (name, allowed) = (quoted(cells.next()?).into_iter().next()?, quoted(cells.next()?));
            Some((name, allowed))
        });
        Self(rows.collect())
    }

    /// Returns the row that a file belongs to, and the paths that it may import.
    fn row<'a>(&'a self, file: &'a str) -> Option<(Match<'a>, &'a Vec<String>)> {
        let rows = self.0.iter().filter_map(|(path, allowed)| Some((matched(path, file)?, allowed)));
        rows.max_by_key(|(row, _)| (row.names, row.exact))
    }

    /// Returns a line for each import that the table does not allow, and for each file that no row contains.
    pub(super) fn violations(&self, imports: &Imports) -> Vec<String> {
        let mut lines = Vec::new();
        for (from, named) in imports {
            let Some((row, allowed)) = self.row(from) else {
                lines.push(format!("{from} is in no row of the table in {DOCUMENT}"));
                continue;
            };
            for to in named {
                let is_own_row = self.row(to).is_some_and(|(other, _)| other.directory == row.directory);
                if !is_own_row && !allowed.iter().any(|path| matched(path, to).is_some()) {
                    lines.push(format!("{from} imports {to}, which its row of {DOCUMENT} does not allow"));
                }
            }
        }
        lines
    }

    /// Returns a line for each path of the table that does not exist. Paths with `*` are not checked.
    pub(super) fn unused(&self, workspace: &Workspace) -> Vec<String> {
        let paths = self.0.iter().flat_map(|(row, allowed)| std::iter::once(row).chain(allowed));
        let missing = paths.filter(|path| !path.contains('*') && !workspace.root.join(path.as_str()).exists());
        missing.map(|path| format!("{DOCUMENT} has a row for {path}, which does not exist")).collect()
    }
}

/// A row that contains a file.
struct Match<'a> {
    /// Directory or file that the row stands for, as the beginning of the file's path.
    directory: &'a str,
    /// Number of names in the path of the row.
    names: usize,
    /// True if the path of the row has no `*`.
    exact: bool,
}

/// Returns the match of a file with the path of a row, or None if the row does not contain the file.
fn matched<'a>(path: &str, file: &'a str) -> Option<Match<'a>> {
    let expected: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let names: Vec<&str> = file.split('/').collect();
    let mut length = 0;
    for (index, expected) in expected.iter().enumerate() {
        let name = names.get(index)?;
        let is_file = index + 1 == names.len();
        let is_match = match *expected {
            "*" => !is_file,
            "*.rs" => is_file,
            expected => expected == *name,
        };
        if !is_match {
            return None;
        }
        if *expected != "*.rs" {
            length += name.len() + usize::from(index > 0);
        }
    }
    Some(Match { directory: file.get(..length)?, names: expected.len(), exact: !path.contains('*') })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "### Who may import whom\n\n| room | may import |\n|---|---|\n| `src/view` | `src/i18n.rs` (texts) |\n\
        | `src/view/dom.rs` | nothing |\n| `src/i18n.rs` | nothing |\n\n## Next\n\n| `src/other` | `src/view` |\n";

    fn imports(from: &str, to: &str) -> Imports {
        Imports::from([(from.to_owned(), [to.to_owned()].into())])
    }

    #[test]
    fn an_import_that_is_put_the_wrong_way_is_a_violation() {
        let table = Table::parse(TABLE);
        assert!(table.violations(&imports("src/view/parcel.rs", "src/i18n.rs")).is_empty());
        assert!(table.violations(&imports("src/view/parcel.rs", "src/view/order.rs")).is_empty());
        for (from, to) in
            [("src/i18n.rs", "src/view/parcel.rs"), ("src/view/dom.rs", "src/i18n.rs"), ("src/view/a.rs", "src/view/dom.rs")]
        {
            let lines = table.violations(&imports(from, to));
            assert!(lines.len() == 1 && lines[0].contains(from) && lines[0].contains(to), "{lines:?}");
        }
    }

    #[test]
    fn each_directory_of_a_pattern_is_a_row_of_its_own() {
        let table = Table::parse("### Who may import whom\n| `src/*.rs` | nothing |\n| `src/*` | `src/*.rs` |\n");
        assert!(table.violations(&imports("src/a/one.rs", "src/a/two.rs")).is_empty());
        assert!(table.violations(&imports("src/a/one.rs", "src/shared.rs")).is_empty());
        assert_eq!(table.violations(&imports("src/a/one.rs", "src/b/two.rs")).len(), 1);
        assert_eq!(table.violations(&imports("src/shared.rs", "src/b/two.rs")).len(), 1);
    }

    #[test]
    fn a_file_without_a_row_is_a_violation_and_rows_end_with_their_section() {
        let lines = Table::parse(TABLE).violations(&imports("src/other/a.rs", "src/i18n.rs"));
        assert!(lines.len() == 1 && lines[0].contains("no row"), "{lines:?}");
    }
}
