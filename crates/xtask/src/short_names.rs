//! Shortens the names by which the WebAssembly and the glue know each other's functions. More than a hundred names end with sixteen random
//! digits. Two files contain these digits, and random digits do not compress.

use std::collections::HashMap;

use crate::failure::Failure;
use crate::wasm_format::{Cursor, EXPORTS, IMPORTS, bytes, number, sections};

/// Name of the module under which the glue provides the imports.
const MODULE: &str = "./doorstep_bg.js";
/// Name that replaces `MODULE`.
const SHORT_MODULE: &str = "g";

/// Beginning of the names of exports that are shortened: mangled names of functions that the glue calls for closures.
const MANGLED: &str = "_ZN";

const FUNCTION: u8 = 0;

/// Returns the glue and the WebAssembly of wasm-bindgen with short names. Fails when they do not have the expected form.
pub(crate) fn shortened(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>), Failure> {
    let other = |what: &str| {
        Failure::new(
            format!("wasm-bindgen's output is not what it was: {what}"),
            "adapt crates/xtask/src/short_names.rs to the new version",
        )
    };
    let (mut names, mut called) = (HashMap::new(), HashMap::new());
    let import = &mut |name: &str| {
        let number = names.len();
        names.entry(name.to_owned()).or_insert_with(|| letters(number)).clone()
    };
    let export = &mut |name: &str| {
        let number = called.len();
        called.entry(name.to_owned()).or_insert_with(|| format!("call_{}", letters(number))).clone()
    };
    let short = rewritten(wasm, import, export).ok_or_else(|| other("an import is no function of the glue"))?;
    let module = format!("\"{MODULE}\":");
    let mut glue =
        replace_once(glue, &module, &format!("\"{SHORT_MODULE}\":")).ok_or_else(|| other("the name of the glue's module"))?;
    for (long, short) in &names {
        glue = replace_once(&glue, &format!(" {long}: function("), &format!(" {short}: function(")).ok_or_else(|| other(long))?;
    }
    // A long name can be the beginning of another one, which wasm-bindgen then ends with a number.
    let mut called: Vec<(String, String)> = called.into_iter().collect();
    called.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in &called {
        glue = glue.replace(long, short);
    }
    Ok((glue, short))
}

/// Replaces a text that must occur exactly once. If it does not occur exactly once, returns None.
fn replace_once(text: &str, from: &str, to: &str) -> Option<String> {
    let (before, after) = text.split_once(from)?;
    (!after.contains(from)).then(|| [before, to, after].concat())
}

/// Returns the name with this number in the sequence a, b, … z, aa, ba, …
fn letters(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.extend(char::from_u32(u32::from(b'a') + u32::try_from(number % 26).unwrap_or_default()));
        if number < 26 {
            return name;
        }
        number = number / 26 - 1;
    }
}

/// Function that returns the new name of an import or an export.
type Rename<'a> = &'a mut dyn FnMut(&str) -> String;

/// Returns the module with other names for its imports, and for its exports with mangled names. If the module cannot be read, returns None.
fn rewritten(wasm: &[u8], import: Rename<'_>, export: Rename<'_>) -> Option<Vec<u8>> {
    let mut out = wasm.get(..8)?.to_vec();
    for (id, section) in sections(wasm)? {
        out.push(id);
        let section = match id {
            IMPORTS => imports(Cursor(section), import)?,
            EXPORTS => exports(Cursor(section), export)?,
            _ => section.to_vec(),
        };
        bytes(&mut out, &section);
    }
    Some(out)
}

fn imports(mut section: Cursor<'_>, rename: Rename<'_>) -> Option<Vec<u8>> {
    let count = section.number()?;
    let mut out = Vec::new();
    number(&mut out, count);
    for _ in 0..count {
        let module = section.text()?;
        let name = section.text()?;
        if module != MODULE || section.byte()? != FUNCTION {
            return None;
        }
        bytes(&mut out, SHORT_MODULE.as_bytes());
        bytes(&mut out, rename(name).as_bytes());
        out.push(FUNCTION);
        number(&mut out, section.number()?);
    }
    section.0.is_empty().then_some(out)
}

fn exports(mut section: Cursor<'_>, rename: Rename<'_>) -> Option<Vec<u8>> {
    let count = section.number()?;
    let mut out = Vec::new();
    number(&mut out, count);
    for _ in 0..count {
        let name = section.text()?;
        let short = if name.starts_with(MANGLED) { rename(name) } else { name.to_owned() };
        bytes(&mut out, short.as_bytes());
        out.push(section.byte()?);
        number(&mut out, section.number()?);
    }
    section.0.is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a module that imports one function, followed by a section that stays unchanged.
    fn module(from: &str, name: &str) -> Vec<u8> {
        let mut imports = vec![1];
        bytes(&mut imports, from.as_bytes());
        bytes(&mut imports, name.as_bytes());
        imports.extend([FUNCTION, 0]);
        let mut wasm = b"\0asm\x01\0\0\0\x02".to_vec();
        bytes(&mut wasm, &imports);
        wasm.extend([10, 1, 0]);
        wasm
    }

    #[test]
    fn an_import_is_shortened_on_both_sides() {
        let glue = "{ __wbg_now_0123456789abcdef: function() {} } { \"./doorstep_bg.js\": import0 }";
        let (glue, wasm) = shortened(glue, &module(MODULE, "__wbg_now_0123456789abcdef")).unwrap();
        assert_eq!(glue, "{ a: function() {} } { \"g\": import0 }");
        assert_eq!(wasm, module("g", "a"));
    }

    #[test]
    fn an_export_with_a_mangled_name_is_shortened_on_both_sides() {
        let mut exports = vec![3];
        for name in ["_ZN1f17h01E", "mount", "_ZN1f17h01E_9"] {
            bytes(&mut exports, name.as_bytes());
            exports.extend([FUNCTION, 1]);
        }
        let mut with_exports = module(MODULE, "f");
        with_exports.push(EXPORTS);
        bytes(&mut with_exports, &exports);
        let glue = "{ f: function() {} } { \"./doorstep_bg.js\": import0 } wasm._ZN1f17h01E(); wasm._ZN1f17h01E_9();";
        let (glue, wasm) = shortened(glue, &with_exports).unwrap();
        assert!(glue.ends_with("wasm.call_a(); wasm.call_b();"), "{glue}");
        assert!(wasm.ends_with(b"\x03\x06call_a\x00\x01\x05mount\x00\x01\x06call_b\x00\x01"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(shortened("\"./doorstep_bg.js\": import0", &module("elsewhere", "f")).is_err());
        assert!(shortened("\"./doorstep_bg.js\": import0", &module(MODULE, "f")).is_err());
        assert!(shortened("", b"short").is_err());
    }

    #[test]
    fn letters_do_not_repeat() {
        let names: std::collections::HashSet<String> = (0..1000).map(letters).collect();
        assert_eq!(names.len(), 1000);
        assert_eq!([letters(0), letters(25), letters(26)], ["a", "z", "aa"]);
    }
}
