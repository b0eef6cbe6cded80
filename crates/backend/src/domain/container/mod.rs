//! Takes a picture out of its file before any decoder sees it: walks the container, compares every length that it claims with the bytes that
//! are there, bounds the dimensions, and writes a file that holds the picture alone. Metadata, further pictures and films, and whatever
//! stands behind the picture, are left out. Pure; called by `evidence`, which decodes what is returned.
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

/// Pixels that are decoded at most.
const MAX_PIXELS: u64 = 12_500_000;
/// No side is longer, however small the other one is.
const MAX_SIDE: u32 = 20_000;

/// A file that holds one picture and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// What the file is.
    pub(super) format: ImageFormat,
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How the picture has to be turned to stand upright, as its metadata said.
    pub(super) orientation: Option<Orientation>,
}

/// Returns the picture of a file; the type is told by the first bytes, because a name or a header proves nothing.
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

/// Rejects dimensions that are none or too large to decode.
fn check_dimensions(width: u32, height: u32) -> Result<(), Refused> {
    if width == 0 || height == 0 {
        return Err(Refused::Unreadable);
    }
    let is_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_large { Err(Refused::TooManyPixels) } else { Ok(()) }
}

/// Returns the so many bytes at a place; rejects a claim of more than the file holds.
fn bytes_at(file: &[u8], at: usize, length: usize) -> Result<&[u8], Refused> {
    at.checked_add(length).and_then(|end| file.get(at..end)).ok_or(Refused::Unreadable)
}

/// Returns the array at a place; rejects a file that ends before it.
fn array_at<const N: usize>(file: &[u8], at: usize) -> Result<[u8; N], Refused> {
    bytes_at(file, at, N)?.try_into().map_err(|_| Refused::Unreadable)
}

/// Returns the orientation that an Exif block names; one that cannot be read is no reason to refuse the picture.
fn orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}
