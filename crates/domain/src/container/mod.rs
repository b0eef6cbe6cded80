//! Extracts a picture from its file before any decoder reads it. Walks the container, compares every claimed length with the bytes that
//! exist, bounds the dimensions, and writes a file with the picture alone. Metadata, further pictures, films, and data after the picture
//! are left out. Pure; called by `evidence`, which decodes the result.
//!
//! `jpeg` walks segments, `png` and `webp` walk chunks.

mod jpeg;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use image::ImageFormat;
use image::metadata::Orientation;

use super::evidence::Refused;

/// Maximum number of pixels that are decoded.
const MAX_PIXELS: u64 = 12_500_000;
/// Maximum length of either side in pixels, independent of the other side.
const MAX_SIDE: u32 = 20_000;

/// A file that holds one picture and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Format of the file.
    pub(super) format: ImageFormat,
    /// Content of the file.
    pub(super) bytes: Vec<u8>,
    /// Rotation or reflection that turns the picture upright, from its metadata.
    pub(super) orientation: Option<Orientation>,
}

/// Returns the picture of a file. The format is detected from the first bytes, because a file name or header can be wrong.
pub(super) fn picture_of(file: &[u8]) -> Result<Picture, Refused> {
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

/// Refuses dimensions that are zero or too large to decode.
fn check_dimensions(width: u32, height: u32) -> Result<(), Refused> {
    if width == 0 || height == 0 {
        return Err(Refused::Unreadable);
    }
    let is_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_large { Err(Refused::TooManyPixels) } else { Ok(()) }
}

/// Returns this number of bytes from a position; refuses a length beyond the end of the file.
fn bytes_at(file: &[u8], at: usize, length: usize) -> Result<&[u8], Refused> {
    at.checked_add(length).and_then(|end| file.get(at..end)).ok_or(Refused::Unreadable)
}

/// Returns the array at a position; refuses a file that ends before its end.
fn array_at<const N: usize>(file: &[u8], at: usize) -> Result<[u8; N], Refused> {
    bytes_at(file, at, N)?.try_into().map_err(|_| Refused::Unreadable)
}

/// Returns the orientation from an Exif block; None if it cannot be read, which is no reason to refuse the picture.
fn orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}
