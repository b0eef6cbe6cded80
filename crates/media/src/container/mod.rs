//! Extracts a picture from its file before any decoder reads the file. Reads the file part by part, compares every stated length
//! with the bytes that exist, limits the dimensions, and writes a file with the picture alone. Leaves out metadata, further
//! pictures, films, and data after the picture. Pure; called by `photo`, which decodes the result.
//!
//! `jpeg` reads segments, `png` and `webp` read chunks. `picture` has the result type and the shared read functions.

mod jpeg;
mod picture;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use crate::refused::Refused;

pub(crate) use picture::Picture;

/// Returns the picture of a file. Detects the format from the first bytes, because a file name or a media type can be wrong.
pub(crate) fn picture_of(file: &[u8]) -> Result<Picture, Refused> {
    if file.starts_with(&[0xff, 0xd8, 0xff]) {
        return jpeg::picture(file);
    }
    if file.starts_with(png::SIGNATURE) {
        return png::picture(file);
    }
    if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
        return webp::picture(file);
    }
    Err(Refused::Type)
}
