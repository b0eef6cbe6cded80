//! Cleans photos of shoppers: extracts the picture from its file and encodes it again, so that no other data of the file is kept.
//! Pure. The service calls this crate. If a child process is configured for photos, each photo is cleaned in a process of its
//! own.
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
