//! Creates the log of a shipment that has none yet, and updates a log when the shop's systems send the shipment again. Called by
//! the order aggregate and by `order::tracking_updates`.

use doorstep_contract::{Condition, Promise, Shipment, Stage, Timestamp};

use super::context::Context;
use super::log::{Opening, TrackingLog};
use super::number::is_same_number;
use super::project::project;
use super::stage;
use super::update::{ShipmentFacts, TrackingUpdate};

impl TrackingLog {
    /// Creates the first log of a shipment. The current state of the shipment becomes the first report.
    pub(crate) fn of(shipment: &Shipment, context: Context<'_>) -> Self {
        let has_scans = !shipment.events.is_empty();
        let instants = || shipment.events.iter().map(|event| stage::instant(event, context.zone));
        let opening = Opening {
            stage: if has_scans { Stage::LabelCreated } else { shipment.stage.clone() },
            promise: shipment.promise.clone(),
            tracking_level: shipment.tracking_level.clone(),
            tracking_url: shipment.tracking_url.clone(),
            pieces: shipment.pieces,
            usual_gap_h: shipment.usual_gap_h,
            last_carrier_update: shipment.last_carrier_update,
            shown_from: instants().min().map(Timestamp::from),
        };
        let mut log = Self::new(shipment.tracking_number.clone(), opening);
        let began =
            instants().max().or(shipment.last_carrier_update.map(|at| at.utc())).or(context.placed_at).unwrap_or(context.now);
        let scans =
            TrackingUpdate { reported_at: Some(began.into()), events: shipment.events.clone(), ..TrackingUpdate::default() };
        log.record(&scans, context);
        let projected = project(shipment, &log, context);
        let differs = projected.stage != shipment.stage;
        // The condition is recorded as a report only if the projection does not give it anyway. A shipment that is late only by
        // its promise must be able to become on time again. The start time is not compared, because it is computed.
        let condition_of = |shipment: &Shipment| (shipment.condition.state.clone(), shipment.condition.reason.clone());
        let has_other_condition =
            condition_of(&projected) != condition_of(shipment) && (has_scans || shipment.condition != Condition::default());
        let facts = ShipmentFacts {
            stage: differs.then(|| shipment.stage.clone()),
            condition: has_other_condition.then(|| shipment.condition.clone()),
            action_required: shipment.action_required.clone(),
            delivered: shipment.delivered.clone(),
            pickup: shipment.pickup.clone(),
            attempts: (shipment.attempts > projected.attempts).then_some(shipment.attempts),
            position: shipment.position.clone(),
            last_mile_carrier: shipment.last_mile_carrier.clone(),
            last_mile_tracking_number: shipment.last_mile_tracking_number.clone(),
            reroute_url: shipment.reroute_url.clone(),
            ..ShipmentFacts::default()
        };
        log.record(&TrackingUpdate { reported_at: Some(began.into()), facts, ..TrackingUpdate::default() }, context);
        log
    }

    /// Applies the shipment as the retailer's systems have sent it again. Returns false if the shipment has another tracking
    /// number and therefore needs a new log.
    pub(crate) fn reconcile(&mut self, shipment: &Shipment, context: Context<'_>) -> bool {
        if self.number.is_some() && !is_same_number(self.number.as_deref(), shipment.tracking_number.as_deref()) {
            return false;
        }
        self.number.clone_from(&shipment.tracking_number);
        self.opening.tracking_url.clone_from(&shipment.tracking_url);
        self.opening.tracking_level.clone_from(&shipment.tracking_level);
        self.opening.pieces = shipment.pieces;
        self.opening.usual_gap_h = shipment.usual_gap_h;
        let known = project(shipment, self, context).promise;
        let expectation = |promise: &Option<Promise>| promise.as_ref().and_then(|promise| promise.expected);
        match (&known, &shipment.promise) {
            (None, Some(_)) => self.opening.promise.clone_from(&shipment.promise),
            (Some(_), Some(promise)) if expectation(&known) != expectation(&shipment.promise) => {
                let facts = ShipmentFacts {
                    promise_expected: promise.expected,
                    promise_source: Some(promise.source.clone()),
                    promise_confidence: Some(promise.confidence.clone()),
                    ..ShipmentFacts::default()
                };
                let mut extended = self.clone();
                extended.record(&TrackingUpdate { facts, ..TrackingUpdate::default() }, context);
                // If the retailer sends the order again without a new promise, the log does not grow.
                if project(shipment, &extended, context).promise != known {
                    *self = extended;
                }
            }
            (_, _) => {}
        }
        true
    }
}
