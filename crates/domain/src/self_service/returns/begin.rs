//! Creates a return from the request of a case, and approves it at once or after a decision of the retailer's staff.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionKind, CaseId, CaseNext, CaseStep, Direction, Label, Money, NextStep, Outcome, Party, RefundTo, RequestLine, Return,
    ReturnMethodKind, ReturnState, ShipmentId, Stage, Timestamp,
};

use super::amounts::{ReturnRequest, after_fee, fee, quantities, refund_before_fee};
use super::qr_code::rows;
use super::refund::{add_refund, promise_refund};
use super::steps::{grant_replacement, known, step, update_case};
use crate::calendar::{days_after, zone};
use crate::order::{OrderAggregate, PrivateReturn};
use crate::policy::Rules;
use crate::policy::rules::{Decision, Method};
use crate::self_service::case::{change, entry};
use crate::self_service::refund_allocation;
use crate::tracking::event_id;

/// Creates the return that was requested in a case. Items that were never sent are not part of the return. After a withdrawal,
/// the refund of these items is promised at once.
pub(crate) fn begin(record: &mut OrderAggregate, rules: &Rules, case_id: &CaseId, now: DateTime<Utc>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == *case_id).cloned() else { return };
    let Some(request) = record.private.cases.get(case_id).map(|private| private.request.clone()) else { return };
    let (rma, unsent): (Vec<RequestLine>, Vec<RequestLine>) =
        request.lines.iter().cloned().partition(|line| line.shipment_id.is_some());
    let asked = |lines| ReturnRequest { kind: &case.kind, lines, outcome: case.outcome.as_ref() };
    let whole = refund_before_fee(record, rules, asked(&request.lines));
    let parts = request.lines.iter().zip(&whole.goods);
    let mut unsent_goods: Vec<Money> =
        parts.filter(|(line, _)| line.shipment_id.is_none()).map(|(_, paid)| paid.clone()).collect();
    if whole.goods.is_empty() {
        // A price is unknown. The prices of the unsent items may be known nevertheless.
        unsent_goods = refund_allocation::shares(record, Some(case_id), &unsent).unwrap_or_default();
    }
    refund_allocation::allocate(record, case_id, &request.lines, &whole.goods);
    if !rma.is_empty() {
        let method = rules.returns.methods.iter().find(|method| Some(&method.id) == request.method_id.as_ref());
        // The refund of unsent items is promised separately, so it is deducted here.
        let amount = after_fee(whole.amount.as_ref(), refund_allocation::sum(&unsent_goods).as_ref());
        let fee = method.and_then(|method| fee(rules, method, asked(&rma), amount.as_ref()));
        let to = match case.outcome {
            Some(Outcome::StoreCredit) => Some(RefundTo::StoreCredit),
            Some(Outcome::Exchange | Outcome::Replacement) => None,
            Some(Outcome::Refund | Outcome::Investigate | Outcome::Unknown(_)) | None => Some(RefundTo::OriginalPayment),
        };
        let private = PrivateReturn {
            method_id: method.map(|method| method.id.clone()),
            amount: after_fee(amount.as_ref(), fee.as_ref()),
            to,
            asked_at: Some(now.into()),
            received_at: None,
        };
        let id = format!("r{}", record.order.returns.len() + 1);
        record.order.returns.push(Return {
            id: id.clone(),
            case_id: Some(case_id.to_owned()),
            state: ReturnState::Requested,
            lines: quantities(&rma),
            outcome: case.outcome.clone(),
            method: method.map(|method| method.kind.clone()),
            estimate: private.amount.clone(),
            label: None,
            drop_off_by: None,
            shipment_id: None,
            refund_id: None,
        });
        record.private.returns.insert(id.clone(), private);
        change(record, case_id, |case, _| case.return_id = Some(id.clone()));
        // A withdrawal needs no approval.
        if rules.returns.decision == Decision::Grant || case.kind == ActionKind::Withdraw {
            approve(record, rules, &id, now);
        }
    }
    if !unsent.is_empty() && case.kind == ActionKind::Withdraw {
        let amount = if rma.is_empty() { whole.amount.clone() } else { refund_allocation::sum(&unsent_goods) };
        let due_by = days_after(now, rules.withdraw.refund_days, zone(&record.order)).into();
        let id = add_refund(record, case_id, None, amount, RefundTo::OriginalPayment, due_by);
        change(record, case_id, |case, _| {
            case.refund_id = Some(id);
            case.timeline.push(entry(now, Party::Retailer, CaseStep::RefundPromised, None));
            if case.return_id.is_none() {
                case.next = Some(CaseNext { what: NextStep::Refund, who: Party::Retailer, by: Some(due_by) });
            }
        });
    }
    if whole.parts.iter().any(|part| part.kind == doorstep_contract::QuotePartKind::Delivery) {
        record.private.delivery_refunded = true;
    }
}

/// Approves a return: creates its label and its return shipment, and sets the deadline by which the shopper hands the parcel
/// over. If the shopper keeps the goods, promises the refund or replacement at once instead.
pub(super) fn approve(record: &mut OrderAggregate, rules: &Rules, id: &str, now: DateTime<Utc>) {
    if !step(record, id, ReturnState::Approved) {
        return;
    }
    let Some((rma, private)) = known(record, id).map(|(rma, private)| (rma.clone(), private)) else { return };
    let method = rules.returns.methods.iter().find(|method| Some(&method.id) == private.method_id.as_ref()).cloned();
    let mut entries = vec![entry(now, Party::Retailer, CaseStep::ReturnApproved, None)];
    if rma.method == Some(ReturnMethodKind::Keep) {
        update_case(record, rules, id, entries, None, now);
        if private.to.is_none() {
            return grant_replacement(record, rules, id, now);
        }
        return promise_refund(record, rules, id, private.amount, now);
    }
    let by: Timestamp = days_after(now, rules.returns.drop_off_days, zone(&record.order)).into();
    let number = tracking_number(record, &rma);
    let travels = matches!(rma.method, Some(ReturnMethodKind::DropOff | ReturnMethodKind::Collection));
    let shipment_id = travels.then(|| send_off(record, &rma, &number));
    let label = method.as_ref().and_then(|method| label(method, &number));
    let has_label = label.is_some();
    if let Some(rma) = record.order.returns.iter_mut().find(|rma| rma.id == id) {
        (rma.drop_off_by, rma.shipment_id, rma.label) = (Some(by), shipment_id, label);
    }
    if has_label && step(record, id, ReturnState::LabelReady) {
        entries.push(entry(now, Party::Retailer, CaseStep::LabelReady, None));
    }
    let next = CaseNext { what: NextStep::SendBack, who: Party::Shopper, by: Some(by) };
    update_case(record, rules, id, entries, Some(next), now);
}

fn label(method: &Method, number: &str) -> Option<Label> {
    let rows = rows(number)?;
    (!method.formats.is_empty()).then(|| Label {
        formats: method.formats.clone(),
        qr_text: Some(number.to_owned()),
        qr_rows: rows,
    })
}

/// Returns the tracking number of the return shipment. The number is made from a hash of the ids of order, return and case, so it
/// is stable and unique.
fn tracking_number(record: &OrderAggregate, rma: &Return) -> String {
    let id = event_id(&["return", &record.order.id, &rma.id, rma.case_id.as_deref().unwrap_or_default()]);
    format!("RT{}", id.trim_start_matches("ev_").get(..12).unwrap_or_default().to_uppercase())
}

/// Adds the return shipment and returns its id. Tracking updates change it like every other shipment.
fn send_off(record: &mut OrderAggregate, rma: &Return, number: &str) -> ShipmentId {
    let of = outbound(record, rma);
    record.add_shipment(Direction::Return, of, rma.lines.clone(), Stage::LabelCreated, Some(number.to_owned()))
}

/// Returns the id of the shipment that brought all returned items to the shopper. Returns None if the items came in several
/// shipments.
fn outbound(record: &OrderAggregate, rma: &Return) -> Option<ShipmentId> {
    let case_id = rma.case_id.as_ref()?;
    let request = &record.private.cases.get(case_id)?.request;
    let mut from = request.lines.iter().filter_map(|line| line.shipment_id.as_ref());
    let first = from.next()?;
    from.all(|other| other == first).then(|| first.clone())
}
