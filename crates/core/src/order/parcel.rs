//! One parcel as it is shown: everything about a shipment in the order in which a shopper wants it.

use super::actions::{Actions, of_shipment};
use super::freshness::{Freshness, freshness};
use super::headline::single;
use super::milestones::{Milestones, milestones};
use super::next_step::{NextStep, next_step};
use super::promise::{self, PromiseCard};
use super::proof::{self, PickupCard, Proof};
use super::siblings::{is_replaced, numbered};
use super::status::{Situation, Tone, is_searched_for, situation, situation_at};
use super::timeline::{Timeline, timeline};
use crate::here::Here;
use crate::links::{link, picture};
use crate::phrase::{Arg, Phrase, keys};
use crate::wire::{Direction, Line, LineQuantity, Order, Shipment};

/// A parcel, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// Identity within the order.
    pub id: String,
    /// Which parcel of how many, or what it is for; absent when there is only one.
    pub title: Option<Phrase>,
    /// How it goes in a word or two.
    pub status: Phrase,
    /// How it goes in a sentence; absent when there is only one, because then the headline says it.
    pub sentence: Option<Phrase>,
    /// How it goes, for colour.
    pub tone: Tone,
    /// Whether it has arrived.
    pub arrived: bool,
    /// Whether its details are open from the start.
    pub open: bool,
    /// How far it is.
    pub milestones: Option<Milestones>,
    /// The promise.
    pub promise: Option<PromiseCard>,
    /// Whose move it is.
    pub next: Option<NextStep>,
    /// What the shopper can do.
    pub actions: Actions,
    /// Why it goes as it goes, where the promise does not say so already.
    pub why: Option<Phrase>,
    /// Where it was left.
    pub proof: Option<Proof>,
    /// Where it can be collected.
    pub pickup: Option<PickupCard>,
    /// What is in it.
    pub items: Vec<Item>,
    /// How many pieces it travels in, when it is more than one.
    pub pieces: Option<Phrase>,
    /// Who carries it.
    pub carrier: CarrierCard,
    /// What happened.
    pub timeline: Timeline,
    /// How old the knowledge is.
    pub freshness: Freshness,
}

/// One line in a parcel.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What.
    pub title: String,
    /// Which variant.
    pub variant: Option<String>,
    /// How many, with the total where only some of them are here.
    pub quantity: Phrase,
    /// A picture.
    pub image: Option<String>,
}

/// Who carries it, and how to follow it there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarrierCard {
    /// The carrier's name, with that of the last mile where it is another.
    pub name: Option<Phrase>,
    /// The tracking number.
    pub number: Option<String>,
    /// The number of who carries the last mile, where it is another one.
    pub last_number: Option<String>,
    /// The carrier's page.
    pub link: Option<String>,
    /// The carrier's page to change the delivery.
    pub reroute: Option<String>,
}

/// The parcels of an order as they are shown: what needs a look first, what is over later, returns last.
pub fn parcels(order: &Order, unfolded: impl Fn(&str) -> usize, api: &str, here: &Here<'_>) -> Vec<Parcel> {
    let alone = order.shipments.len() == 1 && order.unshipped.iter().all(|unshipped| unshipped.quantity == 0);
    let ranked: Vec<(u8, &Shipment)> = order.shipments.iter().map(|shipment| (rank(order, shipment), shipment)).collect();
    let mut parcels = Vec::with_capacity(ranked.len());
    for wanted in 0..=LAST_RANK {
        for (_, shipment) in ranked.iter().filter(|(rank, _)| *rank == wanted) {
            let title = (!alone).then(|| title(order, shipment));
            parcels.push(parcel(order, shipment, title, unfolded(&shipment.id), api, here));
        }
    }
    parcels
}

/// The rank of what is over for good.
const LAST_RANK: u8 = 5;

fn title(order: &Order, shipment: &Shipment) -> Phrase {
    match (numbered(order, shipment), &shipment.direction) {
        (_, Direction::Return) => keys::PARCEL_RETURN.into(),
        (_, Direction::Replacement) => keys::PARCEL_REPLACEMENT.into(),
        (Some((number, total)), _) => Phrase::new(keys::PARCEL_OF).with("number", number).with("total", total),
        (None, _) => keys::PARCEL_CANCELLED.into(),
    }
}

fn rank(order: &Order, shipment: &Shipment) -> u8 {
    let situation = situation(shipment);
    match (shipment.direction == Direction::Return, situation.tone()) {
        (_, _) if situation == Situation::Cancelled || is_replaced(order, shipment) => LAST_RANK,
        (true, _) => 4,
        (false, Tone::Problem) => 0,
        (false, Tone::Attention) => 1,
        (false, Tone::Good | Tone::Quiet) if situation == Situation::Delivered => 3,
        (false, Tone::Good | Tone::Quiet) => 2,
    }
}

fn parcel(order: &Order, shipment: &Shipment, title: Option<Phrase>, unfolded: usize, api: &str, here: &Here<'_>) -> Parcel {
    let situation = situation_at(shipment, here);
    let over = matches!(situation, Situation::Delivered | Situation::Cancelled | Situation::ReturnArrived)
        || is_replaced(order, shipment);
    let promise = promise::card(shipment, here);
    let told =
        promise.as_ref().is_some_and(|card| card.why.is_some()) || (situation == Situation::Stalled && is_searched_for(shipment));
    let why = shipment.condition.reason.as_ref().filter(|_| !told && !over).and_then(promise::reason).map(Phrase::from);
    Parcel {
        id: shipment.id.clone(),
        // That one parcel was cancelled stands in its status; the sentence for it is about whole orders.
        sentence: title.as_ref().filter(|_| situation != Situation::Cancelled).map(|_| single(shipment, here)),
        open: title.is_none() || !over,
        title,
        arrived: matches!(situation, Situation::Delivered | Situation::ReturnArrived),
        status: situation.label().into(),
        tone: situation.tone(),
        milestones: milestones(shipment),
        promise,
        next: next_step(shipment, here),
        actions: of_shipment(order, shipment, here),
        why,
        proof: proof::proof(shipment, api),
        pickup: proof::pickup(shipment, here),
        items: items(&order.lines, &shipment.lines, api),
        pieces: shipment.pieces.filter(|pieces| *pieces > 1).map(|pieces| Phrase::new(keys::PARCEL_PIECES).with("count", pieces)),
        carrier: carrier(shipment),
        timeline: timeline(shipment, unfolded, order.shipments.len(), here),
        freshness: freshness(shipment, here),
    }
}

/// The lines with their quantities; a line that the order does not know is left out.
pub fn items(lines: &[Line], quantities: &[LineQuantity], api: &str) -> Vec<Item> {
    let known =
        |part: &LineQuantity| lines.iter().find(|line| line.id == part.line_id).map(|line| item(line, part.quantity, api));
    quantities.iter().filter(|part| part.quantity > 0).filter_map(known).collect()
}

fn item(line: &Line, quantity: u32, api: &str) -> Item {
    let quantity = match quantity < line.quantity {
        true => Phrase::new(keys::ITEM_SOME_OF).with("count", quantity).with("total", line.quantity),
        false => Phrase::new(keys::ITEM_QUANTITY).with("count", quantity),
    };
    Item {
        title: line.title.clone(),
        variant: line.variant.clone().filter(|variant| !variant.trim().is_empty()),
        quantity,
        image: line.image_url.as_deref().and_then(|url| picture(url, api)),
    }
}

fn carrier(shipment: &Shipment) -> CarrierCard {
    let named = |carrier: &Option<crate::wire::Carrier>| {
        carrier.as_ref().map(|carrier| carrier.name.clone()).filter(|name| !name.is_empty())
    };
    let name = match (named(&shipment.carrier), named(&shipment.last_mile_carrier)) {
        (Some(first), Some(last)) if first != last => {
            Some(Phrase::new(keys::CARRIER_LAST_MILE).with("first", first).with("last", last))
        }
        (Some(name), _) | (None, Some(name)) => Some(Phrase::new(keys::CARRIER_NAMED).with("carrier", Arg::Text(name))),
        (None, None) => None,
    };
    let number = |number: &Option<String>| number.clone().filter(|number| !number.trim().is_empty());
    CarrierCard {
        name,
        number: number(&shipment.tracking_number),
        last_number: number(&shipment.last_mile_tracking_number).filter(|last| shipment.tracking_number.as_ref() != Some(last)),
        link: shipment.tracking_url.as_deref().and_then(link),
        reroute: shipment.reroute_url.as_deref().and_then(link),
    }
}
