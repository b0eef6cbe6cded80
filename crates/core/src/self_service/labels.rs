//! Messages for outcomes, reasons and refunds of the contract, texts of the buttons that send an action, and the contact links of
//! an order. Used by the flows, the page and the cards.

use super::Context;
use super::block::{SupportChannel, quoted};
use crate::message::{Key, Message, MessageArg, request_keys as keys};
use doorstep_contract::links::link;
use doorstep_contract::{ActionKind, Outcome, ReasonChoice, Refund, RefundState, WhyNot};

/// Returns the name of an outcome, or None for an unknown one.
pub(super) fn outcome_name(outcome: &Outcome) -> Option<Message> {
    Some(Message::from(match outcome {
        Outcome::Refund => keys::OUTCOME_REFUND,
        Outcome::Replacement => keys::OUTCOME_REPLACEMENT,
        Outcome::Exchange => keys::OUTCOME_EXCHANGE,
        Outcome::StoreCredit => keys::OUTCOME_STORE_CREDIT,
        Outcome::Investigate => keys::OUTCOME_INVESTIGATE,
        Outcome::Unknown(_) => return None,
    }))
}

/// Returns the explanation of an outcome. Returns an empty list if the outcome has none.
pub(super) fn outcome_hint(outcome: &Outcome) -> Vec<Message> {
    let hint = match outcome {
        Outcome::Refund => keys::OUTCOME_REFUND_HINT,
        Outcome::Replacement => keys::OUTCOME_REPLACEMENT_HINT,
        Outcome::Investigate => keys::OUTCOME_INVESTIGATE_HINT,
        Outcome::Exchange | Outcome::StoreCredit | Outcome::Unknown(_) => return Vec::new(),
    };
    vec![hint.into()]
}

/// Returns the name of a reason: the shop's text if it gave one, else the catalogue's text for a known code, else the code.
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
pub(super) fn support_channels(context: &Context<'_>) -> Vec<SupportChannel> {
    let channel = |support: &doorstep_contract::Support| {
        let url = link(&support.url)?;
        let label = if support.label.trim().is_empty() { url.clone() } else { support.label.clone() };
        Some(SupportChannel { url, label, hours: support.hours.clone() })
    };
    context.order.support.iter().filter_map(channel).collect()
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

/// Returns amount and state of every refund.
pub(super) fn refunds(context: &Context<'_>) -> Vec<(Message, Message)> {
    context.order.refunds.iter().map(|refund| (refund_amount(refund), refund_state(context, refund))).collect()
}

/// Returns the amount of a refund, or a general name if the amount is not known.
pub(super) fn refund_amount(refund: &Refund) -> Message {
    refund
        .amount
        .as_ref()
        .map_or(keys::REFUND_UNKNOWN.into(), |amount| Message::new(keys::AMOUNT).with("amount", MessageArg::from(amount)))
}

/// Returns the state of a refund, with the day on which it was sent or is due.
pub(super) fn refund_state(context: &Context<'_>, refund: &Refund) -> Message {
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
