//! Reads and writes the relocations of a linked module, and the places of its data
//! (<https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>). The splitter follows them.

use std::ops::Range;

use crate::wasm_format::{CUSTOM, Cursor, bytes, number};

/// Custom sections with the relocations of the code and of the data.
pub(crate) const OF_CODE: &str = "reloc.CODE";
pub(crate) const OF_DATA: &str = "reloc.DATA";

/// Custom section with the symbols.
pub(crate) const SYMBOLS: &str = "linking";

/// Kind of relocation of a pointer in the data.
pub(crate) const POINTER: u8 = 5;

/// Kind of relocation of a pointer to a function in the code: a constant of five bytes.
pub(crate) const FUNCTION_POINTER: u8 = 1;

/// Id of the part of the section `linking` that has the symbols, and kinds of symbols in it.
const SYMBOL_TABLE: u8 = 8;
const FUNCTION: u8 = 0;
const DATA: u8 = 1;
const SECTION: u8 = 3;

/// Flags of a symbol: it is defined elsewhere; it has a name although it is.
const UNDEFINED: usize = 0x10;
const EXPLICIT_NAME: usize = 0x40;

/// One relocation.
pub(crate) struct Relocation<'a> {
    pub(crate) kind: u8,
    /// Place that is changed, within its section.
    pub(crate) offset: usize,
    /// Index of the symbol that is referred to.
    pub(crate) symbol: usize,
    /// Distance from the symbol, in bytes. A negative distance has no meaning here.
    pub(crate) addend: usize,
    encoded: &'a [u8],
}

/// A symbol, as far as the build needs it.
#[derive(Clone, Copy)]
pub(crate) enum Symbol {
    /// A function, by its index.
    Function(usize),
    Data(DataPlace),
    Other,
}

/// Place of the data of a symbol.
#[derive(Clone, Copy)]
pub(crate) struct DataPlace {
    pub(crate) segment: usize,
    /// Distance from the start of the segment, in bytes.
    pub(crate) offset: usize,
    pub(crate) size: usize,
}

/// Returns the content of a custom section if it has the given name.
pub(crate) fn custom<'a>(id: u8, section: &'a [u8], name: &str) -> Option<Cursor<'a>> {
    let mut content = Cursor(section);
    (id == CUSTOM && content.text()? == name).then_some(content)
}

/// Returns the relocations of a section. Returns None if they cannot be read.
pub(crate) fn relocations(mut content: Cursor<'_>) -> Option<Vec<Relocation<'_>>> {
    let _section = content.number()?;
    (0..content.number()?)
        .map(|_| {
            let entry = content.0;
            let kind = content.byte()?;
            let (offset, symbol) = (content.number()?, content.number()?);
            let addend = if has_addend(kind) { content.number()? } else { 0 };
            Some(Relocation { kind, offset, symbol, addend, encoded: entry.get(..entry.len() - content.0.len())? })
        })
        .collect()
}

/// Returns the custom section `name` without the relocations in the given ranges of its section. Returns None if it cannot be read.
pub(crate) fn without(content: Cursor<'_>, name: &str, ranges: &[Range<usize>]) -> Option<Vec<u8>> {
    let mut section = Vec::new();
    bytes(&mut section, name.as_bytes());
    let mut target = content;
    number(&mut section, target.number()?);
    let mut kept = relocations(content)?;
    kept.retain(|relocation| !ranges.iter().any(|range| range.contains(&relocation.offset)));
    number(&mut section, kept.len());
    kept.iter().for_each(|relocation| section.extend(relocation.encoded));
    Some(section)
}

/// Returns the symbols in the order of their indices. Returns None if they cannot be read.
pub(crate) fn symbols(mut content: Cursor<'_>) -> Option<Vec<Symbol>> {
    let _version = content.number()?;
    while !content.0.is_empty() {
        let part = content.byte()?;
        let length = content.number()?;
        let mut part_of = Cursor(content.bytes(length)?);
        if part == SYMBOL_TABLE {
            return (0..part_of.number()?).map(|_| symbol(&mut part_of)).collect();
        }
    }
    None
}

fn symbol(content: &mut Cursor<'_>) -> Option<Symbol> {
    let kind = content.byte()?;
    let flags = content.number()?;
    let is_defined = flags & UNDEFINED == 0;
    if kind == DATA {
        content.text()?;
        return Some(match is_defined {
            true => Symbol::Data(DataPlace { segment: content.number()?, offset: content.number()?, size: content.number()? }),
            false => Symbol::Other,
        });
    }
    let index = content.number()?;
    if kind != SECTION && (is_defined || flags & EXPLICIT_NAME != 0) {
        content.text()?;
    }
    Some(if kind == FUNCTION { Symbol::Function(index) } else { Symbol::Other })
}

/// Returns true if relocations of this kind end with an addend: those of addresses in memory and of offsets in sections.
fn has_addend(kind: u8) -> bool {
    matches!(kind, 3..=5 | 8 | 9 | 11 | 14..=17 | 21..=23 | 25)
}
