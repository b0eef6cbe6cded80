//! Decides if a shipment is late, at risk, stalled or not collected, from its delivery promise, the current time and the usual
//! times of the service. If the service reports little, missing scans have no meaning. A shipment with this service is never
//! marked as at risk or stalled, and a missing report of the delivery does not make it late.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_contract::{
    Condition, ConditionState, DeliveredTo, Direction, Promise, Responsibility, Revision, Shipment, Stage, Timestamp, Verdict,
};

use super::context::Context;
use super::delivery::{Arrival, arrival};
use super::transit::{TransitStatistics, reports_little};
use super::{condition, promise, stage};
use crate::calendar;
use crate::policy::rules::Tracking;

/// Sets the verdict on the delivery promise. If the verdict is late, also sets the condition `late`. A shipment that is
/// delivered, goes back or has ended otherwise keeps its condition. A condition other than `ok` and `at_risk` is more serious and
/// stays too.
pub(super) fn assess_promise(shipment: &mut Shipment, context: Context<'_>) {
    let zone = context.zone;
    let (in_part, awaited) = (is_in_part(shipment), is_awaited(shipment));
    let is_there = (shipment.stage == Stage::Delivered && !in_part) || shipment.stage == Stage::ReadyForPickup;
    let arrived = is_there.then(|| arrival(shipment, zone)).flatten();
    let little = reports_little(shipment);
    let Some(promise) = &mut shipment.promise else { return };
    let ended = stage::is_ending(&shipment.stage) && !in_part;
    let passed = awaited && promise::has_passed(promise, zone, context.now);
    // If the service reports little, a parcel without a reported delivery may have arrived in time. The parcel then does not
    // count as overdue, and the verdict `on_time` or `early` becomes unknown.
    let overdue = passed && !little;
    promise.verdict = verdict(promise, arrived, overdue, ended, zone);
    if passed && little && matches!(promise.verdict, Verdict::OnTime | Verdict::Early) {
        promise.verdict = Verdict::default();
    }
    let is_more_serious = !matches!(shipment.condition.state, ConditionState::Ok | ConditionState::AtRisk);
    if promise.verdict != Verdict::Late || stage::is_ending(&shipment.stage) || is_more_serious {
        return;
    }
    let reason = promise.revisions.last().and_then(|revision| revision.reason.clone());
    shipment.condition = Condition {
        state: ConditionState::Late,
        responsibility: reason.as_ref().map(condition::responsibility),
        reason,
        since: late_since(promise, overdue, zone),
    };
}

fn is_in_part(shipment: &Shipment) -> bool {
    shipment.delivered.as_ref().is_some_and(|delivered| delivered.to == DeliveredTo::InPart)
}

/// Returns true if the parcel, or one of its pieces, is still to be delivered to the door.
fn is_awaited(shipment: &Shipment) -> bool {
    (is_in_part(shipment) || !stage::is_ending(&shipment.stage)) && shipment.stage != Stage::ReadyForPickup
}

fn verdict(promise: &Promise, arrived: Option<Arrival>, overdue: bool, ended: bool, zone: Tz) -> Verdict {
    match (&arrived, overdue) {
        (None, true) => Verdict::Late,
        // A parcel that will not arrive is neither late nor on time, so the verdict is unknown.
        (None, false) if ended => Verdict::default(),
        _ => promise::verdict(promise, arrived, zone),
    }
}

/// Returns the time since which the shipment is late: the earlier of two times, or None if both are missing. One is the time of
/// the report since which every delivery estimate was after the promised window. The other is the end of the promised window, if
/// the shipment is overdue.
fn late_since(promise: &Promise, overdue: bool, zone: Tz) -> Option<Timestamp> {
    let is_late = |revision: &&Revision| {
        let after = Promise { expected: revision.to, ..promise::first(promise.promised) };
        promise::verdict(&after, None, zone) == Verdict::Late
    };
    let announced = promise.revisions.iter().rev().take_while(is_late).last().map(|revision| revision.at);
    let passed = promise.promised.filter(|_| overdue).map(|window| Timestamp::from(calendar::end_of(&window, zone)));
    [announced, passed].into_iter().flatten().min()
}

/// Sets the condition `stalled`, `at_risk` or `not_collected` once its time has come, unless the shipment has another condition
/// that takes precedence. Also sets `usual_gap_h` of a shipment that is on its way. Returns the next time at which time alone
/// changes the condition, or None if there is none.
pub(crate) fn detect_delay(
    shipment: &mut Shipment,
    rules: &Tracking,
    statistics: TransitStatistics,
    context: Context<'_>,
) -> Option<DateTime<Utc>> {
    let gap = gap_h(shipment, rules, statistics);
    if shipment.stage == Stage::ReadyForPickup {
        return end_collection(shipment, context);
    }
    if !is_awaited(shipment) {
        return None;
    }
    let passes = shipment.promise.as_ref().and_then(|promise| promise.promised);
    let passes = passes.map(|window| calendar::end_of(&window, context.zone)).filter(|at| *at > context.now);
    if reports_little(shipment) || shipment.direction == Direction::Return {
        return passes;
    }
    if stage::is_moving(&shipment.stage) {
        shipment.usual_gap_h = Some(gap);
    }
    let stalled = stalled_from(shipment, gap, rules, context.zone);
    let at_risk = at_risk_from(shipment, rules, statistics, context.zone);
    let was_ok = shipment.condition.state == ConditionState::Ok;
    let reached = |at: &DateTime<Utc>| *at <= context.now;
    let found = [(stalled, ConditionState::Stalled), (at_risk, ConditionState::AtRisk)];
    let found = found.into_iter().find_map(|(at, state)| Some((at.filter(reached)?, state)));
    // If a parcel was out for delivery and did not arrive that day, `stalled` is more specific than `late`.
    let is_late_on_van = shipment.stage == Stage::OutForDelivery && shipment.condition.state == ConditionState::Late;
    if let (true, Some((at, state))) = (was_ok || is_late_on_van, found) {
        let responsibility = stage::is_moving(&shipment.stage).then_some(Responsibility::Carrier);
        shipment.condition = Condition { state, reason: None, responsibility, since: Some(at.into()) };
    }
    [passes, stalled, at_risk].into_iter().flatten().filter(|at| *at > context.now).min()
}

/// Marks a parcel as not collected once the last day for its collection has passed. Returns the end of that day if it is in the
/// future, otherwise None.
fn end_collection(shipment: &mut Shipment, context: Context<'_>) -> Option<DateTime<Utc>> {
    let last = shipment.pickup.as_ref()?.collect_by?.0;
    let ready = shipment.events.iter().filter(|event| event.stage == Stage::ReadyForPickup).map(|event| event.at.local.date);
    // If the last day is before the day on which the parcel became ready, it belongs to an earlier collection period.
    if shipment.direction == Direction::Return || ready.max().is_some_and(|ready| ready > last) {
        return None;
    }
    let passes = calendar::end_of_day(last, 0, context.zone);
    if passes > context.now {
        return Some(passes);
    }
    if !condition::keeps_from_delivery(&shipment.condition.state) || shipment.condition.state == ConditionState::AttemptFailed {
        let since = Some(Timestamp::from(passes));
        shipment.condition = Condition { state: ConditionState::NotCollected, reason: None, responsibility: None, since };
        shipment.action_required = None;
    }
    None
}

/// Returns the usual hours between two scans. The retailer's figure comes first, then the learned figure, then the policy's
/// figure.
fn gap_h(shipment: &Shipment, rules: &Tracking, statistics: TransitStatistics) -> u32 {
    let code = shipment.carrier.as_ref().map(|carrier| carrier.code.to_lowercase()).unwrap_or_default();
    let standard = || rules.usual_gap_hours_of.get(&code).copied().unwrap_or(rules.usual_gap_hours);
    shipment.usual_gap_h.or(statistics.gap_h).unwrap_or_else(standard)
}

/// Returns the time from which the shipment counts as stalled: after the usual gap without a scan, or at the end of the day on
/// which the parcel left for delivery, whichever is earlier. Returns None if the carrier does not have the parcel or never
/// reported anything.
fn stalled_from(shipment: &Shipment, gap: u32, rules: &Tracking, zone: Tz) -> Option<DateTime<Utc>> {
    if !stage::is_moving(&shipment.stage) {
        return None;
    }
    let gap = if shipment.stage == Stage::Customs { gap.max(rules.customs_gap_hours) } else { gap };
    let last_report = shipment.last_carrier_update?.utc();
    // A scan exactly at the end of the gap is still in time; the shipment counts as stalled one second later.
    let usual = last_report.checked_add_signed(TimeDelta::hours(gap.into()) + TimeDelta::seconds(1));
    let delivery_day_end = end_of_delivery_day(shipment, zone).map(|at| at.max(last_report));
    [usual, delivery_day_end].into_iter().flatten().min()
}

/// Returns the end of the day on which the parcel left for delivery, or None if the parcel is not out for delivery.
fn end_of_delivery_day(shipment: &Shipment, zone: Tz) -> Option<DateTime<Utc>> {
    let left = shipment.events.iter().filter(|event| event.stage == Stage::OutForDelivery).map(|event| event.at.local.date);
    let day = left.max().filter(|_| shipment.stage == Stage::OutForDelivery)?;
    Some(calendar::end_of_day(day, 0, zone))
}

/// Returns the time from which the shipment is at risk. A parcel that the carrier does not have yet is at risk once less than the
/// usual transit time is left. A parcel on its way is at risk if it is not at its last depot at `at_risk_from` on the last day of
/// the promise. Returns None if nothing is promised, and once the parcel has reached its last depot or a later stage.
fn at_risk_from(shipment: &Shipment, rules: &Tracking, statistics: TransitStatistics, zone: Tz) -> Option<DateTime<Utc>> {
    let promised = shipment.promise.as_ref()?.promised?;
    let end = calendar::end_of(&promised, zone);
    match &shipment.stage {
        Stage::Ordered | Stage::Packed | Stage::LabelCreated => {
            let transit = statistics.transit_h.unwrap_or(rules.transit_hours);
            end.checked_sub_signed(TimeDelta::hours(transit.into()))
        }
        Stage::HandedOver | Stage::InTransit | Stage::Customs => {
            let last_day = (end - TimeDelta::seconds(1)).with_timezone(&zone).date_naive();
            Some(calendar::at(last_day, rules.at_risk_from, zone))
        }
        Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Delivered
        | Stage::Returning
        | Stage::Returned
        | Stage::Cancelled
        | Stage::Lost
        | Stage::Destroyed
        | Stage::Unknown(_) => None,
    }
}
