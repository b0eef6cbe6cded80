//! It arrived, but not as it should: damaged, the wrong thing, or something is not there.

use super::{About, outcome};
use crate::phrase::{Key, request_keys as keys};
use crate::request::form::Form;

/// Damaged.
pub(super) fn damaged(form: &mut Form<'_>, about: &About<'_>) {
    lines(form, about, keys::LINES_DAMAGED);
    let answers = [("item", keys::DAMAGE_ITEM), ("packaging", keys::DAMAGE_PACKAGING), ("both", keys::DAMAGE_BOTH)];
    form.choice("damage", keys::DAMAGE_QUESTION, &answers, false);
    proof(form, about, keys::PHOTOS_DAMAGE, keys::NOTE_DAMAGE);
}

/// Not what was bought.
pub(super) fn wrong(form: &mut Form<'_>, about: &About<'_>) {
    lines(form, about, keys::LINES_WRONG);
    proof(form, about, keys::PHOTOS_WRONG, keys::NOTE_WRONG);
}

/// Not in the parcel.
pub(super) fn lacking(form: &mut Form<'_>, about: &About<'_>) {
    lines(form, about, keys::LINES_MISSING);
    proof(form, about, keys::PHOTOS_MISSING, keys::NOTE_LACKING);
}

fn lines(form: &mut Form<'_>, about: &About<'_>, question: Key) {
    form.step("lines");
    let rows = about.rows(form, false);
    form.lines(question, rows, &about.action.reasons);
}

fn proof(form: &mut Form<'_>, about: &About<'_>, photos: Key, note: Key) {
    form.step("wish");
    form.photos(photos, about.needs("photo"));
    outcome(form, about);
    form.note(note, about.needs("note"));
}
