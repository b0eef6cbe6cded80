//! What is known of a shipment, made out of everything that was ever said about it.
//!
//! Carriers and providers speak out of order, twice, late, and about each other's parcels. So nothing that is said changes a shipment
//! directly: it goes into the shipment's [`Log`], and the shipment is told anew from the whole of it. The same statements give the same
//! shipment, in whatever order they came and however often.
//!
//! - `update`: what somebody says at a time · `log`: all that was said, and when, by the clock of who said it
//! - `number`: numbers in one form · `own`: which scans are about this parcel, each once, in the order in which they happened
//! - `duplicates`: scans that were told twice · `places`: the sender's end of the way and the shopper's
//! - `story`: where it is and how it goes, scan by scan; the rules are in `stage` and `condition`
//! - `delivery`: where it was left · `promise`: the ledger · `outlook`: late, at risk, silent · `usual`: what is usual, learned

pub(crate) mod condition;
mod delivery;
mod duplicates;
mod log;
mod number;
mod outlook;
mod own;
mod places;
pub(in crate::domain) mod promise;
pub(crate) mod stage;
mod story;
mod update;
mod usual;

#[cfg(test)]
mod commuting_tests;
#[cfg(test)]
mod duplicates_tests;
#[cfg(test)]
mod ending_tests;
#[cfg(test)]
mod outlook_tests;
#[cfg(test)]
mod quirk_tests;
#[cfg(test)]
mod returned_tests;
#[cfg(test)]
mod sequence_tests;
#[cfg(test)]
mod steady_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod withdrawn_tests;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{ConditionState, Order, Pickup, Shipment, Stage, TrackingLevel};

pub(crate) use delivery::arrived_at;
pub use log::Log;
pub(crate) use number::plain_key;
pub use number::tracking_key;
pub use outlook::Usual;
pub(in crate::domain) use outlook::look_ahead;
pub use update::{ShipmentFacts, Update};
pub use usual::Passage;
pub(crate) use usual::{learn, passage};

use self::log::Statement;
use self::own::Own;

/// What a shipment's story is told by, beside its log.
#[derive(Clone, Copy, Debug)]
pub(in crate::domain) struct Context<'a> {
    /// The zone of the destination.
    pub(in crate::domain) zone: Tz,
    /// When the order was placed: what happened before it happened to another parcel.
    pub(in crate::domain) placed_at: Option<DateTime<Utc>>,
    /// The address that it goes to, line by line, as far as the order shows it.
    pub(in crate::domain) address: &'a [String],
    /// Now.
    pub(in crate::domain) now: DateTime<Utc>,
}

impl<'a> Context<'a> {
    pub(in crate::domain) fn of(order: &'a Order, now: DateTime<Utc>) -> Self {
        let address = order.destination.as_ref().map(|destination| destination.lines.as_slice()).unwrap_or_default();
        Self { zone: super::calendar::zone(order), placed_at: order.placed_at.map(|at| at.utc()), address, now }
    }
}

/// The shipment as its log has it. What it is (its carrier, its number, its lines) stays; what happened to it is told anew.
pub(in crate::domain) fn tell(known: &Shipment, log: &Log, context: Context<'_>) -> Shipment {
    let own = Own::of(log, context);
    let mut statements = own.statements(log, context);
    let story = story::told(log, &known.direction, &own, &statements, context);
    // Of two statements the one that was made later counts, whatever scans they sum up.
    statements.sort_by_key(|statement| (statement.told_at, statement.turn));
    let mut shipment = known.clone();
    log.reset(&mut shipment);
    take_facts(&mut shipment, &statements);
    let failed = own.scans.iter().filter(|scan| scan.event.condition == Some(ConditionState::AttemptFailed)).count();
    shipment.attempts = shipment.attempts.max(u32::try_from(failed).unwrap_or(u32::MAX));
    shipment.pieces = shipment.pieces.max(own.pieces());
    shipment.delivered = delivery::delivered(&own, &statements, &story, context.zone);
    shipment.stage = story.stage;
    shipment.condition = story.condition;
    shipment.action_required = story.action;
    // How near the vehicle is means nothing once it is not on its way here.
    if shipment.stage != Stage::OutForDelivery {
        shipment.position = None;
    }
    shipment.last_carrier_update = own.carrier_last_spoke(context).or(log.last_carrier_update());
    shipment.events = own.into_events(&story.came_back, context.zone);
    // Who expects a voided label to arrive has not heard of that yet.
    let is_void = |statement: &&Statement| statement.is_a_providers() && story.voided.is_some_and(|at| statement.at.utc() <= at);
    statements.retain(|statement| !is_void(statement));
    promise::write(&mut shipment.promise, &statements);
    outlook::judge(&mut shipment, context);
    shipment
}

/// The last word on each fact counts.
fn take_facts(shipment: &mut Shipment, statements: &[&Statement]) {
    fn take<T: Clone>(known: &mut Option<T>, told: Option<&T>) {
        if let Some(told) = told {
            *known = Some(told.clone());
        }
    }
    for facts in statements.iter().map(|statement| &statement.facts) {
        let partners = facts.last_mile_tracking_number.as_ref();
        // A partner that carries it under the same number, written in another way, has no number of its own.
        let partners = partners.filter(|number| !is_same_number(Some(number.as_str()), shipment.tracking_number.as_deref()));
        let pickup = facts.pickup.as_ref().map(|told| richer(told, shipment.pickup.as_ref()));
        take(&mut shipment.pickup, pickup.as_ref());
        take(&mut shipment.position, facts.position.as_ref());
        take(&mut shipment.last_mile_carrier, facts.last_mile_carrier.as_ref());
        take(&mut shipment.last_mile_tracking_number, partners);
        take(&mut shipment.tracking_url, facts.tracking_url.as_ref());
        take(&mut shipment.reroute_url, facts.reroute_url.as_ref());
        take(&mut shipment.pieces, facts.pieces.as_ref());
        if let Some(level) = &facts.tracking_level {
            shipment.tracking_level = level.clone();
        }
        shipment.attempts = shipment.attempts.max(facts.attempts.unwrap_or_default());
    }
}

/// What is told of a pickup point, with what was known of the same one already.
fn richer(told: &Pickup, known: Option<&Pickup>) -> Pickup {
    let mut pickup = told.clone();
    if let Some(known) = known.filter(|known| known.name == told.name) {
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

/// Returns whether two tracking numbers are the same one, however each is written.
pub(in crate::domain) fn is_same_number(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(tracking_key) == other.map(tracking_key)
}

/// Whether a service that says nothing leaves the question open: it reports little or nothing.
fn says_little(shipment: &Shipment) -> bool {
    shipment.tracking_level != TrackingLevel::Full
}
