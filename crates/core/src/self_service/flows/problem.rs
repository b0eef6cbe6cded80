//! Reports about a delivered shipment: damaged, wrong or missing items.

use super::about::{About, outcome};
use crate::message::{Key, request_keys as keys};
use crate::self_service::form::Form;
use doorstep_contract::Need;

/// Asks about damaged items.
pub(super) fn damaged(form: &mut Form<'_>, about: &About<'_>) {
    let alone = lines(form, about, keys::LINES_DAMAGED);
    let answers = [("item", keys::DAMAGE_ITEM), ("packaging", keys::DAMAGE_PACKAGING), ("both", keys::DAMAGE_BOTH)];
    form.choice("damage", keys::DAMAGE_QUESTION, &answers, false);
    proof(form, about, alone, keys::PHOTOS_DAMAGE, keys::NOTE_DAMAGE);
}

/// Asks about wrong items.
pub(super) fn wrong(form: &mut Form<'_>, about: &About<'_>) {
    let alone = lines(form, about, keys::LINES_WRONG);
    proof(form, about, alone, keys::PHOTOS_WRONG, keys::NOTE_WRONG);
}

/// Asks about items that were not in the parcel.
pub(super) fn lacking(form: &mut Form<'_>, about: &About<'_>) {
    let alone = lines(form, about, keys::LINES_MISSING);
    proof(form, about, alone, keys::PHOTOS_MISSING, keys::NOTE_LACKING);
}

/// Asks for the lines. Returns true if the following questions belong to the same step.
fn lines(form: &mut Form<'_>, about: &About<'_>, question: Key) -> bool {
    form.step("lines");
    let rows = about.rows(form, false);
    // A single item is already selected and needs no reason, so the questions about it fit into the same step.
    let alone = about.action.reasons.is_empty() && matches!(rows.as_slice(), [row] if row.most == 1);
    form.lines(question, rows, &about.action.reasons);
    alone
}

fn proof(form: &mut Form<'_>, about: &About<'_>, alone: bool, photos: Key, note: Key) {
    if !alone {
        form.step("wish");
    }
    form.photos(photos, about.needs(Need::Photo));
    outcome(form, about);
    form.note(note, about.needs(Need::Note));
}
