//! Draws the label of a return: one page with sender, recipient and a QR code that the carrier's counter scans. Pure; called by
//! the service.
//!
//! `return_label` creates the [`LabelContents`] of a return; `svg`, `pdf` and `png` draw them.

pub mod contents;
mod layout;
mod pdf;
mod png;
mod return_label;
mod runs;
mod svg;
#[cfg(test)]
mod tests;

use doorstep_domain::self_service::returns::qr_code::rows;

pub use self::contents::{Format, LabelContents};
pub use self::return_label::label_contents;

/// Reason why a label was not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawn {
    /// The text is too long for a QR code.
    CodeTooLong,
    /// The PNG picture could not be encoded.
    Picture,
}

/// Draws the label. Returns the bytes of a file in this format.
pub fn draw(contents: &LabelContents, format: Format) -> Result<Vec<u8>, NotDrawn> {
    let rows = rows(&contents.code).ok_or(NotDrawn::CodeTooLong)?;
    match format {
        Format::Pdf => Ok(pdf::page(contents, &rows)),
        Format::Svg => Ok(svg::page(contents, &rows).into_bytes()),
        Format::Png => png::code(&rows).ok_or(NotDrawn::Picture),
    }
}
