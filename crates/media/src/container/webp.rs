//! Reads WebP files: one RIFF container with chunks (RFC 9649, section 2). Of an animation, only the first frame is kept. The
//! dimensions come from the coded picture, not from the header of the container.

use image::ImageFormat;

use super::picture::{Picture, array_at, bytes_at, check_dimensions, orientation};
use crate::refused::Refused;

/// Number of bytes before the data of a chunk: type and length.
const HEADER: usize = 8;
/// Number of bytes before the chunks of an animation frame: position, size, duration and flags.
const FRAME_HEADER: usize = 16;
/// Flag in the extended header for transparency.
const HAS_ALPHA: u8 = 0x10;

/// Returns the picture of a file: its coded pixels, and its transparency if the file codes it separately.
pub(super) fn picture(file: &[u8]) -> Result<Picture, Refused> {
    let container = bytes_at(file, HEADER, length_at(file, 4)?)?;
    let (mut coded, mut found_orientation) = (Coded::default(), None);
    for chunk in Chunks::of(container.get(4..).unwrap_or_default()) {
        let (kind, data) = chunk?;
        match &kind {
            b"ANMF" if coded.is_empty() => {
                for chunk in Chunks::of(data.get(FRAME_HEADER..).ok_or(Refused::Unreadable)?) {
                    coded.take(chunk?);
                }
            }
            b"EXIF" => found_orientation = found_orientation.or_else(|| orientation(data)),
            _ => coded.take((kind, data)),
        }
    }
    Ok(Picture { format: ImageFormat::WebP, bytes: coded.file()?, orientation: found_orientation })
}

/// Iterator over the chunks of a container, each with its type. A length beyond the end of the container gives an error and ends
/// the iteration.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    fn of(rest: &'a [u8]) -> Self {
        Self { rest }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<([u8; 4], &'a [u8]), Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        // Remaining bytes that are fewer than a chunk header are padding.
        let kind: [u8; 4] = self.rest.get(..HEADER)?.get(..4)?.try_into().ok()?;
        let data = length_at(self.rest, 4).and_then(|length| bytes_at(self.rest, HEADER, length));
        let Ok(data) = data else {
            self.rest = &[];
            return Some(Err(Refused::Unreadable));
        };
        // Chunks are padded to an even length.
        self.rest = self.rest.get(HEADER + data.len() + data.len() % 2..).unwrap_or_default();
        Some(Ok((kind, data)))
    }
}

fn length_at(bytes: &[u8], at: usize) -> Result<usize, Refused> {
    usize::try_from(u32::from_le_bytes(array_at(bytes, at)?)).map_err(|_| Refused::Unreadable)
}

/// Chunks that make up a still picture: the first chunk with pixels, and the last transparency chunk before it.
#[derive(Default)]
struct Coded<'a> {
    lossy: Option<&'a [u8]>,
    lossless: Option<&'a [u8]>,
    alpha: Option<&'a [u8]>,
}

impl<'a> Coded<'a> {
    fn is_empty(&self) -> bool {
        self.lossy.is_none() && self.lossless.is_none()
    }

    fn take(&mut self, (kind, data): ([u8; 4], &'a [u8])) {
        match &kind {
            b"VP8 " if self.is_empty() => self.lossy = Some(data),
            b"VP8L" if self.is_empty() => self.lossless = Some(data),
            b"ALPH" if self.is_empty() => self.alpha = Some(data),
            _ => {}
        }
    }

    /// Returns a WebP file with these chunks alone.
    fn file(&self) -> Result<Vec<u8>, Refused> {
        let mut body = b"WEBP".to_vec();
        match (self.lossy, self.lossless, self.alpha) {
            (Some(lossy), _, alpha) => {
                let (width, height) = lossy_dimensions(lossy)?;
                if let Some(alpha) = alpha {
                    let [w1, w2, w3, _] = width.saturating_sub(1).to_le_bytes();
                    let [h1, h2, h3, _] = height.saturating_sub(1).to_le_bytes();
                    push(&mut body, b"VP8X", &[HAS_ALPHA, 0, 0, 0, w1, w2, w3, h1, h2, h3])?;
                    push(&mut body, b"ALPH", alpha)?;
                }
                push(&mut body, b"VP8 ", lossy)?;
            }
            (None, Some(lossless), _) => {
                check_lossless(lossless)?;
                push(&mut body, b"VP8L", lossless)?;
            }
            (None, None, _) => return Err(Refused::Unreadable),
        }
        let mut file = Vec::with_capacity(body.len() + HEADER);
        push(&mut file, b"RIFF", &body)?;
        Ok(file)
    }
}

fn push(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<(), Refused> {
    let length = u32::try_from(data.len()).map_err(|_| Refused::Unreadable)?;
    file.extend(kind);
    file.extend(length.to_le_bytes());
    file.extend(data);
    file.extend(std::iter::repeat_n(0, data.len() % 2));
    Ok(())
}

/// Returns width and height of a lossy picture in pixels. Refuses a picture that is malformed or too large, or whose first
/// partition is longer than the data (RFC 6386, section 9.1).
fn lossy_dimensions(data: &[u8]) -> Result<(u32, u32), Refused> {
    let [t1, t2, t3, m1, m2, m3, w1, w2, h1, h2] = array_at(data, 0)?;
    let tag = u32::from_le_bytes([t1, t2, t3, 0]);
    let is_key_frame = tag & 1 == 0 && [m1, m2, m3] == [0x9d, 0x01, 0x2a];
    let partition = usize::try_from(tag >> 5).map_err(|_| Refused::Unreadable)?;
    if !is_key_frame || partition > data.len() - 10 {
        return Err(Refused::Unreadable);
    }
    // The upper two bits of each value are a scaling factor, which is ignored.
    let (width, height) = (u16::from_le_bytes([w1, w2]) & 0x3fff, u16::from_le_bytes([h1, h2]) & 0x3fff);
    check_dimensions(width.into(), height.into())?;
    Ok((width.into(), height.into()))
}

/// Refuses a lossless picture that is malformed or too large (RFC 9649, section 3.4).
fn check_lossless(data: &[u8]) -> Result<(), Refused> {
    let [signature, b1, b2, b3, b4] = array_at(data, 0)?;
    let header = u32::from_le_bytes([b1, b2, b3, b4]);
    if signature != 0x2f || header >> 29 != 0 {
        return Err(Refused::Unreadable);
    }
    check_dimensions((header & 0x3fff) + 1, ((header >> 14) & 0x3fff) + 1)
}
