//! Carries out self-service requests that change a coming delivery. A request replaces an earlier request of the same kind for
//! the shipment.

use doorstep_contract::invalid::Findings;
use doorstep_contract::{
    ActionKind, Case, CaseId, CaseNext, CaseState, CaseStep, Confidence, Destination, NewAddress, NextStep, Party, Pickup,
    PromiseSource, ShipmentId, ShopperRequest, Timestamp,
};

use super::outcome::{Refusal, RequestOutcome, open, valid};
use super::slots::window_of;
use crate::calendar::zone;
use crate::order::tracking_updates::apply_within_change;
use crate::order::{DeliveryPreferences, OrderAggregate};
use crate::policy::Rules;
use crate::self_service::case;
use crate::self_service::case::{Occasion, enter, entry};
use crate::tracking::{ShipmentFacts, TrackingUpdate};

pub(super) fn change(
    record: &mut OrderAggregate,
    rules: &Rules,
    request: &ShopperRequest,
    free_slot_ids: &[String],
    occasion: &Occasion,
) -> Result<RequestOutcome, Refusal> {
    let shipment_id = request.shipment_id.clone().unwrap_or_default();
    check(record, rules, request, free_slot_ids)?;
    supersede(record, rules, &request.kind, &shipment_id, occasion);
    let mut done = open(record, rules, request, occasion);
    let step = match request.kind {
        ActionKind::Reschedule => {
            let slot_id = request.slot_id.clone().unwrap_or_default();
            reschedule(record, &shipment_id, &slot_id, occasion);
            done.slot_to_book = Some((shipment_id.clone(), slot_id));
            CaseStep::Rescheduled
        }
        ActionKind::ChangeAddress => {
            done.audit = replace_address(record, request.address.as_ref(), occasion);
            answer(record, &shipment_id, ShipmentFacts::default(), occasion);
            CaseStep::AddressChanged
        }
        ActionKind::RedirectToPickup => {
            redirect(record, rules, &shipment_id, request.pickup_point_id.as_deref(), occasion);
            CaseStep::Redirected
        }
        ActionKind::DeliveryInstructions
        | ActionKind::LeaveWithNeighbour
        | ActionKind::LeaveInSafePlace
        | ActionKind::ReportNonReceipt
        | ActionKind::ReportDamaged
        | ActionKind::ReportWrongItem
        | ActionKind::ReportMissingItem
        | ActionKind::Cancel
        | ActionKind::AcceptDelay
        | ActionKind::StartReturn
        | ActionKind::Withdraw
        | ActionKind::RefundStatus
        | ActionKind::Contact
        | ActionKind::Unknown(_) => CaseStep::PassedOn,
    };
    store_preferences(record.private.delivery_preferences.entry(shipment_id).or_default(), request);
    let what = if step == CaseStep::Redirected { NextStep::Collect } else { NextStep::Deliver };
    case::change(record, &done.case_id, |case, private| {
        enter(case, private, rules, CaseState::InProgress, occasion.now);
        case.timeline.push(entry(occasion.now, Party::Retailer, step, None));
        case.next = Some(CaseNext { what, who: Party::Carrier, by: None });
    });
    Ok(done)
}

fn check(record: &OrderAggregate, rules: &Rules, request: &ShopperRequest, free_slot_ids: &[String]) -> Result<(), Refusal> {
    let mut findings = Findings::default();
    if let Some(address) = &request.address {
        check_address(address, rules, &mut findings);
    }
    if let Some(id) = &request.pickup_point_id {
        let country = record.order.destination.as_ref().and_then(|to| to.country.as_deref());
        let is_known_point = rules.redirect.points.iter().any(|point| point.id == *id && Some(&*point.country) == country);
        findings.refuse_if(!is_known_point, "/pickup_point_id", "unknown");
    }
    valid(findings)?;
    let taken = request.slot_id.as_ref().is_some_and(|slot| !free_slot_ids.contains(slot));
    if taken { Err(Refusal::SlotTaken) } else { Ok(()) }
}

fn check_address(address: &NewAddress, rules: &Rules, findings: &mut Findings) {
    let rules = &rules.change_address;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    findings.refuse_if(address.lines.is_empty(), "/address/lines", "empty");
    findings.refuse_if(number(address.lines.len()) > rules.max_lines, "/address/lines", "too-many");
    let named = address.lines.iter().enumerate().map(|(index, line)| (format!("/address/lines/{index}"), line));
    for (at, line) in named.chain([("/address/city".to_owned(), &address.city)]) {
        findings.text(line, at.clone());
        findings.refuse_if(number(line.chars().count()) > rules.max_line_chars, at.clone(), "too-long");
        findings.refuse_if(line.chars().any(char::is_control), at, "invalid");
    }
    let postcode = address.postcode.trim();
    let plain = postcode.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == ' ' || sign == '-');
    let length = number(postcode.chars().count());
    findings.refuse_if(!plain, "/address/postcode", "invalid");
    findings.refuse_if(length < rules.min_postcode_chars, "/address/postcode", "too-short");
    findings.refuse_if(length > rules.max_postcode_chars, "/address/postcode", "too-long");
}

/// Resolves earlier open cases of this kind for this shipment, because the new request replaces them.
fn supersede(record: &mut OrderAggregate, rules: &Rules, kind: &ActionKind, shipment_id: &ShipmentId, occasion: &Occasion) {
    let same = |case: &&Case| case.kind == *kind && case.shipment_id.as_ref() == Some(shipment_id) && case.state.is_open();
    let ids: Vec<CaseId> = record.order.cases.iter().filter(same).map(|case| case.id.clone()).collect();
    for id in ids {
        case::change(record, &id, |case, private| {
            case.timeline.push(entry(occasion.now, Party::Shopper, CaseStep::Resolved, None));
            enter(case, private, rules, CaseState::Resolved, occasion.now);
            case.feedback = None;
        });
    }
}

fn reschedule(record: &mut OrderAggregate, shipment_id: &ShipmentId, slot_id: &str, occasion: &Occasion) {
    let window = window_of(slot_id, zone(&record.order));
    let facts = ShipmentFacts {
        promise_expected: window,
        promise_source: Some(PromiseSource::Retailer),
        promise_confidence: Some(Confidence::High),
        ..ShipmentFacts::default()
    };
    answer(record, shipment_id, facts, occasion);
}

/// Applies the facts to the shipment as a tracking update that also marks the action that the shopper had to take as done.
fn answer(record: &mut OrderAggregate, shipment_id: &ShipmentId, facts: ShipmentFacts, occasion: &Occasion) {
    apply_within_change(
        record,
        shipment_id,
        &TrackingUpdate { facts, answered: true, ..TrackingUpdate::default() },
        occasion.now,
    );
}

type Audit = Option<(&'static str, serde_json::Value, serde_json::Value)>;

fn replace_address(record: &mut OrderAggregate, address: Option<&NewAddress>, occasion: &Occasion) -> Audit {
    let address = address?;
    let before = serde_json::json!({ "address": record.private.address, "shown": record.order.destination });
    let country = record.order.destination.as_ref().and_then(|to| to.country.clone());
    let lines = masked_address(address);
    if record.private.address_before.is_none() {
        record.private.address_before.clone_from(&record.order.destination);
    }
    record.order.destination = Some(Destination { lines, country });
    record.private.address = Some(address.clone());
    record.private.address_changes.push(Timestamp::from(occasion.now));
    let after = serde_json::json!({ "address": address, "shown": record.order.destination });
    Some(("address", before, after))
}

/// Returns the address as it is shown. All digits of a number in the lines except the first are replaced by `•`, and only the
/// first part of the postcode is kept. The shopper can recognise the address, but nobody else can find the door.
fn masked_address(address: &NewAddress) -> Vec<String> {
    let masked = |line: &String| {
        let mut digits = 0;
        let mask = |sign: char| {
            digits = if sign.is_ascii_digit() { digits + 1 } else { 0 };
            if digits > 1 { '•' } else { sign }
        };
        line.trim().chars().map(mask).collect::<String>()
    };
    let postcode = address.postcode.trim();
    let kept = postcode.split_once([' ', '-']).map_or(postcode.chars().count().div_ceil(2), |(area, _)| area.chars().count());
    let area: String = postcode.chars().take(kept).collect();
    address.lines.iter().map(masked).chain([format!("{} {area}", address.city.trim())]).collect()
}

fn redirect(record: &mut OrderAggregate, rules: &Rules, shipment_id: &ShipmentId, point_id: Option<&str>, occasion: &Occasion) {
    let Some(point) = rules.redirect.points.iter().find(|point| Some(&*point.id) == point_id) else { return };
    let pickup = Some(Pickup {
        name: point.name.clone(),
        lines: point.lines.clone(),
        country: Some(point.country.clone()),
        hours: point.hours.clone(),
        collect_by: None,
        code: None,
        location: None,
    });
    answer(record, shipment_id, ShipmentFacts { pickup, ..ShipmentFacts::default() }, occasion);
}

fn store_preferences(preferences: &mut DeliveryPreferences, request: &ShopperRequest) {
    let answer = |key: &str| request.answers.get(key).cloned();
    if request.kind == ActionKind::DeliveryInstructions {
        preferences.instructions.clone_from(&request.note);
    }
    if let (Some(name), Some(house)) = (answer("name"), answer("house")) {
        preferences.neighbour = Some((name, house));
    }
    if let Some(place) = answer("place") {
        preferences.safe_place = Some((place, request.note.clone()));
    }
    if request.slot_id.is_some() {
        preferences.slot_id.clone_from(&request.slot_id);
    }
    if request.pickup_point_id.is_some() {
        preferences.pickup_point_id.clone_from(&request.pickup_point_id);
    }
}
