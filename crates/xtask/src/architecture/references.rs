//! Reads the paths that a source file names: its `use` declarations, and the paths in its code that begin with a module.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use super::crates::is_for_tests;

/// Paths of one module (a file, or an inline module in it).
#[derive(Default)]
pub(super) struct References {
    /// Names that `use` declarations bring into scope, with their paths as written.
    pub(super) imports: BTreeMap<String, Vec<String>>,
    /// Names that the module re-exports by `pub use`, with their paths as written.
    pub(super) exports: BTreeMap<String, Vec<String>>,
    /// Paths of modules whose names are all re-exported (`pub use child::*`).
    pub(super) globs: Vec<Vec<String>>,
    /// Other paths of more than one segment.
    pub(super) paths: Vec<Vec<String>>,
    /// Inline modules, which are part of the file.
    pub(super) inline: Vec<(String, References)>,
}

impl References {
    /// Reads the items of a module. Items under `#[cfg(test)]` are left out.
    pub(super) fn of(items: &[syn::Item]) -> Self {
        let mut found = Self::default();
        for item in items {
            if let syn::Item::Use(item) = item {
                let passed_on = !matches!(item.vis, syn::Visibility::Inherited);
                if !is_for_tests(&item.attrs) {
                    found.add_use(&item.tree, &mut Vec::new(), passed_on);
                }
            } else if let syn::Item::Mod(module) = item {
                if let (Some((_, items)), false) = (&module.content, is_for_tests(&module.attrs)) {
                    found.inline.push((module.ident.to_string(), Self::of(items)));
                }
            } else if let syn::Item::Impl(block) = item {
                found.add_impl(block);
            } else if !matches!(item, syn::Item::Fn(function) if is_for_tests(&function.attrs)) {
                found.add_tokens(item.to_token_stream());
            }
        }
        found
    }

    /// Reads an `impl` block, member by member, because some members may be for tests only.
    fn add_impl(&mut self, block: &syn::ItemImpl) {
        if is_for_tests(&block.attrs) {
            return;
        }
        self.add_tokens(block.generics.to_token_stream());
        self.add_tokens(block.self_ty.to_token_stream());
        if let Some((_, of_trait, _)) = &block.trait_ {
            self.add_tokens(of_trait.to_token_stream());
        }
        for item in &block.items {
            if !matches!(item, syn::ImplItem::Fn(function) if is_for_tests(&function.attrs)) {
                self.add_tokens(item.to_token_stream());
            }
        }
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &mut Vec<String>, passed_on: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before, passed_on);
                before.pop();
            }
            syn::UseTree::Name(name) => self.add_name(&name.ident.to_string(), &name.ident.to_string(), before, passed_on),
            syn::UseTree::Rename(name) => self.add_name(&name.ident.to_string(), &name.rename.to_string(), before, passed_on),
            syn::UseTree::Glob(_) if passed_on => self.globs.push(before.clone()),
            syn::UseTree::Glob(_) => self.paths.push([before.as_slice(), &["*".to_owned()]].concat()),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(tree, before, passed_on);
                }
            }
        }
    }

    fn add_name(&mut self, name: &str, known_as: &str, before: &[String], passed_on: bool) {
        let mut path = before.to_vec();
        // `use a::{self}` names the module `a`.
        let known_as = if name == "self" { before.last().cloned().unwrap_or_default() } else { known_as.to_owned() };
        if name != "self" {
            path.push(name.to_owned());
        }
        let names = if passed_on { &mut self.exports } else { &mut self.imports };
        names.insert(known_as, path);
    }

    /// Reads every path in a sequence of tokens: identifiers that `::` joins.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end_path(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    // The names of a group behind `::` belong to the module before it.
                    if !(colons == 2 && group.delimiter() == Delimiter::Brace) {
                        self.end_path(&mut path);
                    }
                    self.end_path(&mut path);
                    self.add_tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.end_path(&mut path);
                    colons = 0;
                }
            }
        }
        self.end_path(&mut path);
    }

    fn end_path(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.paths.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(code: &str) -> References {
        References::of(&syn::parse_file(code).unwrap().items)
    }

    fn path(text: &str) -> Vec<String> {
        text.split("::").map(str::to_owned).collect()
    }

    #[test]
    fn use_declarations_are_read_with_groups_and_other_names() {
        let found = references("use crate::a::{self, B as C, d::E}; pub use self::f::G; pub use h::*;");
        assert_eq!(found.imports["a"], path("crate::a"));
        assert_eq!(found.imports["C"], path("crate::a::B"));
        assert_eq!(found.imports["E"], path("crate::a::d::E"));
        assert_eq!(found.exports["G"], path("self::f::G"));
        assert_eq!(found.globs, [path("h")]);
    }

    #[test]
    fn paths_in_code_and_in_macros_are_read() {
        let found = references("fn f(x: crate::a::B) { vec![super::c::d(x)]; let y: u8 = 1; e::f() }");
        for expected in ["crate::a::B", "super::c::d", "e::f"] {
            assert!(found.paths.contains(&path(expected)), "{expected} in {:?}", found.paths);
        }
    }

    #[test]
    fn what_only_tests_have_is_left_out() {
        let found = references("#[cfg(test)] mod tests { use crate::a::B; } #[cfg(test)] fn f() { crate::a::g() }");
        assert!(found.imports.is_empty() && found.paths.is_empty() && found.inline.is_empty());
    }
}
