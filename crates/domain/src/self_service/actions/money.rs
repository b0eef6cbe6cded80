//! Self-service actions about a refund, and the action to contact the shop.

use chrono::{DateTime, Utc};
use doorstep_contract::{Action, ActionKind, Refund, RefundState, Timestamp, WhyNot};

use super::context::{Scene, plain, refused};
use crate::calendar::days_after;

pub(super) fn of_order(scene: &Scene<'_>, actions: &mut Vec<Action>) {
    if scene.rules.refunds.ask {
        actions.extend(refund_status(scene));
    }
    if scene.rules.contact.offered {
        let action = Action { text: scene.rules.contact.text.clone(), ..plain(ActionKind::Contact, None) };
        let open = scene.has_open_case(&ActionKind::Contact, None);
        actions.push(if open { refused(action, WhyNot::CaseOpen) } else { action });
    }
}

fn refund_status(scene: &Scene<'_>) -> Option<Action> {
    let pending: Vec<DateTime<Utc>> = scene.order.refunds.iter().filter_map(|refund| overdue_from(scene, refund)).collect();
    let action = plain(ActionKind::RefundStatus, None);
    let Some(first) = pending.into_iter().min() else {
        // If something goes back, a shopper looks for the refund before it exists.
        return (!scene.order.returns.is_empty() && scene.order.refunds.is_empty()).then(|| refused(action, WhyNot::NoRefund));
    };
    if scene.has_open_case(&ActionKind::RefundStatus, None) {
        return Some(refused(action, WhyNot::CaseOpen));
    }
    Some(scene.timed(action, Some(first).filter(|first| *first > scene.now), None))
}

/// Returns the time from which a refund is overdue, or `None` if it has arrived.
fn overdue_from(scene: &Scene<'_>, refund: &Refund) -> Option<DateTime<Utc>> {
    let sent = refund.sent_at.map(|at| days_after(at.utc(), scene.rules.refunds.bank_days, scene.zone));
    match refund.state {
        RefundState::Completed => None,
        RefundState::Failed => Some(scene.now),
        RefundState::Sent => Some(sent.into_iter().chain(refund.due_by.map(Timestamp::utc)).max().unwrap_or(scene.now)),
        RefundState::Promised | RefundState::Unknown(_) => Some(refund.due_by.map_or(scene.now, Timestamp::utc)),
    }
}
