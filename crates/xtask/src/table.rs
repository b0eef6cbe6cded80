//! Takes functions out of the function table that are never called through it. JavaScript calls a closure by an export of the module.
//! wasm-bindgen finds the function of that export in the table, and leaves it there, with the functions of closures that only
//! imports without a caller would take. No tool removes a function that the table names, so all of them would be downloaded.

use std::collections::HashSet;

use crate::failure::Failure;
use crate::wasm::{self, Cursor, number};

const CUSTOM: u8 = 0;
const ELEMENTS: u8 = 9;
/// Kind of subsection of the section `name` that has the names of functions.
const FUNCTION_NAMES: u8 = 1;
/// Kind of element segment that the linker writes: function indexes from a constant offset on.
const PLAIN_SEGMENT: usize = 0;
const CONSTANT: u8 = 0x41;
const END: u8 = 0x0b;

/// Part of the mangled names of the functions through which JavaScript calls closures.
const CALLS_CLOSURE: &str = "wasm_bindgen7convert8closures1_6invoke";

/// Returns the module of wasm-bindgen with other functions in the places of these functions. The places stay, because the indexes of
/// the table do. Fails when the module does not have the expected form.
pub(crate) fn without_closures(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    rewritten(wasm).ok_or_else(|| {
        Failure::new(
            "wasm-bindgen's output is not what it was: the table has no functions that call closures",
            "adapt crates/xtask/src/table.rs to the new version",
        )
    })
}

fn rewritten(wasm: &[u8]) -> Option<Vec<u8>> {
    let mut unused = HashSet::new();
    for (_, section) in wasm::sections(wasm)?.into_iter().filter(|(kind, _)| *kind == CUSTOM) {
        read_names(Cursor(section), &mut unused)?;
    }
    if unused.is_empty() {
        return None;
    }
    wasm::with_section(wasm, ELEMENTS, &mut |section| elements(section, &unused))
}

/// Adds the indexes of the functions that call closures, if this is the section `name`. Returns None when it cannot be read.
fn read_names(mut section: Cursor<'_>, found: &mut HashSet<usize>) -> Option<()> {
    if section.text()? != "name" {
        return Some(());
    }
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let length = section.number()?;
        let mut names = Cursor(section.bytes(length)?);
        if kind == FUNCTION_NAMES {
            for _ in 0..names.number()? {
                let index = names.number()?;
                if names.text()?.contains(CALLS_CLOSURE) {
                    found.insert(index);
                }
            }
        }
    }
    Some(())
}

/// Returns the element section with the first function that stays in each place of an unused one. Only the first segment is
/// rewritten, which comes from the linker; wasm-bindgen adds others for its own purposes.
fn elements(mut section: Cursor<'_>, unused: &HashSet<usize>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    number(&mut out, section.number()?);
    if section.number()? != PLAIN_SEGMENT || section.byte()? != CONSTANT {
        return None;
    }
    number(&mut out, PLAIN_SEGMENT);
    out.push(CONSTANT);
    number(&mut out, section.number()?);
    if section.byte()? != END {
        return None;
    }
    out.push(END);
    let count = section.number()?;
    let functions: Vec<usize> = (0..count).map(|_| section.number()).collect::<Option<_>>()?;
    let other = functions.iter().find(|function| !unused.contains(function))?;
    number(&mut out, count);
    for function in &functions {
        number(&mut out, if unused.contains(function) { *other } else { *function });
    }
    out.extend(section.0);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a module whose table has the functions 7, 8 and 7, with a name for each, and a second segment.
    fn module(names: [&str; 2], functions: [u8; 3]) -> Vec<u8> {
        let mut map = vec![2];
        for (index, name) in [7, 8].into_iter().zip(names) {
            map.push(index);
            wasm::bytes(&mut map, name.as_bytes());
        }
        let mut section = Vec::new();
        wasm::bytes(&mut section, b"name");
        section.push(FUNCTION_NAMES);
        wasm::bytes(&mut section, &map);
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        let [first, second, third] = functions;
        out.push(ELEMENTS);
        wasm::bytes(&mut out, &[2, 0, CONSTANT, 1, END, 3, first, second, third, 4, 5, 6]);
        out.push(CUSTOM);
        wasm::bytes(&mut out, &section);
        out
    }

    #[test]
    fn a_function_that_calls_closures_leaves_the_table() {
        let names = ["_ZN12wasm_bindgen7convert8closures1_6invoke17h0E", "other"];
        assert_eq!(without_closures(&module(names, [7, 8, 7])).unwrap(), module(names, [8, 8, 8]));
    }

    #[test]
    fn a_module_without_such_functions_is_refused() {
        assert!(without_closures(&module(["one", "other"], [7, 8, 7])).is_err());
        assert!(without_closures(b"short").is_err());
    }
}
