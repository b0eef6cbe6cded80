//! Draws the QR code alone as a PNG picture, for telephones and for shops that print their own labels.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

/// Side length of a module in pixels, and width of the quiet zone in modules. Scanners need a quiet zone of four modules.
const SCALE: u32 = 8;
const QUIET: u32 = 4;

pub(super) fn code(rows: &[String]) -> Option<Vec<u8>> {
    let side = (u32::try_from(rows.len()).ok()? + 2 * QUIET) * SCALE;
    let is_dark = |x: u32, y: u32| {
        let (x, y) = ((x / SCALE).checked_sub(QUIET)?, (y / SCALE).checked_sub(QUIET)?);
        let row = rows.get(usize::try_from(y).ok()?)?.as_bytes();
        Some(row.get(usize::try_from(x).ok()?)? == &b'1')
    };
    let picture = GrayImage::from_fn(side, side, |x, y| Luma([if is_dark(x, y) == Some(true) { 0 } else { 255 }]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}
