//! Shortens the names of the imports that the WebAssembly takes from the glue. wasm-bindgen ends each of more than a hundred names with
//! sixteen random digits. Two files contain these digits, and random digits do not compress.

use std::collections::HashMap;

use crate::failure::Failure;
use crate::wasm_format::{Cursor, IMPORTS, bytes, number, sections};

/// Name of the module under which the glue provides the imports.
const MODULE: &str = "./doorstep_bg.js";
/// Name that replaces `MODULE`.
const SHORT_MODULE: &str = "g";

const FUNCTION: u8 = 0;

/// Returns the glue and the WebAssembly of wasm-bindgen with short names. Fails when they do not have the expected form.
pub(crate) fn shortened(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>), Failure> {
    let other = |what: &str| {
        Failure::new(
            format!("wasm-bindgen's output is not what it was: {what}"),
            "adapt crates/xtask/src/imports.rs to the new version",
        )
    };
    let mut names = HashMap::new();
    let short = rewritten(wasm, &mut |name| {
        let number = names.len();
        names.entry(name.to_owned()).or_insert_with(|| letters(number)).clone()
    })
    .ok_or_else(|| other("an import is no function of the glue"))?;
    let module = format!("\"{MODULE}\":");
    let mut glue =
        replace_once(glue, &module, &format!("\"{SHORT_MODULE}\":")).ok_or_else(|| other("the name of the glue's module"))?;
    for (long, short) in &names {
        glue = replace_once(&glue, &format!(" {long}: function("), &format!(" {short}: function(")).ok_or_else(|| other(long))?;
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

/// Returns the module with its import section rewritten. If the module cannot be read, returns None.
fn rewritten(wasm: &[u8], rename: &mut dyn FnMut(&str) -> String) -> Option<Vec<u8>> {
    let mut out = wasm.get(..8)?.to_vec();
    for (id, section) in sections(wasm)? {
        out.push(id);
        let section = if id == IMPORTS { imports(Cursor(section), rename)? } else { section.to_vec() };
        bytes(&mut out, &section);
    }
    Some(out)
}

fn imports(mut section: Cursor<'_>, rename: &mut dyn FnMut(&str) -> String) -> Option<Vec<u8>> {
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
