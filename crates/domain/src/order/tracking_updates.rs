//! Applies tracking updates to a shipment. Updates of providers, the retailer, the shopper and the demo follow the same rules.

use chrono::{DateTime, Utc};
use doorstep_contract::{ShipmentId, Timestamp};

use crate::order::OrderAggregate;
use crate::policy::rules::Tracking;
use crate::tracking::{Context, TrackingLog, detect_delay, project};

pub use crate::tracking::{ShipmentFacts, TrackingUpdate};

/// Result of a tracking update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The shipment changed.
    Changed,
    /// The shipment did not change, but the update was recorded in the log and can affect the result of later updates.
    Noted,
    /// The shipment did not change, and the update was not recorded.
    Unchanged,
    /// The order has no such shipment.
    NoSuchShipment,
}

/// Applies a tracking update to a shipment, and increments the version of the order if the shipment changes. Repeated updates
/// change nothing. The result does not depend on the order in which scans and reports arrive.
///
/// ```
/// use doorstep_domain::order::OrderAggregate;
/// use doorstep_domain::order::tracking_updates::{Applied, apply};
/// use doorstep_domain::tracking::TrackingUpdate;
/// let order = doorstep_contract::Order::from_json(r#"{"id": "ord_1", "shipments": [{"id": "s1"}]}"#).unwrap();
/// let now = chrono::DateTime::UNIX_EPOCH;
/// let mut record = OrderAggregate { order, private: Default::default() };
/// assert_eq!(apply(&mut record, &"s1".into(), &TrackingUpdate::default(), now), Applied::Unchanged);
/// assert_eq!(apply(&mut record, &"s2".into(), &TrackingUpdate::default(), now), Applied::NoSuchShipment);
/// ```
pub fn apply(record: &mut OrderAggregate, shipment_id: &ShipmentId, update: &TrackingUpdate, now: DateTime<Utc>) -> Applied {
    let applied = apply_within_change(record, shipment_id, update, now);
    if applied == Applied::Changed {
        record.order.version += 1;
        record.order.as_of = Some(Timestamp::from(now));
    }
    applied
}

/// Works like `apply`, but never increments the version. Used by larger changes whose caller increments it.
pub fn apply_within_change(
    record: &mut OrderAggregate,
    shipment_id: &ShipmentId,
    update: &TrackingUpdate,
    now: DateTime<Utc>,
) -> Applied {
    let Some(place) = record.order.shipments.iter().position(|shipment| shipment.id == *shipment_id) else {
        return Applied::NoSuchShipment;
    };
    let context = Context::of(&record.order, now);
    let Some(shipment) = record.order.shipments.get(place) else { return Applied::NoSuchShipment };
    let known = record.private.tracking.get(shipment_id).cloned();
    let mut log = known.clone().unwrap_or_else(|| TrackingLog::of(shipment, context));
    let before = project(shipment, &log, context);
    log.record(update, context);
    let after = project(shipment, &log, context);
    let changes = after != before;
    if changes {
        if let Some(shipment) = record.order.shipments.get_mut(place) {
            *shipment = after;
        }
    } else if (update.reported_at.is_none() && update.reference.is_none()) || known.as_ref() == Some(&log) {
        // An update without a visible change is recorded only if it has a report time or a reference, and adds something to the
        // log.
        return Applied::Unchanged;
    }
    record.private.tracking.insert(shipment_id.to_owned(), log);
    if changes { Applied::Changed } else { Applied::Noted }
}

/// Computes every shipment again as of `now`, including delay detection. Returns the next time at which time alone changes a
/// shipment, or `None`.
pub(crate) fn advance_shipments(record: &mut OrderAggregate, rules: &Tracking, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut shipments = std::mem::take(&mut record.order.shipments);
    let context = Context::of(&record.order, now);
    let mut next = None;
    for shipment in &mut shipments {
        let log = record.private.tracking.entry(shipment.id.clone()).or_insert_with(|| TrackingLog::of(shipment, context));
        *shipment = project(shipment, log, context);
        let statistics = record.private.transit_statistics.get(&shipment.id).copied().unwrap_or_default();
        let changes = detect_delay(shipment, rules, statistics, context);
        next = [next, changes].into_iter().flatten().min();
    }
    record.private.tracking.retain(|id, _| shipments.iter().any(|shipment| shipment.id == *id));
    record.order.shipments = shipments;
    next
}
