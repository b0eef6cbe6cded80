//! Reads JPEG files: segments with their lengths, and coded data up to the next marker (ITU-T T.81, annex B). The first picture
//! ends at its `EOI` marker. Data that telephones append (a film, a gain map, a smaller picture, notes of the manufacturer) is
//! ignored.

use image::ImageFormat;

use super::picture::{Picture, array_at, bytes_at, check_dimensions, orientation};
use crate::refused::Refused;

/// Maximum number of scans of one picture. A progressive picture of a camera or an optimiser has about ten scans. The decoder
/// goes through all pixels for each scan.
const MAX_SCANS: usize = 100;
/// Maximum number of table and restart segments of one picture. Limits the work of the decoder, which builds each table.
const MAX_TABLES: usize = 400;

const SOI: [u8; 2] = [0xff, 0xd8];
const EOI: [u8; 2] = [0xff, 0xd9];

/// Returns the first picture of a file: frame, tables, scans and the `Adobe` segment, without other application data and
/// comments.
pub(super) fn picture(file: &[u8]) -> Result<Picture, Refused> {
    let mut walk = Walk { kept: SOI.to_vec(), orientation: None, frames: 0, scans: 0, tables: 0 };
    let mut at = SOI.len();
    while let Some((marker, after_marker)) = next_marker(file, at) {
        match marker {
            0xd9 if walk.scans > 0 => break,
            0xd9 => return Err(Refused::Unreadable),
            // These markers stand alone, without a segment.
            0x01 | 0xd0..=0xd8 => at = after_marker,
            _ => {
                let length = usize::from(u16::from_be_bytes(array_at(file, after_marker)?));
                let segment = bytes_at(file, after_marker, length)?;
                let content = segment.get(2..).ok_or(Refused::Unreadable)?;
                at = after_marker + length;
                if walk.take(marker, content)? {
                    walk.keep(marker, segment);
                }
                if marker == 0xda {
                    let coded = file.get(at..).map_or(&[][..], coded);
                    walk.kept.extend(coded);
                    at += coded.len();
                }
            }
        }
    }
    if walk.scans == 0 {
        return Err(Refused::Unreadable);
    }
    walk.kept.extend(EOI);
    Ok(Picture { format: ImageFormat::Jpeg, bytes: walk.kept, orientation: walk.orientation })
}

/// State of reading the segments one by one.
struct Walk {
    kept: Vec<u8>,
    orientation: Option<image::metadata::Orientation>,
    frames: usize,
    scans: usize,
    tables: usize,
}

impl Walk {
    /// Reads a segment. Returns true if the decoder needs the segment.
    fn take(&mut self, marker: u8, content: &[u8]) -> Result<bool, Refused> {
        match marker {
            // Baseline, extended and progressive frames.
            0xc0..=0xc2 => {
                let [_precision, h1, h2, w1, w2] = array_at(content, 0)?;
                check_dimensions(u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into())?;
                self.frames += 1;
                // A second frame could have other dimensions than the checked ones.
                if self.frames > 1 { Err(Refused::Unreadable) } else { Ok(true) }
            }
            // Lossless, hierarchical and arithmetic coding are refused, because no camera writes them. `DNL` is refused, because
            // it states the height only after the frame.
            0xc3 | 0xc5..=0xcf | 0xdc | 0xde | 0xdf => Err(Refused::Unreadable),
            // Huffman and quantization tables, restart intervals.
            0xc4 | 0xdb | 0xdd => {
                self.tables += 1;
                if self.tables > MAX_TABLES { Err(Refused::Unreadable) } else { Ok(true) }
            }
            0xda => {
                self.scans += 1;
                if self.scans > MAX_SCANS || self.frames == 0 { Err(Refused::Unreadable) } else { Ok(true) }
            }
            0xe1 => {
                if self.orientation.is_none() && content.starts_with(b"Exif\0\0") {
                    self.orientation = orientation(content);
                }
                Ok(false)
            }
            // The `Adobe` segment states the colour space of the picture.
            0xee => Ok(content.starts_with(b"Adobe")),
            _ => Ok(false),
        }
    }

    fn keep(&mut self, marker: u8, segment: &[u8]) {
        self.kept.extend([0xff, marker]);
        self.kept.extend(segment);
    }
}

/// Returns the next marker from a position on, and the position after the marker. Skips fill bytes and stray bytes before the
/// marker. Returns None if no marker follows.
fn next_marker(file: &[u8], from: usize) -> Option<(u8, usize)> {
    let rest = file.get(from..)?;
    let found = rest.windows(2).position(|pair| matches!(pair, [0xff, marker] if *marker != 0 && *marker != 0xff))?;
    Some((*rest.get(found + 1)?, from + found + 2))
}

/// Returns the coded data at the beginning of `rest`. The data ends at the next marker other than a restart marker. A stuffed
/// zero byte after 0xff belongs to the data.
fn coded(rest: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| matches!(pair, [0xff, next] if *next != 0 && !(0xd0..=0xd7).contains(next));
    match rest.windows(2).position(ends) {
        Some(end) => rest.get(..end).unwrap_or(rest),
        // The file is cut off. A 0xff at its end may be half a marker and is dropped.
        None => rest.iter().rposition(|byte| *byte != 0xff).and_then(|last| rest.get(..=last)).unwrap_or_default(),
    }
}
