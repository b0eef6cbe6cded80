//! A person: how to reach one, and a message that carries the whole story.

use super::{About, say_ways};
use crate::phrase::{Key, request_keys as keys};
use crate::request::block::FieldKind;
use crate::request::form::Form;

/// Ways to reach a person, and a message.
pub(super) fn contact(form: &mut Form<'_>, about: &About<'_>) {
    form.step("message");
    say_ways(form, about.context);
    form.field("note", FieldKind::Area, keys::CONTACT_NOTE, Some(keys::CONTACT_HINT), true);
    form.field("contact", FieldKind::Contact, keys::CONTACT_REACH, Some(keys::CONTACT_REACH_HINT), about.needs("contact"));
    form.photos(keys::PHOTOS_ANY, about.needs("photo"));
}

/// More about a case.
pub(super) fn reply(form: &mut Form<'_>) {
    form.step("message");
    form.note(keys::REPLY_NOTE, true);
    form.photos(keys::PHOTOS_ANY, false);
}

/// How it went.
pub(super) fn rating(form: &mut Form<'_>) {
    form.step("rating");
    let answers: [(&str, Key); 5] =
        [("5", keys::RATING_5), ("4", keys::RATING_4), ("3", keys::RATING_3), ("2", keys::RATING_2), ("1", keys::RATING_1)];
    form.choice("rating", keys::RATING_QUESTION, &answers, true);
    form.note(keys::RATING_NOTE, false);
}
