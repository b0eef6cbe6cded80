//! Forms of the actions, one file per family. A flow writes its questions into a [`Form`]; checking and sending happen elsewhere.

mod about;
mod contact;
mod delay;
mod delivery;
mod missing;
mod problem;
mod refund;
mod returning;
mod withdrawal;

pub(super) use about::About;

use super::Subject;
use super::form::Form;
use doorstep_contract::ActionKind;

/// Adds the steps of a subject to the form. Adds no step for a label, or for an action that the order does not have.
pub(super) fn ask(subject: &Subject, form: &mut Form<'_>, about: Option<&About<'_>>) {
    match (subject, about) {
        (Subject::Action { kind, .. }, Some(about)) => ask_for(kind, form, about),
        (Subject::Reply(_), _) => contact::reply(form),
        (Subject::Rating(_), _) => contact::rating(form),
        (Subject::Action { .. } | Subject::Label(_), _) => {}
    }
}

fn ask_for(kind: &ActionKind, form: &mut Form<'_>, about: &About<'_>) {
    match kind {
        ActionKind::ReportNonReceipt => missing::parcel(form, about),
        ActionKind::ReportDamaged => problem::damaged(form, about),
        ActionKind::ReportWrongItem => problem::wrong(form, about),
        ActionKind::ReportMissingItem => problem::lacking(form, about),
        ActionKind::Reschedule => delivery::reschedule(form, about),
        ActionKind::ChangeAddress => delivery::address(form, about),
        ActionKind::DeliveryInstructions => delivery::instructions(form),
        ActionKind::LeaveWithNeighbour => delivery::neighbour(form),
        ActionKind::LeaveInSafePlace => delivery::safe_place(form),
        ActionKind::RedirectToPickup => delivery::pickup_point(form, about),
        ActionKind::Cancel => delay::cancel(form, about),
        ActionKind::AcceptDelay => delay::accept(form, about),
        ActionKind::StartReturn => returning::start(form, about),
        ActionKind::Withdraw => withdrawal::withdraw(form, about),
        ActionKind::RefundStatus => refund::status(form, about),
        ActionKind::Contact => contact::contact(form, about),
        // An unknown action is not offered on the page.
        ActionKind::Unknown(_) => {}
    }
}
