//! Carries out requests about an order, as opposed to a single shipment: cancellation of unsent items, consent to a delay, a
//! question about a refund, contact.

use doorstep_contract::{
    ActionKind, CaseId, CaseState, CaseStep, Outcome, Party, RefundTo, RequestLine, ShopperRequest, Unshipped, Window,
};

use super::outcome::{RequestOutcome, open};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::actions::waits_for_agreement;
use crate::self_service::case;
use crate::self_service::case::{Occasion, enter, entry, promise_refund};

pub(super) fn ask(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, occasion: &Occasion) -> RequestOutcome {
    let done = open(record, rules, request, occasion);
    match request.kind {
        ActionKind::Cancel => cancel(record, rules, request, &done.case_id, occasion),
        ActionKind::AcceptDelay => accept_delay(record, rules, &done.case_id, occasion),
        ActionKind::RefundStatus => case::change(record, &done.case_id, |case, private| {
            enter(case, private, rules, CaseState::InProgress, occasion.now);
        }),
        ActionKind::Contact => case::change(record, &done.case_id, |case, _| {
            case.timeline.push(entry(occasion.now, Party::Retailer, CaseStep::HandedOver, None));
        }),
        ActionKind::ReportNonReceipt
        | ActionKind::ReportDamaged
        | ActionKind::ReportWrongItem
        | ActionKind::ReportMissingItem
        | ActionKind::Reschedule
        | ActionKind::ChangeAddress
        | ActionKind::DeliveryInstructions
        | ActionKind::LeaveWithNeighbour
        | ActionKind::LeaveInSafePlace
        | ActionKind::RedirectToPickup
        | ActionKind::StartReturn
        | ActionKind::Withdraw
        | ActionKind::Unknown(_) => {}
    }
    done
}

/// Removes cancelled or withdrawn quantities from the unsent items, and records them. Lines that are in a shipment are ignored.
pub(super) fn cancel_unshipped(record: &mut OrderAggregate, lines: &[RequestLine]) {
    for line in lines.iter().filter(|line| line.shipment_id.is_none()) {
        let ordered = record.order.lines.iter().find(|known| known.id == line.line_id).map_or(0, |known| known.quantity);
        let cancelled = record.private.cancelled.entry(line.line_id.clone()).or_default();
        (cancelled.quantity, cancelled.ordered) = (cancelled.quantity.saturating_add(line.quantity), ordered);
        let mut rest = line.quantity;
        for part in record.order.unshipped.iter_mut().filter(|part| part.line_id == line.line_id) {
            let less = rest.min(part.quantity);
            part.quantity -= less;
            rest -= less;
        }
    }
    record.order.unshipped.retain(|part: &Unshipped| part.quantity > 0);
}

fn cancel(record: &mut OrderAggregate, rules: &Rules, request: &ShopperRequest, id: &CaseId, occasion: &Occasion) {
    cancel_unshipped(record, &request.lines);
    case::change(record, id, |case, _| {
        case.timeline.push(entry(occasion.now, Party::Retailer, CaseStep::Cancelled, None));
        case.outcome = Some(Outcome::Refund);
    });
    promise_refund(record, rules, id, RefundTo::OriginalPayment, occasion.now);
}

/// Records the expected dates that the shopper agrees to. These are the dispatch dates of unsent items, if they differ from the
/// promised dates, and the delivery dates of parcels that wait for an agreement. The promised dates stay unchanged.
fn accept_delay(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, occasion: &Occasion) {
    let mut agreed: Vec<String> = Vec::new();
    for part in &record.order.unshipped {
        if let (Some(before), Some(after)) = (part.promised_dispatch, part.expected_dispatch)
            && before != after
        {
            agreed.push(format!("{} → {}", window_text(&before), window_text(&after)));
            record.private.agreed_lines.insert(part.line_id.clone(), after);
        }
    }
    for shipment in &record.order.shipments {
        if !waits_for_agreement(shipment, &record.private) {
            continue;
        }
        if let Some(promise) = &shipment.promise
            && let (Some(before), Some(after)) = (promise.promised, promise.expected)
        {
            agreed.push(format!("{} → {}", window_text(&before), window_text(&after)));
            record.private.agreed.insert(shipment.id.clone(), after);
        }
    }
    let text = Some(agreed.join(", ")).filter(|text| !text.is_empty());
    case::change(record, id, |case, private| {
        case.timeline.push(entry(occasion.now, Party::Shopper, CaseStep::DelayAccepted, text));
        enter(case, private, rules, CaseState::Resolved, occasion.now);
    });
}

fn window_text(window: &Window) -> String {
    match window {
        Window::Days { from, to } if from == to => to.to_string(),
        Window::Days { from, to } => format!("{from}/{to}"),
        Window::Times { from, to } => format!("{from}/{to}"),
    }
}
