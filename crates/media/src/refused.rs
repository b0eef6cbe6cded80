//! Reasons for refusing a photo. The backend maps them to problems.

/// Reason for refusing a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The content is not a JPEG, PNG or WebP, whatever its name or media type.
    Type,
    /// The file is of a known type but broken.
    Unreadable,
    /// The picture is too large to decode.
    TooManyPixels,
}
