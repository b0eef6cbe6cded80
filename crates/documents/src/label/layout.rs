//! Layout of the label: every text with its position. The PDF and the SVG use the same layout.

use super::contents::LabelContents;
use crate::plain_text::{ends_line, is_hidden};

/// Size of the page in points: A6 in portrait format.
pub(super) const WIDTH: u32 = 298;
pub(super) const HEIGHT: u32 = 420;
/// Margin on all sides, in points.
pub(super) const MARGIN: u32 = 20;
/// Side length of the QR code, and its distance from the top of the page, in points.
pub(super) const CODE_SIDE: u32 = 150;
pub(super) const CODE_TOP: u32 = 222;

/// A text on the page. `top` is the distance of its baseline from the top of the page; all lengths are in points.
pub(super) struct Text<'a> {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) text: std::borrow::Cow<'a, str>,
}

/// Maximum number of address lines on the label.
const ADDRESS_LINES: usize = 6;
/// Number of letters that fit into a line, multiplied by the font size in points. An average letter is slightly wider than half
/// of the font size.
const LINE: u32 = 460;

/// Returns every text of the label with its position.
pub(super) fn texts(contents: &LabelContents) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let mut put = |left, top, size, bold, text: std::borrow::Cow<'_, str>| {
        texts.push(Text { left, top, size, bold, text: shortened(&text, fitting(size)).into() });
    };
    put(MARGIN, 34, 14, true, format!("Return {}", contents.rma_number).into());
    put(MARGIN, 50, 8, false, format!("Order {} · {}", contents.order_number, contents.method).into());
    put(MARGIN, 72, 7, false, "FROM".into());
    for (row, line) in (0..).zip(contents.from.iter().take(ADDRESS_LINES)) {
        put(MARGIN, 82 + row * 10, 8, false, line.as_str().into());
    }
    put(MARGIN, 148, 7, false, "TO".into());
    for (row, line) in (0..).zip(contents.to.iter().take(ADDRESS_LINES)) {
        put(MARGIN, 160 + row * 12, 10, true, line.as_str().into());
    }
    let beside = MARGIN + CODE_SIDE + 10;
    put(beside, CODE_TOP + 12, 7, false, "SHOW THIS CODE".into());
    put(beside, CODE_TOP + 22, 7, false, "AT THE COUNTER".into());
    if let Some(number) = &contents.tracking_number {
        put(beside, CODE_TOP + 44, 7, false, "PARCEL".into());
        put(beside, CODE_TOP + 54, 8, true, shortened(number, 20).into());
    }
    if let Some(by) = &contents.hand_over_by {
        put(beside, CODE_TOP + 76, 7, false, "HAND OVER BY".into());
        put(beside, CODE_TOP + 86, 8, true, shortened(by, 20).into());
    }
    texts
}

/// Returns the number of letters of this font size that fit into a line.
fn fitting(size: u32) -> usize {
    usize::try_from(LINE / size.max(1)).unwrap_or_default()
}

/// Removes hidden and line-ending characters, and cuts the text to at most `most` characters. A cut text ends with an ellipsis.
fn shortened(text: &str, most: usize) -> String {
    let visible: Vec<char> = text.chars().filter(|c| !ends_line(*c) && !is_hidden(*c)).take(most + 1).collect();
    match visible.split_at_checked(most.saturating_sub(1)) {
        Some((kept, rest)) if rest.len() > 1 => kept.iter().chain(['…'].iter()).collect(),
        Some(_) | None => visible.into_iter().collect(),
    }
}
