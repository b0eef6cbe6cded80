//! State of the refunds of an order.

use super::About;
use crate::phrase::{Arg, Phrase, request_keys as keys};
use crate::request::Context;
use crate::request::block::Block;
use crate::request::form::Form;
use crate::wire::{Refund, RefundState};

/// Shows the refunds, and asks for a note about one that has not arrived.
pub(super) fn status(form: &mut Form<'_>, about: &About<'_>) {
    form.step("refund");
    form.push(Block::Rows { rows: refunds(about.context), sum: false });
    form.hint(keys::REFUND_LOOK);
    form.note(keys::NOTE_REFUND, about.needs("note"));
}

/// Returns amount and state of every refund.
pub(in crate::request) fn refunds(context: &Context<'_>) -> Vec<(Phrase, Phrase)> {
    context.order.refunds.iter().map(|refund| (amount(refund), state(context, refund))).collect()
}

/// Returns the amount, or a general name where the amount is not known.
pub(in crate::request) fn amount(refund: &Refund) -> Phrase {
    refund
        .amount
        .as_ref()
        .map_or(keys::REFUND_UNKNOWN.into(), |amount| Phrase::new(keys::AMOUNT).with("amount", Arg::from(amount)))
}

/// Returns the state with its relevant date: the day it was sent or is due.
pub(in crate::request) fn state(context: &Context<'_>, refund: &Refund) -> Phrase {
    let here = &context.here;
    let on = |key, date| Phrase::new(key).with("day", here.day(date));
    match (&refund.state, refund.due_by, refund.sent_at) {
        (RefundState::Completed, ..) => keys::REFUND_COMPLETED.into(),
        (RefundState::Failed, ..) => keys::REFUND_FAILED.into(),
        (RefundState::Sent, _, Some(sent)) => on(keys::REFUND_SENT_ON, here.local(sent).date()),
        (RefundState::Sent, _, None) => keys::REFUND_SENT.into(),
        (_, Some(due), _) if due.utc() < here.now => on(keys::REFUND_OVERDUE, here.last_day(due)),
        (_, Some(due), _) => on(keys::REFUND_DUE, here.last_day(due)),
        (_, None, _) => keys::REFUND_PROMISED.into(),
    }
}
