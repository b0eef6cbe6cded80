//! Makes panics of the widget trap without a message. The widget shows the shopper a fallback, whatever the message is, but the code and
//! the texts of messages would be five per cent of the download.
//!
//! Works on the module that Cargo built, before the splitter. The splitter follows the relocations, so it leaves out the code and the
//! data that only a removed relocation has used.

use std::ops::Range;

use crate::relocations::{OF_CODE, custom, without};
use crate::wasm_format::{CODE, Cursor, FUNCTION_NAMES, IMPORTS, bytes, imported_functions, sections};

/// Paths of functions of the standard library that never return, as parts of mangled names. A new version of Rust can have other ones.
const PANICS: [&str; 14] = [
    "4core9panicking",
    "6option13unwrap_failed",
    "6option13expect_failed",
    "6result13unwrap_failed",
    "5index16slice_index_fail",
    "17len_mismatch_fail",
    "3str16slice_error_fail",
    "4cell22panic_already_borrowed",
    "4cell30panic_already_mutably_borrowed",
    "4lazy14panic_poisoned",
    "5local18panic_access_error",
    "5alloc18handle_alloc_error",
    "7raw_vec12handle_error",
    "13assert_failed",
];

/// Part of the mangled name of the function to which every panic with a message leads.
const MESSAGES: &str = "17rust_begin_unwind";

const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// Returns the module with a trap as the body of each function of `PANICS`. Returns None if the module cannot be read.
pub(crate) fn trapping(wasm: &[u8]) -> Option<Vec<u8>> {
    let sections = sections(wasm)?;
    let find = |wanted: u8| sections.iter().find(|(id, _)| *id == wanted).map(|(_, section)| Cursor(section));
    let imported = find(IMPORTS).map_or(Some(0), imported_functions)?;
    let names = sections.iter().find_map(|(id, section)| custom(*id, section, "name"))?;
    let bodies = bodies(find(CODE)?)?;
    let panics = function_names(names)?.into_iter().filter(|(_, name)| PANICS.iter().any(|panic| name.contains(panic)));
    let panics = panics.map(|(function, _)| bodies.get(function.checked_sub(imported)?).cloned());
    let panics: Vec<Range<usize>> = panics.collect::<Option<_>>()?;
    let mut module = wasm.get(..8)?.to_vec();
    for (id, section) in &sections {
        module.push(*id);
        match (*id, custom(*id, section, OF_CODE)) {
            (CODE, _) => bytes(&mut module, &trapped(section, &panics)?),
            (_, Some(relocations)) => bytes(&mut module, &without(relocations, OF_CODE, &panics)?),
            _ => bytes(&mut module, section),
        }
    }
    Some(module)
}

/// Returns true if a panic in the module can still have a message. Returns None if the module cannot be read.
pub(crate) fn has_messages(wasm: &[u8]) -> Option<bool> {
    let sections = sections(wasm)?;
    let names = sections.iter().find_map(|(id, section)| custom(*id, section, "name"))?;
    Some(function_names(names)?.iter().any(|(_, name)| name.contains(MESSAGES)))
}

/// Returns the functions that have a name, with their indices.
fn function_names(mut names: Cursor<'_>) -> Option<Vec<(usize, &str)>> {
    while !names.0.is_empty() {
        let part = names.byte()?;
        let length = names.number()?;
        let mut part_of = Cursor(names.bytes(length)?);
        if part == FUNCTION_NAMES {
            return (0..part_of.number()?).map(|_| Some((part_of.number()?, part_of.text()?))).collect();
        }
    }
    None
}

/// Returns the ranges of the bodies within the section of the code.
fn bodies(section: Cursor<'_>) -> Option<Vec<Range<usize>>> {
    let mut rest = section;
    (0..rest.number()?)
        .map(|_| {
            let length = rest.number()?;
            let start = section.0.len() - rest.0.len();
            rest.bytes(length)?;
            Some(start..start + length)
        })
        .collect()
}

/// Returns the section of the code with a trap in the given ranges. Nothing changes its place.
fn trapped(code: &[u8], panics: &[Range<usize>]) -> Option<Vec<u8>> {
    let mut code = code.to_vec();
    for range in panics {
        let (end, body) = code.get_mut(range.clone())?.split_last_mut()?;
        body.fill(NOP);
        // The first byte is the number of local variables.
        *body.first_mut()? = 0;
        *body.get_mut(1)? = UNREACHABLE;
        *end = END;
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm_format::{CUSTOM, number};

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![id];
        bytes(&mut out, content);
        out
    }

    fn custom_section(name: &str, content: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        bytes(&mut out, name.as_bytes());
        out.extend(content);
        section(CUSTOM, &out)
    }

    /// Returns a module with two functions, which call each other, with their names and relocations.
    fn module(first: &str, second: &str) -> Vec<u8> {
        let call = |function: u8| [0, 0x10, 0x80 | function, 0x80, 0x80, 0x80, 0, END];
        let mut code = vec![2];
        [call(1), call(0)].iter().for_each(|body| bytes(&mut code, body));
        let mut names = vec![2];
        for (function, name) in [first, second].iter().enumerate() {
            number(&mut names, function);
            bytes(&mut names, name.as_bytes());
        }
        // Kind 0 is the index of a function, and kind 4 an address with an addend.
        let relocations = [0, 3, 0, 4, 1, 0, 13, 0, 4, 14, 0, 5];
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(CODE, &code),
            custom_section(OF_CODE, &relocations),
            custom_section("name", &section(FUNCTION_NAMES, &names)),
        ]
        .concat()
    }

    #[test]
    fn a_panic_traps_and_refers_to_nothing() {
        let panic = "_RNvNtCs1_4core9panicking9panic_fmt";
        let trapping = trapping(&module("main", panic)).unwrap();
        let code = [2, 8, 0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, END, 8, 0, UNREACHABLE, NOP, NOP, NOP, NOP, NOP, END];
        let sections = sections(&trapping).unwrap();
        assert_eq!(sections.first(), Some(&(CODE, code.as_slice())));
        let kept = sections.iter().find_map(|(id, section)| custom(*id, section, OF_CODE)).unwrap();
        assert_eq!(kept.0, [0, 1, 0, 4, 1]);
    }

    #[test]
    fn other_functions_stay_as_they_are() {
        let module = module("main", "other");
        assert_eq!(trapping(&module).unwrap(), module);
        assert_eq!(trapping(b"\0asm"), None);
    }

    #[test]
    fn a_panic_with_a_message_is_found() {
        assert_eq!(has_messages(&module("main", "other")), Some(false));
        assert_eq!(has_messages(&module("main", "_RNvCs1_7___rustc17rust_begin_unwind")), Some(true));
    }
}
