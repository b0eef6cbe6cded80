//! The progress rail of a shipment: three to five stops, such as "Ordered" or "Delivered", and the stop reached last.

use super::status::{Situation, Tone, situation};
use crate::message::{Key, keys};
use doorstep_contract::{Direction, Shipment, Stage};

/// Progress rail of a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestones {
    /// Names of the stops, in order.
    pub stops: &'static [Key],
    /// Index in `stops` of the stop reached last.
    pub reached: usize,
    /// Tone of the shipment's situation.
    pub tone: Tone,
}

const DELIVERY: &[Key] = &[
    keys::MILESTONE_ORDERED,
    keys::MILESTONE_SENT,
    keys::MILESTONE_ON_THE_WAY,
    keys::MILESTONE_OUT_FOR_DELIVERY,
    keys::MILESTONE_DELIVERED,
];
const COLLECTION: &[Key] = &[
    keys::MILESTONE_ORDERED,
    keys::MILESTONE_SENT,
    keys::MILESTONE_ON_THE_WAY,
    keys::MILESTONE_READY_FOR_PICKUP,
    keys::MILESTONE_COLLECTED,
];
const SENT_BACK: &[Key] = &[keys::MILESTONE_ORDERED, keys::MILESTONE_SENT, keys::MILESTONE_RETURNING, keys::MILESTONE_RETURNED];
const RETURN: &[Key] = &[keys::MILESTONE_RETURN_STARTED, keys::MILESTONE_ON_THE_WAY, keys::MILESTONE_ARRIVED_BACK];

/// Returns the rail of a shipment, or None if it is cancelled or if no stop is known to be reached.
pub fn milestones(shipment: &Shipment) -> Option<Milestones> {
    if shipment.stage == Stage::Cancelled {
        return None;
    }
    let on_the_way = if shipment.pickup.is_some() { COLLECTION } else { DELIVERY };
    let (stops, reached) = match (reached(&shipment.stage), shipment.direction == Direction::Return) {
        (_, true) => (RETURN, return_reached(&shipment.stage)),
        (None, _) if shipment.stage == Stage::Returning => (SENT_BACK, 2),
        (None, _) if shipment.stage == Stage::Returned => (SENT_BACK, 3),
        // Some of its pieces are still on the vehicle, so the last stop is not reached.
        (Some(reached), false) if situation(shipment) == Situation::DeliveredInPart => (on_the_way, reached.min(3)),
        (Some(reached), false) => (on_the_way, reached),
        // For a lost or destroyed shipment, or an unknown stage, the events give the stop. If no event has a known stop, there is
        // no rail.
        (None, false) => (on_the_way, furthest(shipment)?),
    };
    Some(Milestones { stops, reached, tone: situation(shipment).tone() })
}

/// Returns the index of the stop that belongs to a stage, or None for a stage that can occur anywhere on the way.
fn reached(stage: &Stage) -> Option<usize> {
    Some(match stage {
        Stage::Ordered | Stage::Packed | Stage::LabelCreated => 0,
        Stage::HandedOver => 1,
        Stage::InTransit | Stage::Customs | Stage::AtLocalDepot => 2,
        Stage::OutForDelivery | Stage::ReadyForPickup => 3,
        Stage::Delivered => 4,
        Stage::Returning | Stage::Returned | Stage::Cancelled | Stage::Lost | Stage::Destroyed | Stage::Unknown(_) => {
            return None;
        }
    })
}

fn return_reached(stage: &Stage) -> usize {
    match stage {
        Stage::Ordered | Stage::Packed | Stage::LabelCreated | Stage::Unknown(_) | Stage::Cancelled => 0,
        Stage::HandedOver
        | Stage::InTransit
        | Stage::Customs
        | Stage::AtLocalDepot
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Returning
        | Stage::Lost
        | Stage::Destroyed => 1,
        Stage::Delivered | Stage::Returned => 2,
    }
}

/// Returns the index of the furthest stop among the events, or None if no event has a known stop. A delivered event counts as out
/// for delivery, because a lost parcel was not delivered.
fn furthest(shipment: &Shipment) -> Option<usize> {
    shipment.events.iter().filter_map(|event| reached(&event.stage)).max().map(|stop| stop.min(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::shipment;
    use serde_json::json;

    #[test]
    fn the_rail_shows_how_far_it_is() {
        let table = [
            (json!({"stage": "label_created"}), Some((5, 0))),
            (json!({"stage": "customs"}), Some((5, 2))),
            (json!({"stage": "ready_for_pickup", "pickup": {"name": "Shop"}}), Some((5, 3))),
            (json!({"stage": "delivered"}), Some((5, 4))),
            (json!({"stage": "returning"}), Some((4, 2))),
            (json!({"stage": "delivered", "direction": "return"}), Some((3, 2))),
            (json!({"stage": "cancelled"}), None),
            (json!({"stage": "zzz"}), None),
        ];
        for (json, expected) in table {
            let rail = milestones(&shipment(json.clone())).map(|rail| (rail.stops.len(), rail.reached));
            assert_eq!(rail, expected, "{json}");
        }
    }

    #[test]
    fn a_lost_parcel_shows_how_far_it_got() {
        let at = json!({"local": "2026-11-18T10:00:00"});
        let lost =
            shipment(json!({"stage": "lost", "events": [{"at": at, "stage": "in_transit"}, {"at": at, "stage": "handed_over"}]}));
        assert_eq!(milestones(&lost).map(|rail| (rail.reached, rail.tone)), Some((2, Tone::Problem)));
    }
}
