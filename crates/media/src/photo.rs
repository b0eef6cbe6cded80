//! Checks and re-encodes a photo before it is stored. The type is detected from the content, the size is limited before decoding,
//! and the stored file is created from the pixels alone. Pure.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::error::{ImageError, LimitErrorKind};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};

use crate::container::picture_of;
use crate::refused::Refused;

/// Media type of every stored photo.
pub const MEDIA_TYPE: &str = "image/jpeg";
/// Maximum number of bytes that a decoder may allocate: 12.5 megapixels at eight bytes per pixel, plus working memory.
const MAX_ALLOCATION: u64 = 160 * 1_024 * 1_024;
/// Maximum length of the longer side of a stored photo, in pixels.
const KEPT_SIDE: u32 = 2_000;
/// JPEG quality of a stored photo, on a scale to 100. At this quality, text on a parcel label stays readable.
const QUALITY: u8 = 82;

/// Returns the photo as it is stored: a JPEG, turned upright, without metadata. Only the picture reaches a decoder. Other data in
/// the file (a film, a gain map, an archive, a web page) is dropped.
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
    // Converts to three bytes per pixel first, because the later steps need several times the memory of the picture.
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

/// Returns the picture on a white background, because JPEG does not support transparency.
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
