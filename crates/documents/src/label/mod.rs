//! Draws the label of a return: one page with sender, recipient and a code that the counter scans. Pure; called by the service.
//!
//! [`Slip`] holds the contents; `svg`, `pdf` and `png` draw them, and `return_label` makes the contents from a return.

mod pdf;
mod png;
mod return_label;
mod runs;
mod svg;
#[cfg(test)]
mod tests;

use doorstep_domain::self_service::returns::qr_code::rows;

use crate::plain_text::{ends_line, is_hidden};

pub use return_label::slip;

/// Contents of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// Reference of the return, such as the reference of its case.
    pub reference: String,
    /// Order number.
    pub order_number: String,
    /// Return method, as text.
    pub method: String,
    /// Tracking number of the carrier.
    pub tracking_number: Option<String>,
    /// Lines of the sender's address.
    pub from: Vec<String>,
    /// Lines of the recipient's address.
    pub to: Vec<String>,
    /// Last date for handing the parcel over, as text.
    pub hand_over_by: Option<String>,
    /// Text of the QR code.
    pub code: String,
}

/// File format of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A printable page of A6.
    Pdf,
    /// The A6 page for a screen.
    Svg,
    /// The QR code alone, as a picture.
    Png,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Svg, Self::Png];

    /// Returns the media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }

    /// Returns the file name extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Reason why a label was not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// The text is too long for a QR code.
    CodeTooLong,
    /// The picture could not be encoded.
    Picture,
}

/// Returns the label as the bytes of a file in this format.
pub fn draw(slip: &Slip, format: Format) -> Result<Vec<u8>, NotDrawn> {
    let rows = rows(&slip.code).ok_or(NotDrawn::CodeTooLong)?;
    match format {
        Format::Pdf => Ok(pdf::page(slip, &rows)),
        Format::Svg => Ok(svg::page(slip, &rows).into_bytes()),
        Format::Png => png::code(&rows).ok_or(NotDrawn::Picture),
    }
}

/// Size of the page in points: A6 upright.
const WIDTH: u32 = 298;
const HEIGHT: u32 = 420;
/// Margin on all sides, in points.
const MARGIN: u32 = 20;
/// Side of the code and its distance from the top of the page, in points.
const CODE_SIDE: u32 = 150;
const CODE_TOP: u32 = 222;

/// A text on the page. `top` is the distance of its baseline from the top of the page.
struct Text<'a> {
    left: u32,
    top: u32,
    size: u32,
    bold: bool,
    text: std::borrow::Cow<'a, str>,
}

/// Maximum lines of an address on the label.
const ADDRESS_LINES: usize = 6;
/// Number of letters that fit into a line, multiplied by the font size. An average letter is little more than half as wide as it is high.
const LINE: u32 = 460;

/// Returns every text with its position. Paper and screen use one layout.
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

/// Returns the number of letters of this size that fit into a line.
fn fitting(size: u32) -> usize {
    usize::try_from(LINE / size.max(1)).unwrap_or_default()
}

/// Returns the text with at most this many characters, an ellipsis at the end if it was cut, and no hidden or line-ending characters.
fn shortened(text: &str, most: usize) -> String {
    let visible: Vec<char> = text.chars().filter(|c| !ends_line(*c) && !is_hidden(*c)).take(most + 1).collect();
    match visible.split_at_checked(most.saturating_sub(1)) {
        Some((kept, rest)) if rest.len() > 1 => kept.iter().chain(['…'].iter()).collect(),
        Some(_) | None => visible.into_iter().collect(),
    }
}
