//! Forms of the actions, one file per family. A flow writes its questions into a [`Form`]; checking and sending happen elsewhere.

mod contact;
mod delay;
mod delivery;
mod missing;
mod problem;
mod refund;
mod returning;
mod withdrawal;

pub(super) use refund::{amount, refunds, state as refund_state};

use super::block::{Block, LineRow, SupportChannel, quoted};
use super::choices::Choices;
use super::form::Form;
use super::{Context, Subject};
use crate::message::{Key, Message, request_keys as keys};
use crate::order::parcel::items;
use doorstep_contract::links::link;
use doorstep_contract::{Action, ActionKind, ActionLine, LineQuantity, Outcome, ReasonChoice, Shipment, WhyNot};

/// Everything that a flow reads.
pub(super) struct About<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) action: &'a Action,
    pub(super) shipment: Option<&'a Shipment>,
    pub(super) choices: &'a Choices,
}

impl About<'_> {
    fn needs(&self, what: &str) -> bool {
        self.action.needs.iter().any(|need| need == what)
    }

    /// Returns the action's lines as rows. With `all`, or if only one line is eligible, eligible lines are selected from the
    /// start.
    fn rows(&self, form: &Form<'_>, all: bool) -> Vec<LineRow> {
        let lines = &self.action.lines;
        let all = all || lines.iter().filter(|line| line.eligible).count() == 1;
        let row = |(at, line): (usize, &ActionLine)| {
            let quantity = LineQuantity { line_id: line.line_id.clone(), quantity: line.quantity.max(1) };
            let item = items(&self.context.order.lines, &[quantity], &self.context.access.api).pop()?;
            let until = line.until.map(|until| Message::new(keys::LINE_UNTIL).with("moment", self.context.clock.end(until)));
            Some(form.row(at, line, item, all, until))
        };
        lines.iter().enumerate().filter_map(row).collect()
    }
}

/// Adds the steps of a subject to the form. Adds none for a label, and none for an action that the order does not have.
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

/// Asks for the outcome, if the action offers more than one known outcome.
fn outcome(form: &mut Form<'_>, about: &About<'_>) {
    let known = |outcome: &Outcome| Some((outcome.as_str().to_owned(), outcome_words(outcome)?, outcome_hint(outcome)));
    let options: Vec<_> = about.action.outcomes.iter().filter_map(known).collect();
    if options.len() > 1 {
        form.options("outcome", keys::OUTCOME_QUESTION, vec![(None, options)]);
    }
}

/// Returns the name of an outcome, or None for an unknown one.
pub(super) fn outcome_words(outcome: &Outcome) -> Option<Message> {
    Some(Message::from(match outcome {
        Outcome::Refund => keys::OUTCOME_REFUND,
        Outcome::Replacement => keys::OUTCOME_REPLACEMENT,
        Outcome::Exchange => keys::OUTCOME_EXCHANGE,
        Outcome::StoreCredit => keys::OUTCOME_STORE_CREDIT,
        Outcome::Investigate => keys::OUTCOME_INVESTIGATE,
        Outcome::Unknown(_) => return None,
    }))
}

fn outcome_hint(outcome: &Outcome) -> Vec<Message> {
    let hint = match outcome {
        Outcome::Refund => keys::OUTCOME_REFUND_HINT,
        Outcome::Replacement => keys::OUTCOME_REPLACEMENT_HINT,
        Outcome::Investigate => keys::OUTCOME_INVESTIGATE_HINT,
        Outcome::Exchange | Outcome::StoreCredit | Outcome::Unknown(_) => return Vec::new(),
    };
    vec![hint.into()]
}

/// Returns the name of a reason: the shop's text where there is one, else the catalogue's for a known code, else the code itself.
pub(super) fn reason(choice: &ReasonChoice) -> Message {
    if let Some(text) = choice.text.as_deref().filter(|text| !text.trim().is_empty()) {
        return quoted(text);
    }
    let known: [(&str, Key); 13] = [
        ("too_small", keys::REASON_TOO_SMALL),
        ("too_large", keys::REASON_TOO_LARGE),
        ("not_as_described", keys::REASON_NOT_AS_DESCRIBED),
        ("changed_mind", keys::REASON_CHANGED_MIND),
        ("arrived_late", keys::REASON_ARRIVED_LATE),
        ("damaged", keys::REASON_DAMAGED),
        ("defective", keys::REASON_DEFECTIVE),
        ("faulty", keys::REASON_DEFECTIVE),
        ("wrong_item", keys::REASON_WRONG_ITEM),
        ("better_price", keys::REASON_BETTER_PRICE),
        ("gift", keys::REASON_GIFT),
        ("quality", keys::REASON_QUALITY),
        ("other", keys::REASON_OTHER),
    ];
    known.iter().find(|(code, _)| *code == choice.code).map_or_else(|| quoted(&choice.code), |(_, key)| (*key).into())
}

/// Returns the explanation of an action or line that is not available.
pub(super) fn why_not(why: Option<&WhyNot>) -> Message {
    Message::from(match why {
        Some(WhyNot::CarrierDoesNotOffer) => keys::WHY_NOT_CARRIER,
        Some(WhyNot::NotDelivered) => keys::WHY_NOT_DELIVERED_YET,
        Some(WhyNot::TooLate) => keys::WHY_NOT_TOO_LATE,
        Some(WhyNot::Dispatched) => keys::WHY_NOT_DISPATCHED,
        Some(WhyNot::NotDispatched) => keys::WHY_NOT_NOT_DISPATCHED,
        Some(WhyNot::Delivered) => keys::WHY_NOT_DELIVERED,
        Some(WhyNot::WindowClosed) => keys::WHY_NOT_WINDOW_CLOSED,
        Some(WhyNot::TooEarly) => keys::WHY_NOT_TOO_EARLY,
        Some(WhyNot::FinalSale) => keys::WHY_NOT_FINAL_SALE,
        Some(WhyNot::NothingLeft) => keys::WHY_NOT_NOTHING_LEFT,
        Some(WhyNot::CaseOpen) => keys::WHY_NOT_CASE_OPEN,
        Some(WhyNot::NothingFree) => keys::WHY_NOT_NOTHING_FREE,
        Some(WhyNot::NoRefund) => keys::WHY_NOT_NO_REFUND,
        Some(WhyNot::Ended) => keys::WHY_NOT_ENDED,
        Some(WhyNot::NotOffered | WhyNot::Unknown(_)) | None => keys::WHY_NOT_NOT_OFFERED,
    })
}

/// Returns the order's contact links that pass the allow-list of `links`.
pub(super) fn ways(context: &Context<'_>) -> Vec<SupportChannel> {
    let way = |support: &doorstep_contract::Support| {
        let url = link(&support.url)?;
        let label = if support.label.trim().is_empty() { url.clone() } else { support.label.clone() };
        Some(SupportChannel { url, label, hours: support.hours.clone() })
    };
    context.order.support.iter().filter_map(way).collect()
}

/// Adds the order's contact links to the form, where there are any.
pub(super) fn say_ways(form: &mut Form<'_>, context: &Context<'_>) {
    let ways = ways(context);
    if !ways.is_empty() {
        form.push(Block::Ways(ways));
    }
}

/// Returns the selected items and quantities for a review.
fn chosen(rows: &[LineRow]) -> Vec<(Message, Message)> {
    let row = |row: &LineRow| (quoted(&row.item.title), Message::new(keys::TIMES).with("count", row.chosen));
    rows.iter().filter(|row| row.chosen > 0).map(row).collect()
}

/// Returns the text of the button that sends an action.
pub(super) fn submit(kind: &ActionKind) -> Key {
    match kind {
        ActionKind::ReportNonReceipt => keys::SUBMIT_NON_RECEIPT,
        ActionKind::ReportDamaged | ActionKind::ReportWrongItem | ActionKind::ReportMissingItem => keys::SUBMIT_REPORT,
        ActionKind::Reschedule => keys::SUBMIT_RESCHEDULE,
        ActionKind::ChangeAddress => keys::SUBMIT_ADDRESS,
        ActionKind::DeliveryInstructions | ActionKind::LeaveWithNeighbour | ActionKind::LeaveInSafePlace => keys::SUBMIT_PASS_ON,
        ActionKind::RedirectToPickup => keys::SUBMIT_REDIRECT,
        ActionKind::Cancel => keys::SUBMIT_CANCEL,
        ActionKind::AcceptDelay => keys::SUBMIT_DELAY,
        ActionKind::StartReturn => keys::SUBMIT_RETURN,
        ActionKind::Withdraw => keys::SUBMIT_WITHDRAWAL,
        ActionKind::RefundStatus => keys::SUBMIT_REFUND,
        ActionKind::Contact | ActionKind::Unknown(_) => keys::SUBMIT_MESSAGE,
    }
}
