//! Proof of delivery, the pickup point, and the number of stops before the delivery, as the page shows them.

use super::status::{Situation, situation_at};
use crate::local_clock::{LocalClock, as_heading};
use crate::message::{Key, Message, keys};
use doorstep_contract::links::{link, picture};
use doorstep_contract::{DeliveredTo, Shipment, Stage};

/// Proof of delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct ProofOfDelivery {
    /// Recipient or place of the delivery, as a message.
    pub place: Option<Message>,
    /// Further detail, as text from the carrier.
    pub detail: Option<String>,
    /// Name of the person who signed, as a message.
    pub signed_by: Option<Message>,
    /// Address of a photo.
    pub photo: Option<String>,
}

/// Pickup point at which a parcel can be collected.
#[derive(Clone, Debug, PartialEq)]
pub struct PickupCard {
    /// Name of the pickup point.
    pub name: String,
    /// Address, line by line.
    pub lines: Vec<String>,
    /// Opening hours, line by line.
    pub hours: Vec<String>,
    /// Last day for collection.
    pub collect_by: Option<Message>,
    /// Code to show at collection.
    pub code: Option<String>,
    /// Link to its location on a map.
    pub map: Option<String>,
}

/// Returns the proof of delivery, or None if the shipment is not delivered or no detail is known. `api` is the base address of
/// the backend, for photos that are given as a path.
pub fn proof_of_delivery(shipment: &Shipment, api: &str) -> Option<ProofOfDelivery> {
    if shipment.stage != Stage::Delivered {
        return None;
    }
    let stated = shipment.delivered.as_ref()?;
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let proof = ProofOfDelivery {
        place: left_at(&stated.to).map(Message::from),
        detail: text(&stated.detail),
        signed_by: text(&stated.signed_by).map(|name| Message::new(keys::PROOF_SIGNED_BY).with("name", name)),
        photo: stated.photo_url.as_deref().and_then(|url| picture(url, api)),
    };
    let empty = proof.place.is_none() && proof.detail.is_none() && proof.signed_by.is_none() && proof.photo.is_none();
    (!empty).then_some(proof)
}

/// Returns the message for the recipient or place of a delivery, or None for a value that this version does not know.
fn left_at(to: &DeliveredTo) -> Option<Key> {
    Some(match to {
        DeliveredTo::Recipient => keys::LEFT_RECIPIENT,
        DeliveredTo::Household => keys::LEFT_HOUSEHOLD,
        DeliveredTo::Neighbour => keys::LEFT_NEIGHBOUR,
        DeliveredTo::SafePlace => keys::LEFT_SAFE_PLACE,
        DeliveredTo::Mailbox => keys::LEFT_MAILBOX,
        DeliveredTo::Locker => keys::LEFT_LOCKER,
        DeliveredTo::PickupPoint => keys::LEFT_PICKUP_POINT,
        DeliveredTo::Reception => keys::LEFT_RECEPTION,
        DeliveredTo::OtherAddress => keys::LEFT_OTHER_ADDRESS,
        DeliveredTo::InPart => keys::LEFT_IN_PART,
        DeliveredTo::Unknown(_) => return None,
    })
}

/// Returns the pickup point. Returns None if no pickup point is known, or if the parcel was collected or can no longer be
/// collected.
pub fn pickup(shipment: &Shipment, clock: &LocalClock<'_>) -> Option<PickupCard> {
    let pickup = shipment.pickup.as_ref().filter(|pickup| !pickup.name.is_empty() || !pickup.lines.is_empty())?;
    let situation = situation_at(shipment, clock);
    let over =
        matches!(situation, Situation::Delivered | Situation::NotCollected | Situation::Cancelled) || situation.is_given_up();
    (!over).then(|| PickupCard {
        name: pickup.name.clone(),
        lines: pickup.lines.iter().filter(|line| **line != pickup.name).cloned().collect(),
        hours: pickup.hours.clone(),
        collect_by: pickup
            .collect_by
            .map(|date| Message::new(keys::PICKUP_COLLECT_BY).with("day", as_heading(clock.day(date.0)))),
        code: pickup.code.clone().filter(|code| !code.trim().is_empty()),
        map: pickup.location.as_deref().and_then(link),
    })
}

/// Returns the number of stops before the delivery, or None if it is unknown or the parcel is not out for delivery.
pub fn stops_away(shipment: &Shipment) -> Option<u32> {
    (shipment.stage == Stage::OutForDelivery).then(|| shipment.position.as_ref()?.stops_away).flatten()
}
