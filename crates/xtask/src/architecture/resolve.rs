//! Turns the paths that files name into imports from file to file. A name that a module only re-exports (`pub use`) counts as an
//! import from the file that defines the item.

use std::collections::{BTreeMap, BTreeSet};

use super::crates::Source;
use super::imports::Imports;
use super::references::References;
use crate::failure::Failure;

/// Maximum number of `pub use` that are followed from one name. More are treated as a cycle.
const MAX_EXPORTS: u8 = 16;

/// Returns the imports of a crate: for each file, the files whose items this file names.
pub(super) fn imports(source: &Source) -> Result<Imports, Failure> {
    let names: BTreeMap<&Vec<String>, &str> = source.modules.iter().map(|(module, file)| (module, file.name.as_str())).collect();
    let mut references = BTreeMap::new();
    for (module, file) in &source.modules {
        add(&mut references, module.clone(), References::of(&file.syntax.items));
    }
    let crate_modules = Modules { references, names };
    let mut imports = Imports::new();
    for (module, references) in &crate_modules.references {
        let Some(from) = crate_modules.file(module) else { continue };
        let named = imports.entry(from.to_owned()).or_default();
        named.extend(crate_modules.named(module, references).into_iter().filter(|to| to != from));
    }
    Ok(imports)
}

/// Adds a module and its inline modules.
fn add(all: &mut BTreeMap<Vec<String>, References>, module: Vec<String>, mut references: References) {
    for (name, inner) in std::mem::take(&mut references.inline) {
        add(all, [module.as_slice(), &[name]].concat(), inner);
    }
    all.insert(module, references);
}

/// The modules of one crate.
struct Modules<'a> {
    references: BTreeMap<Vec<String>, References>,
    names: BTreeMap<&'a Vec<String>, &'a str>,
}

impl Modules<'_> {
    /// Returns the files whose items a module names.
    fn named(&self, module: &[String], references: &References) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        for path in references.imports.values() {
            let path = self.absolute(module, path);
            // A `use` of a module is not an import by itself. Only the items count that the code names through this module.
            if let Some(path) = path.filter(|path| !self.references.contains_key(path)) {
                files.extend(self.owner(&path, MAX_EXPORTS));
            }
        }
        for path in &references.paths {
            if let Some(path) = self.expanded(module, references, path) {
                files.extend(self.owner(&path, MAX_EXPORTS));
            }
        }
        files
    }

    /// Resolves a path in code to a path from the root of the crate. Returns None for paths into other crates and for types.
    fn expanded(&self, module: &[String], references: &References, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let known = references.imports.get(first).or_else(|| references.exports.get(first));
        let Some(known) = known else { return self.absolute(module, path) };
        let known = self.absolute(module, known)?;
        // The segments behind the name of a type are its members.
        if !self.references.contains_key(&known) {
            return None;
        }
        Some([known.as_slice(), rest].concat())
    }

    /// Returns a path from the root of the crate. None for a path into another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => parent(module)?,
            _ => {
                let child = [module, std::slice::from_ref(first)].concat();
                return self.references.contains_key(&child).then(|| [child.as_slice(), rest].concat());
            }
        };
        let mut rest = rest;
        while let Some((next, others)) = rest.split_first().filter(|(next, _)| *next == "super") {
            debug_assert_eq!(next, "super");
            base = parent(&base)?;
            rest = others;
        }
        Some([base.as_slice(), rest].concat())
    }

    /// Returns the file that defines the item of this path. Follows at most `exports_left` more re-exports. If no module of the
    /// crate contains the path, returns None.
    fn owner(&self, path: &[String], exports_left: u8) -> Option<String> {
        let depth =
            (0..=path.len()).rev().find(|depth| path.get(..*depth).is_some_and(|module| self.references.contains_key(module)))?;
        let (module, item) = path.split_at_checked(depth)?;
        let references = self.references.get(module)?;
        if let (Some(name), Some(exports_left)) = (item.first(), exports_left.checked_sub(1)) {
            if let Some(path) = references.exports.get(name).and_then(|path| self.absolute(module, path)) {
                return self.owner(&[path.as_slice(), item.get(1..).unwrap_or_default()].concat(), exports_left);
            }
            let mut globs = references.globs.iter().filter_map(|glob| self.absolute(module, glob));
            if let Some(glob) = globs.find(|glob| self.declares(glob, name)) {
                return self.owner(&[glob.as_slice(), item].concat(), exports_left);
            }
        }
        self.file(module).map(str::to_owned)
    }

    /// Returns true if a module re-exports this name or contains a module of this name. This struct does not know other items.
    fn declares(&self, module: &[String], name: &String) -> bool {
        let child = [module, std::slice::from_ref(name)].concat();
        self.references.contains_key(&child)
            || self.references.get(module).is_some_and(|module| module.exports.contains_key(name))
    }

    /// Returns the file of a module. An inline module has the file of the module around it.
    fn file(&self, module: &[String]) -> Option<&str> {
        (0..=module.len()).rev().find_map(|depth| self.names.get(&module.get(..depth)?.to_vec()).copied())
    }
}

fn parent(module: &[String]) -> Option<Vec<String>> {
    module.split_last().map(|(_, parent)| parent.to_vec())
}

#[cfg(test)]
mod tests {
    use super::super::crates::File;
    use super::*;

    fn source(files: &[(&str, &str)]) -> Source {
        let module = |name: &str| name.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let file = |name: &str, code| File { name: format!("src/{name}"), syntax: syn::parse_file(code).unwrap() };
        Source { modules: files.iter().map(|(name, code)| (module(name), file(name, code))).collect() }
    }

    fn imports_of(files: &[(&str, &str)], from: &str) -> Vec<String> {
        let imports = imports(&source(files)).unwrap();
        imports[&format!("src/{from}")].iter().map(|name| name.trim_start_matches("src/").to_owned()).collect()
    }

    #[test]
    fn a_name_that_is_passed_on_belongs_to_the_file_that_has_it() {
        let files =
            [("", "mod a; mod b;"), ("a", "pub use c::Item; mod c;"), ("a/c", "pub struct Item;"), ("b", "use crate::a::Item;")];
        assert_eq!(imports_of(&files, "b"), ["a/c"]);
        assert!(imports_of(&files, "a").is_empty(), "passing on is no import");
    }

    #[test]
    fn a_module_in_scope_counts_by_what_is_named_of_it() {
        let files = [
            ("", "mod a; mod b;"),
            ("a", "pub use c::item; mod c; pub fn own() {}"),
            ("a/c", "pub fn item() { super::own() }"),
            ("b", "use crate::a; fn f() { a::item() }"),
        ];
        assert_eq!(imports_of(&files, "b"), ["a/c"]);
        assert_eq!(imports_of(&files, "a/c"), ["a"]);
    }

    #[test]
    fn other_crates_and_members_of_types_are_no_imports() {
        let files =
            [("", "mod a; use std::fmt::Debug; fn f() { serde_json::to_string(&1); a::T::new() }"), ("a", "pub struct T;")];
        assert_eq!(imports_of(&files, ""), ["a"]);
    }
}
