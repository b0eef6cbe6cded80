//! Self-service actions about a refund, and the action to contact the shop.

use chrono::{DateTime, Utc};
use doorstep_contract::{Action, ActionKind, Refund, RefundState, Timestamp, WhyNot};

use super::context::{ActionContext, available, unavailable};
use crate::calendar::days_after;

pub(super) fn of_order(context: &ActionContext<'_>, actions: &mut Vec<Action>) {
    if context.rules.refunds.ask {
        actions.extend(refund_status(context));
    }
    if context.rules.contact.offered {
        let action = Action { text: context.rules.contact.text.clone(), ..available(ActionKind::Contact, None) };
        let open = context.has_open_case(&ActionKind::Contact, None);
        actions.push(if open { unavailable(action, WhyNot::CaseOpen) } else { action });
    }
}

fn refund_status(context: &ActionContext<'_>) -> Option<Action> {
    let pending: Vec<DateTime<Utc>> = context.order.refunds.iter().filter_map(|refund| overdue_from(context, refund)).collect();
    let action = available(ActionKind::RefundStatus, None);
    let Some(first) = pending.into_iter().min() else {
        // If the order has a return but no refund yet, the action is shown as unavailable, with the reason that there is no
        // refund.
        return (!context.order.returns.is_empty() && context.order.refunds.is_empty())
            .then(|| unavailable(action, WhyNot::NoRefund));
    };
    if context.has_open_case(&ActionKind::RefundStatus, None) {
        return Some(unavailable(action, WhyNot::CaseOpen));
    }
    Some(context.timed(action, Some(first).filter(|first| *first > context.now), None))
}

/// Returns the time from which a refund is overdue, or `None` if the refund is completed. A failed refund is overdue now. A
/// refund without a known due date is overdue now too, unless it was sent at a known time.
fn overdue_from(context: &ActionContext<'_>, refund: &Refund) -> Option<DateTime<Utc>> {
    let sent = refund.sent_at.map(|at| days_after(at.utc(), context.rules.refunds.bank_days, context.zone));
    match refund.state {
        RefundState::Completed => None,
        RefundState::Failed => Some(context.now),
        RefundState::Sent => Some(sent.into_iter().chain(refund.due_by.map(Timestamp::utc)).max().unwrap_or(context.now)),
        RefundState::Promised | RefundState::Unknown(_) => Some(refund.due_by.map_or(context.now, Timestamp::utc)),
    }
}
