//! The one door: whatever happens to a shipment, told by a provider, by the retailer or by the demo, happens in [`apply`].

use chrono::{DateTime, Utc};
use doorstep_core::wire::Timestamp;

use super::policy::rules::Tracking;
use super::record::Record;
use super::tracking::{Context, Log, look_ahead, tell};
pub use super::tracking::{ShipmentFacts, Update};

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
    let Some(place) = record.order.shipments.iter().position(|shipment| shipment.id == shipment_id) else {
        return Applied::NoSuchShipment;
    };
    let context = Context::of(&record.order, now);
    let Some(shipment) = record.order.shipments.get(place) else { return Applied::NoSuchShipment };
    let known = record.private.tracking.get(shipment_id).cloned();
    let mut log = known.clone().unwrap_or_else(|| Log::of(shipment, context));
    let before = tell(shipment, &log, context);
    log.take(update, context);
    let after = tell(shipment, &log, context);
    let changes = after != before;
    if changes {
        if let Some(shipment) = record.order.shipments.get_mut(place) {
            *shipment = after;
        }
    } else if (update.told_at.is_none() && update.reference.is_none()) || known.as_ref() == Some(&log) {
        // What nobody has dated and nobody can see is not kept, but by what name it is spoken of.
        return Applied::Unchanged;
    }
    record.private.tracking.insert(shipment_id.to_owned(), log);
    if changes { Applied::Changed } else { Applied::Noted }
}

/// Tells every shipment anew, as of now, and what time alone does to it. The next instant at which time changes something.
pub(crate) fn pass_time(record: &mut Record, rules: &Tracking, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut shipments = std::mem::take(&mut record.order.shipments);
    let context = Context::of(&record.order, now);
    let mut next = None;
    for shipment in &mut shipments {
        let log = record.private.tracking.entry(shipment.id.clone()).or_insert_with(|| Log::of(shipment, context));
        *shipment = tell(shipment, log, context);
        let usual = record.private.usual.get(&shipment.id).copied().unwrap_or_default();
        let changes = look_ahead(shipment, rules, usual, context);
        next = [next, changes].into_iter().flatten().min();
    }
    record.private.tracking.retain(|id, _| shipments.iter().any(|shipment| shipment.id == *id));
    record.order.shipments = shipments;
    next
}
