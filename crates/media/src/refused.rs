//! Reasons for refusing a photo. The backend answers with a problem (RFC 9457) for each.

/// Reason for refusing a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The content is not a JPEG, PNG or WebP file. File name and media type do not matter.
    Type,
    /// The file is a JPEG, PNG or WebP file, but damaged or coded in a way that is not accepted.
    Unreadable,
    /// The picture is too large to decode.
    TooManyPixels,
}
