//! Contact with a person: links and a message, further messages to a case, and the rating of a case.

use super::about::{About, support_channels};
use crate::message::{Key, request_keys as keys};
use crate::self_service::block::FieldKind;
use crate::self_service::form::Form;
use doorstep_contract::Need;

/// Adds the contact links, and the fields for a message, an e-mail address or telephone number, and photos.
pub(super) fn contact(form: &mut Form<'_>, about: &About<'_>) {
    form.step("message");
    support_channels(form, about.context);
    form.field("note", FieldKind::Area, keys::CONTACT_NOTE, Some(keys::CONTACT_HINT), true);
    form.field("contact", FieldKind::Contact, keys::CONTACT_REACH, Some(keys::CONTACT_REACH_HINT), about.needs(Need::Contact));
    form.photos(keys::PHOTOS_ANY, about.needs(Need::Photo));
}

/// Adds the fields for a message to a case, with photos.
pub(super) fn reply(form: &mut Form<'_>) {
    form.step("message");
    form.note(keys::REPLY_NOTE, true);
    form.photos(keys::PHOTOS_ANY, false);
}

/// Asks for a rating of a case from 5 to 1, with an optional note.
pub(super) fn rating(form: &mut Form<'_>) {
    form.step("rating");
    let answers: [(&str, Key); 5] =
        [("5", keys::RATING_5), ("4", keys::RATING_4), ("3", keys::RATING_3), ("2", keys::RATING_2), ("1", keys::RATING_1)];
    form.choice("rating", keys::RATING_QUESTION, &answers, true);
    form.note(keys::RATING_NOTE, false);
}
