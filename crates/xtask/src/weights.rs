//! Prints the weight of each crate in the two WebAssembly files of a release, in bytes of code. A part of `cargo xtask bench`.
//!
//! A function counts for the crate that defines it. A generic function of `core` or `alloc` counts for these, although it exists because
//! another crate uses it. A function that was inlined counts for its caller.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use crate::embed;
use crate::failure::Failure;
use crate::wasm_format::{CODE, CUSTOM, Cursor, DATA, FUNCTION_NAMES, IMPORTS, imported_functions, sections};
use crate::workspace::{self, Workspace};

/// Row of the functions without a Rust path: imports, shims of wasm-bindgen, and functions of the compiler.
const OTHER: &str = "(glue and compiler)";
const STATIC_DATA: &str = "(data)";
const REST: &str = "(types, tables, exports)";

/// Bytes by crate.
type Weights = BTreeMap<String, usize>;

/// Prints the table, and writes the same figures as JSON into a directory. The release must be built.
pub(crate) fn run(workspace: &Workspace, out: &std::path::Path) -> Result<(), Failure> {
    let chunks = embed::named_chunks(workspace)?;
    let weights = chunks.iter().map(|wasm| weights(wasm)).collect::<Option<Vec<_>>>();
    let weights = weights.ok_or_else(|| {
        Failure::new(
            "a WebAssembly file with names cannot be read",
            "adapt crates/xtask/src/weights.rs to the tools that write it",
        )
    })?;
    print!("{}", table(&weights));
    let json = json!({ "first": weights.first(), "second": weights.get(1) });
    workspace::write(&out.join("weights.json"), json.to_string().as_bytes())
}

/// Returns the table in Markdown, the heaviest crate first.
fn table(weights: &[Weights]) -> String {
    let mut crates: Vec<&String> = weights.iter().flat_map(BTreeMap::keys).collect();
    let bytes = |chunk: &Weights, name: &str| chunk.get(name).copied().unwrap_or_default();
    crates.sort_by_key(|name| (std::cmp::Reverse(weights.iter().map(|chunk| bytes(chunk, name)).sum::<usize>()), *name));
    crates.dedup();
    let mut text = "\n## weights\n\nBytes of the WebAssembly by crate, not compressed.\n\n".to_owned();
    text += "| crate | first load | | second chunk | |\n|---|---|---|---|---|\n";
    let mut line = |name: &str, of: &dyn Fn(&Weights) -> usize| {
        let cells = weights.iter().map(|chunk| {
            let total: usize = chunk.values().sum();
            let per_mille = of(chunk) * 1_000 / total.max(1);
            format!(" {} | {}.{} % |", of(chunk), per_mille / 10, per_mille % 10)
        });
        text += &format!("| {name} |{}\n", cells.collect::<String>());
    };
    for name in crates {
        line(name, &|chunk| bytes(chunk, name));
    }
    line("total", &|chunk| chunk.values().sum());
    text
}

/// Returns the bytes of each crate. If the module cannot be read, returns None.
fn weights(wasm: &[u8]) -> Option<Weights> {
    let sections = sections(wasm)?;
    let find = |wanted: u8| sections.iter().find(|(id, _)| *id == wanted).map(|(_, section)| Cursor(section));
    let names = sections.iter().filter(|(id, _)| *id == CUSTOM).find_map(|(_, section)| function_names(Cursor(section)))?;
    let imported = match find(IMPORTS) {
        Some(section) => imported_functions(section)?,
        None => 0,
    };
    let mut weights = Weights::new();
    let mut code = find(CODE)?;
    for function in 0..code.number()? {
        let before = code.0.len();
        let length = code.number()?;
        code.bytes(length)?;
        let name = names.get(&(imported + function)).and_then(|name| crate_of(name)).unwrap_or(OTHER);
        *weights.entry(name.to_owned()).or_default() += before - code.0.len();
    }
    weights.insert(STATIC_DATA.to_owned(), find(DATA).map_or(0, |section| section.0.len()));
    let all: usize = sections.iter().filter(|(id, _)| *id != CUSTOM).map(|(_, section)| section.len()).sum();
    let counted: usize = weights.values().sum();
    weights.insert(REST.to_owned(), all.saturating_sub(counted));
    Some(weights)
}

/// Returns the names of a name section by the index of the function. If it is another custom section, returns None.
fn function_names(mut section: Cursor<'_>) -> Option<HashMap<usize, &str>> {
    if section.text()? != "name" {
        return None;
    }
    while !section.0.is_empty() {
        let id = section.byte()?;
        let length = section.number()?;
        let mut part = Cursor(section.bytes(length)?);
        if id == FUNCTION_NAMES {
            return (0..part.number()?).map(|_| Some((part.number()?, part.text()?))).collect();
        }
    }
    None
}

/// Returns the crate of a mangled name, in the legacy form `_ZN…` or the form `_R…`. If it is no name of Rust, returns None.
fn crate_of(symbol: &str) -> Option<&str> {
    if let Some(path) = symbol.strip_prefix("_R") {
        return crate_root(path);
    }
    let segment = identifier(symbol.strip_prefix("_ZN")?)?;
    if !segment.contains('$') {
        return Some(segment);
    }
    // An implementation is named after its type: `<alloc::vec::Vec<T> as core::ops::Drop>`. Without a path, as for `<T as …>`, it counts
    // for the crate of the trait.
    let (ty, of_trait) = match segment.split_once("$u20$as$u20$") {
        Some((ty, of_trait)) => (ty, Some(of_trait)),
        None => (segment, None),
    };
    first_path(ty).or_else(|| of_trait.and_then(first_path))
}

/// Returns the first component of a path at the start of an escaped type, behind references and brackets. If there is no path, returns None.
fn first_path(escaped: &str) -> Option<&str> {
    const PREFIXES: [&str; 9] = ["$LT$", "$RF$", "$BP$", "$LP$", "$u5b$", "$u20$", "mut$u20$", "dyn$u20$", "const$u20$"];
    let mut rest = escaped.trim_start_matches('_');
    while let Some(shorter) = PREFIXES.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = shorter;
    }
    let (name, _) = rest.split_once("..")?;
    name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_').then_some(name)
}

/// Returns the name of the first crate in a path of the form `_R…`: `Cs<disambiguator>_<length><name>`.
fn crate_root(path: &str) -> Option<&str> {
    path.match_indices("Cs").find_map(|(at, _)| {
        let (disambiguator, name) = path.get(at + 2..)?.split_once('_')?;
        let (length, name) = length(name)?;
        // A name that begins with an underscore or a digit has one more underscore before it.
        let name = name.strip_prefix('_').unwrap_or(name);
        disambiguator.bytes().all(|letter| letter.is_ascii_alphanumeric()).then(|| name.get(..length))?
    })
}

/// Returns the identifier at the start of a text, which is preceded by its length.
fn identifier(text: &str) -> Option<&str> {
    let (length, rest) = length(text)?;
    rest.get(..length)
}

/// Returns the number at the start of a text, and the rest.
fn length(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (length, rest) = text.split_at_checked(digits)?;
    Some((length.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a mangled name of the legacy form with this first segment.
    fn legacy(segment: &str) -> String {
        format!("_ZN{}{segment}4drop17h7b7f8457059d3e70E", segment.len())
    }

    #[test]
    fn a_function_counts_for_the_crate_that_defines_it() {
        let v0 = "_RNvYNtNtCs5cOc02OMXlo_5alloc6string6StringNtNtCsgXGp5Oqx2Ny_4core3fmt5Write9write_fmt";
        for (symbol, expected) in [
            (legacy("doorstep"), Some("doorstep")),
            (legacy("_$LT$alloc..raw_vec..RawVec$LT$T$C$A$GT$$u20$as$u20$core..ops..drop..Drop$GT$"), Some("alloc")),
            (legacy("_$LT$$RF$mut$u20$chrono..Utc$u20$as$u20$core..fmt..Debug$GT$"), Some("chrono")),
            (legacy("_$LT$T$u20$as$u20$core..any..Any$GT$"), Some("core")),
            (v0.to_owned(), Some("alloc")),
            ("_RNvCs9ltgdHTiPiY_7___rustc14___rust_realloc".to_owned(), Some("__rustc")),
            ("__externref_table_alloc".to_owned(), None),
        ] {
            assert_eq!(crate_of(&symbol), expected, "{symbol}");
        }
    }

    #[test]
    fn code_without_a_name_is_counted_too() {
        // One imported function, two functions of two and three bytes, and a name for the first of them.
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([IMPORTS, 7, 1, 1, b'g', 1, b'a', 0, 0]);
        wasm.extend([CODE, 6, 2, 1, 0, 2, 0, 0]);
        wasm.extend([CUSTOM, 17, 4, b'n', b'a', b'm', b'e', FUNCTION_NAMES, 10, 1, 1, 7]);
        wasm.extend(b"_ZN1cE_");
        let found = weights(&wasm).unwrap();
        assert_eq!((found["c"], found[OTHER], found[STATIC_DATA]), (2, 3, 0));
        assert!(table(&[found]).contains("| total | 13 | 100.0 % |"));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(weights(b"short"), None);
        assert_eq!(weights(b"\0asm\x01\0\0\0\x0a\xff"), None);
    }
}
