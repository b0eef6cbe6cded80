//! What a photo has to be before it is kept: its type is told by its content, its size is bounded before it is decoded, and what is
//! kept is written anew, so that nothing but the pixels survives. Pure; called by the service on a thread of its own.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::error::{ImageError, LimitErrorKind};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};

use super::container::picture_of;

/// The media type of everything that is kept.
pub const MEDIA_TYPE: &str = "image/jpeg";
/// Bytes that a decoder may ask for: twelve megapixels at eight bytes each, and some room to work.
const MAX_ALLOCATION: u64 = 160 * 1_024 * 1_024;
/// Pixels of the longest side of what is kept.
const KEPT_SIDE: u32 = 2_000;
/// Of what is kept, out of 100: letters on a label stay readable.
const QUALITY: u8 = 82;

/// Why a photo was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no JPEG, PNG or WebP, whatever it calls itself.
    Type,
    /// It is one, but broken.
    Unreadable,
    /// It would be too large to decode.
    TooManyPixels,
}

/// Returns the photo as it is kept: a JPEG, turned upright, without metadata. Only the picture itself reaches a decoder; what else is in the
/// file or hangs behind it (a film, a gain map, an archive, a page) is left out and never kept.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let picture = picture_of(bytes)?;
    let orientation = picture.orientation;
    let mut reader = ImageReader::with_format(Cursor::new(picture.bytes), picture.format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    if decoder.total_bytes() > MAX_ALLOCATION {
        return Err(Refused::TooManyPixels);
    }
    decoder.set_limits(limits).map_err(|error| refused(&error))?;
    // Three bytes a pixel from here on: whatever is done next needs a multiple of it.
    let flat = on_white(DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?);
    let mut picture = DynamicImage::ImageRgb8(flat);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.resize(KEPT_SIDE, KEPT_SIDE, FilterType::Triangle);
    }
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let mut kept = Vec::new();
    JpegEncoder::new_with_quality(&mut kept, QUALITY).encode_image(&picture).map_err(|error| refused(&error))?;
    Ok(kept)
}

fn refused(error: &ImageError) -> Refused {
    let ImageError::Limits(limit) = error else { return Refused::Unreadable };
    let too_large = matches!(limit.kind(), LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory);
    if too_large { Refused::TooManyPixels } else { Refused::Unreadable }
}

/// A JPEG knows no transparency: what is behind a picture is white, as on a screen.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.pixels().zip(flat.pixels_mut()) {
        let [red, green, blue, alpha] = from.0;
        let over = |value: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        to.0 = [over(red), over(green), over(blue)];
    }
    flat
}
