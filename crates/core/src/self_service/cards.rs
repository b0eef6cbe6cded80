//! View data of the cards: cases with their history and next step, returns, and refunds.

use super::block::quoted;
use super::labels::{outcome_name, refund_amount, refund_state};
use super::{Context, Subject};
use crate::local_clock::as_heading;
use crate::message::{Key, Message, MessageArg, request_keys as keys};
use crate::order::actions::label;
use crate::order::parcel::{Item, items};
use crate::order::status::Tone;
use doorstep_contract::{
    ActionKind, Case, CaseEntry, CaseId, CaseState, CaseStep, NextStep, Party, Refund, RefundTo, Return, ReturnMethodKind,
    ReturnState,
};

/// All cards of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cards {
    /// True if a file that was requested on a card could not be fetched.
    pub failed: bool,
    /// Cases, open ones first.
    pub cases: Vec<CaseCard>,
    /// Returns that belong to no case on the page.
    pub returns: Vec<ReturnCard>,
    /// Refunds that belong to no case on the page.
    pub refunds: Vec<RefundCard>,
}

/// View data of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseCard {
    /// Id within the order.
    pub id: CaseId,
    /// Name of the action that opened the case.
    pub title: Message,
    /// Reference of the case and the time at which it was opened.
    pub reference: Message,
    /// State of the case.
    pub state: Message,
    /// Tone of the state, shown as a colour.
    pub tone: Tone,
    /// True if the case is open.
    pub open: bool,
    /// Outcome that was requested, or the result of a closed case.
    pub outcome: Option<Message>,
    /// Next step of an open case, with its party and deadline.
    pub next: Option<Message>,
    /// Latest message to the shopper, while the case waits for their answer.
    pub asked: Option<String>,
    /// Items that the case is about.
    pub items: Vec<Item>,
    /// History, newest entry first.
    pub rows: Vec<EntryRow>,
    /// Return that belongs to the case.
    pub returned: Option<ReturnCard>,
    /// Refund that belongs to the case.
    pub refund: Option<RefundCard>,
    /// Available actions: the dialog that each opens, and its label.
    pub actions: Vec<(Subject, Message)>,
    /// True if there is an acknowledgement to save.
    pub acknowledged: bool,
}

/// One entry of a case's history.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Time of the entry.
    pub when: Message,
    /// Description of the entry.
    pub what: Message,
    /// Text of a message.
    pub text: Option<String>,
}

/// View data of one return.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnCard {
    /// Id within the order.
    pub id: String,
    /// State of the return.
    pub state: Message,
    /// Return method, shown until the return is handed over.
    pub method: Option<Message>,
    /// Deadline for handing the return over, shown until the return is handed over.
    pub drop_off: Option<Message>,
    /// Estimated refund.
    pub estimate: Option<Message>,
    /// True if there is a label to show.
    pub label: bool,
    /// Items of the return.
    pub items: Vec<Item>,
}

/// View data of one refund.
#[derive(Clone, Debug, PartialEq)]
pub struct RefundCard {
    /// Amount and destination.
    pub amount: Message,
    /// State and relevant date.
    pub state: Message,
    /// True if the refund is past its due date.
    pub overdue: bool,
    /// Reference of the payment.
    pub reference: Option<String>,
}

/// Returns all cards of an order. Open cases come first; open and closed cases are each in the reverse order of the document.
/// Returns and refunds keep the order of the document.
pub(super) fn cards(context: &Context<'_>) -> Cards {
    let order = context.order;
    let mut cases: Vec<CaseCard> = order.cases.iter().rev().map(|case| case_card(case, context)).collect();
    let over: Vec<CaseCard> = cases.extract_if(.., |case| !case.open).collect();
    cases.extend(over);
    Cards {
        failed: false,
        returns: order
            .returns
            .iter()
            .filter(|returned| !is_in_a_case_card(returned, context))
            .map(|returned| return_card(returned, context))
            .collect(),
        refunds: order
            .refunds
            .iter()
            .filter(|refund| !of_a_case(refund, context))
            .map(|refund| refund_card(refund, context))
            .collect(),
        cases,
    }
}

/// Returns true if the card of a case shows the return.
fn is_in_a_case_card(returned: &Return, context: &Context<'_>) -> bool {
    let cases = &context.order.cases;
    cases.iter().any(|case| return_of(case, context).is_some_and(|shown| shown.id == returned.id))
}

/// Returns true if the card of a case shows the refund.
fn of_a_case(refund: &Refund, context: &Context<'_>) -> bool {
    let cases = &context.order.cases;
    cases.iter().any(|case| refund_of(case, context).is_some_and(|shown| shown.id == refund.id))
}

fn refund_of<'a>(case: &Case, context: &Context<'a>) -> Option<&'a Refund> {
    let refunds = &context.order.refunds;
    refunds.iter().find(|refund| case.refund_id.as_ref() == Some(&refund.id) || refund.case_id.as_ref() == Some(&case.id))
}

fn return_of<'a>(case: &Case, context: &Context<'a>) -> Option<&'a Return> {
    let returns = &context.order.returns;
    returns.iter().find(|returned| case.return_id.as_ref() == Some(&returned.id) || returned.case_id.as_ref() == Some(&case.id))
}

fn case_card(case: &Case, context: &Context<'_>) -> CaseCard {
    let open = case.state.is_open();
    let reference = case.reference.clone();
    let reference = match case.opened_at {
        Some(at) => Message::new(keys::CASE_REFERENCE_AT).with("reference", reference).with("moment", context.clock.moment(at)),
        None => Message::new(keys::CASE_REFERENCE).with("reference", reference),
    };
    let mut actions: Vec<(Subject, Message)> = Vec::new();
    let returned_goods = return_of(case, context).map(|returned| return_card(returned, context));
    if let Some(returned) = returned_goods.as_ref().filter(|returned| returned.label) {
        actions.push((Subject::Label(returned.id.clone()), keys::CASE_LABEL.into()));
    }
    if case.can_reply {
        actions.push((Subject::Reply(case.id.clone()), keys::CASE_REPLY.into()));
    }
    if case.feedback.as_ref().is_some_and(|feedback| feedback.asked && feedback.rating.is_none()) {
        actions.push((Subject::Rating(case.id.clone()), keys::CASE_RATE.into()));
    }
    CaseCard {
        id: case.id.clone(),
        title: title(&case.kind).into(),
        reference,
        state: state(&case.state).into(),
        tone: tone(&case.state),
        open,
        outcome: case
            .outcome
            .as_ref()
            .and_then(outcome_name)
            .map(|outcome| Message::new(if open { keys::CASE_WISH } else { keys::CASE_CAME_TO }).with("outcome", outcome)),
        next: next(case, context).filter(|_| open),
        asked: asked(case),
        items: items(&context.order.lines, &case.lines, &context.access.api),
        rows: case.timeline.iter().rev().map(|entry| row(entry, context)).collect(),
        refund: refund_of(case, context).map(|refund| refund_card(refund, context)),
        returned: returned_goods,
        actions,
        acknowledged: case.acknowledged,
    }
}

/// If the case waits for the shopper, returns the latest message that another party wrote. Otherwise, returns None.
fn asked(case: &Case) -> Option<String> {
    let entries = case.timeline.iter().rev().filter(|_| case.state == CaseState::WaitingForShopper);
    let is_to_shopper = |entry: &&CaseEntry| entry.who != Party::Shopper && entry.what == CaseStep::Message;
    entries.filter(is_to_shopper).find_map(|entry| entry.text.clone())
}

/// Returns the title of a case: the label of its action. A withdrawal has a different title, because its label is worded for a
/// button.
fn title(kind: &ActionKind) -> Key {
    let specific = if *kind == ActionKind::Withdraw { Some(keys::STEP_WITHDRAWN) } else { label(kind) };
    specific.unwrap_or(keys::CASE_TITLE)
}

/// Returns the next step of a case with its deadline. Returns None if the case has no next step, or a step that this version does
/// not know.
pub(super) fn next(case: &Case, context: &Context<'_>) -> Option<Message> {
    let next = case.next.as_ref()?;
    let shopper = next.who == Party::Shopper;
    let what: Key = match &next.what {
        NextStep::LookInto if next.who == Party::Carrier => keys::NEXT_CARRIER_LOOKS,
        NextStep::LookInto => keys::NEXT_LOOK_INTO,
        NextStep::Answer if shopper => keys::NEXT_YOU_ANSWER,
        NextStep::Answer => keys::NEXT_ANSWER,
        NextStep::SendBack => keys::NEXT_SEND_BACK,
        NextStep::Inspect => keys::NEXT_INSPECT,
        NextStep::SendReplacement => keys::NEXT_REPLACEMENT,
        NextStep::Refund => keys::NEXT_REFUND,
        NextStep::Deliver => keys::NEXT_DELIVER,
        NextStep::Collect => keys::NEXT_COLLECT,
        NextStep::Unknown(_) => return None,
    };
    let Some(by) = next.by else { return Some(what.into()) };
    let key = if by.utc() < context.clock.now { keys::NEXT_WAS_DUE } else { keys::NEXT_BY_WHEN };
    Some(Message::new(key).with("what", what).with("moment", context.clock.end(by)))
}

fn row(entry: &CaseEntry, context: &Context<'_>) -> EntryRow {
    let by_shopper = entry.who == Party::Shopper;
    let what: Option<Key> = match &entry.what {
        CaseStep::Opened => Some(keys::STEP_OPENED),
        CaseStep::Message if by_shopper => Some(keys::STEP_YOU_WROTE),
        CaseStep::Message => Some(keys::STEP_WE_WROTE),
        CaseStep::HandedOver => Some(keys::STEP_HANDED_OVER),
        CaseStep::CarrierAsked => Some(keys::STEP_CARRIER_ASKED),
        CaseStep::CarrierAnswered => Some(keys::STEP_CARRIER_ANSWERED),
        CaseStep::Found => Some(keys::STEP_FOUND),
        CaseStep::Rescheduled => Some(keys::STEP_RESCHEDULED),
        CaseStep::AddressChanged => Some(keys::STEP_ADDRESS_CHANGED),
        CaseStep::PassedOn => Some(keys::STEP_PASSED_ON),
        CaseStep::Redirected => Some(keys::STEP_REDIRECTED),
        CaseStep::Cancelled => Some(keys::STEP_CANCELLED),
        CaseStep::DelayAccepted => Some(keys::STEP_DELAY_ACCEPTED),
        CaseStep::Withdrawn => Some(keys::STEP_WITHDRAWN),
        CaseStep::ReturnApproved => Some(keys::STEP_RETURN_APPROVED),
        CaseStep::LabelReady => Some(keys::STEP_LABEL_READY),
        CaseStep::ReturnInTransit => Some(keys::STEP_RETURN_IN_TRANSIT),
        CaseStep::ReturnReceived => Some(keys::STEP_RETURN_RECEIVED),
        CaseStep::ReturnInspected => Some(keys::STEP_RETURN_INSPECTED),
        CaseStep::ReplacementPromised => Some(keys::STEP_REPLACEMENT_PROMISED),
        CaseStep::ReplacementSent => Some(keys::STEP_REPLACEMENT_SENT),
        CaseStep::RefundPromised => Some(keys::STEP_REFUND_PROMISED),
        CaseStep::RefundSent => Some(keys::STEP_REFUND_SENT),
        CaseStep::Reminded => Some(keys::STEP_REMINDED),
        CaseStep::Resolved => Some(keys::STEP_RESOLVED),
        CaseStep::Declined => Some(keys::STEP_DECLINED),
        CaseStep::Expired => Some(keys::STEP_EXPIRED),
        CaseStep::Unknown(_) => None,
    };
    let what = match (what, &entry.what) {
        (Some(what), _) => what.into(),
        (None, CaseStep::Unknown(word)) if !word.is_empty() => quoted(word),
        (None, _) => keys::STEP_SOMETHING.into(),
    };
    EntryRow {
        when: as_heading(context.clock.moment(entry.at)),
        what,
        text: entry.text.clone().filter(|text| !text.trim().is_empty()),
    }
}

fn state(state: &CaseState) -> Key {
    match state {
        CaseState::Received => keys::CASE_RECEIVED,
        CaseState::InProgress => keys::CASE_IN_PROGRESS,
        CaseState::WaitingForShopper => keys::CASE_WAITING_FOR_SHOPPER,
        CaseState::WaitingForCarrier => keys::CASE_WAITING_FOR_CARRIER,
        CaseState::Resolved => keys::CASE_RESOLVED,
        CaseState::Declined => keys::CASE_DECLINED,
        CaseState::Unknown(_) => keys::CASE_UNKNOWN,
    }
}

fn tone(state: &CaseState) -> Tone {
    match state {
        CaseState::Resolved => Tone::Good,
        CaseState::WaitingForShopper | CaseState::Declined => Tone::Attention,
        CaseState::Received | CaseState::InProgress | CaseState::WaitingForCarrier | CaseState::Unknown(_) => Tone::Quiet,
    }
}

fn return_card(returned: &Return, context: &Context<'_>) -> ReturnCard {
    let state = match returned.state {
        ReturnState::Requested => keys::RETURN_REQUESTED,
        ReturnState::Approved => keys::RETURN_APPROVED,
        ReturnState::LabelReady => keys::RETURN_LABEL_READY,
        ReturnState::InTransit => keys::RETURN_IN_TRANSIT,
        ReturnState::Received => keys::RETURN_RECEIVED,
        ReturnState::Inspected => keys::RETURN_INSPECTED,
        ReturnState::Completed => keys::RETURN_COMPLETED,
        ReturnState::Rejected => keys::RETURN_REJECTED,
        ReturnState::Expired => keys::RETURN_EXPIRED,
        ReturnState::Unknown(_) => keys::RETURN_UNKNOWN,
    };
    let waits = matches!(returned.state, ReturnState::Requested | ReturnState::Approved | ReturnState::LabelReady);
    let method = match &returned.method {
        Some(ReturnMethodKind::DropOff) => Some(keys::METHOD_DROP_OFF),
        Some(ReturnMethodKind::Collection) => Some(keys::METHOD_COLLECTION),
        Some(ReturnMethodKind::Store) => Some(keys::METHOD_STORE),
        Some(ReturnMethodKind::Keep) => Some(keys::METHOD_KEEP),
        Some(ReturnMethodKind::Unknown(_)) | None => None,
    };
    let by = |by| Message::new(keys::RETURN_DROP_OFF_BY).with("moment", context.clock.end(by));
    ReturnCard {
        id: returned.id.clone(),
        state: state.into(),
        method: method.filter(|_| waits).map(Message::from),
        drop_off: returned.drop_off_by.filter(|_| waits).map(by),
        estimate: returned
            .estimate
            .as_ref()
            .map(|amount| Message::new(keys::RETURN_ESTIMATE).with("amount", MessageArg::from(amount))),
        label: waits && returned.label.is_some(),
        items: items(&context.order.lines, &returned.lines, &context.access.api),
    }
}

fn refund_card(refund: &Refund, context: &Context<'_>) -> RefundCard {
    let to = match refund.to {
        RefundTo::OriginalPayment => Some(keys::REFUND_TO_PAYMENT),
        RefundTo::StoreCredit => Some(keys::REFUND_TO_CREDIT),
        RefundTo::Unknown(_) => None,
    };
    let amount = refund_amount(refund);
    let state = refund_state(context, refund);
    RefundCard {
        amount: to.map_or(amount.clone(), |to| Message::new(to).with("amount", amount)),
        overdue: state.key == keys::REFUND_OVERDUE,
        state,
        reference: refund.reference.clone().filter(|reference| !reference.trim().is_empty()),
    }
}
