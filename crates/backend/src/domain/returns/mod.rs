//! What goes back: from the request to the money. Pure.
//!
//! A return begins with a case (`begin`), follows its parcel and the clock (`follow`), and is decided by the retailer's people
//! (`decide`). Its parcel is a shipment like any other: what happens to that enters through `domain::update::apply`, and is read here.

mod begin;
mod decide;
mod follow;
mod label;
mod machine;
#[cfg(test)]
mod model_tests;
mod money;
mod quote;
mod refund;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use doorstep_core::wire::{ActionKind, CaseEntry, CaseNext, CaseState, Order, Outcome, Refund, Return, ReturnState};

pub(crate) use begin::begin;
pub use decide::{ReturnDecision, ReturnStep, ReturnUpdate, decide};
pub(crate) use follow::follow;
pub use label::slip;
pub use machine::may_follow;
pub use quote::quote;

use super::case::{change, enter, grant};
use super::policy::Rules;
use super::record::{PrivateReturn, Record};

/// The return and what is known of it, if there is one of this identity.
fn known<'a>(record: &'a Record, id: &str) -> Option<(&'a Return, PrivateReturn)> {
    let found = record.order.returns.iter().find(|back| back.id == id)?;
    Some((found, record.private.returns.get(id).cloned().unwrap_or_default()))
}

/// Brings a return into another state; `false` where it cannot follow, and then nothing has changed.
fn step(record: &mut Record, id: &str, state: ReturnState) -> bool {
    match record.order.returns.iter_mut().find(|back| back.id == id) {
        Some(back) if may_follow(&back.state, &state) => {
            back.state = state;
            true
        }
        Some(_) | None => false,
    }
}

/// Tells the case of a return what happened, and what comes next.
fn tell(record: &mut Record, rules: &Rules, id: &str, entries: Vec<CaseEntry>, next: Option<CaseNext>, now: DateTime<Utc>) {
    let Some(case_id) = known(record, id).and_then(|(back, _)| back.case_id.clone()) else { return };
    change(record, &case_id, |case, private| {
        let waits = next.as_ref().is_some_and(|next| next.who == doorstep_core::wire::Party::Shopper);
        enter(case, private, rules, if waits { CaseState::WaitingForShopper } else { CaseState::InProgress }, now);
        case.timeline.extend(entries);
        if next.is_some() && case.state.is_open() {
            case.next = next;
        }
    });
}

/// Something else is sent instead of money: the return has done its part.
fn send_instead(record: &mut Record, rules: &Rules, id: &str, now: DateTime<Utc>) {
    let Some(case_id) = known(record, id).and_then(|(back, _)| back.case_id.clone()) else { return };
    grant(record, rules, &case_id, &Outcome::Replacement, now);
    step(record, id, ReturnState::Completed);
}

/// Whether the return follows from a withdrawal: its refund cannot be refused, and its time does not run out.
fn is_withdrawal(order: &Order, back: &Return) -> bool {
    order.cases.iter().any(|case| Some(&case.id) == back.case_id.as_ref() && case.kind == ActionKind::Withdraw)
}

/// The refund of a return.
fn refund_of<'a>(order: &'a Order, back: &Return) -> Option<&'a Refund> {
    order.refunds.iter().find(|refund| Some(&refund.id) == back.refund_id.as_ref())
}
