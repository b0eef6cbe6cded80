//! Compares the sizes of files with size-budget.toml: the files that a shopper's browser loads until the widget runs, and
//! those that it loads later when an order needs them.

use crate::failure::Failure;
use crate::first_row;
use crate::manifest::{self, File};
use crate::workspace::{self, VERSION, Workspace};

/// Roles of the files that every page loads.
const FIRST_LOAD: [&str; 5] = ["loader", "glue", "wasm", "css", "catalogue"];
/// Roles of the files of the second chunk, which a page loads when its order needs them.
const REQUESTS: [&str; 4] = ["requests-wasm", "requests-tasks", "requests-catalogue", "requests-css"];

/// Roles of the files that are loaded before the first row of the timeline, beside the order. The words come with the order.
const FIRST_ROW: [&str; 2] = ["loader", "css"];

/// Budgets in bytes.
struct Budget {
    first_row_brotli: usize,
    total_brotli: usize,
    requests_brotli: usize,
    loader_gzip: usize,
}

/// Prints the tables. Fails when a budget is exceeded.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let files = manifest::read(&workspace.dist().join("embed").join(VERSION).join("manifest.json"))?;
    let budget = budget(&workspace::read_text(&workspace.root.join("size-budget.toml"))?)?;
    let first = print("first load", &one_language(&files, &FIRST_LOAD), budget.total_brotli);
    let loader = files.iter().find(|file| file.role == "loader").map_or(0, |file| file.gzip);
    println!("{:<34} {:>9} {:>9}\n", "budget of the loader", "", budget.loader_gzip);
    let response = first_row::response_bytes(workspace)?;
    let before_row = one_language(&files, &FIRST_ROW).iter().map(|file| file.brotli).sum::<usize>() + response;
    println!("{:<34} {:>9} {:>9} {:>9}", "before the first row", "", "", before_row);
    println!("{:<34} {:>9} {:>9} {:>9}", "of it the response with the order", "", "", response);
    println!("{:<34} {:>9} {:>9} {:>9}\n", "budget", "", "", budget.first_row_brotli);
    let requests = print("second chunk", &one_language(&files, &REQUESTS), budget.requests_brotli);
    check_budget("everything before the first row (brotli)", before_row, budget.first_row_brotli)?;
    check_budget("everything until the widget runs (brotli)", first, budget.total_brotli)?;
    check_budget("the loader (gzip)", loader, budget.loader_gzip)?;
    check_budget("the second chunk (brotli)", requests, budget.requests_brotli)
}

/// Prints files with their total. Returns the total in bytes of brotli.
fn print(title: &str, files: &[&File], budget: usize) -> usize {
    println!("{title:<34} {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    for file in files {
        println!("{:<34} {:>9} {:>9} {:>9}", file.name, file.raw, file.gzip, file.brotli);
    }
    let sum = |size: fn(&File) -> usize| files.iter().map(|file| size(file)).sum::<usize>();
    let total = sum(|file| file.brotli);
    println!("{:<34} {:>9} {:>9} {:>9}", "total", sum(|file| file.raw), sum(|file| file.gzip), total);
    println!("{:<34} {:>9} {:>9} {:>9}", "budget of the total", "", "", budget);
    total
}

/// Returns one line of sizes for the end of a build.
pub(crate) fn summary(files: &[File]) -> String {
    let total = |roles: &[&str]| one_language(files, roles).iter().map(|file| file.brotli).sum::<usize>();
    let (first, wasm, second) = (total(&FIRST_LOAD), total(&["wasm"]), total(&REQUESTS));
    format!("first load {first} bytes brotli, of it WebAssembly {wasm}; second chunk {second}")
}

/// Returns the largest file of each role, because a page loads only one catalogue.
fn one_language<'a>(files: &'a [File], roles: &[&str]) -> Vec<&'a File> {
    let largest = |role: &&str| files.iter().filter(|file| file.role == *role).max_by_key(|file| file.brotli);
    roles.iter().filter_map(largest).collect()
}

fn check_budget(what: &str, size: usize, budget: usize) -> Result<(), Failure> {
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
    Ok(Budget {
        first_row_brotli: bytes("first_row_brotli")?,
        total_brotli: bytes("total_brotli")?,
        requests_brotli: bytes("requests_brotli")?,
        loader_gzip: bytes("loader_gzip")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(role: &str, brotli: usize) -> File {
        File { role: role.into(), name: format!("{role}{brotli}"), raw: 0, gzip: 0, brotli, integrity: String::new() }
    }

    #[test]
    fn one_catalogue_counts_and_it_is_the_largest() {
        let files = [file("wasm", 9), file("catalogue", 2), file("catalogue", 3), file("requests-wasm", 5)];
        let counted = one_language(&files, &FIRST_LOAD);
        assert_eq!(counted.iter().map(|file| file.brotli).collect::<Vec<_>>(), [9, 3]);
    }

    #[test]
    fn a_budget_without_a_number_is_refused() {
        assert!(
            budget("first_row_brotli = 18_000\ntotal_brotli = 100_000\nrequests_brotli = 60_000\nloader_gzip = 10_000").is_ok()
        );
        assert!(budget("total_brotli = 100_000").is_err());
    }
}
