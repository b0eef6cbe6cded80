//! Self-service actions for a delivery that is still to come (day, address, place, instructions for the driver) and for lines
//! that were not sent yet.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    Action, ActionKind, ActionLine, ActionState, ConditionState, Shipment, Stage, Timestamp, TrackingLevel, Unshipped, Verdict,
    WhyNot,
};

use super::context::{Scene, plain, refused};
use crate::calendar::{end_of, hours_after};
use crate::order::InternalState;
use crate::tracking::stage::{is_ending, rank};

pub(super) fn of_shipment(scene: &Scene<'_>, shipment: &Shipment, actions: &mut Vec<Action>) {
    if is_ending(&shipment.stage) || matches!(shipment.stage, Stage::ReadyForPickup | Stage::Unknown(_)) {
        return;
    }
    let rules = scene.rules;
    let wish = |kind, until: &Stage, not_with: &[String]| {
        let action = plain(kind, Some(&shipment.id));
        match why_not(shipment, until, not_with) {
            Some(why) => refused(action, why),
            None => action,
        }
    };
    let failed = shipment.condition.state == ConditionState::AttemptFailed;
    if rules.reschedule.offered && (rank(&shipment.stage) >= rank(&Stage::HandedOver) || failed) {
        actions.push(reschedule(scene, shipment, failed));
    }
    if rules.change_address.offered {
        let asked = shipment.condition.state == ConditionState::AddressProblem && rules.change_address.after_address_problem;
        let until = if asked { &Stage::OutForDelivery } else { &rules.change_address.until };
        let action = wish(ActionKind::ChangeAddress, until, &rules.change_address.not_with);
        actions.push(not_too_often(scene, action));
    }
    for (kind, rule) in [
        (ActionKind::DeliveryInstructions, &rules.instructions),
        (ActionKind::LeaveWithNeighbour, &rules.neighbour),
        (ActionKind::LeaveInSafePlace, &rules.safe_place),
    ] {
        if rule.offered {
            actions.push(wish(kind, &rule.until, &rule.not_with));
        }
    }
    if rules.redirect.offered {
        let country = scene.order.destination.as_ref().and_then(|to| to.country.as_deref());
        let has_points = rules.redirect.points.iter().any(|point| Some(&*point.country) == country);
        let until = if failed { &Stage::OutForDelivery } else { &rules.redirect.until };
        let action = wish(ActionKind::RedirectToPickup, until, &rules.redirect.not_with);
        let nothing = !has_points && action.state == ActionState::Available;
        actions.push(if nothing { refused(action, WhyNot::NothingFree) } else { action });
    }
}

fn why_not(shipment: &Shipment, until: &Stage, not_with: &[String]) -> Option<WhyNot> {
    let carrier = shipment.last_mile_carrier.as_ref().or(shipment.carrier.as_ref()).map_or("", |carrier| &carrier.code);
    // A change cannot be reported to the carrier of a shipment that is not tracked.
    let untracked = shipment.tracking_level == TrackingLevel::None;
    if untracked || not_with.iter().any(|code| code.eq_ignore_ascii_case(carrier)) {
        return Some(WhyNot::CarrierDoesNotOffer);
    }
    (rank(&shipment.stage) > rank(until)).then_some(WhyNot::TooLate)
}

fn reschedule(scene: &Scene<'_>, shipment: &Shipment, failed: bool) -> Action {
    let rules = &scene.rules.reschedule;
    let action = plain(ActionKind::Reschedule, Some(&shipment.id));
    let until = if failed && rules.after_failed_attempt { &Stage::OutForDelivery } else { &rules.until };
    if let Some(why) = why_not(shipment, until, &rules.not_with) {
        return refused(action, why);
    }
    if shipment.attempts >= rules.max_attempts {
        return refused(action, WhyNot::TooLate);
    }
    if rules.windows.is_empty() {
        return refused(action, WhyNot::NothingFree);
    }
    action
}

/// Makes the action available later if the address was changed too often: 24 hours after the first of those changes.
fn not_too_often(scene: &Scene<'_>, action: Action) -> Action {
    let most = usize::try_from(scene.rules.change_address.max_per_day).unwrap_or(usize::MAX);
    let again = |at: &Timestamp| hours_after(at.utc(), 24);
    let recent: Vec<DateTime<Utc>> = scene.private.address_changes.iter().map(again).filter(|again| *again > scene.now).collect();
    let free = recent.len().checked_sub(most).and_then(|first| recent.get(first)).copied();
    match free {
        Some(free) if action.state == ActionState::Available => scene.timed(action, Some(free), None),
        Some(_) | None => action,
    }
}

pub(super) fn of_order(scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let waiting: Vec<&Unshipped> = scene.order.unshipped.iter().filter(|part| part.quantity > 0).collect();
    let part = |part: &&Unshipped| ActionLine {
        line_id: part.line_id.clone(),
        shipment_id: None,
        quantity: part.quantity,
        eligible: true,
        why_not: None,
        until: None,
    };
    if scene.rules.cancel.offered {
        let action = Action { lines: waiting.iter().map(part).collect(), ..plain(ActionKind::Cancel, None) };
        let on_its_way = scene.order.shipments.iter().any(|shipment| !is_ending(&shipment.stage));
        if !waiting.is_empty() {
            actions.push(action);
        } else if on_its_way {
            actions.push(refused(action, WhyNot::Dispatched));
        }
    }
    if scene.rules.accept_delay.offered {
        let late: Vec<ActionLine> = waiting.iter().filter(|part| leaves_late(scene, part)).map(part).collect();
        let parcel_is_late = scene.order.shipments.iter().any(|shipment| waits_for_agreement(shipment, scene.private));
        if !late.is_empty() || parcel_is_late {
            actions.push(Action { lines: late, prominent: true, ..plain(ActionKind::AcceptDelay, None) });
        }
    }
}

/// Returns true if a line leaves later than first promised and the shopper has not agreed to the new date. Returns false without
/// a new date.
fn leaves_late(scene: &Scene<'_>, part: &Unshipped) -> bool {
    let end = |window: &Option<_>| window.as_ref().map(|window| end_of(window, scene.zone));
    match (end(&part.promised_dispatch), end(&part.expected_dispatch)) {
        (Some(promised), Some(expected)) => {
            expected > promised && scene.private.agreed_lines.get(&part.line_id) != part.expected_dispatch.as_ref()
        }
        (_, None) | (None, _) => false,
    }
}

/// Returns true if a parcel that the carrier does not have yet is expected later than promised and the shopper has not agreed to
/// the new date.
pub(crate) fn waits_for_agreement(shipment: &Shipment, private: &InternalState) -> bool {
    let Some(promise) = &shipment.promise else { return false };
    let waits = rank(&shipment.stage) < rank(&Stage::HandedOver) && rank(&shipment.stage) > 0;
    let agreed = private.agreed.get(&shipment.id);
    waits && promise.verdict == Verdict::Late && promise.expected != promise.promised && agreed != promise.expected.as_ref()
}
