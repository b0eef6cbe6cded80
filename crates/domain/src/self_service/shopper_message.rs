//! A shopper's message in an open case: its validation, its limit per day, and its effect on the case. Pure.

use chrono::{DateTime, Utc};
use doorstep_contract::{CaseEntry, CaseId, CaseMessage, CaseState, CaseStep, FieldProblem, Party};

use super::case::{answer_by, change, enter};
use crate::order::{Note, OrderAggregate};
use crate::policy::Rules;
use doorstep_contract::bounds::NOTE;
use doorstep_contract::invalid::is_blank;

/// A shopper's message in a case.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// Id of the case.
    pub case_id: &'a CaseId,
    /// Text of the message and ids of its photos.
    pub message: &'a CaseMessage,
    /// Time of the message.
    pub now: DateTime<Utc>,
}

/// Reason why a message is not added.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageRefusal {
    /// A field of the message is invalid.
    Invalid(FieldProblem),
    /// The shopper has sent too many messages. Contains the seconds until another message is allowed.
    TooMany(u64),
    /// The case accepts no messages.
    Closed,
}

/// Adds the message to its case. If the case waited for the shopper and has no return, the case waits for the retailer again. On
/// an error nothing has changed.
pub fn add_message(record: &mut OrderAggregate, rules: &Rules, new: &NewMessage<'_>) -> Result<(), MessageRefusal> {
    let NewMessage { case_id, message, now } = *new;
    check(record, rules, message)?;
    if let Some(wait) = record.message_wait_s(rules.cases.max_messages_per_day, now) {
        return Err(MessageRefusal::TooMany(wait));
    }
    let mut closed = false;
    change(record, case_id, |case, private| {
        closed = !case.can_reply || !case.state.is_open();
        if closed {
            return;
        }
        let text = message.text.clone();
        let entry = CaseEntry { at: now.into(), who: Party::Shopper, what: CaseStep::Message, text: Some(text.clone()) };
        case.timeline.push(entry);
        private.notes.push(Note { at: now.into(), who: Party::Shopper, text, evidence: message.evidence.clone() });
        if case.state == CaseState::WaitingForShopper && case.return_id.is_none() {
            enter(case, private, rules, CaseState::InProgress, now);
            case.next = Some(answer_by(rules, &case.kind, now));
        }
    });
    if closed { Err(MessageRefusal::Closed) } else { Ok(()) }
}

fn check(record: &OrderAggregate, rules: &Rules, message: &CaseMessage) -> Result<(), MessageRefusal> {
    let invalid = |pointer: String, code: &str| Err(MessageRefusal::Invalid(FieldProblem { pointer, code: code.to_owned() }));
    if is_blank(&message.text) {
        return invalid("/text".to_owned(), "empty");
    }
    if message.text.chars().count() > NOTE {
        return invalid("/text".to_owned(), "too-long");
    }
    if message.evidence.len() > usize::try_from(rules.evidence.max_files).unwrap_or(usize::MAX) {
        return invalid("/evidence".to_owned(), "too-many");
    }
    match message.evidence.iter().position(|id| !record.private.evidence.contains(id)) {
        Some(index) => invalid(format!("/evidence/{index}"), "unknown"),
        None => Ok(()),
    }
}
