//! State of the refunds of an order.

use super::about::About;
use crate::message::request_keys as keys;
use crate::self_service::block::Block;
use crate::self_service::form::Form;
use crate::self_service::labels::refunds;
use doorstep_contract::Need;

/// Shows the refunds, and asks for a note about a refund that has not arrived.
pub(super) fn status(form: &mut Form<'_>, about: &About<'_>) {
    form.step("refund");
    form.push(Block::Rows { rows: refunds(about.context), sum: false });
    form.hint(keys::REFUND_LOOK);
    form.note(keys::NOTE_REFUND, about.needs(Need::Note));
}
