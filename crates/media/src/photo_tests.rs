use std::io::Cursor;

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use crate::{Refused, clean};

/// Returns a picture that is red on the left and blue on the right.
pub(super) fn picture(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Returns a JPEG as a telephone writes it, with an Exif segment that contains this orientation and the location of the photo.
fn phone_photo(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    // The GPS directory contains a latitude reference and a text that the test searches for.
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS 51.5376N 0.1220W Pixel 9");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let plain = encoded(&picture(64, 32), ImageFormat::Jpeg);
    [&plain[..2], &[0xff, 0xe1], &length, &segment, &plain[2..]].concat()
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn is_red(pixel: Rgba<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

#[test]
fn a_photo_keeps_its_pixels_and_loses_where_it_was_taken() {
    let photo = phone_photo(1);
    assert!(contains(&photo, b"GPS 51.5376N") && contains(&photo, b"Exif"));
    let kept = clean(&photo).unwrap();
    for trace in [&b"Exif"[..], b"GPS", b"Pixel", b"51.5", &[0xff, 0xe1]] {
        assert!(!contains(&kept, trace), "{}", String::from_utf8_lossy(trace));
    }
    let kept = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap();
    assert_eq!(kept.dimensions(), (64, 32));
    assert!(is_red(kept.get_pixel(8, 16)) && !is_red(kept.get_pixel(56, 16)));
}

#[test]
fn a_photo_is_turned_upright_because_the_note_that_says_so_is_dropped() {
    // Orientation 6: the left side of the stored picture is the top of the scene.
    let kept = image::load_from_memory(&clean(&phone_photo(6)).unwrap()).unwrap();
    assert_eq!(kept.dimensions(), (32, 64));
    assert!(is_red(kept.get_pixel(16, 8)) && !is_red(kept.get_pixel(16, 56)));
}

#[test]
fn every_format_that_is_taken_is_kept_as_a_jpeg_of_a_bounded_size() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let kept = clean(&encoded(&picture(2_400, 600), format)).unwrap();
        assert!(kept.starts_with(&[0xff, 0xd8, 0xff]) && kept.ends_with(&[0xff, 0xd9]));
        assert_eq!(image::load_from_memory(&kept).unwrap().dimensions(), (2_000, 500), "{format:?}");
    }
}

#[test]
fn what_is_transparent_becomes_white() {
    let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])));
    let kept = image::load_from_memory(&clean(&encoded(&glass, ImageFormat::Png)).unwrap()).unwrap();
    assert!(kept.get_pixel(4, 4).0[0] > 250);
}

#[test]
fn what_hangs_behind_a_photo_is_cut_off_and_the_photo_is_kept() {
    let tails = [&b"PK\x03\x04 an archive"[..], b"<html><script>alert(1)</script>", b"%PDF-1.7", b"\0\0\0\x18ftypmp42", &[0; 9]];
    for tail in tails {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let alone = encoded(&picture(16, 16), format);
            let kept = clean(&[&alone, tail].concat()).unwrap();
            assert_eq!(Ok(&kept), clean(&alone).as_ref(), "{format:?} {}", String::from_utf8_lossy(tail));
            assert!(!contains(&kept, tail));
        }
    }
}

#[test]
fn a_small_file_that_unfolds_to_a_wall_is_refused_before_it_is_decoded() {
    for (width, height) in [(60_000, 60_000), (20_000, 20_000), (100_000, 1), (4_000, 3_200), (u32::MAX, u32::MAX)] {
        assert_eq!(clean(&bomb(width, height)), Err(Refused::TooManyPixels), "{width} by {height}");
    }
}

/// Returns a PNG of about a hundred bytes that claims these dimensions.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&picture(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&checksum);
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn other_types_are_refused_whatever_they_call_themselves() {
    for other in [
        &b""[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"%PDF-1.7\n1 0 obj",
        b"<!doctype html><title>x</title>",
        b"BM\x46\0\0\0",
        b"PK\x03\x04",
    ] {
        assert_eq!(clean(other), Err(Refused::Type), "{}", String::from_utf8_lossy(other));
    }
}

#[test]
fn a_header_alone_is_unreadable() {
    for broken in [&[0xff, 0xd8, 0xff][..], b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "] {
        assert_eq!(clean(broken), Err(Refused::Unreadable));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn no_broken_photo_makes_the_decoder_panic(
        format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]),
        cut in 0.0..1.0_f64,
        changes in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..24),
    ) {
        let mut bytes = encoded(&picture(48, 40), format);
        let place = |at: f64, length: usize| ((at * length as f64) as usize).min(length.saturating_sub(1));
        for (at, byte) in changes {
            let at = place(at, bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(place(cut, bytes.len()) + 1);
        if let Ok(kept) = clean(&bytes) {
            prop_assert!(image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).is_ok());
        }
    }

    #[test]
    fn no_bytes_behind_a_signature_make_the_decoder_panic(
        signature in prop::sample::select(vec![&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\x10\0\0WEBPVP8L", b""]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let _ = clean(&[signature, &rest].concat());
    }
}
