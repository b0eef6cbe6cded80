//! Functions that change the state of a return and its case, and find its refund.

use chrono::{DateTime, Utc};
use doorstep_contract::{ActionKind, CaseEntry, CaseNext, CaseState, Order, Outcome, Refund, Return, ReturnState};

use super::machine::may_follow;
use crate::order::{OrderAggregate, PrivateReturn};
use crate::policy::Rules;
use crate::self_service::case::{change, enter, grant};

/// Returns the return with this id and its internal state. Returns None if the order has no return with this id.
pub(super) fn known<'a>(record: &'a OrderAggregate, id: &str) -> Option<(&'a Return, PrivateReturn)> {
    let found = record.order.returns.iter().find(|rma| rma.id == id)?;
    Some((found, record.private.returns.get(id).cloned().unwrap_or_default()))
}

/// Moves a return to another state. Returns false, without a change, if the state machine does not allow the new state.
pub(super) fn step(record: &mut OrderAggregate, id: &str, state: ReturnState) -> bool {
    match record.order.returns.iter_mut().find(|rma| rma.id == id) {
        Some(rma) if may_follow(&rma.state, &state) => {
            rma.state = state;
            true
        }
        Some(_) | None => false,
    }
}

/// Adds entries to the timeline of the case of a return, and sets the state and the next step of the case. The case waits for the
/// shopper if the shopper has to take the next step. Otherwise the case is in progress. If `next` is None, the next step stays
/// unchanged.
pub(super) fn update_case(
    record: &mut OrderAggregate,
    rules: &Rules,
    id: &str,
    entries: Vec<CaseEntry>,
    next: Option<CaseNext>,
    now: DateTime<Utc>,
) {
    let Some(case_id) = known(record, id).and_then(|(rma, _)| rma.case_id.clone()) else { return };
    change(record, &case_id, |case, private| {
        let waits = next.as_ref().is_some_and(|next| next.who == doorstep_contract::Party::Shopper);
        enter(case, private, rules, if waits { CaseState::WaitingForShopper } else { CaseState::InProgress }, now);
        case.timeline.extend(entries);
        if next.is_some() && case.state.is_open() {
            case.next = next;
        }
    });
}

/// Grants a replacement instead of a refund and completes the return.
pub(super) fn grant_replacement(record: &mut OrderAggregate, rules: &Rules, id: &str, now: DateTime<Utc>) {
    let Some(case_id) = known(record, id).and_then(|(rma, _)| rma.case_id.clone()) else { return };
    grant(record, rules, &case_id, &Outcome::Replacement, now);
    step(record, id, ReturnState::Completed);
}

/// Returns true if the shopper requested the return by a withdrawal from the contract. The refund of such a return cannot be
/// refused, and the return does not expire.
pub(super) fn is_withdrawal(order: &Order, rma: &Return) -> bool {
    order.cases.iter().any(|case| Some(&case.id) == rma.case_id.as_ref() && case.kind == ActionKind::Withdraw)
}

/// Returns the refund of a return. Returns None if no refund was promised.
pub(super) fn refund_of<'a>(order: &'a Order, rma: &Return) -> Option<&'a Refund> {
    order.refunds.iter().find(|refund| Some(&refund.id) == rma.refund_id.as_ref())
}
