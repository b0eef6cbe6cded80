//! Advances returns by their shipment, by their deadline, and by their refund.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    Case, CaseNext, CaseState, CaseStep, LineQuantity, NextStep, Order, Party, RefundState, Return, ReturnMethodKind,
    ReturnState, Stage, Timestamp,
};

use super::amounts::restore_allocation;
use super::refund::{due_by, promise_refund};
use super::steps::{is_withdrawal, known, refund_of, step, update_case};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::case::{entry, resolve};
use crate::tracking::arrived_at;
use crate::tracking::stage::rank;

/// Advances every return as far as possible at `now`. Returns the next deadline at which a return expires, or None.
pub(crate) fn advance_returns(record: &mut OrderAggregate, rules: &Rules, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let ids: Vec<String> = record.order.returns.iter().map(|rma| rma.id.clone()).collect();
    let has_expired =
        |record: &OrderAggregate, id: &str| known(record, id).is_some_and(|(rma, _)| rma.state == ReturnState::Expired);
    for id in &ids {
        if !has_expired(record, id) {
            follow_parcel(record, rules, id, now);
        }
        follow_clock(record, rules, id, now);
    }
    // Expired returns are advanced last, after all deadlines were applied. A late parcel is accepted only if nothing else was
    // requested for its items.
    for id in &ids {
        if has_expired(record, id) {
            follow_parcel(record, rules, id, now);
        }
        follow_refund(record, id);
    }
    let open = record.order.returns.iter().filter(|rma| waits(&rma.state) && !is_withdrawal(&record.order, rma));
    open.filter_map(|rma| rma.drop_off_by).map(Timestamp::utc).filter(|at| *at > now).min()
}

/// Returns true if a return waits for the shopper to hand it over.
fn waits(state: &ReturnState) -> bool {
    matches!(state, ReturnState::Approved | ReturnState::LabelReady)
}

fn follow_parcel(record: &mut OrderAggregate, rules: &Rules, id: &str, now: DateTime<Utc>) {
    let Some((rma, _)) = known(record, id).map(|(rma, private)| (rma.clone(), private)) else { return };
    let Some(shipment) = record.order.shipments.iter().find(|shipment| Some(&shipment.id) == rma.shipment_id.as_ref()) else {
        return;
    };
    let (stage, arrived) = (shipment.stage.clone(), arrived_at(shipment, crate::calendar::zone(&record.order)));
    // The late parcel of an expired return is accepted only if nothing else was requested for its items.
    if rma.state == ReturnState::Expired && !is_still_available(&record.order, &rma) {
        return;
    }
    let moving = rank(&stage) >= rank(&Stage::HandedOver) && !matches!(stage, Stage::Cancelled | Stage::Unknown(_));
    if moving {
        restore_allocation(record, id);
    }
    if moving && step(record, id, ReturnState::InTransit) {
        let entries = vec![entry(now, Party::Carrier, CaseStep::ReturnInTransit, None)];
        update_case(record, rules, id, entries, Some(CaseNext { what: NextStep::Inspect, who: Party::Retailer, by: None }), now);
        if is_withdrawal(&record.order, &rma) {
            let amount = known(record, id).and_then(|(_, private)| private.amount);
            promise_refund(record, rules, id, amount, now);
        }
    }
    if stage == Stage::Delivered {
        receive(record, rules, id, arrived.unwrap_or(now).min(now), now);
    }
}

/// Returns true if nothing else was requested for the lines of an expired return. Other expired returns and declined reports do
/// not count.
pub(super) fn is_still_available(order: &Order, rma: &Return) -> bool {
    let shares =
        |lines: &[LineQuantity]| lines.iter().any(|line| rma.lines.iter().any(|returned| returned.line_id == line.line_id));
    let is_active = |other: &&Return| other.id != rma.id && other.state != ReturnState::Expired;
    let reported = |case: &&Case| case.kind.is_report() && case.state != CaseState::Declined;
    let about = |case: &Case| {
        let whole = order.shipments.iter().find(|known| case.lines.is_empty() && Some(&known.id) == case.shipment_id.as_ref());
        shares(whole.map_or(&case.lines, |shipment| &shipment.lines))
    };
    !order.returns.iter().filter(is_active).any(|other| shares(&other.lines)) && !order.cases.iter().filter(reported).any(about)
}

/// Records the arrival of a return. Returns false, without changing the state, if the return cannot be received in its current
/// state.
pub(super) fn receive(record: &mut OrderAggregate, rules: &Rules, id: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    restore_allocation(record, id);
    if !step(record, id, ReturnState::Received) {
        return false;
    }
    record.private.returns.entry(id.to_owned()).or_default().received_at = Some(at.into());
    let Some((rma, private)) = known(record, id).map(|(rma, private)| (rma.clone(), private)) else { return true };
    let by = due_by(record, rules, &rma, &private, now);
    let entries = vec![entry(now, Party::Retailer, CaseStep::ReturnReceived, None)];
    update_case(record, rules, id, entries, Some(CaseNext { what: NextStep::Inspect, who: Party::Retailer, by: Some(by) }), now);
    if is_withdrawal(&record.order, &rma) {
        promise_refund(record, rules, id, private.amount, now);
    }
    true
}

fn follow_clock(record: &mut OrderAggregate, rules: &Rules, id: &str, now: DateTime<Utc>) {
    let Some((rma, _)) = known(record, id) else { return };
    let kept = rma.method == Some(ReturnMethodKind::Keep);
    let over = rma.drop_off_by.is_some_and(|by| by.utc() <= now);
    if kept || !over || !waits(&rma.state) || is_withdrawal(&record.order, rma) {
        return;
    }
    let case_id = rma.case_id.clone();
    if step(record, id, ReturnState::Expired)
        && let Some(case_id) = case_id
    {
        resolve(record, rules, &case_id, Party::Shopper, CaseStep::Expired, now);
    }
}

/// Completes a return once its refund was sent.
fn follow_refund(record: &mut OrderAggregate, id: &str) {
    let Some((rma, _)) = known(record, id) else { return };
    let sent =
        refund_of(&record.order, rma).is_some_and(|refund| matches!(refund.state, RefundState::Sent | RefundState::Completed));
    if sent {
        step(record, id, ReturnState::Completed);
    }
}
