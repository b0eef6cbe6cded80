//! One parcel as the page shows it. Puts the parts from the other files of this module together, in the order in which the page
//! shows them.

use super::actions::{Actions, of_shipment};
use super::freshness::{Freshness, freshness};
use super::headline::single;
use super::milestones::{Milestones, milestones};
use super::next_step::{NextStep, next_step};
use super::promise::{self, PromiseCard};
use super::proof_of_delivery::{PickupCard, ProofOfDelivery, pickup, proof_of_delivery};
use super::siblings::{is_alone, is_replaced, numbered};
use super::status::{Situation, Tone, is_searched_for, situation, situation_at};
use super::timeline::{Timeline, timeline};
use crate::local_clock::LocalClock;
use crate::message::{Message, MessageArg, keys};
use doorstep_contract::links::{link, picture};
use doorstep_contract::{Direction, Line, LineQuantity, Order, Shipment, id_text};

/// View of one parcel.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// Place in the list: parcels with a lower rank come first.
    rank: u8,
    /// Id within the order.
    pub id: String,
    /// Number of the parcel and the total, or its kind (return, replacement, cancelled). Absent if the order consists of this
    /// parcel only.
    pub title: Option<Message>,
    /// Status in one or two words.
    pub status: Message,
    /// Status as a sentence. Absent for a single parcel, because the headline states it. Absent for a cancelled parcel.
    pub sentence: Option<Message>,
    /// Tone of the situation, for the colour.
    pub tone: Tone,
    /// True if the parcel has arrived.
    pub arrived: bool,
    /// True if the details are open at first.
    pub open: bool,
    /// True if the details are drawn. In an order of many parcels, closed details are drawn only once the shopper has opened them.
    pub drawn: bool,
    /// Progress rail.
    pub milestones: Option<Milestones>,
    /// Delivery promise.
    pub promise: Option<PromiseCard>,
    /// Next step and the party that has to act.
    pub next: Option<NextStep>,
    /// Self-service actions for the parcel.
    pub actions: Actions,
    /// Reason for the situation, if the promise does not already give it.
    pub why: Option<Message>,
    /// Proof of delivery.
    pub proof_of_delivery: Option<ProofOfDelivery>,
    /// Pickup point, while the parcel can be collected.
    pub pickup: Option<PickupCard>,
    /// Contents of the parcel.
    pub items: Vec<Item>,
    /// Number of pieces, if it is more than one.
    pub pieces: Option<Message>,
    /// Carrier and tracking numbers.
    pub carrier: CarrierCard,
    /// Timeline of the tracking events.
    pub timeline: Timeline,
    /// Age of the data.
    pub freshness: Freshness,
}

/// One order line in a parcel.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Title of the order line.
    pub title: String,
    /// Variant of the product.
    pub variant: Option<String>,
    /// Quantity in the parcel, with the total if only a part of the line is in it.
    pub quantity: Message,
    /// Address of a picture.
    pub image: Option<String>,
}

/// Carrier of a parcel, with its tracking numbers and pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarrierCard {
    /// Name of the carrier, with the name of the last-mile carrier if it differs.
    pub name: Option<Message>,
    /// Tracking number.
    pub number: Option<String>,
    /// Tracking number of the last-mile carrier, if it differs from `number`.
    pub last_number: Option<String>,
    /// Address of the carrier's tracking page.
    pub link: Option<String>,
    /// Address of the carrier's page for changing the delivery.
    pub reroute: Option<String>,
}

/// Returns the parcels as the page lists them: parcels with a problem, parcels that need attention, parcels on the way, delivered
/// ones, returns, and last cancelled and replaced ones. `unfolded` returns the number of timeline rows that the shopper unfolded,
/// by shipment id; None if the shopper has not opened the parcel. `api` is the base address of the backend.
pub fn parcels(order: &Order, unfolded: impl Fn(&str) -> Option<usize>, api: &str, clock: &LocalClock<'_>) -> Vec<Parcel> {
    let alone = is_alone(order);
    let mut parcels: Vec<Parcel> = Vec::with_capacity(order.shipments.len());
    let (mut opened, mut urgent) = (0, 0);
    for shipment in &order.shipments {
        let title = (!alone).then(|| title(order, shipment));
        let unfolded = unfolded(&shipment.id);
        let mut parcel = parcel(order, shipment, title, unfolded.unwrap_or_default(), api, clock);
        // The order of the document decides, and not that of the page, which changes when a parcel gets a problem: another parcel must
        // not close because of that.
        opened += usize::from(parcel.open);
        urgent += usize::from(parcel.open && parcel.tone > Tone::Good);
        parcel.open &= opened <= MOST_OPEN || (parcel.tone > Tone::Good && urgent <= MOST_OPEN);
        parcel.drawn = parcel.open || unfolded.is_some() || order.shipments.len() <= MOST_OPEN;
        let place = parcels.iter().position(|other| other.rank > parcel.rank).unwrap_or(parcels.len());
        parcels.insert(place, parcel);
    }
    parcels
}

fn title(order: &Order, shipment: &Shipment) -> Message {
    match (numbered(order, shipment), &shipment.direction) {
        (_, Direction::Return) => keys::PARCEL_RETURN.into(),
        (_, Direction::Replacement) => keys::PARCEL_REPLACEMENT.into(),
        (Some((number, total)), _) => Message::new(keys::PARCEL_OF).with("number", number).with("total", total),
        (None, _) => keys::PARCEL_CANCELLED.into(),
    }
}

/// Number of parcels that are open at first, and of further ones that need attention. With more, the page would hide what matters, and
/// the browser would need a long time to lay it out.
const MOST_OPEN: usize = 8;

/// Rank of cancelled and replaced shipments, which come last.
const LAST_RANK: u8 = 5;

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

fn parcel(
    order: &Order,
    shipment: &Shipment,
    title: Option<Message>,
    unfolded: usize,
    api: &str,
    clock: &LocalClock<'_>,
) -> Parcel {
    let situation = situation_at(shipment, clock);
    let over = situation.has_arrived() || situation == Situation::Cancelled || is_replaced(order, shipment);
    let promise = promise::card(shipment, clock);
    let is_explained =
        promise.as_ref().is_some_and(|card| card.why.is_some()) || (situation == Situation::Stalled && is_searched_for(shipment));
    let why = shipment.condition.reason.as_ref().filter(|_| !is_explained && !over).and_then(promise::reason).map(Message::from);
    Parcel {
        rank: rank(order, shipment),
        id: id_text(shipment.id.clone()),
        // The status states that one parcel was cancelled; the sentence for this situation is about the whole order.
        sentence: title.as_ref().filter(|_| situation != Situation::Cancelled).map(|_| single(shipment, clock)),
        open: title.is_none() || !over,
        drawn: true,
        title,
        arrived: situation.has_arrived(),
        status: situation.label().into(),
        tone: situation.tone(),
        milestones: milestones(shipment),
        promise,
        next: next_step(shipment, clock),
        actions: of_shipment(order, shipment, clock),
        why,
        proof_of_delivery: proof_of_delivery(shipment, api),
        pickup: pickup(shipment, clock),
        items: items(&order.lines, &shipment.lines, api),
        pieces: shipment
            .pieces
            .filter(|pieces| *pieces > 1)
            .map(|pieces| Message::new(keys::PARCEL_PIECES).with("count", pieces)),
        carrier: carrier(shipment),
        timeline: timeline(shipment, unfolded, order.shipments.len(), clock),
        freshness: freshness(shipment, clock),
    }
}

/// Returns an item for each quantity, with the title and the picture of its order line. Leaves out a quantity of zero, and a line
/// that the order does not list. `api` is the base address of the backend, for pictures that are given as a path.
pub fn items(lines: &[Line], quantities: &[LineQuantity], api: &str) -> Vec<Item> {
    let known =
        |part: &LineQuantity| lines.iter().find(|line| line.id == part.line_id).map(|line| item(line, part.quantity, api));
    quantities.iter().filter(|part| part.quantity > 0).filter_map(known).collect()
}

fn item(line: &Line, quantity: u32, api: &str) -> Item {
    let quantity = match quantity < line.quantity {
        true => Message::new(keys::ITEM_SOME_OF).with("count", quantity).with("total", line.quantity),
        false => Message::new(keys::ITEM_QUANTITY).with("count", quantity),
    };
    Item {
        title: line.title.clone(),
        variant: line.variant.clone().filter(|variant| !variant.trim().is_empty()),
        quantity,
        image: line.image_url.as_deref().and_then(|url| picture(url, api)),
    }
}

fn carrier(shipment: &Shipment) -> CarrierCard {
    let named = |carrier: &Option<doorstep_contract::Carrier>| {
        carrier.as_ref().map(|carrier| carrier.name.clone()).filter(|name| !name.is_empty())
    };
    let name = match (named(&shipment.carrier), named(&shipment.last_mile_carrier)) {
        (Some(first), Some(last)) if first != last => {
            Some(Message::new(keys::CARRIER_LAST_MILE).with("first", first).with("last", last))
        }
        (Some(name), _) | (None, Some(name)) => Some(Message::new(keys::CARRIER_NAMED).with("carrier", MessageArg::Text(name))),
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
