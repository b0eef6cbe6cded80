//! The label of a return: one page with who sends what to whom, and a code that the counter scans. Pure; called by the service.
//!
//! [`Slip`] is what stands on it; `svg`, `pdf` and `png` draw it, `code` makes the modules of the code.

mod code;
mod pdf;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use super::plain_text::{ends_line, is_hidden};

pub use code::rows;

/// What stands on a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// The return's own reference, such as the case's.
    pub reference: String,
    /// The number of the order.
    pub order_number: String,
    /// How it goes back, in words.
    pub method: String,
    /// The carrier's number of the parcel.
    pub tracking_number: Option<String>,
    /// Who sends it, line by line.
    pub from: Vec<String>,
    /// To whom, line by line.
    pub to: Vec<String>,
    /// Until when it has to be handed over, in words.
    pub hand_over_by: Option<String>,
    /// The text of the code.
    pub code: String,
}

/// How a label is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page of A6 to print.
    Pdf,
    /// The same page for a screen.
    Svg,
    /// The code alone, as a picture.
    Png,
}

impl Format {
    /// Every format, the one that is given to whoever takes anything first.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Svg, Self::Png];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }

    /// How its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Why a label was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// The text of the code is longer than a code can hold.
    CodeTooLong,
    /// The picture could not be written.
    Picture,
}

/// Draws the label.
pub fn draw(slip: &Slip, format: Format) -> Result<Vec<u8>, NotDrawn> {
    let rows = rows(&slip.code).ok_or(NotDrawn::CodeTooLong)?;
    match format {
        Format::Pdf => Ok(pdf::page(slip, &rows)),
        Format::Svg => Ok(svg::page(slip, &rows).into_bytes()),
        Format::Png => png::code(&rows).ok_or(NotDrawn::Picture),
    }
}

/// The page in points: A6 upright.
const WIDTH: u32 = 298;
const HEIGHT: u32 = 420;
/// White around everything.
const MARGIN: u32 = 20;
/// The side of the code, and where it begins from the top.
const CODE_SIDE: u32 = 150;
const CODE_TOP: u32 = 222;

/// A text on the page; `top` is where its baseline is, from the top.
struct Text<'a> {
    left: u32,
    top: u32,
    size: u32,
    bold: bool,
    text: std::borrow::Cow<'a, str>,
}

/// Lines of an address that are shown.
const ADDRESS_LINES: usize = 6;
/// Letters that fit into a line, times their size: on average a letter is little more than half as wide as it is high.
const LINE: u32 = 460;

/// Every text where it stands: the same on paper and on a screen.
fn texts(slip: &Slip) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let mut put = |left, top, size, bold, text: std::borrow::Cow<'_, str>| {
        texts.push(Text { left, top, size, bold, text: shortened(&text, fitting(size)).into() });
    };
    put(MARGIN, 34, 14, true, format!("Return {}", slip.reference).into());
    put(MARGIN, 50, 8, false, format!("Order {} · {}", slip.order_number, slip.method).into());
    put(MARGIN, 72, 7, false, "FROM".into());
    for (row, line) in (0..).zip(slip.from.iter().take(ADDRESS_LINES)) {
        put(MARGIN, 82 + row * 10, 8, false, line.as_str().into());
    }
    put(MARGIN, 148, 7, false, "TO".into());
    for (row, line) in (0..).zip(slip.to.iter().take(ADDRESS_LINES)) {
        put(MARGIN, 160 + row * 12, 10, true, line.as_str().into());
    }
    let beside = MARGIN + CODE_SIDE + 10;
    put(beside, CODE_TOP + 12, 7, false, "SHOW THIS CODE".into());
    put(beside, CODE_TOP + 22, 7, false, "AT THE COUNTER".into());
    if let Some(number) = &slip.tracking_number {
        put(beside, CODE_TOP + 44, 7, false, "PARCEL".into());
        put(beside, CODE_TOP + 54, 8, true, shortened(number, 20).into());
    }
    if let Some(by) = &slip.hand_over_by {
        put(beside, CODE_TOP + 76, 7, false, "HAND OVER BY".into());
        put(beside, CODE_TOP + 86, 8, true, shortened(by, 20).into());
    }
    texts
}

/// How many letters of this size fit into a line.
fn fitting(size: u32) -> usize {
    usize::try_from(LINE / size.max(1)).unwrap_or_default()
}

/// At most so many characters, none of which moves the pen.
fn shortened(text: &str, most: usize) -> String {
    let visible: Vec<char> = text.chars().filter(|c| !ends_line(*c) && !is_hidden(*c)).take(most + 1).collect();
    match visible.split_at_checked(most.saturating_sub(1)) {
        Some((kept, rest)) if rest.len() > 1 => kept.iter().chain(['…'].iter()).collect(),
        Some(_) | None => visible.into_iter().collect(),
    }
}
