//! `cargo xtask reproduce`: builds the release in two other directories and compares every file. If a file differed, it would
//! reveal the place or the time of its build, and the release could not be checked against the sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{embed, hygiene, manifest, site, tools, workspace};

/// Builds twice, each time in a directory of its own with a target directory of its own. Fails when a file differs.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    tools::setup(workspace)?;
    let around = workspace.target.join("reproduce");
    workspace::remove_dir(&around)?;
    let first = build(workspace, &around.join("a"))?;
    // This directory is deeper, so that a path that remains in a file would also have another length.
    let second = build(workspace, &around.join("somewhere/else"))?;
    for (name, hash) in &first {
        println!("{hash}  {name}");
    }
    let differing = differences(&first, &second);
    if differing.is_empty() {
        println!("\nthe same {} files twice", first.len());
        return workspace::remove_dir(&around);
    }
    Err(Failure::new(
        format!("the two builds differ in {}", differing.join(", ")),
        format!("compare the files under {}; `release_flags` in crates/xtask/src/site.rs maps paths away", around.display()),
    ))
}

/// Builds a copy of the checkout, and returns the hash of each file to embed.
fn build(workspace: &Workspace, root: &Path) -> Result<BTreeMap<String, String>, Failure> {
    println!("building   {}", root.display());
    for path in hygiene::files(workspace)? {
        let from = workspace.root.join(&path);
        if from.is_file() {
            workspace::write(&root.join(&path), &workspace::read(&from)?)?;
        }
    }
    let copy = Workspace { root: root.to_path_buf(), target: root.join("target") };
    tools::setup(&copy)?;
    site::compile(&copy)?;
    let out = root.join("dist/embed");
    embed::release(&copy, &out)?;
    let mut hashes = BTreeMap::new();
    collect(&out, &out, &mut hashes)?;
    Ok(hashes)
}

fn collect(base: &Path, directory: &Path, hashes: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(directory).map_err(|error| Failure::file(directory, &error))?;
    let paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    for path in paths {
        if path.is_dir() {
            collect(base, &path, hashes)?;
        } else {
            let name = path.strip_prefix(base).unwrap_or(&path).display().to_string();
            hashes.insert(name, manifest::integrity(&workspace::read(&path)?));
        }
    }
    Ok(())
}

/// Returns the names of the files that only one of the two builds has, or that differ.
fn differences(first: &BTreeMap<String, String>, second: &BTreeMap<String, String>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    names.into_iter().filter(|name| first.get(*name) != second.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_missing_or_other_is_a_difference() {
        let build = |files: &[(&str, &str)]| files.iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect();
        let first = build(&[("glue.js", "1"), ("doorstep.wasm", "2"), ("old.css", "3")]);
        assert_eq!(differences(&first, &first), Vec::<String>::new());
        assert_eq!(differences(&first, &build(&[("glue.js", "1"), ("doorstep.wasm", "4")])), ["doorstep.wasm", "old.css"]);
    }
}
