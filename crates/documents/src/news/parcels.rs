//! Facts of the parcels that go to the shopper.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use doorstep_contract::{ConditionState, DeliveredTo, Direction, Event, Order, Shipment, Stage, StagePhase, TrackingLevel};
use doorstep_domain::calendar::zone;

use super::fact::{News, NewsKind};
use super::schedule::reminder;

/// Returns the facts of all parcels. Returns of goods are facts of the return, and not of its parcel.
pub(super) fn facts(order: &Order, now: DateTime<Utc>) -> Vec<News> {
    let parcels = order.shipments.iter().filter(|shipment| shipment.direction != Direction::Return);
    parcels.flat_map(|shipment| of_parcel(order, shipment, now)).collect()
}

fn of_parcel(order: &Order, shipment: &Shipment, now: DateTime<Utc>) -> Vec<News> {
    let mut facts = Vec::new();
    let mut add = |kind, detail: String, at| facts.push(News::new(kind, &shipment.id, detail, at));
    let time_of = |stage: &Stage| last_event(shipment, stage).map(|event| instant(order, event));
    let has_carrier = |stage: &Stage| matches!(stage.phase(), StagePhase::OnTheWay | StagePhase::AtDestination);
    if has_carrier(&shipment.stage) {
        let taken = shipment.events.iter().filter(|event| has_carrier(&event.stage));
        add(NewsKind::Dispatched, String::new(), taken.map(|event| instant(order, event)).min());
    }
    if let Some(problem) = problem(shipment) {
        add(NewsKind::Problem, problem, shipment.condition.since.map(|since| since.utc()));
    }
    match &shipment.stage {
        Stage::OutForDelivery if shipment.condition.state != ConditionState::AttemptFailed => {
            // A second attempt on another day is news again.
            let day = last_event(shipment, &Stage::OutForDelivery).map(|event| event.at.local.date.to_string());
            add(NewsKind::OutForDelivery, day.unwrap_or_default(), time_of(&Stage::OutForDelivery));
        }
        Stage::ReadyForPickup if shipment.condition.state != ConditionState::NotCollected => {
            add(NewsKind::ReadyForPickup, String::new(), time_of(&Stage::ReadyForPickup));
            if let Some((last_day, from, until)) = reminder(order, shipment)
                && (from..until).contains(&now)
            {
                add(NewsKind::PickupReminder, last_day.text(), Some(from));
            }
        }
        Stage::Delivered => {
            let delivered = shipment.delivered.as_ref();
            let part = delivered.filter(|delivered| delivered.to == DeliveredTo::InPart).map(|_| "in_part".to_owned());
            let at = delivered.and_then(|delivered| delivered.at).map(|at| at.utc());
            add(NewsKind::Delivered, part.unwrap_or_default(), at.or_else(|| time_of(&Stage::Delivered)));
        }
        Stage::Ordered
        | Stage::Packed
        | Stage::LabelCreated
        | Stage::HandedOver
        | Stage::InTransit
        | Stage::Customs
        | Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Returning
        | Stage::Returned
        | Stage::Cancelled
        | Stage::Lost
        | Stage::Destroyed
        | Stage::Unknown(_) => {}
    }
    facts
}

/// Returns the problem of a parcel that is worth a mail: its stage or condition, with the number of the attempt for a failed delivery.
/// A parcel that is only at risk, or went to the wrong depot, may still be on time, so neither is a problem yet.
fn problem(shipment: &Shipment) -> Option<String> {
    let may_be_late = !matches!(shipment.tracking_level, TrackingLevel::Partial | TrackingLevel::None);
    match &shipment.stage {
        Stage::Lost | Stage::Destroyed | Stage::Returning | Stage::Returned => return Some(shipment.stage.as_str().to_owned()),
        Stage::Delivered if shipment.condition.state != ConditionState::Damaged => return None,
        Stage::Cancelled | Stage::Unknown(_) => return None,
        Stage::Ordered
        | Stage::Packed
        | Stage::LabelCreated
        | Stage::HandedOver
        | Stage::InTransit
        | Stage::Customs
        | Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Delivered => {}
    }
    let word = shipment.condition.state.as_str().to_owned();
    match &shipment.condition.state {
        ConditionState::AttemptFailed => Some(format!("{word}-{}", shipment.attempts)),
        ConditionState::Late => may_be_late.then_some(word),
        ConditionState::Stalled
        | ConditionState::Held
        | ConditionState::NotCollected
        | ConditionState::Damaged
        | ConditionState::AddressProblem
        | ConditionState::PaymentDue
        | ConditionState::DocumentsDue
        | ConditionState::Refused => Some(word),
        ConditionState::Ok | ConditionState::AtRisk | ConditionState::Misrouted | ConditionState::Unknown(_) => None,
    }
}

fn last_event<'a>(shipment: &'a Shipment, stage: &Stage) -> Option<&'a Event> {
    shipment.events.iter().filter(|event| event.stage == *stage).max_by_key(|event| (event.at.local.date, event.at.local.time))
}

/// Returns the instant of an event. A date without a time counts as its noon, and a time without an offset as the time at the
/// destination.
fn instant(order: &Order, event: &Event) -> DateTime<Utc> {
    let noon = NaiveTime::MIN + TimeDelta::hours(12);
    let (date, time) = (event.at.local.date, event.at.local.time.unwrap_or(noon));
    match event.at.offset_min {
        Some(minutes) => (date.and_time(time) - TimeDelta::minutes(minutes.into())).and_utc(),
        None => doorstep_domain::calendar::at(date, time, zone(order)),
    }
}
