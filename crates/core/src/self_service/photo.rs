//! Photos of one dialog: their upload states, and the interpretation of responses to uploads.

use super::block::quoted;
use super::interface::Answer;
use crate::message::{Message, request_keys as keys};
use doorstep_contract::{Evidence, Lenient};

/// Largest number of photos in one self-service request, if the order states no limit.
pub(super) const PHOTOS: u32 = 5;
/// Largest size of a reduced photo in bytes: small enough for a mobile connection, large enough to show a crack.
pub(super) const PHOTO_BYTES: u64 = 500_000;

/// Largest size in bytes of a photo that cannot be reduced on the device, if the order states no limit. Backends accept this size
/// by default.
pub(super) const ORIGINAL_BYTES: u64 = 8_000_000;

/// One photo that the shopper picked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Photo {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) state: PhotoState,
}

/// Upload state of a photo.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PhotoState {
    /// The upload has not started.
    Waiting,
    /// The upload is under way.
    Sending,
    /// The backend accepted the photo under this id.
    Sent(String),
    /// The upload failed for this reason.
    Failed(Message),
}

/// Returns the state of a photo after the response to its upload.
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
            let detail = body.and_then(|problem| problem.get("detail")).and_then(doorstep_contract::Value::as_str);
            let reason = detail.filter(|_| (400..500).contains(&status)).map(quoted);
            PhotoState::Failed(reason.unwrap_or_else(|| keys::PHOTO_LOST.into()))
        }
    }
}
