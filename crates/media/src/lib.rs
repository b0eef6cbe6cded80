//! Photos of shoppers: extracts the picture from its file and encodes it anew, so that nothing else of a file is kept. Pure.
//! Called by the backend in a process of its own for each photo.
//!
//! - `container`: reads JPEG, PNG and WebP files without a decoder · `photo`: decodes the result and encodes it as JPEG
//! - `refused`: reasons for refusing a photo

mod container;
mod photo;
mod refused;

#[cfg(test)]
mod photo_tests;

pub use photo::{MEDIA_TYPE, clean};
pub use refused::Refused;
