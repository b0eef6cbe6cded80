//! The one door: whatever happens to a shipment, told by a provider, by the retailer or by the demo, happens in [`apply`].

use std::collections::BTreeMap;
use std::str::FromStr as _;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{
    ActionRequired, Carrier, Condition, ConditionState, Confidence, Delivered, DeliveredTo, Event, Order, Pickup, Position,
    PromiseSource, Reason, Shipment, Source, Stage, Timestamp, TrackingLevel, Verdict, Window,
};

use super::promise::{Arrival, Expectation};
use super::{condition, promise, stage};

/// What is said about a shipment as a whole; what is left out stays as it was.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShipmentFacts {
    /// Where it is. Taken as a claim without a date: it does not undo an ending.
    pub stage: Option<Stage>,
    /// How it goes; `ok` ends a condition and what somebody had to do.
    pub condition: Option<Condition>,
    /// Whose move it is.
    pub action_required: Option<ActionRequired>,
    /// When it was first expected, where the provider remembers it; a promise that was made before stays.
    pub promise_first: Option<Window>,
    /// When it is expected now.
    pub promise_expected: Option<Window>,
    /// The earliest that is possible.
    pub promise_earliest: Option<Window>,
    /// Who expects that.
    pub promise_source: Option<PromiseSource>,
    /// How sure it is.
    pub promise_confidence: Option<Confidence>,
    /// Why the expectation changed.
    pub promise_reason: Option<Reason>,
    /// Where it was left, and the proof.
    pub delivered: Option<Delivered>,
    /// Where it can be collected.
    pub pickup: Option<Pickup>,
    /// Failed delivery attempts so far; never counted down.
    pub attempts: Option<u32>,
    /// How near the vehicle is.
    pub position: Option<Position>,
    /// Who carries the last mile.
    pub last_mile_carrier: Option<Carrier>,
    /// The number under which that carrier knows it.
    pub last_mile_tracking_number: Option<String>,
    /// The carrier's page for it.
    pub tracking_url: Option<String>,
    /// The carrier's page to change the delivery.
    pub reroute_url: Option<String>,
    /// How much the service reports.
    pub tracking_level: Option<TrackingLevel>,
    /// How many pieces it has.
    pub pieces: Option<u32>,
}

/// What is newly known about a shipment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// When it was said, by the clock of who said it: the later of two statements counts, whichever comes in first. Unless given, the
    /// moment at which it is applied.
    pub told_at: Option<Timestamp>,
    /// About the shipment as a whole.
    pub facts: ShipmentFacts,
    /// Scans and messages, in any order, known ones among them.
    pub events: Vec<Event>,
    /// The piece that an event is about, by the identity of the event; the others are about all of them.
    pub pieces: BTreeMap<String, String>,
}

/// What an update came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The order has a new version.
    Changed,
    /// All of it was known.
    Unchanged,
    /// The order has no such shipment.
    NoSuchShipment,
}

/// Writes what is newly known into the order. Telling it the same twice changes nothing, and the order in which scans come in does
/// not matter.
///
/// ```
/// use doorstep_backend::domain::update::{Applied, Update, apply};
/// let mut order = doorstep_core::wire::Order::from_json(r#"{"id": "ord_1", "shipments": [{"id": "s1"}]}"#).unwrap();
/// assert_eq!(apply(&mut order, "s1", &Update::default(), chrono::Utc::now()), Applied::Unchanged);
/// assert_eq!(apply(&mut order, "s2", &Update::default(), chrono::Utc::now()), Applied::NoSuchShipment);
/// ```
pub fn apply(order: &mut Order, shipment_id: &str, update: &Update, now: DateTime<Utc>) -> Applied {
    let zone = order.time_zone.as_deref().and_then(|name| Tz::from_str(name).ok()).unwrap_or(Tz::UTC);
    let Some(shipment) = order.shipments.iter_mut().find(|shipment| shipment.id == shipment_id) else {
        return Applied::NoSuchShipment;
    };
    let after = updated(shipment, update, zone, now);
    if after == *shipment {
        return Applied::Unchanged;
    }
    *shipment = after;
    order.version += 1;
    order.as_of = Some(Timestamp::from(now));
    Applied::Changed
}

/// What time alone does to the shipments: a promise that has passed is broken. The next instant at which one passes.
pub(crate) fn pass_time(order: &mut Order, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let zone = super::calendar::zone(order);
    for shipment in &mut order.shipments {
        let before = shipment.clone();
        judge(shipment, &before, &ShipmentFacts::default(), zone, now);
    }
    let promised = order.shipments.iter().filter(|shipment| !stage::is_ending(&shipment.stage));
    let ends = promised.filter_map(|shipment| shipment.promise.as_ref()?.promised);
    ends.map(|window| super::calendar::end_of(&window, zone)).filter(|end| *end > now).min()
}

fn updated(before: &Shipment, update: &Update, zone: Tz, now: DateTime<Utc>) -> Shipment {
    let facts = &update.facts;
    let mut shipment = before.clone();
    merge_events(&mut shipment.events, &update.events);
    let newest = |events: &[Event]| events.iter().map(|event| stage::instant(event, zone)).max();
    let newest_before = newest(&before.events);
    let is_newest = update.events.is_empty() || newest(&update.events) >= newest_before;

    shipment.stage = stage::decide(stage::Known {
        before: &before.stage,
        events_before: stage::from_events(&before.events, zone),
        events_now: stage::from_events(&shipment.events, zone),
        claim: facts.stage.as_ref(),
        update_is_newest: is_newest,
        update_has_events: !update.events.is_empty(),
    });
    for event in stage::in_order(&update.events, zone) {
        let at = stage::instant(event, zone);
        let is_news = newest_before.is_none_or(|newest| at > newest) || !before.events.iter().any(|known| known.id == event.id);
        // An older scan tells how it went, not how it goes.
        if is_news && newest_before.is_none_or(|newest| at >= newest) {
            shipment.condition = condition::after_event(shipment.condition, event, at);
        }
    }
    take_facts(&mut shipment, facts);
    note_delivery(&mut shipment, facts.delivered.as_ref(), zone);
    if is_newest {
        let news = Expectation {
            expected: facts.promise_expected,
            earliest: facts.promise_earliest,
            source: facts.promise_source.as_ref(),
            confidence: facts.promise_confidence.as_ref(),
            reason: facts.promise_reason.as_ref(),
        };
        promise::revise(&mut shipment.promise, &news, now);
    }
    judge(&mut shipment, before, facts, zone, now);
    if shipment.events != before.events {
        shipment.last_carrier_update = carrier_last_spoke(&shipment.events, zone, now).max(before.last_carrier_update);
    }
    shipment
}

/// Adds what is new and replaces what was corrected.
fn merge_events(known: &mut Vec<Event>, news: &[Event]) {
    for event in news {
        match known.iter_mut().find(|known| known.id == event.id) {
            Some(known) => *known = event.clone(),
            None => known.push(event.clone()),
        }
    }
}

fn take_facts(shipment: &mut Shipment, facts: &ShipmentFacts) {
    fn take<T: Clone>(known: &mut Option<T>, told: Option<&T>) {
        if let Some(told) = told {
            *known = Some(told.clone());
        }
    }
    take(&mut shipment.action_required, facts.action_required.as_ref());
    take(&mut shipment.pickup, facts.pickup.as_ref());
    take(&mut shipment.position, facts.position.as_ref());
    take(&mut shipment.last_mile_carrier, facts.last_mile_carrier.as_ref());
    take(&mut shipment.tracking_url, facts.tracking_url.as_ref());
    take(&mut shipment.reroute_url, facts.reroute_url.as_ref());
    take(&mut shipment.pieces, facts.pieces.as_ref());
    if let Some(level) = &facts.tracking_level {
        shipment.tracking_level = level.clone();
    }
    let failed = shipment.events.iter().filter(|event| event.condition == Some(ConditionState::AttemptFailed)).count();
    let seen = u32::try_from(failed).unwrap_or(u32::MAX);
    shipment.attempts = shipment.attempts.max(facts.attempts.unwrap_or_default()).max(seen);
    // How near the vehicle is means nothing once it is not on its way here.
    if shipment.stage != Stage::OutForDelivery {
        shipment.position = None;
    }
}

/// The delivered scan and what is told about the delivery make one record.
fn note_delivery(shipment: &mut Shipment, told: Option<&Delivered>, zone: Tz) {
    let scan = last_delivered(&shipment.events, zone);
    if told.is_none() && shipment.stage != Stage::Delivered {
        return;
    }
    let scanned_at = scan.filter(|scan| scan.at.offset_min.is_some()).and_then(written);
    let known = shipment.delivered.take().unwrap_or(Delivered {
        at: None,
        to: DeliveredTo::default(),
        detail: None,
        signed_by: None,
        photo_url: None,
    });
    let told = told.cloned().unwrap_or_else(|| known.clone());
    let says_where = !matches!(told.to, DeliveredTo::Unknown(_));
    shipment.delivered = Some(Delivered {
        at: told.at.or(known.at).or(scanned_at),
        to: if says_where { told.to } else { known.to },
        detail: told.detail.or(known.detail),
        signed_by: told.signed_by.or(known.signed_by),
        photo_url: told.photo_url.or(known.photo_url),
    });
}

fn last_delivered(events: &[Event], zone: Tz) -> Option<&Event> {
    stage::in_order(events, zone).into_iter().rev().find(|event| event.stage == Stage::Delivered)
}

/// The instant of an event as it was written, with its offset.
fn written(event: &Event) -> Option<Timestamp> {
    let offset = chrono::FixedOffset::east_opt(event.at.offset_min?.checked_mul(60)?)?;
    let reading = event.at.local.date.and_time(event.at.local.time?);
    reading.and_local_timezone(offset).single().map(Timestamp)
}

/// The verdict on the promise, and how the shipment goes in view of it and of what was told.
fn judge(shipment: &mut Shipment, before: &Shipment, facts: &ShipmentFacts, zone: Tz, now: DateTime<Utc>) {
    let arrival = (shipment.stage == Stage::Delivered).then(|| arrival(shipment, zone)).flatten();
    if let Some(promise) = &mut shipment.promise {
        let open = !stage::is_ending(&shipment.stage) && shipment.stage != Stage::ReadyForPickup;
        // A service that reports little is not late because it is silent.
        let overdue = open && shipment.tracking_level == TrackingLevel::Full && promise::has_passed(promise, zone, now);
        promise.verdict = match (&arrival, overdue) {
            (None, true) => Verdict::Late,
            // What will not arrive is neither late nor on time.
            (None, false) if stage::is_ending(&shipment.stage) => Verdict::default(),
            _ => promise::verdict(promise, arrival, zone),
        };
    }
    shipment.condition = match (&facts.condition, &shipment.promise) {
        (Some(told), _) => condition::as_told(&shipment.condition, told, now),
        (None, Some(promise)) if !stage::is_ending(&shipment.stage) => {
            let verdict_before = before.promise.as_ref().map(|promise| &promise.verdict);
            condition::held_against_promise(shipment.condition.clone(), verdict_before, promise, now)
        }
        (None, _) => shipment.condition.clone(),
    };
    let resolved = shipment.condition.state == ConditionState::Ok && before.condition.state != ConditionState::Ok;
    let ended = stage::is_ending(&shipment.stage) && shipment.stage != before.stage;
    if (resolved || ended) && facts.action_required.is_none() {
        shipment.action_required = None;
    }
}

/// When it arrived. A delivered scan that is dated before the van left is dated wrongly: it arrived no earlier than that day.
fn arrival(shipment: &Shipment, zone: Tz) -> Option<Arrival> {
    let told = shipment.delivered.as_ref().and_then(|delivered| delivered.at);
    let scan = last_delivered(&shipment.events, zone);
    let date = told.map(|at| at.0.with_timezone(&zone).date_naive()).or_else(|| scan.map(|event| event.at.local.date))?;
    let on_the_van = shipment.events.iter().filter(|event| event.stage == Stage::OutForDelivery);
    match on_the_van.map(|event| event.at.local.date).max() {
        Some(left) if left > date => Some(Arrival { date: left, at: None }),
        Some(_) | None => Some(Arrival { date, at: told.map(|at| at.utc()) }),
    }
}

/// When the carrier last said anything, never later than now: a date without a time counts to its end, and a reading without a zone
/// is taken for the destination's, because how old the news is needs no better answer.
fn carrier_last_spoke(events: &[Event], zone: Tz, now: DateTime<Utc>) -> Option<Timestamp> {
    let end_of_day = NaiveTime::from_hms_opt(23, 59, 59);
    let spoken = events.iter().filter(|event| event.source == Source::Carrier).map(|event| {
        let mut at = event.clone();
        at.at.local.time = at.at.local.time.or(end_of_day);
        written(&at).unwrap_or_else(|| Timestamp::from(stage::instant(&at, zone)))
    });
    spoken.map(|at| at.min(Timestamp::from(now))).max()
}
