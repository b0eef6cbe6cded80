//! Reads PNG files: chunks with their lengths up to `IEND` (ISO/IEC 15948, clause 5). Of an animation (APNG), only the default
//! picture is kept. Compressed texts and colour profiles are dropped without being decompressed.

use image::ImageFormat;

use super::picture::{Picture, array_at, bytes_at, check_dimensions, orientation};
use crate::refused::Refused;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The empty `IEND` chunk with its checksum, which ends every file.
const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";
/// Number of bytes of a chunk in addition to its data: length and type before the data, checksum after the data.
const CHUNK_OVERHEAD: usize = 12;

/// Returns the picture of a file: the chunks with header, palette, transparency and pixels.
pub(super) fn picture(file: &[u8]) -> Result<Picture, Refused> {
    let (mut kept, mut found_orientation, mut has_pixels) = (SIGNATURE.to_vec(), None, false);
    let mut at = SIGNATURE.len();
    while at < file.len() {
        let length = usize::try_from(u32::from_be_bytes(array_at(file, at)?)).map_err(|_| Refused::Unreadable)?;
        let chunk = bytes_at(file, at, length.checked_add(CHUNK_OVERHEAD).ok_or(Refused::Unreadable)?)?;
        let kind: [u8; 4] = array_at(chunk, 4)?;
        let data = bytes_at(chunk, 8, length)?;
        let is_first = at == SIGNATURE.len();
        if is_first != (&kind == b"IHDR") {
            return Err(Refused::Unreadable);
        }
        match &kind {
            b"IHDR" => {
                check_dimensions(u32::from_be_bytes(array_at(data, 0)?), u32::from_be_bytes(array_at(data, 4)?))?;
                kept.extend(chunk);
            }
            b"PLTE" | b"tRNS" => kept.extend(chunk),
            b"IDAT" => {
                has_pixels = true;
                kept.extend(chunk);
            }
            b"eXIf" => found_orientation = found_orientation.or_else(|| orientation(data)),
            b"IEND" => break,
            _ => {}
        }
        at += chunk.len();
    }
    if !has_pixels {
        return Err(Refused::Unreadable);
    }
    kept.extend(END);
    Ok(Picture { format: ImageFormat::Png, bytes: kept, orientation: found_orientation })
}
