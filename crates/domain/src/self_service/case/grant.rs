//! Applies the outcome of a case: promises a replacement, a refund or store credit, or leaves the decision to a person.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    CaseId, CaseNext, CaseState, CaseStep, Direction, LineQuantity, NextStep, Outcome, Party, Refund, RefundState, RefundTo,
    RequestLine, ShipmentId, Stage, Timestamp,
};

use super::steps::{change, enter, entry};
use crate::calendar::{days_after, zone};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::refund_allocation::{allocate, shares, sum};

/// Promises the outcome. Outcomes other than refund, store credit and replacement are left to a person.
pub(crate) fn grant(record: &mut OrderAggregate, rules: &Rules, case_id: &CaseId, outcome: &Outcome, now: DateTime<Utc>) {
    match outcome {
        Outcome::Refund => promise_refund(record, rules, case_id, RefundTo::OriginalPayment, now),
        Outcome::StoreCredit => promise_refund(record, rules, case_id, RefundTo::StoreCredit, now),
        Outcome::Replacement => replace(record, rules, case_id, now),
        Outcome::Exchange | Outcome::Investigate | Outcome::Unknown(_) => review(record, rules, case_id, now),
    }
}

fn review(record: &mut OrderAggregate, rules: &Rules, case_id: &CaseId, now: DateTime<Utc>) {
    change(record, case_id, |case, private| {
        enter(case, private, rules, CaseState::InProgress, now);
        case.next = Some(super::answer_by(rules, &case.kind, now));
    });
}

/// Returns the shipment and the lines that a case is about: the lines of the case, or all lines of its shipment.
fn subject(record: &OrderAggregate, case_id: &CaseId) -> (Option<ShipmentId>, Vec<LineQuantity>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == *case_id) else { return (None, Vec::new()) };
    let shipment = record.order.shipments.iter().find(|shipment| Some(&shipment.id) == case.shipment_id.as_ref());
    let lines = if case.lines.is_empty() {
        shipment.map(|shipment| shipment.lines.clone()).unwrap_or_default()
    } else {
        case.lines.clone()
    };
    (case.shipment_id.clone(), lines)
}

/// Promises a refund for the lines that the case is about.
pub(crate) fn promise_refund(record: &mut OrderAggregate, rules: &Rules, case_id: &CaseId, to: RefundTo, now: DateTime<Utc>) {
    let (shipment_id, lines) = subject(record, case_id);
    let part = |line: LineQuantity| RequestLine {
        line_id: line.line_id,
        quantity: line.quantity,
        shipment_id: shipment_id.clone(),
        reason: None,
    };
    let parts: Vec<RequestLine> = lines.into_iter().map(part).collect();
    let shares = shares(record, Some(case_id), &parts).unwrap_or_default();
    allocate(record, case_id, &parts, &shares);
    let id = format!("f{}", record.order.refunds.len() + 1);
    let due_by: Timestamp = days_after(now, rules.refunds.due_days, zone(&record.order)).into();
    let outcome = if to == RefundTo::StoreCredit { Outcome::StoreCredit } else { Outcome::Refund };
    record.order.refunds.push(Refund {
        id: id.clone(),
        amount: sum(&shares),
        state: RefundState::Promised,
        to,
        due_by: Some(due_by),
        sent_at: None,
        reference: None,
        return_id: None,
        case_id: Some(case_id.to_owned()),
    });
    change(record, case_id, |case, private| {
        enter(case, private, rules, CaseState::InProgress, now);
        case.refund_id = Some(id);
        case.next = Some(CaseNext { what: NextStep::Refund, who: Party::Retailer, by: Some(due_by) });
        case.timeline.push(entry(now, Party::Retailer, CaseStep::RefundPromised, None));
        private.granted = Some(outcome);
    });
}

/// Adds a replacement shipment. It has no carrier until the retailer's systems name one.
fn replace(record: &mut OrderAggregate, rules: &Rules, case_id: &CaseId, now: DateTime<Utc>) {
    let (of, lines) = subject(record, case_id);
    let id = record.add_shipment(Direction::Replacement, of, lines, Stage::Ordered, None);
    change(record, case_id, |case, private| {
        enter(case, private, rules, CaseState::InProgress, now);
        let by = super::answer_by(rules, &case.kind, now).by;
        case.next = Some(CaseNext { what: NextStep::SendReplacement, who: Party::Retailer, by });
        case.timeline.push(entry(now, Party::Retailer, CaseStep::ReplacementPromised, None));
        private.granted = Some(Outcome::Replacement);
        private.replacement = Some(id);
    });
}
