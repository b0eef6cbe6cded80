//! Makes panics of the widget trap without a message. The widget shows the shopper a fallback, whatever the message is, but the code and
//! the texts of messages would be five per cent of the download.
//!
//! Works on the module that Cargo built, before the splitter. The splitter follows the relocations, so it leaves out the code and the
//! data that only a removed relocation has used.

use std::collections::HashMap;
use std::ops::Range;

use crate::relocations::{FUNCTION_POINTER, OF_CODE, Relocation, SYMBOLS, Symbol, custom, relocations, symbols, without};
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

/// Parts of the mangled names of functions that are in a module only if messages are written: the function to which every panic with a
/// message leads, and the function that calls the formatters.
const MESSAGES: [&str; 2] = ["17rust_begin_unwind", "4core3fmt5write"];

/// Parts of the mangled names of formatters. Code that refers to one of them by a pointer makes a message.
const FORMATTERS: [&str; 2] = ["7Display3fmt", "5Debug3fmt"];

/// Constant for a pointer to no function, in five bytes as the linker writes it.
const NO_FUNCTION: [u8; 5] = [0x80, 0x80, 0x80, 0x80, 0];

const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// Returns the module with a trap as the body of each function of `PANICS`, and without pointers to formatters in the code. Returns None if
/// the module cannot be read.
pub(crate) fn trapping(wasm: &[u8]) -> Option<Vec<u8>> {
    let sections = sections(wasm)?;
    let find = |wanted: u8| sections.iter().find(|(id, _)| *id == wanted).map(|(_, section)| Cursor(section));
    let named = |name| sections.iter().find_map(|(id, section)| custom(*id, section, name));
    let imported = find(IMPORTS).map_or(Some(0), imported_functions)?;
    let names: HashMap<usize, &str> = function_names(named("name")?)?.into_iter().collect();
    let bodies = bodies(find(CODE)?)?;
    let panics = names.iter().filter(|(_, name)| PANICS.iter().any(|panic| name.contains(panic)));
    let panics: Vec<Range<usize>> =
        panics.map(|(function, _)| bodies.get(function.checked_sub(imported)?).cloned()).collect::<Option<_>>()?;
    let formatters = pointers(&relocations(named(OF_CODE)?)?, &symbols(named(SYMBOLS)?)?, |function| {
        names.get(&function).is_some_and(|name| FORMATTERS.iter().any(|formatter| name.contains(formatter)))
    });
    let changed = [panics.as_slice(), &formatters].concat();
    let mut module = wasm.get(..8)?.to_vec();
    for (id, section) in &sections {
        module.push(*id);
        match (*id, custom(*id, section, OF_CODE)) {
            (CODE, _) => bytes(&mut module, &trapped(section, &panics, &formatters)?),
            (_, Some(relocations)) => bytes(&mut module, &without(relocations, OF_CODE, &changed)?),
            _ => bytes(&mut module, section),
        }
    }
    Some(module)
}

/// Returns the places of pointers to the functions that are wanted.
fn pointers(relocations: &[Relocation<'_>], symbols: &[Symbol], is_wanted: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut pointers: Vec<&Relocation<'_>> =
        relocations.iter().filter(|relocation| relocation.kind == FUNCTION_POINTER).collect();
    pointers.retain(|pointer| matches!(symbols.get(pointer.symbol), Some(Symbol::Function(function)) if is_wanted(*function)));
    pointers.iter().map(|pointer| pointer.offset..pointer.offset + NO_FUNCTION.len()).collect()
}

/// Returns true if a panic in the module can still have a message. Returns None if the module cannot be read.
pub(crate) fn has_messages(wasm: &[u8]) -> Option<bool> {
    let sections = sections(wasm)?;
    let names = sections.iter().find_map(|(id, section)| custom(*id, section, "name"))?;
    Some(function_names(names)?.iter().any(|(_, name)| MESSAGES.iter().any(|message| name.contains(message))))
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

/// Returns the section of the code with traps as the bodies of panics, and with pointers to no function. Nothing changes its place.
fn trapped(code: &[u8], panics: &[Range<usize>], pointers: &[Range<usize>]) -> Option<Vec<u8>> {
    let mut code = code.to_vec();
    for range in pointers {
        code.get_mut(range.clone())?.copy_from_slice(&NO_FUNCTION);
    }
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

    /// Returns a module with two functions, which refer to each other by a call and by a pointer, with their names, symbols and relocations.
    fn module(first: &str, second: &str) -> Vec<u8> {
        let mut code = vec![2];
        [[0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, END], [0, 0x41, 0x87, 0x80, 0x80, 0x80, 0, END]]
            .iter()
            .for_each(|body| bytes(&mut code, body));
        let mut names = vec![2];
        for (function, name) in [first, second].iter().enumerate() {
            number(&mut names, function);
            bytes(&mut names, name.as_bytes());
        }
        let relocations = [0, 2, 0, 4, 1, FUNCTION_POINTER, 13, 0];
        // Two functions without a name: kind, flags, index, length of the name.
        let symbols = section(8, &[2, 0, 0, 0, 0, 0, 0, 1, 0]);
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(CODE, &code),
            custom_section(SYMBOLS, &[&[2], symbols.as_slice()].concat()),
            custom_section(OF_CODE, &relocations),
            custom_section("name", &section(FUNCTION_NAMES, &names)),
        ]
        .concat()
    }

    /// Returns the code and the relocations of a module.
    fn parts(module: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let sections = sections(module).unwrap();
        let code = sections.iter().find(|(id, _)| *id == CODE).unwrap().1;
        let relocations = sections.iter().find_map(|(id, section)| custom(*id, section, OF_CODE)).unwrap();
        (code.to_vec(), relocations.0.to_vec())
    }

    #[test]
    fn a_panic_traps_and_refers_to_nothing() {
        let (code, relocations) = parts(&trapping(&module("main", "_RNvNtCs1_4core9panicking9panic_fmt")).unwrap());
        let trap = [8, 0, UNREACHABLE, NOP, NOP, NOP, NOP, NOP, END];
        assert_eq!(code, [&[2, 8, 0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, END], trap.as_slice()].concat());
        assert_eq!(relocations, [0, 1, 0, 4, 1]);
    }

    #[test]
    fn a_message_has_no_pointer_to_a_formatter() {
        let (code, relocations) = parts(&trapping(&module("_RNvXs_NtCs1_4core3fmtReNtB6_7Display3fmt", "main")).unwrap());
        assert!(code.ends_with(&[0x41, 0x80, 0x80, 0x80, 0x80, 0, END]));
        assert_eq!(relocations, [0, 1, 0, 4, 1]);
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
