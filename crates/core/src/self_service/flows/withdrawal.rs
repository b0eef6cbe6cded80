//! Withdrawal from the contract: a statement, then its confirmation. The law of the European Union requires both and allows no
//! further questions.

use super::about::{About, chosen};
use crate::message::{Message, request_keys as keys};
use crate::self_service::block::{Block, FieldKind, quoted};
use crate::self_service::form::Form;

/// Asks for the statement, then for the confirmation.
pub(super) fn withdraw(form: &mut Form<'_>, about: &About<'_>) {
    form.step("statement");
    form.paragraph(keys::WITHDRAW_INTRO);
    let rows = about.rows(form, true);
    let picked = chosen(&rows);
    if !about.action.lines.is_empty() {
        form.lines(keys::LINES_WITHDRAW, rows, &[]);
    }
    form.field("name", FieldKind::Name, keys::WITHDRAW_NAME, None, true);
    form.field("contact", FieldKind::Email, keys::WITHDRAW_EMAIL, Some(keys::WITHDRAW_EMAIL_HINT), true);
    form.forward(keys::GO_ON);

    form.step("confirm");
    let order = quoted(&about.context.order.number);
    let mut review: Vec<(Message, Message)> = vec![(keys::WITHDRAW_ORDER.into(), order)];
    review.extend(picked);
    for (label, name) in [(keys::WITHDRAW_NAME, "name"), (keys::WITHDRAW_EMAIL, "contact")] {
        review.push((label.into(), quoted(form.answers.get(name).unwrap_or_default())));
    }
    form.push(Block::Rows { rows: review, sum: false });
    form.hint(keys::WITHDRAW_AFTER);
}
