//! Computes a shipment from its tracking log. Called by `order::tracking_updates` and by `reconcile`.

use doorstep_contract::{ConditionState, Pickup, Shipment, Stage};

use super::attribution::Attribution;
use super::context::Context;
use super::log::{ShipmentReport, TrackingLog};
use super::number::is_same_number;
use super::{delay_detection, delivery, fold, promise};

/// Returns the shipment as its log describes it. Keeps the fields of the known shipment that tracking does not change, such as
/// carrier, tracking number and lines. Computes all other fields again.
pub(crate) fn project(known: &Shipment, log: &TrackingLog, context: Context<'_>) -> Shipment {
    let attribution = Attribution::of(log, context);
    let mut reports = attribution.reports(log, context);
    let fold = fold::fold(log, &known.direction, &attribution, &reports, context);
    // For facts, the later report time counts, not the times of the scans that came with the report.
    reports.sort_by_key(|report| (report.reported_at, report.arrival_number));
    let mut shipment = known.clone();
    log.reset(&mut shipment);
    apply_facts(&mut shipment, &reports);
    let failed = attribution.scans.iter().filter(|scan| scan.event.condition == Some(ConditionState::AttemptFailed)).count();
    shipment.attempts = shipment.attempts.max(u32::try_from(failed).unwrap_or(u32::MAX));
    shipment.pieces = shipment.pieces.max(attribution.pieces());
    shipment.delivered = delivery::proof_of_delivery(&attribution, &reports, &fold, context.zone);
    shipment.stage = fold.stage;
    shipment.condition = fold.condition;
    shipment.action_required = fold.action;
    // The position of the vehicle is shown only while the parcel is out for delivery.
    if shipment.stage != Stage::OutForDelivery {
        shipment.position = None;
    }
    shipment.last_carrier_update = attribution.last_carrier_scan(context).or(log.last_carrier_update());
    shipment.events = attribution.into_events(&fold.returned_scan_ids, context.zone);
    // Delivery estimates that a provider made before the label was voided no longer count.
    let is_void = |report: &&ShipmentReport| report.is_from_provider() && fold.voided.is_some_and(|at| report.at.utc() <= at);
    reports.retain(|report| !is_void(report));
    promise::write(&mut shipment.promise, &reports);
    delay_detection::assess_promise(&mut shipment, context);
    shipment
}

/// Copies the reported facts to the shipment. The last report of each fact counts. The number of delivery attempts never
/// decreases.
fn apply_facts(shipment: &mut Shipment, reports: &[&ShipmentReport]) {
    fn replace<T: Clone>(known: &mut Option<T>, reported: Option<&T>) {
        if let Some(reported) = reported {
            *known = Some(reported.clone());
        }
    }
    for facts in reports.iter().map(|report| &report.facts) {
        let partners = facts.last_mile_tracking_number.as_ref();
        // The last-mile number is ignored if it is only another spelling of the tracking number.
        let partners = partners.filter(|number| !is_same_number(Some(number.as_str()), shipment.tracking_number.as_deref()));
        let pickup = facts.pickup.as_ref().map(|reported| merge_pickup(reported, shipment.pickup.as_ref()));
        replace(&mut shipment.pickup, pickup.as_ref());
        replace(&mut shipment.position, facts.position.as_ref());
        replace(&mut shipment.last_mile_carrier, facts.last_mile_carrier.as_ref());
        replace(&mut shipment.last_mile_tracking_number, partners);
        replace(&mut shipment.tracking_url, facts.tracking_url.as_ref());
        replace(&mut shipment.reroute_url, facts.reroute_url.as_ref());
        replace(&mut shipment.pieces, facts.pieces.as_ref());
        if let Some(level) = &facts.tracking_level {
            shipment.tracking_level = level.clone();
        }
        shipment.attempts = shipment.attempts.max(facts.attempts.unwrap_or_default());
    }
}

/// Returns the reported pickup point. If the known pickup point has the same name, missing fields are taken from it.
fn merge_pickup(reported: &Pickup, known: Option<&Pickup>) -> Pickup {
    let mut pickup = reported.clone();
    if let Some(known) = known.filter(|known| known.name == reported.name) {
        pickup.collect_by = pickup.collect_by.or(known.collect_by);
        pickup.code = pickup.code.or_else(|| known.code.clone());
        pickup.location = pickup.location.or_else(|| known.location.clone());
        if pickup.hours.is_empty() {
            pickup.hours.clone_from(&known.hours);
        }
        if pickup.lines.is_empty() {
            pickup.lines.clone_from(&known.lines);
        }
    }
    pickup
}
