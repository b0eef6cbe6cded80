//! The one door: whatever happens to a shipment, told by a provider, by the retailer or by the demo, happens in [`apply`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_core::wire::{
    ActionRequired, Carrier, Condition, Confidence, Delivered, Event, Pickup, Position, PromiseSource, Reason, Stage, Timestamp,
    TrackingLevel, Window,
};

use super::record::Record;
use super::tracking::{Context, Log, Rules, look_ahead, tell};

/// What is said about a shipment as a whole; what is left out stays as it was.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShipmentFacts {
    /// Where it is. Taken as a claim without a date: it does not undo an ending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// How it goes; `ok` ends a condition and what somebody had to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Whose move it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_required: Option<ActionRequired>,
    /// When it was first expected, where the provider remembers it; a promise that was made before stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_first: Option<Window>,
    /// When it is expected now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_expected: Option<Window>,
    /// The earliest that is possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_earliest: Option<Window>,
    /// Who expects that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_source: Option<PromiseSource>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_confidence: Option<Confidence>,
    /// Why the expectation changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_reason: Option<Reason>,
    /// Where it was left, and the proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Delivered>,
    /// Where it can be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup: Option<Pickup>,
    /// Failed delivery attempts so far; never counted down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// How near the vehicle is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Who carries the last mile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_carrier: Option<Carrier>,
    /// The number under which that carrier knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_tracking_number: Option<String>,
    /// The carrier's page for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// The carrier's page to change the delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reroute_url: Option<String>,
    /// How much the service reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_level: Option<TrackingLevel>,
    /// How many pieces it has.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    /// Whether the shopper has done what was asked for.
    pub answered: bool,
}

/// What an update came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The order has a new version.
    Changed,
    /// It shows nothing new, and counts together with what comes later.
    Noted,
    /// All of it was known.
    Unchanged,
    /// The order has no such shipment.
    NoSuchShipment,
}

/// Takes in what is newly known about a shipment of the order. Telling it the same twice changes nothing, and the order in which scans
/// and statements come in does not matter.
///
/// ```
/// use doorstep_backend::domain::record::Record;
/// use doorstep_backend::domain::update::{Applied, Update, apply};
/// let order = doorstep_core::wire::Order::from_json(r#"{"id": "ord_1", "shipments": [{"id": "s1"}]}"#).unwrap();
/// let mut record = Record { order, private: Default::default() };
/// assert_eq!(apply(&mut record, "s1", &Update::default(), chrono::Utc::now()), Applied::Unchanged);
/// assert_eq!(apply(&mut record, "s2", &Update::default(), chrono::Utc::now()), Applied::NoSuchShipment);
/// ```
pub fn apply(record: &mut Record, shipment_id: &str, update: &Update, now: DateTime<Utc>) -> Applied {
    let applied = say(record, shipment_id, update, now);
    if applied == Applied::Changed {
        record.order.version += 1;
        record.order.as_of = Some(Timestamp::from(now));
    }
    applied
}

/// The same within a change that has a version of its own.
pub(crate) fn say(record: &mut Record, shipment_id: &str, update: &Update, now: DateTime<Utc>) -> Applied {
    let context = Context::of(&record.order, now);
    let Some(shipment) = record.order.shipments.iter_mut().find(|shipment| shipment.id == shipment_id) else {
        return Applied::NoSuchShipment;
    };
    let known = record.private.tracking.get(shipment_id).cloned();
    let mut log = known.clone().unwrap_or_else(|| Log::of(shipment, context));
    let before = tell(shipment, &log, context);
    log.take(update, context);
    let after = tell(shipment, &log, context);
    let changes = after != before;
    if changes {
        *shipment = after;
    } else if update.told_at.is_none() || known.as_ref() == Some(&log) {
        // What nobody has dated and nobody can see is not kept.
        return Applied::Unchanged;
    }
    record.private.tracking.insert(shipment_id.to_owned(), log);
    if changes { Applied::Changed } else { Applied::Noted }
}

/// Tells every shipment anew, as of now, and what time alone does to it. The next instant at which time changes something.
pub(crate) fn pass_time(record: &mut Record, rules: &Rules, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let context = Context::of(&record.order, now);
    let mut next = None;
    for shipment in &mut record.order.shipments {
        let log = record.private.tracking.entry(shipment.id.clone()).or_insert_with(|| Log::of(shipment, context));
        *shipment = tell(shipment, log, context);
        let usual = record.private.usual.get(&shipment.id).copied().unwrap_or_default();
        let changes = look_ahead(shipment, rules, usual, context);
        next = [next, changes].into_iter().flatten().min();
    }
    let shipments = &record.order.shipments;
    record.private.tracking.retain(|id, _| shipments.iter().any(|shipment| shipment.id == *id));
    next
}
