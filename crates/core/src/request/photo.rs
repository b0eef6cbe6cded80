//! Photos of one dialog: how far each is, and what an answer to it means.

use super::Answer;
use super::block::quoted;
use crate::phrase::{Phrase, request_keys as keys};
use crate::wire::{Evidence, Lenient};

/// The photos that may go along with one request, where the order does not say.
pub(super) const PHOTOS: u32 = 5;
/// The bytes that a photo may have: small enough for a telephone's connection, large enough to see a crack.
pub(super) const PHOTO_BYTES: u64 = 500_000;

/// The bytes that a photo may have which cannot be made small on the device, where the order does not say: what backends take by default.
pub(super) const ORIGINAL_BYTES: u64 = 8_000_000;

/// A photo that was picked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Photo {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) state: PhotoState,
}

/// How far a photo is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PhotoState {
    /// Not sent yet.
    Waiting,
    /// On its way.
    Sending,
    /// Taken in under this identity.
    Sent(String),
    /// It did not work.
    Failed(Phrase),
}

/// What an answer to a photo means for it.
pub(super) fn photo_state(answer: &Answer) -> PhotoState {
    let Ok(response) = answer else { return PhotoState::Failed(keys::PHOTO_LOST.into()) };
    let body = response.body.as_deref();
    match response.status {
        200 | 201 => match body.and_then(Evidence::read).filter(|evidence| !evidence.id.is_empty()) {
            Some(evidence) => PhotoState::Sent(evidence.id),
            None => PhotoState::Failed(keys::PHOTO_LOST.into()),
        },
        413 => PhotoState::Failed(keys::PHOTO_TOO_LARGE.into()),
        status => {
            let detail = body.and_then(|problem| problem.get("detail")).and_then(crate::wire::Value::as_str);
            let words = detail.filter(|_| (400..500).contains(&status)).map(quoted);
            PhotoState::Failed(words.unwrap_or_else(|| keys::PHOTO_LOST.into()))
        }
    }
}
