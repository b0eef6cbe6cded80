//! Finds the Rust files of each crate and their module paths.

use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::Failure;
use crate::workspace::{self, Workspace};

/// A crate with its source files.
pub(super) struct Source {
    /// Files by module path. The crate root has the empty path.
    pub(super) modules: BTreeMap<Vec<String>, File>,
}

/// One source file.
pub(super) struct File {
    /// Path from the root of the repository.
    pub(super) name: String,
    /// Parsed content.
    pub(super) syntax: syn::File,
}

/// Returns the widget and every crate below `crates/`.
pub(super) fn all(workspace: &Workspace) -> Result<Vec<Source>, Failure> {
    let mut directories = vec!["src".to_owned()];
    let below = workspace.root.join("crates");
    for entry in std::fs::read_dir(&below).map_err(|error| Failure::file(&below, &error))?.flatten() {
        if entry.path().join("src").is_dir() {
            directories.push(format!("crates/{}/src", entry.file_name().to_string_lossy()));
        }
    }
    directories.sort();
    let mut all = Vec::new();
    for directory in directories {
        for root in ["lib", "main"] {
            let name = format!("{directory}/{root}.rs");
            if workspace.root.join(&name).is_file() {
                let mut source = Source { modules: BTreeMap::new() };
                source.add(&workspace.root, &name, Vec::new())?;
                all.push(source);
            }
        }
    }
    Ok(all)
}

impl Source {
    /// Adds a file and the modules that it declares. Modules under `#[cfg(test)]` are left out.
    fn add(&mut self, root: &Path, name: &str, module: Vec<String>) -> Result<(), Failure> {
        let path = root.join(name);
        let text = workspace::read_text(&path)?;
        let syntax = syn::parse_file(&text)
            .map_err(|error| Failure::new(format!("{name} cannot be parsed: {error}"), "run `cargo check` for the reason"))?;
        let declared: Vec<String> = declared(&syntax.items);
        self.modules.insert(module.clone(), File { name: name.to_owned(), syntax });
        let directory = directory(name);
        for child in declared {
            let mut path = module.clone();
            path.push(child.clone());
            for name in [format!("{directory}/{child}.rs"), format!("{directory}/{child}/mod.rs")] {
                if root.join(&name).is_file() {
                    self.add(root, &name, path.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// Returns the names of the declared modules that are in files of their own and not under `#[cfg(test)]`.
fn declared(items: &[syn::Item]) -> Vec<String> {
    let mut names = Vec::new();
    for item in items {
        if let syn::Item::Mod(module) = item
            && module.content.is_none()
            && !is_for_tests(&module.attrs)
        {
            names.push(module.ident.to_string());
        }
    }
    names
}

/// Returns true for items under `#[cfg(test)]`.
pub(super) fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

/// Returns the directory that contains the child modules of a file.
fn directory(name: &str) -> String {
    let stem = name.trim_end_matches(".rs");
    let is_root = ["/mod", "/lib", "/main"].iter().any(|root| stem.ends_with(root));
    if is_root { stem.rsplit_once('/').map_or(stem, |(directory, _)| directory).to_owned() } else { stem.to_owned() }
}
