//! The encoding of WebAssembly modules, as far as the build rewrites them. Called by `imports.rs` and `table.rs`.

/// Length of the magic number and the version before the sections.
const HEADER: usize = 8;

/// Returns the sections of a module with their kinds; None when it cannot be read.
pub(crate) fn sections(wasm: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let (_, content) = wasm.split_at_checked(HEADER)?;
    let mut rest = Cursor(content);
    let mut sections = Vec::new();
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let length = rest.number()?;
        sections.push((kind, rest.bytes(length)?));
    }
    Some(sections)
}

/// Returns the module with every section of one kind rewritten; None when it cannot be read.
pub(crate) fn with_section(wasm: &[u8], kind: u8, rewrite: &mut dyn FnMut(Cursor<'_>) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut out = wasm.get(..HEADER)?.to_vec();
    for (id, section) in sections(wasm)? {
        out.push(id);
        let section = if id == kind { rewrite(Cursor(section))? } else { section.to_vec() };
        bytes(&mut out, &section);
    }
    Some(out)
}

/// A position in a WebAssembly module, from which its encoding is read.
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

    /// Reads bytes of a given length.
    pub(crate) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Reads a text, preceded by its length.
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }
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
