use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

use super::*;

fn shade(number: u32) -> u8 {
    u8::try_from(number % 256).unwrap()
}

fn length(data: &[u8]) -> u32 {
    u32::try_from(data.len()).unwrap()
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb([shade(x * 7), shade(y * 5), 90])));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn chunk(kind: &[u8; 4], claimed: u32, data: &[u8]) -> Vec<u8> {
    [&kind[..], &claimed.to_le_bytes(), data, &[0][..data.len() % 2]].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP".to_vec(), chunks.concat()].concat();
    chunk(b"RIFF", length(&body), &body)
}

fn fitting(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    chunk(kind, length(data), data)
}

/// Returns an extended WebP header with these flags and dimensions of sixteen by sixteen pixels.
fn extended(flags: u8) -> Vec<u8> {
    fitting(b"VP8X", &[flags, 0, 0, 0, 15, 0, 0, 15, 0, 0])
}

/// Returns the chunk of a coded WebP picture, without the container around it.
fn coded(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::WebP)[12..].to_vec()
}

fn png_chunk(kind: &[u8; 4], claimed: u32, data: &[u8]) -> Vec<u8> {
    [&claimed.to_be_bytes()[..], kind, data, &[0; 4]].concat()
}

/// Returns a PNG with these bytes between its header and its pixels.
fn png_with(between: &[u8]) -> Vec<u8> {
    let plain = encoded(16, 16, ImageFormat::Png);
    [&plain[..33], between, &plain[33..]].concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, content].concat()
}

fn jpeg_with(segments: &[u8]) -> Vec<u8> {
    let plain = encoded(16, 16, ImageFormat::Jpeg);
    [&plain[..2], segments, &plain[2..]].concat()
}

fn opened(file: &[u8]) -> DynamicImage {
    let picture = picture_of(file).unwrap();
    image::load_from_memory_with_format(&picture.bytes, picture.format).unwrap()
}

#[test]
fn a_chunk_that_claims_more_than_the_file_holds_is_refused_before_anything_is_allocated() {
    let huge = u32::MAX - 1;
    for kind in [b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"EXIF", b"XMP ", b"ANIM", b"ANMF", b"ABCD"] {
        let file = webp(&[extended(0xff), chunk(kind, huge, &[0; 4])]);
        assert!(file.len() <= 54, "as small as the file that ended a process");
        assert_eq!(picture_of(&file), Err(Refused::Unreadable), "{}", String::from_utf8_lossy(kind));
        // The length is also refused after a complete picture, because a decoder reads metadata before pixels.
        let file = webp(&[extended(0xff), coded(16, 16), chunk(kind, huge, &[0; 4])]);
        assert_eq!(picture_of(&file), Err(Refused::Unreadable), "{}", String::from_utf8_lossy(kind));
    }
    for kind in [b"iCCP", b"zTXt", b"iTXt", b"eXIf", b"IDAT", b"PLTE", b"abCd"] {
        for claimed in [huge, u32::MAX, 1 << 20] {
            let file = png_with(&png_chunk(kind, claimed, &[0; 4]));
            assert_eq!(picture_of(&file), Err(Refused::Unreadable), "{}", String::from_utf8_lossy(kind));
        }
    }
    for marker in [0xe0, 0xe1, 0xe2, 0xfe, 0xc4, 0xdb, 0xc0, 0xda] {
        let file = [&[0xff, 0xd8, 0xff, marker, 0xff, 0xff][..], &[0; 48]].concat();
        assert_eq!(picture_of(&file), Err(Refused::Unreadable), "{marker:x}");
    }
    // In the first file, the container claims more bytes than the file has. In the second file, the first partition of the
    // picture claims more bytes than the chunk has.
    let mut file = encoded(16, 16, ImageFormat::WebP);
    file.truncate(file.len() - 2);
    assert_eq!(picture_of(&file), Err(Refused::Unreadable));
    let lossy = [0xf0, 0xff, 0xff, 0x9d, 0x01, 0x2a, 16, 0, 16, 0, 0, 0];
    assert_eq!(picture_of(&webp(&[fitting(b"VP8 ", &lossy)])), Err(Refused::Unreadable));
}

#[test]
fn dimensions_are_read_where_the_pixels_are_and_bounded_in_every_format() {
    // The extended header says sixteen by sixteen, but the coded picture decides.
    let lossy = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0];
    assert_eq!(picture_of(&webp(&[extended(0), fitting(b"VP8 ", &lossy)])), Err(Refused::TooManyPixels));
    let lossless = [0x2f, 0xff, 0xff, 0xff, 0x0f, 0];
    assert_eq!(picture_of(&webp(&[extended(0), fitting(b"VP8L", &lossless)])), Err(Refused::TooManyPixels));
    let frame = [&[0; 16][..], &fitting(b"VP8L", &lossless)].concat();
    assert_eq!(picture_of(&webp(&[extended(2), fitting(b"ANMF", &frame)])), Err(Refused::TooManyPixels));
    let sizes = [(0xffff, 0xffff, Refused::TooManyPixels), (0, 16, Refused::Unreadable), (16, 0, Refused::Unreadable)];
    for (height, width, refused) in sizes {
        let size = [&[8][..], &u16::to_be_bytes(height), &u16::to_be_bytes(width), &[3]].concat();
        for frame in [0xc0, 0xc1, 0xc2] {
            assert_eq!(picture_of(&jpeg_with(&segment(frame, &size))), Err(refused), "{height} {width}");
        }
    }
    // A second frame, or a `DNL` segment, which states the height after the frame, could replace the checked dimensions.
    assert_eq!(picture_of(&jpeg_with(&segment(0xc0, &[8, 0, 16, 0, 16, 3]))), Err(Refused::Unreadable));
    assert_eq!(picture_of(&jpeg_with(&segment(0xdc, &[0, 16]))), Err(Refused::Unreadable));
}

#[test]
fn metadata_never_reaches_a_decoder() {
    let note = b"GPS 51.5376N 0.1220W".repeat(40);
    let mut files = vec![encoded(16, 16, ImageFormat::WebP)];
    files.push(webp(&[extended(0x2c), fitting(b"ICCP", &note), coded(16, 16), fitting(b"EXIF", &note), fitting(b"XMP ", &note)]));
    files.extend(
        [b"iCCP", b"zTXt", b"iTXt", b"tEXt", b"eXIf", b"acTL", b"fcTL", b"fdAT"]
            .map(|kind| png_with(&png_chunk(kind, length(&note), &note))),
    );
    files.extend((0xe0..=0xef).chain([0xfe]).map(|marker| jpeg_with(&segment(marker, &note))));
    for file in files {
        let picture = picture_of(&file).unwrap();
        assert!(!picture.bytes.windows(3).any(|window| window == b"GPS"), "{:?}", picture.format);
        assert_eq!(opened(&file).dimensions(), (16, 16));
    }
}

#[test]
fn of_an_animation_one_picture_is_kept() {
    let frame = |picture: Vec<u8>| fitting(b"ANMF", &[vec![0; 16], picture].concat());
    let moving = webp(&[extended(2), fitting(b"ANIM", &[0; 6]), frame(coded(16, 16)), frame(coded(8, 8))]);
    assert_eq!(opened(&moving).dimensions(), (16, 16));
    let png = png_with(&[png_chunk(b"acTL", 8, &[0; 8]), png_chunk(b"fcTL", 26, &[0; 26])].concat());
    assert_eq!(opened(&png).dimensions(), (16, 16));
}

#[test]
fn a_film_or_a_gain_map_behind_a_photo_is_not_looked_at() {
    let photo = encoded(16, 16, ImageFormat::Jpeg);
    let film = [&b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[..], &[0xff, 0xd8, 0xff, 0xc0, 0xff], &[7; 500]].concat();
    let gain_map = encoded(8, 8, ImageFormat::Jpeg);
    let directory = segment(0xe2, b"MPF\0MM\0*\0\0\0\x08\0\x03");
    for (name, behind) in [
        ("a film", film.clone()),
        ("a gain map", gain_map.clone()),
        ("several pictures and a film", [&gain_map[..], &[0; 64], &gain_map, &film].concat()),
        ("a maker's own notes", b"SEFH\x6b\0\0\0\x01\0\0\0\x18\0\0\0SEFT".to_vec()),
        ("an archive", b"PK\x03\x04 an archive".to_vec()),
        ("a page", b"<html><script>alert(1)</script>".to_vec()),
        ("a second photo that claims too much", vec![0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]),
    ] {
        let file = [&photo[..2], &directory, &photo[2..], &behind].concat();
        assert_eq!(picture_of(&file), picture_of(&photo), "{name}");
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let photo = encoded(16, 16, format);
            assert_eq!(picture_of(&[&photo[..], &behind].concat()), picture_of(&photo), "{name} {format:?}");
        }
    }
}

#[test]
fn a_picture_of_more_scans_or_tables_than_any_camera_writes_is_refused() {
    let plain = encoded(16, 16, ImageFormat::Jpeg);
    let scan = plain.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let (before, scan) = (&plain[..scan], &plain[scan..plain.len() - 2]);
    assert!(picture_of(&[before, &scan.repeat(10)].concat()).is_ok());
    assert_eq!(picture_of(&[before, &scan.repeat(101)].concat()), Err(Refused::Unreadable));
    assert_eq!(picture_of(&jpeg_with(&segment(0xc4, &[0; 17]).repeat(1_000))), Err(Refused::Unreadable));
    assert_eq!(picture_of(&jpeg_with(&segment(0xdd, &[0, 1]).repeat(1_000))), Err(Refused::Unreadable));
}

#[test]
fn the_orientation_is_read_in_every_format_and_only_that() {
    let tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let exif = [&b"Exif\0\0"[..], tiff].concat();
    for file in [
        jpeg_with(&segment(0xe1, &exif)),
        png_with(&png_chunk(b"eXIf", length(tiff), tiff)),
        webp(&[extended(8), coded(16, 16), fitting(b"EXIF", tiff)]),
        webp(&[extended(8), coded(16, 16), fitting(b"EXIF", &exif)]),
    ] {
        assert_eq!(picture_of(&file).unwrap().orientation, Some(Orientation::Rotate90));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_walk_fail_or_grow(
        format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        behind in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut file = encoded(24, 16, format);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if is_cut {
            file.truncate(cut.index(file.len()));
        }
        file.extend(behind);
        if let Ok(picture) = picture_of(&file) {
            prop_assert!(picture.bytes.len() <= file.len() + 64);
            prop_assert_eq!(picture_of(&picture.bytes).map(|again| again.bytes), Ok(picture.bytes));
        }
    }
}
