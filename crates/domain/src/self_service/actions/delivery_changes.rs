//! Self-service actions that change a coming delivery (day, address, place, instructions for the driver), and actions for items
//! that were not sent yet.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    Action, ActionKind, ActionLine, ActionState, ConditionState, Shipment, Stage, Timestamp, TrackingLevel, Unshipped, Verdict,
    WhyNot,
};

use super::context::{ActionContext, available, unavailable};
use crate::calendar::{end_of, hours_after};
use crate::order::InternalState;
use crate::tracking::stage::{is_ending, rank};

pub(super) fn of_shipment(context: &ActionContext<'_>, shipment: &Shipment, actions: &mut Vec<Action>) {
    if is_ending(&shipment.stage) || matches!(shipment.stage, Stage::ReadyForPickup | Stage::Unknown(_)) {
        return;
    }
    let rules = context.rules;
    let preference = |kind, until: &Stage, not_with: &[String]| {
        let action = available(kind, Some(&shipment.id));
        match why_not(shipment, until, not_with) {
            Some(why) => unavailable(action, why),
            None => action,
        }
    };
    let failed = shipment.condition.state == ConditionState::AttemptFailed;
    if rules.reschedule.offered && (rank(&shipment.stage) >= rank(&Stage::HandedOver) || failed) {
        actions.push(reschedule(context, shipment, failed));
    }
    if rules.change_address.offered {
        let asked = shipment.condition.state == ConditionState::AddressProblem && rules.change_address.after_address_problem;
        let until = if asked { &Stage::OutForDelivery } else { &rules.change_address.until };
        let action = preference(ActionKind::ChangeAddress, until, &rules.change_address.not_with);
        actions.push(not_too_often(context, action));
    }
    for (kind, rule) in [
        (ActionKind::DeliveryInstructions, &rules.instructions),
        (ActionKind::LeaveWithNeighbour, &rules.neighbour),
        (ActionKind::LeaveInSafePlace, &rules.safe_place),
    ] {
        if rule.offered {
            actions.push(preference(kind, &rule.until, &rule.not_with));
        }
    }
    if rules.redirect.offered {
        let country = context.order.destination.as_ref().and_then(|to| to.country.as_deref());
        let has_points = rules.redirect.points.iter().any(|point| Some(&*point.country) == country);
        let until = if failed { &Stage::OutForDelivery } else { &rules.redirect.until };
        let action = preference(ActionKind::RedirectToPickup, until, &rules.redirect.not_with);
        let nothing = !has_points && action.state == ActionState::Available;
        actions.push(if nothing { unavailable(action, WhyNot::NothingFree) } else { action });
    }
}

fn why_not(shipment: &Shipment, until: &Stage, not_with: &[String]) -> Option<WhyNot> {
    let carrier = shipment.last_mile_carrier.as_ref().or(shipment.carrier.as_ref()).map_or("", |carrier| &carrier.code);
    // If a shipment is not tracked, the carrier cannot be informed of a change.
    let untracked = shipment.tracking_level == TrackingLevel::None;
    if untracked || not_with.iter().any(|code| code.eq_ignore_ascii_case(carrier)) {
        return Some(WhyNot::CarrierDoesNotOffer);
    }
    (rank(&shipment.stage) > rank(until)).then_some(WhyNot::TooLate)
}

fn reschedule(context: &ActionContext<'_>, shipment: &Shipment, failed: bool) -> Action {
    let rules = &context.rules.reschedule;
    let action = available(ActionKind::Reschedule, Some(&shipment.id));
    let until = if failed && rules.after_failed_attempt { &Stage::OutForDelivery } else { &rules.until };
    if let Some(why) = why_not(shipment, until, &rules.not_with) {
        return unavailable(action, why);
    }
    if shipment.attempts >= rules.max_attempts {
        return unavailable(action, WhyNot::TooLate);
    }
    if rules.windows.is_empty() {
        return unavailable(action, WhyNot::NothingFree);
    }
    action
}

/// If the address was changed as often in the last 24 hours as the policy allows, sets an available action to not yet available.
/// The action is available again once fewer changes lie within the last 24 hours.
fn not_too_often(context: &ActionContext<'_>, action: Action) -> Action {
    let most = usize::try_from(context.rules.change_address.max_per_day).unwrap_or(usize::MAX);
    let again = |at: &Timestamp| hours_after(at.utc(), 24);
    let recent: Vec<DateTime<Utc>> =
        context.private.address_changes.iter().map(again).filter(|again| *again > context.now).collect();
    let free = recent.len().checked_sub(most).and_then(|first| recent.get(first)).copied();
    match free {
        Some(free) if action.state == ActionState::Available => context.timed(action, Some(free), None),
        Some(_) | None => action,
    }
}

pub(super) fn of_order(context: &ActionContext<'_>, actions: &mut Vec<Action>) {
    let waiting: Vec<&Unshipped> = context.order.unshipped.iter().filter(|part| part.quantity > 0).collect();
    let part = |part: &&Unshipped| ActionLine {
        line_id: part.line_id.clone(),
        shipment_id: None,
        quantity: part.quantity,
        eligible: true,
        why_not: None,
        until: None,
    };
    if context.rules.cancel.offered {
        let action = Action { lines: waiting.iter().map(part).collect(), ..available(ActionKind::Cancel, None) };
        let on_its_way = context.order.shipments.iter().any(|shipment| !is_ending(&shipment.stage));
        if !waiting.is_empty() {
            actions.push(action);
        } else if on_its_way {
            actions.push(unavailable(action, WhyNot::Dispatched));
        }
    }
    if context.rules.accept_delay.offered {
        let late: Vec<ActionLine> = waiting.iter().filter(|part| leaves_late(context, part)).map(part).collect();
        let parcel_is_late = context.order.shipments.iter().any(|shipment| waits_for_agreement(shipment, context.private));
        if !late.is_empty() || parcel_is_late {
            actions.push(Action { lines: late, prominent: true, ..available(ActionKind::AcceptDelay, None) });
        }
    }
}

/// Returns true if items are expected to be dispatched later than promised and the shopper has not agreed to the expected date.
/// Returns false if one of the dates is missing.
fn leaves_late(context: &ActionContext<'_>, part: &Unshipped) -> bool {
    let end = |window: &Option<_>| window.as_ref().map(|window| end_of(window, context.zone));
    match (end(&part.promised_dispatch), end(&part.expected_dispatch)) {
        (Some(promised), Some(expected)) => {
            expected > promised && context.private.agreed_lines.get(&part.line_id) != part.expected_dispatch.as_ref()
        }
        (_, None) | (None, _) => false,
    }
}

/// Returns true if a parcel that the carrier does not have yet is expected later than promised, and the shopper has not agreed to
/// the expected date.
pub(crate) fn waits_for_agreement(shipment: &Shipment, private: &InternalState) -> bool {
    let Some(promise) = &shipment.promise else { return false };
    let waits = rank(&shipment.stage) < rank(&Stage::HandedOver) && rank(&shipment.stage) > 0;
    let agreed = private.agreed.get(&shipment.id);
    waits && promise.verdict == Verdict::Late && promise.expected != promise.promised && agreed != promise.expected.as_ref()
}
