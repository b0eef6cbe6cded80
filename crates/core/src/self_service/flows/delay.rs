//! Actions before dispatch: cancelling items and agreeing to a later date.

use super::about::{About, chosen};
use crate::message::{Message, request_keys as keys};
use crate::order::headline::dispatch;
use crate::self_service::Subject;
use crate::self_service::block::Block;
use crate::self_service::form::Form;
use doorstep_contract::{ActionKind, ActionState};

/// Asks for the lines to cancel, then shows the selection for review.
pub(super) fn cancel(form: &mut Form<'_>, about: &About<'_>) {
    form.step("lines");
    let rows = about.rows(form, false);
    let picked = chosen(&rows);
    form.lines(keys::LINES_CANCEL, rows, &about.action.reasons);
    form.forward(keys::CHECK);
    form.step("review");
    form.push(Block::Rows { rows: picked, sum: false });
    form.paragraph(keys::CANCEL_MONEY);
    form.hint(keys::CANCEL_FINAL);
}

/// Shows the expected date of dispatch, and offers cancellation if it is available.
pub(super) fn accept(form: &mut Form<'_>, about: &About<'_>) {
    form.step("delay");
    let order = about.context.order;
    match dispatch(&order.unshipped, &about.context.clock) {
        Some(when) => form.paragraph(Message::new(keys::DELAY_WHEN).with("when", when)),
        None => form.paragraph(keys::DELAY_NO_DATE),
    }
    form.hint(keys::DELAY_FREE);
    let cancel = |kind: &ActionKind| *kind == ActionKind::Cancel;
    if order.actions.iter().any(|action| cancel(&action.kind) && action.state == ActionState::Available) {
        let subject = Subject::Action { kind: ActionKind::Cancel, shipment: None };
        form.push(Block::Others(vec![(subject, keys::DELAY_CANCEL.into())]));
    }
}
