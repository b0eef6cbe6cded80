//! The picture that is extracted from a file, and the read functions of all formats. These functions refuse lengths beyond the
//! end of the file, and dimensions that are too large to decode.

use image::ImageFormat;
use image::metadata::Orientation;

use crate::refused::Refused;

/// Maximum number of pixels of a picture.
const MAX_PIXELS: u64 = 12_500_000;
/// Maximum length of either side in pixels, independent of the other side.
const MAX_SIDE: u32 = 20_000;

/// A file that contains one picture and no other data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Format of the file.
    pub(crate) format: ImageFormat,
    /// Content of the file.
    pub(crate) bytes: Vec<u8>,
    /// Rotation or reflection that turns the picture upright, read from the metadata of the original file.
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

/// Returns `length` bytes from the position `at`. Refuses a length beyond the end of the file.
pub(super) fn bytes_at(file: &[u8], at: usize, length: usize) -> Result<&[u8], Refused> {
    at.checked_add(length).and_then(|end| file.get(at..end)).ok_or(Refused::Unreadable)
}

/// Returns the `N` bytes from the position `at`. Refuses a file that has fewer bytes.
pub(super) fn array_at<const N: usize>(file: &[u8], at: usize) -> Result<[u8; N], Refused> {
    bytes_at(file, at, N)?.try_into().map_err(|_| Refused::Unreadable)
}

/// Returns the orientation from an Exif block. Returns None if the block has no readable orientation. The picture is accepted
/// nevertheless.
pub(super) fn orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}
