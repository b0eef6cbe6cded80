//! Facts about an order for the host page. Called by `update` for each new document.

use super::OrderFacts;
use crate::local_clock::LocalClock;
use crate::order::promise::verdict;
use crate::order::status::{Situation, Tone, situation};
use doorstep_contract::{Direction, Order, StagePhase, Verdict};

/// Returns the facts about an order whose headline has a tone. Returns are not counted as parcels.
pub(super) fn facts(order: &Order, tone: Tone, clock: &LocalClock<'_>) -> OrderFacts {
    let mut facts = OrderFacts { version: order.version, tone, parcels: 0, delivered: 0, late: 0 };
    for parcel in order.shipments.iter().filter(|shipment| shipment.direction != Direction::Return) {
        let situation = situation(parcel);
        facts.parcels += 1;
        facts.delivered += u32::from(situation == Situation::Delivered);
        // A parcel that is cancelled or lost is not expected any more.
        let is_expected =
            parcel.stage.phase() != StagePhase::AtDestination && situation != Situation::Cancelled && !situation.is_given_up();
        let is_late = || parcel.promise.as_ref().is_some_and(|promise| verdict(promise, clock) == Verdict::Late);
        facts.late += u32::from(is_expected && is_late());
    }
    facts
}
