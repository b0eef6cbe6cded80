//! What a shopper's browser loads before the first row of the timeline, against size-budget.toml.

use crate::failure::Failure;
use crate::manifest::{self, File};
use crate::workspace::{self, VERSION, Workspace};

/// The budgets, in bytes.
struct Budget {
    total_brotli: usize,
    loader_gzip: usize,
}

/// Prints the table; fails past a budget.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let files = first_load(manifest::read(&workspace.dist().join("embed").join(VERSION).join("manifest.json"))?);
    let budget = budget(&workspace::read_text(&workspace.root.join("size-budget.toml"))?)?;
    println!("{:<34} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    for file in &files {
        println!("{:<34} {:>9} {:>9} {:>9}", file.name, file.raw, file.gzip, file.brotli);
    }
    let sum = |size: fn(&File) -> usize| files.iter().map(size).sum::<usize>();
    let total = sum(|file| file.brotli);
    println!("{:<34} {:>9} {:>9} {:>9}", "total", sum(|file| file.raw), sum(|file| file.gzip), total);
    println!("{:<34} {:>9} {:>9} {:>9}", "budget of the total", "", "", budget.total_brotli);
    let loader = files.iter().find(|file| file.role == "loader").map_or(0, |file| file.gzip);
    println!("{:<34} {:>9} {:>9}", "budget of the loader", "", budget.loader_gzip);
    within("everything before the first row (brotli)", total, budget.total_brotli)?;
    within("the loader (gzip)", loader, budget.loader_gzip)
}

/// One line for the end of a build.
pub(crate) fn summary(files: &[File]) -> String {
    let of = |role: &str| files.iter().filter(|file| file.role == role).map(|file| file.brotli).max().unwrap_or(0);
    let total: usize = ["loader", "glue", "wasm", "css", "catalogue"].iter().map(|role| of(role)).sum();
    format!("first load {total} bytes brotli, of it WebAssembly {}", of("wasm"))
}

/// Everything, but only the largest of the catalogues: a page loads one.
fn first_load(mut files: Vec<File>) -> Vec<File> {
    let largest =
        files.iter().filter(|file| file.role == "catalogue").max_by_key(|file| file.brotli).map(|file| file.name.clone());
    files.retain(|file| file.role != "catalogue" || Some(&file.name) == largest.as_ref());
    files
}

fn within(what: &str, size: usize, budget: usize) -> Result<(), Failure> {
    if size <= budget {
        return Ok(());
    }
    Err(Failure::new(
        format!("{what} is {size} bytes, {} more than its budget of {budget}", size - budget),
        "find what grew (`git log -p --stat`, docs/building.md names the usual causes); a higher budget needs a reason in size-budget.toml",
    ))
}

fn budget(text: &str) -> Result<Budget, Failure> {
    let table: toml::Table =
        text.parse().map_err(|error| Failure::new(format!("size-budget.toml: {error}"), "correct the file"))?;
    let bytes = |key: &str| {
        table
            .get(key)
            .and_then(toml::Value::as_integer)
            .and_then(|bytes| usize::try_from(bytes).ok())
            .ok_or_else(|| Failure::new(format!("size-budget.toml has no `{key}`"), "add it, in bytes"))
    };
    Ok(Budget { total_brotli: bytes("total_brotli")?, loader_gzip: bytes("loader_gzip")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(role: &str, brotli: usize) -> File {
        File { role: role.into(), name: format!("{role}{brotli}"), raw: 0, gzip: 0, brotli, integrity: String::new() }
    }

    #[test]
    fn one_catalogue_counts_and_it_is_the_largest() {
        let counted = first_load(vec![file("wasm", 9), file("catalogue", 2), file("catalogue", 3)]);
        assert_eq!(counted.iter().map(|file| file.brotli).collect::<Vec<_>>(), [9, 3]);
    }

    #[test]
    fn a_budget_without_a_number_is_refused() {
        assert!(budget("total_brotli = 100_000\nloader_gzip = 10_000").is_ok());
        assert!(budget("total_brotli = 100_000").is_err());
    }
}
