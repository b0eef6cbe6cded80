//! Clears the source locations of a module whose panics have no message ([`crate::panics`]): file, line and column of each place that can
//! panic. The paths of the files are then used by nothing, so that the splitter leaves them out.

use std::collections::HashMap;
use std::ops::Range;

use crate::relocations::{OF_DATA, POINTER, SYMBOLS, Symbol, custom, relocations, symbols, without};
use crate::wasm_format::{Cursor, DATA, bytes, sections};

/// Size of `core::panic::Location`: address and length of the path, line and column, of four bytes each.
const SIZE: usize = 16;

/// Returns the module with its source locations cleared. Returns None if the module cannot be read.
pub(crate) fn cleared(wasm: &[u8]) -> Option<Vec<u8>> {
    let sections = sections(wasm)?;
    let named = |name| sections.iter().find_map(|(id, section)| custom(*id, section, name));
    let data = sections.iter().find(|(id, _)| *id == DATA).map(|(_, section)| *section)?;
    let locations = locations(data, &symbols(named(SYMBOLS)?)?, named(OF_DATA)?)?;
    let mut module = wasm.get(..8)?.to_vec();
    for (id, section) in &sections {
        module.push(*id);
        match custom(*id, section, OF_DATA) {
            Some(content) => bytes(&mut module, &without(content, OF_DATA, &locations)?),
            None if *id == DATA => bytes(&mut module, &zeroed(data, &locations)?),
            None => bytes(&mut module, section),
        }
    }
    Some(module)
}

/// Returns the places of the source locations in the section of the data: a symbol of the right size that begins with a pointer to a text
/// that ends with `.rs`.
fn locations(data: &[u8], symbols: &[Symbol], content: Cursor<'_>) -> Option<Vec<Range<usize>>> {
    let segments = segments(Cursor(data))?;
    let place = |symbol: &Symbol| match symbol {
        Symbol::Data(place) => Some((segments.get(place.segment)? + place.offset, place.size)),
        Symbol::Function(_) | Symbol::Other => None,
    };
    let sizes: HashMap<usize, usize> = symbols.iter().filter_map(place).collect();
    let is_location = |place: usize, path: usize| {
        let length = data.get(place + 4..place + 8)?.first_chunk().map(|length| u32::from_le_bytes(*length))?;
        let path = data.get(path..path.checked_add(usize::try_from(length).ok()?)?)?;
        Some(path.ends_with(b".rs"))
    };
    let pointers = relocations(content)?.into_iter().filter(|relocation| relocation.kind == POINTER);
    let places = pointers.filter_map(|pointer| {
        let path = place(symbols.get(pointer.symbol)?)?.0.checked_add(pointer.addend)?;
        let start = pointer.offset;
        (sizes.get(&start) == Some(&SIZE) && is_location(start, path)?).then_some(start..start + SIZE)
    });
    Some(places.collect())
}

/// Returns the start of each segment's content in the section of the data.
fn segments(section: Cursor<'_>) -> Option<Vec<usize>> {
    let mut rest = section;
    (0..rest.number()?)
        .map(|_| {
            // The linker writes active segments of the first memory, at the place of a constant.
            if rest.number()? != 0 || rest.byte()? != CONSTANT {
                return None;
            }
            rest.number()?;
            rest.byte()?;
            let length = rest.number()?;
            let start = section.0.len() - rest.0.len();
            rest.bytes(length).map(|_| start)
        })
        .collect()
}

/// Instruction of a constant number.
const CONSTANT: u8 = 0x41;

/// Returns the section of the data with zeros in the given ranges.
fn zeroed(data: &[u8], ranges: &[Range<usize>]) -> Option<Vec<u8>> {
    let mut data = data.to_vec();
    for range in ranges {
        data.get_mut(range.clone())?.fill(0);
    }
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm_format::CUSTOM;

    fn section(id: u8, parts: &[&[u8]]) -> Vec<u8> {
        let mut out = vec![id];
        bytes(&mut out, &parts.concat());
        out
    }

    /// Returns a module with a text, and with 16 bytes that begin with the address and the length of the text.
    fn module(text: &[u8; 8]) -> Vec<u8> {
        let segment = [text.as_slice(), &[9, 9, 9, 9, 8, 0, 0, 0, 7, 0, 0, 0, 5, 0, 0, 0]].concat();
        let data = section(DATA, &[&[1, 0, CONSTANT, 0, 0x0b, 24], &segment]);
        // Two symbols of data without a name: kind, flags, length of the name, segment, offset, size.
        let table = [2, 1, 0, 0, 0, 0, 8, 1, 0, 0, 0, 8, 16];
        let linking = section(CUSTOM, &[&[7], b"linking", &[2], &section(8, &[&table])]);
        // One pointer: the place in the section of the data, the symbol, the addend.
        let pointers = section(CUSTOM, &[&[10], b"reloc.DATA", &[0, 1, POINTER, 14, 0, 0]]);
        [b"\0asm\x01\0\0\0".to_vec(), data, linking, pointers].concat()
    }

    #[test]
    fn a_source_location_is_cleared_and_refers_to_nothing() {
        let cleared = cleared(&module(b"src/a.rs")).unwrap();
        let sections = sections(&cleared).unwrap();
        assert_eq!(sections.first().unwrap().1, [&[1, 0, CONSTANT, 0, 0x0b, 24], b"src/a.rs".as_slice(), &[0; SIZE]].concat());
        let pointers = sections.iter().find_map(|(id, section)| custom(*id, section, OF_DATA)).unwrap();
        assert_eq!(pointers.0, [0, 0]);
    }

    #[test]
    fn another_pointer_to_a_text_stays() {
        let module = module(b"src/a.js");
        assert_eq!(cleared(&module).unwrap(), module);
        assert_eq!(cleared(b"\0asm\x01\0\0\0"), None);
    }
}
