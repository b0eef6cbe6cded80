//! Checks a self-service request against the actions that are available now and carries it out.

use doorstep_contract::invalid::Findings;
use doorstep_contract::{Action, ActionFamily, ActionKind, ActionState, Need, ShipmentId, ShopperRequest, WhyNot};

use super::outcome::{Refusal, RequestOutcome, valid};
use super::{delivery_changes, orders, reports, returning, schema};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::actions::{available as available_action, unavailable};
use crate::self_service::case::Occasion;

/// Carries out the request. The order must have been recomputed at the current time. `free_slot_ids` are the ids of the free
/// delivery slots. On an error nothing has changed.
pub fn carry_out(
    record: &mut OrderAggregate,
    rules: &Rules,
    request: ShopperRequest,
    free_slot_ids: &[String],
    occasion: &Occasion,
) -> Result<RequestOutcome, Refusal> {
    let mut findings = Findings::default();
    findings.refuse_if(!ActionKind::VALUES.contains(&request.kind.as_str()), "/kind", "unknown-value");
    valid(findings)?;
    let mut findings = Findings::default();
    schema::check(&request, rules, &mut findings);
    let known = |id: &ShipmentId| record.order.shipments.iter().any(|shipment| shipment.id == *id);
    findings.refuse_if(request.shipment_id.as_ref().is_some_and(|id| !known(id)), "/shipment_id", "unknown");
    let unknown_photo = |id: &String| !record.private.evidence.contains(id);
    for (index, _) in request.evidence.iter().enumerate().filter(|(_, id)| unknown_photo(id)) {
        findings.refuse(format!("/evidence/{index}"), "unknown");
    }
    let country = record.order.destination.as_ref().and_then(|to| to.country.as_ref());
    let method = rules.returns.methods.iter().find(|method| Some(&method.id) == request.method_id.as_ref());
    let elsewhere = method
        .is_some_and(|method| !method.countries.is_empty() && country.is_none_or(|country| !method.countries.contains(country)));
    findings.refuse_if(elsewhere, "/method_id", "unknown");
    valid(findings)?;
    let action = available(record, &request)?;
    let request = complete_lines(&action, rules, request)?;
    match request.kind.family() {
        ActionFamily::Report => Ok(reports::report(record, rules, &request, occasion)),
        ActionFamily::Delivery => delivery_changes::change(record, rules, &request, free_slot_ids, occasion),
        ActionFamily::Return => Ok(returning::begin(record, rules, &request, occasion)),
        ActionFamily::Order | ActionFamily::Refund | ActionFamily::Contact | ActionFamily::Unknown => {
            Ok(orders::ask(record, rules, &request, occasion))
        }
    }
}

/// Returns the requested action, or an error if the action is not available now.
fn available(record: &OrderAggregate, request: &ShopperRequest) -> Result<Action, Refusal> {
    let same = |action: &&Action| action.kind == request.kind && action.shipment_id == request.shipment_id;
    let action = record.order.actions.iter().find(same).cloned();
    // The order lists only actions that make sense for it. An action that is not listed counts as not offered.
    let action = action
        .unwrap_or_else(|| unavailable(available_action(request.kind.clone(), request.shipment_id.as_ref()), WhyNot::NotOffered));
    if action.state == ActionState::Available { Ok(action) } else { Err(Refusal::Unavailable(Box::new(action))) }
}

/// Fills in missing shipment ids. If a cancellation or a withdrawal names no lines, takes all eligible lines. Refuses lines,
/// reasons and outcomes that the action does not offer, and a request without a required photo, note or contact.
fn complete_lines(action: &Action, rules: &Rules, mut request: ShopperRequest) -> Result<ShopperRequest, Refusal> {
    let mut findings = Findings::default();
    let takes_all = matches!(request.kind, ActionKind::Withdraw | ActionKind::Cancel);
    if request.lines.is_empty() && takes_all {
        request.lines = action.lines.iter().filter(|line| line.eligible).map(whole_line).collect();
    }
    let mut left: Vec<(&doorstep_contract::ActionLine, u32)> = action.lines.iter().map(|line| (line, line.quantity)).collect();
    let mut needs: Vec<Need> = action.needs.known().collect();
    for (index, line) in request.lines.iter_mut().enumerate() {
        let at = format!("/lines/{index}");
        findings.refuse_if(line.quantity == 0, format!("{at}/quantity"), "zero");
        let asked = line.clone();
        let mut same = left.iter_mut().filter(|(known, _)| {
            known.line_id == asked.line_id && (asked.shipment_id.is_none() || known.shipment_id == asked.shipment_id)
        });
        let (found, another) = (same.next(), same.next());
        let Some((known, rest)) = found else {
            findings.refuse(format!("{at}/line_id"), "unknown-line");
            continue;
        };
        findings.refuse_if(another.is_some() && asked.shipment_id.is_none(), format!("{at}/shipment_id"), "missing");
        line.shipment_id.clone_from(&known.shipment_id);
        findings.refuse_if(!known.eligible, format!("{at}/line_id"), "not-eligible");
        match rest.checked_sub(line.quantity) {
            Some(less) => *rest = less,
            None => findings.refuse(format!("{at}/quantity"), "more-than-left"),
        }
        let reason = action.reasons.iter().find(|reason| Some(&reason.code) == line.reason.as_ref());
        let must = request.kind == ActionKind::StartReturn && !action.reasons.is_empty();
        findings.refuse_if(line.reason.is_none() && must, format!("{at}/reason"), "missing");
        // A withdrawal needs no reason but may give one.
        let may = request.kind == ActionKind::Withdraw
            && rules.returns.reasons.iter().any(|reason| Some(&reason.code) == line.reason.as_ref());
        findings.refuse_if(line.reason.is_some() && reason.is_none() && !may, format!("{at}/reason"), "unknown-value");
        needs.extend(reason.into_iter().flat_map(|reason| reason.needs.known()));
    }
    if let Some(outcome) = &request.outcome {
        findings.refuse_if(!action.outcomes.contains(outcome), "/outcome", "not-offered");
    } else {
        findings.refuse_if(!action.outcomes.is_empty(), "/outcome", "missing");
    }
    for need in needs {
        match need {
            Need::Photo => findings.refuse_if(request.evidence.is_empty(), "/evidence", "missing"),
            Need::Note => findings.refuse_if(request.note.is_none(), "/note", "missing"),
            Need::Contact => findings.refuse_if(request.contact.is_none(), "/contact", "missing"),
        }
    }
    valid(findings).map(|()| request)
}

fn whole_line(line: &doorstep_contract::ActionLine) -> doorstep_contract::RequestLine {
    doorstep_contract::RequestLine {
        line_id: line.line_id.clone(),
        shipment_id: line.shipment_id.clone(),
        quantity: line.quantity,
        reason: None,
    }
}
