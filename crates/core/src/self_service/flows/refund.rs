//! State of the refunds of an order.

use super::About;
use crate::message::{Message, MessageArg, request_keys as keys};
use crate::self_service::Context;
use crate::self_service::block::Block;
use crate::self_service::form::Form;
use doorstep_contract::{Refund, RefundState};

/// Shows the refunds, and asks for a note about one that has not arrived.
pub(super) fn status(form: &mut Form<'_>, about: &About<'_>) {
    form.step("refund");
    form.push(Block::Rows { rows: refunds(about.context), sum: false });
    form.hint(keys::REFUND_LOOK);
    form.note(keys::NOTE_REFUND, about.needs("note"));
}

/// Returns amount and state of every refund.
pub(in crate::self_service) fn refunds(context: &Context<'_>) -> Vec<(Message, Message)> {
    context.order.refunds.iter().map(|refund| (amount(refund), state(context, refund))).collect()
}

/// Returns the amount, or a general name where the amount is not known.
pub(in crate::self_service) fn amount(refund: &Refund) -> Message {
    refund
        .amount
        .as_ref()
        .map_or(keys::REFUND_UNKNOWN.into(), |amount| Message::new(keys::AMOUNT).with("amount", MessageArg::from(amount)))
}

/// Returns the state with its relevant date: the day it was sent or is due.
pub(in crate::self_service) fn state(context: &Context<'_>, refund: &Refund) -> Message {
    let clock = &context.clock;
    let on = |key, date| Message::new(key).with("day", clock.day(date));
    match (&refund.state, refund.due_by, refund.sent_at) {
        (RefundState::Completed, ..) => keys::REFUND_COMPLETED.into(),
        (RefundState::Failed, ..) => keys::REFUND_FAILED.into(),
        (RefundState::Sent, _, Some(sent)) => on(keys::REFUND_SENT_ON, clock.local(sent).date()),
        (RefundState::Sent, _, None) => keys::REFUND_SENT.into(),
        (_, Some(due), _) if due.utc() < clock.now => on(keys::REFUND_OVERDUE, clock.last_day(due)),
        (_, Some(due), _) => on(keys::REFUND_DUE, clock.last_day(due)),
        (_, None, _) => keys::REFUND_PROMISED.into(),
    }
}
