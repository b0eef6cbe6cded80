//! Writes the label as a PDF of one page. No library is needed, because a page of Helvetica text and rectangles has few objects.
//!
//! Every PDF reader provides Helvetica. Texts are in the WinAnsi encoding. A letter that the encoding lacks is replaced by its
//! base letter, or by a question mark.

use unicode_normalization::UnicodeNormalization as _;

use super::contents::LabelContents;
use super::layout::{CODE_SIDE, CODE_TOP, HEIGHT, MARGIN, WIDTH, texts};
use super::runs::runs;

pub(super) fn page(contents: &LabelContents, rows: &[String]) -> Vec<u8> {
    let content = content(contents, rows);
    let font = |name| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes();
    let mut title = b"<< /Title (".to_vec();
    title.extend(literal(&format!("Return {}", contents.rma_number)));
    title.extend(b") /Producer (Doorstep) >>");
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
        )
        .into_bytes(),
        [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), &content, b"\nendstream"].concat(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        title,
    ];
    assembled(&objects)
}

/// Returns the PDF file: the objects, the table of their offsets, and the trailer with the offset of the table.
fn assembled(objects: &[Vec<u8>]) -> Vec<u8> {
    // A PDF comment with non-ASCII bytes marks the file as binary for other programs.
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n").as_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (count, start) = (objects.len() + 1, file.len());
    let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R /Info {} 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len());
    file.extend(format!("xref\n0 {count}\n{table}{trailer}").as_bytes());
    file
}

fn content(contents: &LabelContents, rows: &[String]) -> Vec<u8> {
    let mut content = b"BT\n".to_vec();
    for text in texts(contents) {
        let font = if text.bold { "F2" } else { "F1" };
        // PDF coordinates start at the lower left corner of the page.
        let (left, up) = (text.left, HEIGHT.saturating_sub(text.top));
        content.extend(format!("/{font} {} Tf 1 0 0 1 {left} {up} Tm (", text.size).as_bytes());
        content.extend(literal(&text.text));
        content.extend(b") Tj\n");
    }
    content.extend(b"ET\nq\n");
    let side = f64::from(CODE_SIDE) / rows.len().max(1) as f64;
    let top = HEIGHT.saturating_sub(CODE_TOP);
    // From here on, one unit is one module of the QR code, and y grows downwards.
    content.extend(format!("{side:.4} 0 0 -{side:.4} {MARGIN} {top} cm\n").as_bytes());
    for (y, x, length) in runs(rows) {
        content.extend(format!("{x} {y} {length} 1 re\n").as_bytes());
    }
    content.extend(b"f\nQ");
    content
}

/// Returns the content of a PDF string for the text, with parentheses and backslashes escaped.
fn literal(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for byte in text.chars().flat_map(win_ansi) {
        if b"()\\".contains(&byte) {
            bytes.push(b'\\');
        }
        bytes.push(byte);
    }
    bytes
}

/// Returns the letter in WinAnsi, or the nearest letters that WinAnsi has. If there are none, returns nothing for a combining
/// mark, and a question mark for every other letter.
fn win_ansi(letter: char) -> Vec<u8> {
    if let Some(byte) = exactly(letter) {
        return vec![byte];
    }
    let plain: &[u8] = match letter {
        'Ł' => b"L",
        'ł' => b"l",
        'Đ' => b"D",
        'đ' => b"d",
        'ı' => b"i",
        'Ħ' => b"H",
        'ħ' => b"h",
        'ẞ' => b"SS",
        _ => b"",
    };
    if !plain.is_empty() {
        return plain.to_vec();
    }
    let parts: Vec<char> = letter.nfkd().collect();
    let bases: Vec<u8> = parts.iter().filter_map(|part| exactly(*part)).collect();
    match (bases.is_empty(), unicode_normalization::char::is_combining_mark(letter)) {
        (false, _) => bases,
        (true, true) => Vec::new(),
        (true, false) => b"?".to_vec(),
    }
}

/// Returns the byte of a letter in WinAnsi (Windows-1252), which consists of ASCII, Latin-1 and other letters from 0x80 to 0x9f.
/// Returns None if the encoding lacks the letter.
fn exactly(letter: char) -> Option<u8> {
    const BETWEEN: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match u8::try_from(u32::from(letter)) {
        Ok(byte @ (0x20..=0x7e | 0xa0..=0xff)) => Some(byte),
        Ok(_) => None,
        Err(_) => BETWEEN.iter().find(|(known, _)| *known == letter).map(|(_, byte)| *byte),
    }
}
