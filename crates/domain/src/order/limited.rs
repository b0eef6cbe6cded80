//! Builds the limited order document. It is for tokens whose holder has not proved to be the shopper, such as a token from a
//! look-up by postcode. Every type is built field by field, so the compiler rejects a new field of the contract until this module
//! handles it. Pure; the service calls it when a limited token reads an order.
//!
//! The limited document contains the contents, the arrival times and the scanned carrier sites of the parcels. It leaves out the
//! texts of tracking events, names and signatures of persons, addresses, codes, photos of deliveries, prices and all self-service
//! requests. It also leaves out the carrier's numbers, because a number together with the postcode gives access to the carrier's
//! pages.

use doorstep_contract::{
    Access, Action, ActionKind, ActionLine, ActionRequired, ActionState, Delivered, Direction, Event, Line, Order, Pickup, Place,
    Shipment, ShipmentId, Stage, WhyNot,
};

use crate::tracking::event_id;

/// Returns the limited document of an order.
pub fn limited(order: &Order) -> Order {
    let shipments: Vec<Shipment> = order.shipments.iter().filter(|shipment| !is_return(shipment)).map(shipment).collect();
    let known = |id: &Option<ShipmentId>| id.as_ref().is_none_or(|id| shipments.iter().any(|shipment| shipment.id == *id));
    Order {
        id: order.id.clone(),
        number: order.number.clone(),
        placed_at: order.placed_at,
        version: order.version,
        as_of: order.as_of,
        time_zone: order.time_zone.clone(),
        access: Access::Limited,
        destination: None,
        lines: order.lines.iter().map(line).collect(),
        unshipped: order.unshipped.clone(),
        actions: order
            .actions
            .iter()
            .filter(|action| known(&action.shipment_id))
            .filter_map(|action| offered(action, &known))
            .collect(),
        shipments,
        cases: Vec::new(),
        returns: Vec::new(),
        refunds: Vec::new(),
        support: order.support.clone(),
        limits: None,
        summary: None,
        stream: order.stream,
        poll_after_s: order.poll_after_s,
    }
}

/// Returns true for a return shipment. The limited document leaves it out, because it reveals a shopper's request.
fn is_return(shipment: &Shipment) -> bool {
    shipment.direction == Direction::Return
}

/// Returns the order line without its prices and without the link to its page. Also leaves out the variant, which may contain a
/// name to be engraved.
fn line(line: &Line) -> Line {
    Line {
        id: line.id.clone(),
        title: line.title.clone(),
        variant: None,
        quantity: line.quantity,
        unit_price: None,
        total: None,
        image_url: line.image_url.clone(),
        url: None,
    }
}

fn shipment(shipment: &Shipment) -> Shipment {
    Shipment {
        id: shipment.id.clone(),
        direction: shipment.direction.clone(),
        of: shipment.of.clone(),
        carrier: shipment.carrier.clone(),
        last_mile_carrier: shipment.last_mile_carrier.clone(),
        last_mile_tracking_number: None,
        tracking_number: None,
        tracking_url: None,
        tracking_level: shipment.tracking_level.clone(),
        lines: shipment.lines.clone(),
        pieces: shipment.pieces,
        stage: shipment.stage.clone(),
        condition: shipment.condition.clone(),
        action_required: shipment.action_required.as_ref().map(|required| ActionRequired {
            who: required.who.clone(),
            what: None,
            by: required.by,
        }),
        promise: shipment.promise.clone(),
        delivered: shipment.delivered.as_ref().map(|delivered| Delivered {
            at: delivered.at,
            to: delivered.to.clone(),
            detail: None,
            signed_by: None,
            photo_url: None,
        }),
        pickup: shipment.pickup.as_ref().map(|pickup| Pickup {
            name: String::new(),
            lines: Vec::new(),
            country: None,
            hours: Vec::new(),
            collect_by: pickup.collect_by,
            code: None,
            location: None,
        }),
        attempts: shipment.attempts,
        position: shipment.position.clone(),
        last_carrier_update: shipment.last_carrier_update,
        usual_gap_h: shipment.usual_gap_h,
        reroute_url: None,
        events: shipment.events.iter().map(event).collect(),
    }
}

/// Returns the tracking event without the carrier's text, which may name the person who took the parcel in.
fn event(event: &Event) -> Event {
    Event {
        at: event.at.clone(),
        // The id is hashed, because some providers derive event ids from the tracking number.
        id: if event.id.is_empty() { String::new() } else { event_id(&["limited", &event.id]) },
        stage: event.stage.clone(),
        condition: event.condition.clone(),
        reason: event.reason.clone(),
        place: event.place.as_ref().filter(|_| is_of_the_carrier(&event.stage)).map(|place| Place {
            name: place.name.clone(),
            country: place.country.clone(),
            lat: None,
            lon: None,
        }),
        text: None,
        source: event.source.clone(),
        raw: None,
    }
}

/// Returns true if a scan with this stage is made at a carrier's site, never at the shopper's door or pickup point.
fn is_of_the_carrier(stage: &Stage) -> bool {
    match stage {
        Stage::HandedOver | Stage::InTransit | Stage::Customs | Stage::AtLocalDepot => true,
        Stage::Ordered
        | Stage::Packed
        | Stage::LabelCreated
        | Stage::OutForDelivery
        | Stage::ReadyForPickup
        | Stage::Delivered
        | Stage::Returning
        | Stage::Returned
        | Stage::Cancelled
        | Stage::Lost
        | Stage::Destroyed
        | Stage::Unknown(_) => false,
    }
}

/// Returns the action without the lines that reveal an earlier request of the shopper. Returns None if the action itself reveals
/// one.
fn offered(action: &Action, known: &impl Fn(&Option<ShipmentId>) -> bool) -> Option<Action> {
    let is_revealing = |why: &Option<WhyNot>| why.as_ref().is_some_and(reveals_request);
    if action.kind == ActionKind::RefundStatus || (action.state != ActionState::Available && is_revealing(&action.reason)) {
        return None;
    }
    let lines = action.lines.iter().filter(|line| known(&line.shipment_id) && !is_revealing(&line.why_not));
    Some(Action {
        kind: action.kind.clone(),
        shipment_id: action.shipment_id.clone(),
        state: action.state.clone(),
        from: action.from,
        until: action.until,
        prominent: action.prominent,
        reason: action.reason.clone(),
        text: action.text.clone(),
        lines: lines
            .map(|line| ActionLine {
                line_id: line.line_id.clone(),
                shipment_id: line.shipment_id.clone(),
                quantity: line.quantity,
                eligible: line.eligible,
                why_not: line.why_not.clone(),
                until: line.until,
            })
            .collect(),
        needs: action.needs.clone(),
        outcomes: action.outcomes.clone(),
        reasons: action.reasons.clone(),
    })
}

fn reveals_request(why: &WhyNot) -> bool {
    match why {
        WhyNot::NothingLeft | WhyNot::CaseOpen | WhyNot::NoRefund => true,
        WhyNot::NotOffered
        | WhyNot::CarrierDoesNotOffer
        | WhyNot::NotDelivered
        | WhyNot::TooLate
        | WhyNot::Dispatched
        | WhyNot::NotDispatched
        | WhyNot::Delivered
        | WhyNot::WindowClosed
        | WhyNot::TooEarly
        | WhyNot::FinalSale
        | WhyNot::NothingFree
        | WhyNot::Ended
        | WhyNot::Unknown(_) => false,
    }
}
