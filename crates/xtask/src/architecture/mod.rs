//! Checks the structure of the sources: the imports that each module may have, and that no files import each other in a cycle. A
//! part of the step `hygiene`.
//!
//! - `crates` finds the files of each crate, and `references` reads the paths that a file names.
//! - `resolve` turns these paths into imports from file to file.
//! - `import_cycles` finds files that import each other.
//! - `layers` compares the imports with the table in ARCHITECTURE.md.
//!
//! Tests are left out: they may import anything in their crate.

mod crates;
mod import_cycles;
mod imports;
mod layers;
mod references;
mod resolve;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Returns a line for each import that the table does not allow, for each cycle, and for each mistake in the table.
pub(crate) fn violations(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let table = layers::Table::read(workspace)?;
    let mut lines = Vec::new();
    for source in crates::all(workspace)? {
        let imports = resolve::imports(&source)?;
        lines.extend(
            import_cycles::import_cycles(&imports)
                .iter()
                .map(|files| format!("these files import each other: {}", files.join(", "))),
        );
        lines.extend(table.violations(&imports));
    }
    lines.extend(table.unused(workspace));
    Ok(lines)
}
