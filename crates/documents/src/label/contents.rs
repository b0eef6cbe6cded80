//! Contents and file formats of a label.

/// Contents of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelContents {
    /// RMA number of the return: the reference of its case, or the id of the return.
    pub rma_number: String,
    /// Order number.
    pub order_number: String,
    /// Name of the return method.
    pub method: String,
    /// Tracking number of the carrier.
    pub tracking_number: Option<String>,
    /// Lines of the sender's address.
    pub from: Vec<String>,
    /// Lines of the recipient's address.
    pub to: Vec<String>,
    /// Last date on which the shopper can hand the parcel over, as text.
    pub hand_over_by: Option<String>,
    /// Text of the QR code.
    pub code: String,
}

/// File format of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A printable A6 page.
    Pdf,
    /// The A6 page for display on a screen.
    Svg,
    /// A picture of the QR code alone.
    Png,
}

impl Format {
    /// All formats; the first is the default.
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
