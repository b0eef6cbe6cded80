//! Advances cases by time, by the progress of their shipment, and by their refunds. Called by `recompute`.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionFamily, ActionKind, Case, CaseId, CaseNext, CaseState, CaseStep, Date, NextStep, Outcome, Party, Pickup, RefundState,
    ReturnState, ShipmentId, Stage, Timestamp,
};

use super::grant::grant;
use super::steps::{answer_by, change, enter, entry, resolve};
use crate::calendar::{hours_after, zone};
use crate::order::tracking_updates::apply_within_change;
use crate::order::{OrderAggregate, PrivateCase};
use crate::policy::Rules;
use crate::policy::rules::Decision;
use crate::tracking::stage::{is_ending, rank};
use crate::tracking::{ShipmentFacts, TrackingUpdate, arrived_at};

/// Advances every open case as far as possible at `now`. Returns the next time at which time alone advances a case, or None.
pub(crate) fn advance_cases(record: &mut OrderAggregate, rules: &Rules, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let open = |case: &&Case| case.state.is_open();
    let ids: Vec<CaseId> = record.order.cases.iter().filter(open).map(|case| case.id.clone()).collect();
    for id in &ids {
        follow_parcel(record, rules, id, now);
        follow_refund(record, rules, id, now);
        follow_clock(record, rules, id, now);
    }
    let due = |case: &Case| record.private.cases.get(&case.id).and_then(|private| due(case, private, rules));
    record.order.cases.iter().filter(open).filter_map(due).filter(|at| *at > now).min()
}

fn due(case: &Case, private: &PrivateCase, rules: &Rules) -> Option<DateTime<Utc>> {
    let since = private.since?.utc();
    let remind = (!private.reminded).then(|| hours_after(since, rules.cases.remind_after_hours));
    match case.state {
        CaseState::Received => Some(hours_after(since, rules.cases.in_progress_after_hours)),
        CaseState::WaitingForCarrier => private.investigated_until.map(Timestamp::utc).into_iter().chain(remind).min(),
        CaseState::WaitingForShopper => remind,
        CaseState::InProgress | CaseState::Resolved | CaseState::Declined | CaseState::Unknown(_) => None,
    }
}

fn follow_clock(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, now: DateTime<Utc>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == *id) else { return };
    let Some(private) = record.private.cases.get(id) else { return };
    if due(case, private, rules).is_none_or(|due| due > now) {
        return;
    }
    let over = private.investigated_until.is_some_and(|until| until.utc() <= now);
    if case.state == CaseState::WaitingForCarrier && over {
        return end_investigation(record, rules, id, now);
    }
    change(record, id, |case, private| {
        if case.state == CaseState::Received {
            enter(case, private, rules, CaseState::InProgress, now);
        } else {
            private.reminded = true;
            case.timeline.push(entry(now, Party::Retailer, CaseStep::Reminded, None));
        }
    });
}

/// Starts the carrier's investigation, which ends after the investigation hours of the policy.
pub(crate) fn investigate(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, now: DateTime<Utc>) {
    let until: Timestamp = hours_after(now, rules.non_receipt.investigation_hours).into();
    change(record, id, |case, private| {
        enter(case, private, rules, CaseState::WaitingForCarrier, now);
        private.investigated_until = Some(until);
        case.next = Some(CaseNext { what: NextStep::LookInto, who: Party::Carrier, by: Some(until) });
        case.timeline.push(entry(now, Party::Retailer, CaseStep::CarrierAsked, None));
    });
}

fn end_investigation(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, now: DateTime<Utc>) {
    let mut wanted = None;
    change(record, id, |case, private| {
        private.investigated_until = None;
        wanted.clone_from(&case.outcome);
        enter(case, private, rules, CaseState::InProgress, now);
        case.next = Some(answer_by(rules, &case.kind, now));
    });
    let is_granted_by_policy = rules.non_receipt.after_investigation == Decision::Grant;
    if let (true, Some(outcome @ (Outcome::Refund | Outcome::Replacement))) = (is_granted_by_policy, wanted) {
        grant(record, rules, id, &outcome, now);
    }
}

fn follow_parcel(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, now: DateTime<Utc>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == *id && case.state.is_open()) else { return };
    let named = |wanted: Option<&ShipmentId>| record.order.shipments.iter().find(|shipment| Some(&shipment.id) == wanted);
    let replacement = record.private.cases.get(id).and_then(|private| named(private.replacement.as_ref()));
    if replacement.is_some_and(|shipment| rank(&shipment.stage) >= rank(&Stage::HandedOver)) {
        return resolve(record, rules, id, Party::Retailer, CaseStep::ReplacementSent, now);
    }
    let Some(shipment) = named(case.shipment_id.as_ref()) else { return };
    let arrived = arrived_at(shipment, zone(&record.order));
    let ended = is_ending(&shipment.stage);
    match case.kind.family() {
        ActionFamily::Report if case.kind == ActionKind::ReportNonReceipt => {
            // Only an arrival after the report means that the parcel was found.
            let opened = case.opened_at.map(Timestamp::utc);
            let waits = record.private.cases.get(id).is_some_and(|private| private.granted.is_none());
            if waits && arrived.is_some() && arrived > opened {
                resolve(record, rules, id, Party::Carrier, CaseStep::Found, now);
            }
        }
        ActionFamily::Delivery => {
            if shipment.stage == Stage::ReadyForPickup && case.kind == ActionKind::RedirectToPickup {
                let shipment_id = shipment.id.clone();
                set_collection_deadline(record, rules, &shipment_id, now);
                return resolve(record, rules, id, Party::Carrier, CaseStep::Resolved, now);
            }
            if arrived.is_some() || shipment.stage == Stage::ReadyForPickup {
                resolve(record, rules, id, Party::Carrier, CaseStep::Resolved, now);
            } else if ended {
                resolve(record, rules, id, Party::Carrier, CaseStep::Expired, now);
            }
        }
        ActionFamily::Report
        | ActionFamily::Order
        | ActionFamily::Return
        | ActionFamily::Refund
        | ActionFamily::Contact
        | ActionFamily::Unknown => {}
    }
}

/// Sets the last day for collecting a parcel that has arrived at the pickup point, unless the last day is known.
fn set_collection_deadline(record: &mut OrderAggregate, rules: &Rules, shipment_id: &ShipmentId, now: DateTime<Utc>) {
    let today = now.with_timezone(&zone(&record.order)).date_naive();
    let last = today.checked_add_days(chrono::Days::new(rules.redirect.kept_days.into())).map(Date);
    let shipment = record.order.shipments.iter().find(|shipment| shipment.id == *shipment_id);
    let pickup = shipment.and_then(|shipment| shipment.pickup.clone()).filter(|pickup| pickup.collect_by.is_none());
    if let Some(pickup) = pickup {
        let facts = ShipmentFacts { pickup: Some(Pickup { collect_by: last, ..pickup }), ..ShipmentFacts::default() };
        apply_within_change(record, shipment_id, &TrackingUpdate { facts, ..TrackingUpdate::default() }, now);
    }
}

fn follow_refund(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, now: DateTime<Utc>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == *id && case.state.is_open()) else { return };
    // The case is resolved once all its refunds were sent and its return is completed.
    let mut refunds = record.order.refunds.iter().filter(|refund| refund.case_id.as_ref() == Some(id)).peekable();
    let back = record.order.returns.iter().find(|back| Some(&back.id) == case.return_id.as_ref());
    let all_back = back.is_none_or(|back| back.state == ReturnState::Completed);
    let promised = refunds.peek().is_some() && case.refund_id.is_some();
    if promised && all_back && refunds.all(|refund| matches!(refund.state, RefundState::Sent | RefundState::Completed)) {
        resolve(record, rules, id, Party::Retailer, CaseStep::RefundSent, now);
    }
}
