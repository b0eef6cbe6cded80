//! Reads and writes the binary format of WebAssembly, as far as the build needs it.

/// Id of a custom section.
pub(crate) const CUSTOM: u8 = 0;
/// Id of the section of imports.
pub(crate) const IMPORTS: u8 = 2;
/// Id of the section of exports.
pub(crate) const EXPORTS: u8 = 7;
/// Id of the section with the code of the functions.
pub(crate) const CODE: u8 = 10;
/// Id of the section with the data.
pub(crate) const DATA: u8 = 11;
/// Id of the part of the name section that has the names of the functions.
pub(crate) const FUNCTION_NAMES: u8 = 1;

/// Returns the sections of a module with their ids, in their order. If the module cannot be read, returns None.
pub(crate) fn sections(wasm: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let (_header, sections) = wasm.split_at_checked(8)?;
    let mut rest = Cursor(sections);
    let mut found = Vec::new();
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let length = rest.number()?;
        found.push((id, rest.bytes(length)?));
    }
    Some(found)
}

/// A position in a WebAssembly module, from which its encoding is read.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

impl<'a> Cursor<'a> {
    /// Reads one byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Reads an unsigned LEB128 number.
    pub(crate) fn number(&mut self) -> Option<usize> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Reads the given number of bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Reads a text, which is preceded by its length.
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }
}

/// Returns the number of functions among the imports, which have the first indices.
pub(crate) fn imported_functions(mut section: Cursor<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                functions += 1;
                section.number()?;
            }
            1 => {
                section.byte()?;
                limits(&mut section)?;
            }
            2 => limits(&mut section)?,
            _ => {
                section.bytes(2)?;
            }
        }
    }
    Some(functions)
}

/// Reads the limits of a table or a memory: flags, a minimum, and a maximum if the lowest flag is set.
fn limits(section: &mut Cursor<'_>) -> Option<()> {
    let flags = section.number()?;
    section.number()?;
    if flags & 1 == 1 {
        section.number()?;
    }
    Some(())
}

/// Writes an unsigned LEB128 number.
pub(crate) fn number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        out.push(if value == 0 { low } else { low | 0x80 });
        if value == 0 {
            return;
        }
    }
}

/// Writes bytes, preceded by their length.
pub(crate) fn bytes(out: &mut Vec<u8>, content: &[u8]) {
    number(out, content.len());
    out.extend(content);
}
