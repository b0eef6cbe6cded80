//! Where a picture ends in its file, told by its own structure: what comes behind is something else, however good the picture is.

use image::ImageFormat;

/// What stands behind the picture, apart from the zeros with which some cameras fill up; empty where the end cannot be told.
pub(super) fn behind(bytes: &[u8], format: ImageFormat) -> &[u8] {
    let end = if format == ImageFormat::Jpeg {
        jpeg(bytes)
    } else if format == ImageFormat::Png {
        png(bytes)
    } else {
        riff(bytes)
    };
    let rest = end.and_then(|end| bytes.get(end..)).unwrap_or_default();
    if rest.iter().all(|byte| *byte == 0) { &[] } else { rest }
}

/// Segments with their lengths, and coded data up to the next marker (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            0xd9 => return Some(at + 2),
            0x01 | 0xd0..=0xd8 => at += 2,
            marker => {
                at += 2 + usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                if marker == 0xda {
                    at += coded(bytes.get(at..)?)?;
                }
            }
        }
    }
}

/// The length of coded data: a marker ends it, but for stuffed bytes and restarts.
fn coded(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| matches!(pair, [0xff, next] if *next != 0 && !(0xd0..=0xd7).contains(next)))
}

/// Chunks with their lengths up to `IEND` (ISO/IEC 15948, clause 5).
fn png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        if bytes.get(at + 4..at + 8)? == b"IEND" {
            return Some(end);
        }
        at = end;
    }
}

/// One container that says its own length, filled up to an even one.
fn riff(bytes: &[u8]) -> Option<usize> {
    let length = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    length.checked_add(8)?.checked_add(length % 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_container_says_its_length() {
        assert_eq!(behind(b"RIFF\x04\0\0\0WEBPPK", ImageFormat::WebP), b"PK");
        assert_eq!(behind(b"RIFF\x04\0\0\0WEBP\0\0", ImageFormat::WebP), b"");
    }

    #[test]
    fn a_marker_within_a_segment_ends_nothing() {
        let picture = b"\xff\xd8\xff\xe1\0\x06\xff\xd9\xff\xd9\xff\xda\0\x02\x11\xff\0\xff\xd3\x22\xff\xd9";
        assert_eq!(behind(picture, ImageFormat::Jpeg), b"");
        assert_eq!(behind(&[&picture[..], b"<html>"].concat(), ImageFormat::Jpeg), b"<html>");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
                let rest = behind(&bytes, format);
                prop_assert!(bytes.ends_with(rest));
            }
        }
    }
}
