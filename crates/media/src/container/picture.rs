//! The picture that is taken out of a file, and the read functions that all formats share. Refuses lengths beyond the end of the
//! file and dimensions that are too large to decode.

use image::ImageFormat;
use image::metadata::Orientation;

use crate::refused::Refused;

/// Maximum number of pixels that are decoded.
const MAX_PIXELS: u64 = 12_500_000;
/// Maximum length of either side in pixels, independent of the other side.
const MAX_SIDE: u32 = 20_000;

/// A file that holds one picture and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Format of the file.
    pub(crate) format: ImageFormat,
    /// Content of the file.
    pub(crate) bytes: Vec<u8>,
    /// Rotation or reflection that turns the picture upright, from its metadata.
    pub(crate) orientation: Option<Orientation>,
}

/// Refuses dimensions that are zero or too large to decode.
pub(super) fn check_dimensions(width: u32, height: u32) -> Result<(), Refused> {
    if width == 0 || height == 0 {
        return Err(Refused::Unreadable);
    }
    let is_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_large { Err(Refused::TooManyPixels) } else { Ok(()) }
}

/// Returns this number of bytes from a position; refuses a length beyond the end of the file.
pub(super) fn bytes_at(file: &[u8], at: usize, length: usize) -> Result<&[u8], Refused> {
    at.checked_add(length).and_then(|end| file.get(at..end)).ok_or(Refused::Unreadable)
}

/// Returns the array at a position; refuses a file that ends before its end.
pub(super) fn array_at<const N: usize>(file: &[u8], at: usize) -> Result<[u8; N], Refused> {
    bytes_at(file, at, N)?.try_into().map_err(|_| Refused::Unreadable)
}

/// Returns the orientation from an Exif block; None if it cannot be read, which is no reason to refuse the picture.
pub(super) fn orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}
