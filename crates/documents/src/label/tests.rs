use doorstep_domain::self_service::returns::qr_code::rows;
use proptest::prelude::*;

use super::{Format, LabelContents, draw};

fn contents() -> LabelContents {
    LabelContents {
        rma_number: "DS-7K2M4".to_owned(),
        order_number: "1042".to_owned(),
        method: "Parcel shop".to_owned(),
        tracking_number: Some("RT4F2A90C1D3".to_owned()),
        from: vec!["12 M… Street".to_owned(), "Łódź (\\) <b>&\"".to_owned()],
        to: vec!["Return centre".to_owned(), "Unit 4, Dock Road".to_owned(), "London E16 2AA".to_owned()],
        hand_over_by: Some("4 December 2026".to_owned()),
        code: "https://returns.example/RT4F2A90C1D3".to_owned(),
    }
}

/// Returns the text that a QR reader decodes from the picture.
fn read(png: &[u8]) -> String {
    let picture = image::load_from_memory(png).unwrap().into_luma8();
    let (width, height) = picture.dimensions();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    prepared.detect_grids()[0].decode().unwrap().1
}

fn grid(rows: &[String]) -> String {
    let dark = |x: usize, y: usize| rows[y].as_bytes()[x] == b'1';
    let grid = rqrr::SimpleGrid::from_func(rows.len(), dark);
    rqrr::Grid::new(grid).decode().unwrap().1
}

#[test]
fn a_reader_gets_the_text_back_from_the_rows_and_from_the_picture() {
    for text in ["DS-7K2M4", "https://returns.example/RT4F2A90C1D3", "RT4F2A90C1D3|ord_5f3c|größe", "1"] {
        let rows = rows(text).unwrap();
        assert!(rows.iter().all(|row| row.len() == rows.len()));
        assert_eq!(grid(&rows), text);
        assert_eq!(read(&draw(&LabelContents { code: text.to_owned(), ..contents() }, Format::Png).unwrap()), text);
    }
    assert_eq!(rows(&"x".repeat(5_000)), None);
}

/// Returns the number that follows the last occurrence of this word in the file.
fn number_after(pdf: &[u8], word: &[u8]) -> usize {
    let at = pdf.windows(word.len()).rposition(|window| window == word).unwrap() + word.len();
    let digits: String = pdf[at..].iter().map(|byte| *byte as char).skip_while(|c| c.is_whitespace()).collect();
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[test]
fn a_pdf_has_every_object_where_its_table_says() {
    let pdf = draw(&contents(), Format::Pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.4\n") && pdf.ends_with(b"%%EOF\n"));
    let table = number_after(&pdf, b"startxref");
    let lines: Vec<&[u8]> = pdf[table..].split(|byte| *byte == b'\n').collect();
    assert_eq!((lines[0], lines[1]), (&b"xref"[..], &b"0 8"[..]));
    for number in 1..8 {
        let entry = lines[2 + number];
        assert_eq!(entry.len(), 19, "each entry has twenty bytes with its end");
        let offset: usize = std::str::from_utf8(&entry[..10]).unwrap().parse().unwrap();
        assert!(pdf[offset..].starts_with(format!("{number} 0 obj\n").as_bytes()), "{number}");
    }
    let stream = pdf.windows(7).position(|window| window == b"stream\n").unwrap() + 7;
    let length = number_after(&pdf[..stream], b"/Length");
    assert!(pdf[stream + length..].starts_with(b"\nendstream"));
    let has = |words: &[u8]| pdf.windows(words.len()).any(|window| window == words);
    assert!(has(b"(Return DS-7K2M4)") && has(b"(L\xf3dz \\(\\\\\\) <b>&\")") && has(b"(12 M\x85 Street)"));
}

#[test]
fn an_svg_holds_texts_as_texts_and_nothing_from_elsewhere() {
    let svg = String::from_utf8(draw(&contents(), Format::Svg).unwrap()).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("Łódź (\\) &lt;b&gt;&amp;&quot;") && svg.contains("London E16 2AA") && svg.contains("4 December 2026"));
    for forbidden in ["<script", "href", "url(", "<image", "<b>"] {
        assert!(!svg.contains(forbidden), "{forbidden}");
    }
}

proptest! {
    #[test]
    fn any_words_can_stand_on_a_label(
        reference in any::<String>(),
        from in prop::collection::vec(any::<String>(), 0..9),
        code in "\\PC{0,300}",
    ) {
        let contents = LabelContents { rma_number: reference, to: from.clone(), from, code, ..contents() };
        let pdf = draw(&contents, Format::Pdf).unwrap();
        prop_assert!(pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF\n"));
        let svg = String::from_utf8(draw(&contents, Format::Svg).unwrap()).unwrap();
        prop_assert_eq!(svg.matches('<').count(), svg.matches('>').count());
        prop_assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
    }
}
