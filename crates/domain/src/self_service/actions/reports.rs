//! Self-service actions to report a problem with a shipment: not received, damaged, wrong item, missing item.

use doorstep_contract::{
    Action, ActionKind, ConditionState, Direction, Outcome, ReasonChoice, Shipment, Stage, TrackingLevel, WhyNot,
};

use super::context::{ActionContext, available, unavailable};
use crate::calendar::{days_after, end_of, hours_after};
use crate::policy::rules::{Reason, Report};
use crate::tracking::arrived_at;
use crate::tracking::stage::is_ending;

pub(super) fn of_shipment(context: &ActionContext<'_>, shipment: &Shipment, actions: &mut Vec<Action>) {
    let rules = context.rules;
    if rules.non_receipt.offered {
        actions.extend(non_receipt(context, shipment));
    }
    for (kind, report) in [
        (ActionKind::ReportDamaged, &rules.damaged),
        (ActionKind::ReportWrongItem, &rules.wrong_item),
        (ActionKind::ReportMissingItem, &rules.missing_item),
    ] {
        if report.offered {
            actions.extend(about_contents(context, shipment, kind, report));
        }
    }
}

fn non_receipt(context: &ActionContext<'_>, shipment: &Shipment) -> Option<Action> {
    let rules = &context.rules.non_receipt;
    let mut action = available(ActionKind::ReportNonReceipt, Some(&shipment.id));
    action.outcomes.clone_from(&rules.outcomes);
    action.needs.clone_from(&rules.needs);
    action.lines = context.lines_left(shipment);
    let (from, until) = if let Some(at) = arrived_at(shipment, context.zone) {
        let outside = shipment.delivered.as_ref().is_some_and(|delivered| rules.left_outside.contains(&delivered.to));
        let wait = if outside { rules.wait_hours_left_outside } else { rules.wait_hours };
        (Some(hours_after(at, wait)).filter(|from| *from > at), Some(days_after(at, rules.report_days, context.zone)))
    } else if will_not_arrive(&shipment.stage) {
        // No report is possible if a replacement exists.
        let replaced = |other: &Shipment| other.direction == Direction::Replacement && other.of.as_ref() == Some(&shipment.id);
        if context.order.shipments.iter().any(replaced) {
            return None;
        }
        // The carrier has already reported that the parcel will not arrive, so an investigation is not offered.
        action.outcomes.retain(|outcome| *outcome != Outcome::Investigate);
        (None, None)
    } else if is_ending(&shipment.stage) || shipment.stage == Stage::ReadyForPickup {
        return None;
    } else {
        overdue(context, shipment)?
    };
    if context.has_open_case(&ActionKind::ReportNonReceipt, Some(&shipment.id)) {
        return Some(unavailable(action, WhyNot::CaseOpen));
    }
    if action.lines.iter().all(|line| !line.eligible) {
        return Some(unavailable(action, WhyNot::NothingLeft));
    }
    Some(context.timed(action, from, until))
}

/// Returns true if, by its stage, the parcel will not arrive: it goes back, was returned, is lost or was destroyed.
pub(crate) fn will_not_arrive(stage: &Stage) -> bool {
    is_ending(stage) && !matches!(stage, Stage::Delivered | Stage::Cancelled)
}

type Span = (Option<chrono::DateTime<chrono::Utc>>, Option<chrono::DateTime<chrono::Utc>>);

/// Returns the period in which a parcel without a delivered scan can be reported as not received. The period has no end if the
/// promised window has not passed. Returns `None` if the promised window has not passed and the parcel is not stalled either.
fn overdue(context: &ActionContext<'_>, shipment: &Shipment) -> Option<Span> {
    let rules = &context.rules.non_receipt;
    let promised = shipment.promise.as_ref().and_then(|promise| promise.promised);
    let passed = promised.map(|window| end_of(&window, context.zone)).filter(|passed| *passed <= context.now);
    let late = passed.map(|passed| hours_after(passed, rules.overdue_after_days.saturating_mul(24)));
    let stalled = (shipment.condition.state == ConditionState::Stalled && shipment.tracking_level == TrackingLevel::Full)
        .then(|| shipment.condition.since.or(shipment.last_carrier_update))
        .flatten()
        .map(|since| hours_after(since.utc(), rules.stalled_after_hours));
    let from = [late, stalled].into_iter().flatten().min()?;
    let until = passed.map(|passed| hours_after(passed, rules.overdue_report_days.saturating_mul(24)));
    Some((Some(from), until))
}

fn about_contents(context: &ActionContext<'_>, shipment: &Shipment, kind: ActionKind, report: &Report) -> Option<Action> {
    let at = arrived_at(shipment, context.zone)?;
    let mut action = available(kind.clone(), Some(&shipment.id));
    action.outcomes.clone_from(&report.outcomes);
    action.needs.clone_from(&report.needs);
    action.reasons = report.reasons.iter().map(choice).collect();
    action.lines = context.lines_left(shipment);
    if context.has_open_case(&kind, Some(&shipment.id)) {
        return Some(unavailable(action, WhyNot::CaseOpen));
    }
    if action.lines.iter().all(|line| !line.eligible) {
        return Some(unavailable(action, WhyNot::NothingLeft));
    }
    Some(context.timed(action, None, Some(days_after(at, report.report_days, context.zone))))
}

fn choice(reason: &Reason) -> ReasonChoice {
    ReasonChoice { code: reason.code.clone(), text: reason.text.clone(), needs: reason.needs.clone() }
}
