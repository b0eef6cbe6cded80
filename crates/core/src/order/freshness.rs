//! Age of what is known about a shipment: the time of the carrier's last report, and a mark if the carrier has been silent for
//! longer than usual.

use chrono::TimeDelta;

use crate::local_clock::LocalClock;
use crate::message::{Message, keys};
use crate::order::status::{Situation, is_searched_for, may_be_late, situation};
use doorstep_contract::{Shipment, Stage, Timestamp, TrackingLevel};

/// Line below a parcel that gives the age of its data.
#[derive(Clone, Debug, PartialEq)]
pub struct Freshness {
    /// Time of the carrier's last report, as a message.
    pub carrier: Message,
    /// True if the last report is older than usual for the service.
    pub silent: bool,
}

/// Returns the freshness line of a shipment, with the carrier's name if it is known.
pub fn freshness(shipment: &Shipment, clock: &LocalClock<'_>) -> Freshness {
    let name = shipment.carrier.as_ref().map(|carrier| carrier.name.clone()).filter(|name| !name.is_empty());
    let carrier = match (shipment.last_carrier_update, name) {
        (None, _) if shipment.tracking_level == TrackingLevel::None => keys::FRESH_UNTRACKED.into(),
        (None, Some(name)) => Message::new(keys::FRESH_NO_SCAN).with("carrier", name),
        (None, None) => keys::FRESH_NO_SCAN_YET.into(),
        (Some(at), name) => {
            let name = name.map_or(keys::CARRIER_UNNAMED.into(), crate::message::MessageArg::Text);
            match clock.ago(at) {
                Some(ago) => Message::new(keys::FRESH_CARRIER).with("carrier", name).with("ago", ago),
                None => Message::new(keys::FRESH_CARRIER_NOW)
                    .with("carrier", name.clone())
                    .with_printed_form(Message::new(keys::FRESH_CARRIER).with("carrier", name).with("ago", clock.written(at))),
            }
        }
    };
    Freshness { carrier, silent: is_silent(shipment, clock) }
}

/// Returns true if the last report is older than usual for the service. A stalled shipment is silent, unless the carrier is
/// searching for it.
///
/// In other situations, the age of the last report is compared with `usual_gap_h`, because the backend may not detect stalls, or
/// may report another condition, such as `late`, for a stalled shipment. The comparison is made only while scans are expected. It
/// is not made while customs has the shipment, or if the carrier's service reports only some or no steps. Longer gaps are normal
/// there.
fn is_silent(shipment: &Shipment, clock: &LocalClock<'_>) -> bool {
    let Some(at) = shipment.last_carrier_update else { return false };
    let situation = situation(shipment);
    if situation == Situation::Stalled && !is_searched_for(shipment) {
        return true;
    }
    let is_stated_gap_valid = shipment.stage != Stage::Customs && may_be_late(shipment) && is_moving(situation);
    let gap = shipment.usual_gap_h.filter(|_| is_stated_gap_valid);
    gap.is_some_and(|hours| clock.now - at.utc() > TimeDelta::hours(hours.into()))
}

/// Returns true for a situation in which the carrier is expected to scan the parcel.
fn is_moving(situation: Situation) -> bool {
    matches!(
        situation,
        Situation::HandedOver
            | Situation::OnTheWay
            | Situation::Customs
            | Situation::AtLocalDepot
            | Situation::AtRisk
            | Situation::Late
            | Situation::Stalled
            | Situation::Misrouted
            | Situation::Returning
    )
}

/// Returns the message for the time of the last check with the backend.
pub fn checked(at: Timestamp, clock: &LocalClock<'_>) -> Message {
    let checked = |ago| Message::new(keys::FRESH_CHECKED).with("ago", ago);
    clock.ago(at).map_or_else(|| Message::new(keys::FRESH_CHECKED_NOW).with_printed_form(checked(clock.written(at))), checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{clock, noon, shipment, zone};
    use serde_json::json;

    fn fresh(json: serde_json::Value) -> Freshness {
        freshness(&shipment(json), &clock(noon(), &zone))
    }

    #[test]
    fn silence_counts_only_while_something_should_be_happening() {
        let old = "2026-11-18T12:00:00Z";
        let with = |stage: &str, gap: u32| fresh(json!({"stage": stage, "last_carrier_update": old, "usual_gap_h": gap})).silent;
        assert!(with("in_transit", 24));
        assert!(!with("in_transit", 48));
        assert!(!with("delivered", 24));
        assert!(!with("ready_for_pickup", 24));
    }

    #[test]
    fn the_backend_decides_about_silence_and_the_page_shows_its_decision() {
        let old = "2026-11-17T04:00:00Z";
        let with = |stage: &str, state: &str, level: &str| {
            let condition = json!({"state": state});
            fresh(json!({"stage": stage, "condition": condition, "tracking_level": level, "last_carrier_update": old, "usual_gap_h": 72}))
                .silent
        };
        assert!(!with("customs", "ok", "full"), "80 hours with customs, which the backend allows");
        assert!(!with("customs", "late", "full"));
        assert!(with("customs", "stalled", "full"));
        assert!(with("out_for_delivery", "stalled", "full"), "the vehicle is back, whatever the gap");
        assert!(with("in_transit", "late", "full"), "a parcel that is late is not marked as stalled");
        assert!(!with("in_transit", "ok", "partial"), "a service that reports little is never silent");
    }

    #[test]
    fn a_number_without_a_scan_says_so() {
        assert_eq!(fresh(json!({"carrier": {"name": "UPS"}})).carrier.key, keys::FRESH_NO_SCAN);
        assert_eq!(fresh(json!({})).carrier.key, keys::FRESH_NO_SCAN_YET);
        // A letter is never scanned.
        let letter = fresh(json!({"carrier": {"name": "UPS"}, "tracking_level": "none"}));
        assert_eq!(letter.carrier.key, keys::FRESH_UNTRACKED);
    }
}
