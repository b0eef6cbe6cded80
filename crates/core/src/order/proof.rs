//! Where it was left and the proof of it; where it can be collected; how near the vehicle is.

use super::status::{Situation, situation_at};
use crate::here::{Here, standing};
use crate::links::{link, picture};
use crate::phrase::{Key, Phrase, keys};
use crate::wire::{DeliveredTo, Shipment, Stage};

/// Proof of delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Where it was left.
    pub place: Option<Phrase>,
    /// More about it, in the carrier's words.
    pub detail: Option<String>,
    /// Who signed.
    pub signed_by: Option<Phrase>,
    /// A photo.
    pub photo: Option<String>,
}

/// A pickup point.
#[derive(Clone, Debug, PartialEq)]
pub struct PickupCard {
    /// Its name.
    pub name: String,
    /// Its address.
    pub lines: Vec<String>,
    /// Its hours.
    pub hours: Vec<String>,
    /// Until when it can be collected.
    pub collect_by: Option<Phrase>,
    /// The code to show.
    pub code: Option<String>,
    /// Where it is on the map.
    pub map: Option<String>,
}

/// Where it was left, once it was.
pub fn proof(shipment: &Shipment, api: &str) -> Option<Proof> {
    if shipment.stage != Stage::Delivered {
        return None;
    }
    let delivered = shipment.delivered.as_ref()?;
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let proof = Proof {
        place: left_at(&delivered.to).map(Phrase::from),
        detail: text(&delivered.detail),
        signed_by: text(&delivered.signed_by).map(|name| Phrase::new(keys::PROOF_SIGNED_BY).with("name", name)),
        photo: delivered.photo_url.as_deref().and_then(|url| picture(url, api)),
    };
    let empty = proof.place.is_none() && proof.detail.is_none() && proof.signed_by.is_none() && proof.photo.is_none();
    (!empty).then_some(proof)
}

/// Where it was left, as a sentence of its own.
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

/// Where it can be collected, while it can.
pub fn pickup(shipment: &Shipment, here: &Here<'_>) -> Option<PickupCard> {
    let pickup = shipment.pickup.as_ref().filter(|pickup| !pickup.name.is_empty() || !pickup.lines.is_empty())?;
    let over = matches!(
        situation_at(shipment, here),
        Situation::Delivered
            | Situation::NotCollected
            | Situation::Returning
            | Situation::Returned
            | Situation::Lost
            | Situation::Destroyed
            | Situation::Cancelled
    );
    (!over).then(|| PickupCard {
        name: pickup.name.clone(),
        lines: pickup.lines.iter().filter(|line| **line != pickup.name).cloned().collect(),
        hours: pickup.hours.clone(),
        collect_by: pickup.collect_by.map(|date| Phrase::new(keys::PICKUP_COLLECT_BY).with("day", standing(here.day(date.0)))),
        code: pickup.code.clone().filter(|code| !code.trim().is_empty()),
        map: pickup.location.as_deref().and_then(link),
    })
}

/// How many stops away the vehicle is, while the parcel is on it.
pub fn stops_away(shipment: &Shipment) -> Option<u32> {
    (shipment.stage == Stage::OutForDelivery).then(|| shipment.position.as_ref()?.stops_away).flatten()
}
