//! Whose move it is, and what happens next.

use super::status::{Situation, Tone, situation};
use crate::here::Here;
use crate::phrase::{Key, Phrase, keys};
use crate::wire::{Party, Shipment};

/// The one line under the promise.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// Whose move it is, in words.
    pub whose: Phrase,
    /// What happens next.
    pub what: Phrase,
    /// What the backend asks for, in its words.
    pub asked: Option<String>,
    /// By when somebody has to act.
    pub by: Option<Phrase>,
    /// Whether it is the shopper's move.
    pub shopper: bool,
    /// How urgent it is.
    pub tone: Tone,
}

/// Whose move it is; nothing where everything is over and well.
pub fn next_step(shipment: &Shipment, here: &Here<'_>) -> Option<NextStep> {
    let situation = situation(shipment);
    let required = shipment.action_required.as_ref();
    let (usual, what) = usual(situation).or_else(|| required.map(|_| (Party::default(), keys::NEXT_ASKED)))?;
    let who = required.map(|required| required.who.clone()).filter(|who| *who != Party::default()).unwrap_or(usual);
    let shopper = who == Party::Shopper;
    let whose = match who {
        Party::Shopper => keys::WHOSE_SHOPPER,
        Party::Retailer => keys::WHOSE_RETAILER,
        Party::Carrier => keys::WHOSE_CARRIER,
        Party::Unknown(_) => keys::WHOSE_NOBODY,
    };
    Some(NextStep {
        whose: whose.into(),
        what: what.into(),
        asked: required.and_then(|required| required.what.clone()).filter(|what| !what.trim().is_empty()),
        by: required.and_then(|required| required.by).map(|by| Phrase::new(keys::NEXT_BY).with("moment", here.moment(by))),
        shopper,
        tone: if shopper { situation.tone().max(Tone::Attention) } else { situation.tone() },
    })
}

/// Who usually has to act, and what then happens.
fn usual(situation: Situation) -> Option<(Party, Key)> {
    let nobody = Party::default;
    Some(match situation {
        Situation::Preparing => (nobody(), keys::NEXT_PREPARING),
        Situation::AwaitingCarrier => (nobody(), keys::NEXT_AWAITING_CARRIER),
        Situation::HandedOver => (nobody(), keys::NEXT_HANDED_OVER),
        Situation::OnTheWay => (nobody(), keys::NEXT_ON_THE_WAY),
        Situation::Customs => (nobody(), keys::NEXT_CUSTOMS),
        Situation::AtLocalDepot => (nobody(), keys::NEXT_AT_LOCAL_DEPOT),
        Situation::OutForDelivery => (nobody(), keys::NEXT_OUT_FOR_DELIVERY),
        Situation::ReadyForPickup => (Party::Shopper, keys::NEXT_READY_FOR_PICKUP),
        Situation::DeliveredInPart => (Party::Carrier, keys::NEXT_DELIVERED_IN_PART),
        Situation::AtRisk => (nobody(), keys::NEXT_AT_RISK),
        Situation::Late => (Party::Carrier, keys::NEXT_LATE),
        Situation::Stalled => (Party::Carrier, keys::NEXT_STALLED),
        Situation::Held => (Party::Carrier, keys::NEXT_HELD),
        Situation::AttemptFailed => (Party::Carrier, keys::NEXT_ATTEMPT_FAILED),
        Situation::Damaged => (Party::Retailer, keys::NEXT_DAMAGED),
        Situation::AddressProblem => (Party::Shopper, keys::NEXT_ADDRESS_PROBLEM),
        Situation::PaymentDue => (Party::Shopper, keys::NEXT_PAYMENT_DUE),
        Situation::DocumentsDue => (Party::Shopper, keys::NEXT_DOCUMENTS_DUE),
        Situation::Refused => (Party::Carrier, keys::NEXT_REFUSED),
        Situation::Misrouted => (Party::Carrier, keys::NEXT_MISROUTED),
        Situation::Returning => (Party::Retailer, keys::NEXT_RETURNING),
        Situation::Returned => (Party::Retailer, keys::NEXT_RETURNED),
        Situation::ReturnAwaited => (Party::Shopper, keys::NEXT_RETURN_AWAITED),
        Situation::ReturnUnderWay => (nobody(), keys::NEXT_RETURN_UNDER_WAY),
        Situation::ReturnArrived => (Party::Retailer, keys::NEXT_RETURN_ARRIVED),
        Situation::Lost => (Party::Retailer, keys::NEXT_LOST),
        Situation::Destroyed => (Party::Retailer, keys::NEXT_DESTROYED),
        Situation::Unknown => (nobody(), keys::NEXT_UNKNOWN),
        Situation::Delivered | Situation::Cancelled => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{here, noon, shipment, zone};
    use serde_json::json;

    #[test]
    fn what_the_backend_requires_comes_before_what_is_usual() {
        let step = |json| next_step(&shipment(json), &here(noon(), &zone));
        let usual = step(json!({"stage": "customs", "condition": {"state": "documents_due"}})).unwrap();
        assert!(usual.shopper);
        let required = json!({"who": "retailer", "what": "Send the invoice", "by": "2026-11-21T17:00:00Z"});
        let asked =
            step(json!({"stage": "customs", "condition": {"state": "documents_due"}, "action_required": required})).unwrap();
        assert!(!asked.shopper);
        assert_eq!(asked.asked.as_deref(), Some("Send the invoice"));
        assert_eq!(asked.by.map(|by| by.key), Some(keys::NEXT_BY));
    }

    #[test]
    fn a_delivered_parcel_asks_for_nothing() {
        assert_eq!(next_step(&shipment(json!({"stage": "delivered"})), &here(noon(), &zone)), None);
    }
}
