//! View data of self-service: the open dialog with its current step, and the cards of cases, returns and refunds. Computed from
//! the open dialog and the current order; the view of the second chunk draws it.

use super::block::{Block, quoted};
use super::cards::{Cards, cards, next};
use super::dialog::{Dialog, Stage};
use super::form::Step;
use super::labels::{refunds, submit, support_channels, why_not};
use super::{Context, Keep, Subject};
use crate::message::{Key, Message, count, request_keys as keys};
use crate::order::actions::label;
use crate::order::headline::single;
use crate::order::proof_of_delivery::{ProofOfDelivery, proof_of_delivery};
use doorstep_contract::{Action, ActionKind, ActionState, Case, Return, WhyNot, concat};

/// Media type of a label to print.
pub(super) const PDF: &str = "application/pdf";

/// View data of self-service on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The open dialog, if there is one.
    pub sheet: Option<Sheet>,
    /// Cards of cases, returns and refunds.
    pub cards: Cards,
}

/// View data of the open dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Id of the step, so that the view does not reuse a field of one step for another.
    pub key: String,
    /// Heading of the dialog.
    pub title: Message,
    /// Number of the step and number of steps, where there is more than one.
    pub progress: Option<Message>,
    /// Sentences about the state of the shipment.
    pub facts: Vec<Message>,
    /// Proof of delivery of the shipment.
    pub proof_of_delivery: Option<ProofOfDelivery>,
    /// Error that concerns the whole dialog.
    pub alert: Option<Message>,
    /// Parts of the current step.
    pub blocks: Vec<Drawn>,
    /// Progress of the submission.
    pub status: Option<Message>,
    /// Button that continues or sends.
    pub forward: Option<Forward>,
    /// True if there is a step to go back to.
    pub back: bool,
    /// True if the submission was accepted.
    pub done: bool,
}

/// A block with its error.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The block.
    pub block: Block,
    /// Error of the answer; None until errors are shown.
    pub error: Option<Key>,
}

/// Button that continues or sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// Text of the button.
    pub label: Message,
    /// True while the submission is being sent.
    pub busy: bool,
}

/// Returns the view data of the page with the open dialog, if there is one. `keep_failed` is true if a file could not be fetched.
/// The open dialog then shows an error, or the cards do if no dialog is open.
pub(super) fn page(open: Option<&Dialog>, keep_failed: bool, context: &Context<'_>) -> Page {
    let sheet = open.map(|dialog| {
        let mut sheet = sheet(dialog, context);
        if keep_failed {
            sheet.alert = Some(keys::KEEP_FAILED.into());
        }
        sheet
    });
    let mut cards = cards(context);
    cards.failed = keep_failed && sheet.is_none();
    Page { sheet, cards }
}

fn sheet(dialog: &Dialog, context: &Context<'_>) -> Sheet {
    let shipment = dialog.shipment(context);
    let mut sheet = Sheet {
        key: String::new(),
        title: title(&dialog.subject),
        progress: None,
        facts: shipment.map(|shipment| single(shipment, &context.clock)).into_iter().collect(),
        proof_of_delivery: shipment.and_then(|shipment| proof_of_delivery(shipment, &context.access.api)),
        alert: None,
        blocks: Vec::new(),
        status: None,
        forward: None,
        back: false,
        done: false,
    };
    match (&dialog.stage, &dialog.subject) {
        (Stage::Done(case), _) => done(&mut sheet, case.as_deref(), dialog, context),
        (_, Subject::Label(id)) => label_of(&mut sheet, id, context),
        (Stage::Form, _) if !dialog.open(context) => unavailable(&mut sheet, dialog, context),
        (Stage::Form | Stage::Sending(_), _) => step(&mut sheet, dialog, context),
    }
    sheet
}

fn title(subject: &Subject) -> Message {
    Message::from(match subject {
        Subject::Action { kind, .. } => label(kind).unwrap_or(keys::CASE_TITLE),
        Subject::Reply(_) => keys::REPLY_TITLE,
        Subject::Rating(_) => keys::RATING_TITLE,
        Subject::Label(_) => keys::LABEL_TITLE,
    })
}

fn step(sheet: &mut Sheet, dialog: &Dialog, context: &Context<'_>) {
    let steps = dialog.steps(context);
    let last = steps.len().saturating_sub(1);
    let at = dialog.at.min(last);
    let Some(Step { id, blocks, forward }) = steps.get(at) else { return };
    sheet.key = concat(&[id, "-form"]);
    sheet.alert.clone_from(&dialog.alert);
    sheet.back = at > 0;
    if last > 0 {
        sheet.progress = Some(Message::new(keys::STEP_OF).with("number", count(at + 1)).with("total", count(steps.len())));
    }
    if at > 0 {
        sheet.proof_of_delivery = None;
    }
    let error = |block: &Block| {
        let refused = block.name().filter(|name| dialog.refused.iter().any(|refused| refused.split('/').next() == Some(name)));
        block.error().or(refused.map(|_| keys::ERROR_REFUSED)).filter(|_| dialog.shows_errors)
    };
    sheet.blocks = blocks.iter().map(|block| Drawn { error: error(block), block: block.clone() }).collect();
    if dialog.alert.as_ref().is_some_and(|alert| alert.key == keys::REFUSED_READ_ONLY || alert.key == keys::REFUSED_LINK) {
        sheet.blocks.insert(0, Drawn { block: Block::LookUp, error: None });
    }
    let sending = match &dialog.stage {
        Stage::Sending(submission) => Some(submission.status(context.offline)),
        Stage::Form | Stage::Done(_) => None,
    };
    let has_no_input = blocks
        .iter()
        .all(|block| matches!(block, Block::Loading | Block::Unloaded | Block::Paragraph(_) | Block::SupportChannels(_)));
    if !has_no_input || dialog.kind() == Some(&ActionKind::AcceptDelay) {
        let label = match (&dialog.subject, forward) {
            (_, Some(label)) => *label,
            _ if at < last => keys::GO_ON,
            (Subject::Action { kind, .. }, None) => submit(kind),
            (Subject::Reply(_) | Subject::Rating(_) | Subject::Label(_), None) => keys::SUBMIT_MESSAGE,
        };
        sheet.forward = Some(Forward { label: label.into(), busy: sending.is_some() });
    }
    sheet.status = sending;
}

/// Fills the dialog of an action that is not available with the reason, the start of its availability, other available actions
/// and contact links.
fn unavailable(sheet: &mut Sheet, dialog: &Dialog, context: &Context<'_>) {
    let mut blocks = Vec::new();
    let action = dialog.action(context);
    blocks.extend(why(action, context).map(Block::Paragraph));
    if let Some(action) = action {
        if action.state == ActionState::NotYet
            && let Some(from) = action.from
        {
            blocks.push(Block::Paragraph(Message::new(keys::NOT_YET_FROM).with("moment", context.clock.moment(from))));
            blocks.push(Block::Keep(Keep::Reminder, keys::KEEP_REMINDER.into()));
        }
        blocks.extend(action.text.clone().filter(|text| !text.trim().is_empty()).map(Block::Quote));
    }
    if dialog.kind() == Some(&ActionKind::RefundStatus) && !context.order.refunds.is_empty() {
        blocks.insert(0, Block::Rows { rows: refunds(context), sum: false });
    }
    let others = others(dialog, context);
    if !others.is_empty() {
        blocks.push(Block::Others(others));
    }
    let channels = support_channels(context);
    if !channels.is_empty() {
        blocks.push(Block::SupportChannels(channels));
    }
    sheet.key = "closed".to_owned();
    sheet.blocks = blocks.into_iter().map(|block| Drawn { block, error: None }).collect();
    if let Some(alert) = &dialog.alert {
        sheet.alert = Some(alert.clone());
    }
}

fn why(action: Option<&Action>, context: &Context<'_>) -> Option<Message> {
    let Some(action) = action else { return Some(keys::CLOSED_NOW.into()) };
    let early = matches!(action.reason, None | Some(WhyNot::TooEarly));
    Some(match (&action.state, action.until) {
        (ActionState::Expired, Some(until)) => Message::new(keys::EXPIRED_SINCE).with("moment", context.clock.end(until)),
        (ActionState::Expired, None) if action.reason.is_none() => keys::WHY_NOT_WINDOW_CLOSED.into(),
        // Only a report of non-receipt explains the wait; for every other action the start time is enough.
        (ActionState::NotYet, _) if early && action.kind != ActionKind::ReportNonReceipt && action.from.is_some() => return None,
        (ActionState::NotYet, _) if action.reason.is_none() => keys::WHY_NOT_TOO_EARLY.into(),
        _ => why_not(action.reason.as_ref()),
    })
}

/// Returns up to six other actions that are available now for the same shipment or for the whole order.
fn others(dialog: &Dialog, context: &Context<'_>) -> Vec<(Subject, Message)> {
    let Subject::Action { kind, shipment } = &dialog.subject else { return Vec::new() };
    let is_alternative = |action: &&Action| {
        action.state == ActionState::Available
            && action.kind != *kind
            && (action.shipment_id.is_none() || action.shipment_id == *shipment)
    };
    let other = |action: &Action| {
        let subject = Subject::Action { kind: action.kind.clone(), shipment: action.shipment_id.clone() };
        Some((subject, label(&action.kind)?.into()))
    };
    context.order.actions.iter().filter(is_alternative).filter_map(other).take(6).collect()
}

/// Fills the dialog of an accepted submission with the reference, the next step with its deadline, and the files to save.
fn done(sheet: &mut Sheet, case: Option<&Case>, dialog: &Dialog, context: &Context<'_>) {
    sheet.key = "done".to_owned();
    sheet.done = true;
    // After a change of the date or the pickup point, the sentence about the shipment stays, because it names the new one.
    if !matches!(dialog.kind(), Some(ActionKind::Reschedule | ActionKind::RedirectToPickup)) {
        sheet.facts = Vec::new();
    }
    sheet.proof_of_delivery = None;
    let mut blocks = Vec::new();
    sheet.title = match (&dialog.subject, case) {
        (Subject::Rating(_), _) => keys::DONE_RATING.into(),
        (Subject::Reply(_), _) => keys::DONE_REPLY.into(),
        (Subject::Action { .. } | Subject::Label(_), _) => keys::DONE_TITLE.into(),
    };
    if let (Some(case), Subject::Action { .. }) = (case, &dialog.subject) {
        // The case in the current order may be newer than the one in the response.
        let case = context.order.cases.iter().find(|known| known.id == case.id).unwrap_or(case);
        let mut reference = Message::new(keys::DONE_REFERENCE).with("reference", case.reference.clone());
        if let Some(at) = case.opened_at {
            reference = Message::new(keys::DONE_REFERENCE_AT)
                .with("reference", case.reference.clone())
                .with("moment", context.clock.moment(at));
        }
        blocks.push(Block::Paragraph(reference));
        blocks.extend(next(case, context).map(Block::Paragraph));
        if case.acknowledged {
            blocks.push(Block::Keep(Keep::Acknowledgement(case.id.clone()), keys::KEEP_ACKNOWLEDGEMENT.into()));
        }
        let returned = context.order.returns.iter().find(|returned| returned.case_id.as_ref() == Some(&case.id));
        if let Some(returned) = returned.filter(|returned| returned.label.is_some()) {
            code(&mut blocks, returned, context);
        }
        blocks.push(Block::Hint(keys::DONE_HINT.into()));
    }
    sheet.blocks = blocks.into_iter().map(|block| Drawn { block, error: None }).collect();
}

/// Fills the dialog with the label of a return, as a code for the counter and a file to save.
fn label_of(sheet: &mut Sheet, id: &str, context: &Context<'_>) {
    sheet.key = "label".to_owned();
    let mut blocks = Vec::new();
    match context.order.returns.iter().find(|returned| returned.id == *id && returned.label.is_some()) {
        Some(returned) => code(&mut blocks, returned, context),
        None => blocks.push(Block::Paragraph(keys::CLOSED_NOW.into())),
    }
    sheet.blocks = blocks.into_iter().map(|block| Drawn { block, error: None }).collect();
}

fn code(blocks: &mut Vec<Block>, returned: &Return, context: &Context<'_>) {
    let Some(label) = &returned.label else { return };
    let printed = label.formats.iter().any(|format| format == PDF);
    let (instruction, keep) = match printed {
        true => (keys::LABEL_PRINT, keys::KEEP_LABEL),
        false => (keys::LABEL_SHOW, keys::KEEP_CODE),
    };
    blocks.push(Block::Paragraph(instruction.into()));
    let square = !label.qr_rows.is_empty() && label.qr_rows.iter().all(|row| row.len() == label.qr_rows.len());
    if square {
        blocks.push(Block::Code(label.qr_rows.clone()));
        blocks.extend(label.qr_text.as_deref().map(|text| Block::Hint(quoted(text))));
    }
    if let Some(by) = returned.drop_off_by {
        blocks.push(Block::Paragraph(Message::new(keys::RETURN_DROP_OFF_BY).with("moment", context.clock.end(by))));
    }
    if !label.formats.is_empty() {
        blocks.push(Block::Keep(Keep::Label(returned.id.clone()), keep.into()));
    }
}
