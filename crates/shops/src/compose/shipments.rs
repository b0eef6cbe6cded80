//! Shipments of fulfilments. Each tracking number is a shipment of its own, so that each parcel is tracked.
//!
//! No platform says which goods are in which parcel of one fulfilment. If there is one line with as many pieces as parcels, each
//! parcel has one. Otherwise the first parcel lists everything: the goods are listed once, and a return of them stays possible.
//!
//! A fulfilment without a tracking number is a shipment that nobody tracks. An order that was cancelled before anything was sent is
//! one cancelled shipment with everything, because the order document has no state of its own.

use std::collections::BTreeSet;

use doorstep_contract::{Stage, TrackingLevel};
use doorstep_domain::order::new_order::{NewPart, NewShipment};

use super::known::Known;
use super::quantities::Quantities;
use crate::carrier::carrier;
use crate::composed::ComposedEvent;
use crate::remark::Remark;
use crate::shop_order::{Contents, OrderState, Parcel, ShopFulfillment};

/// Returns the shipments, and takes their contents out of the quantities that are left.
pub(super) fn shipments(known: &Known<'_>, quantities: &mut Quantities, remarks: &mut Vec<Remark>) -> Vec<NewShipment> {
    // Stated contents are taken first, so that a shipment with the rest does not take them away.
    let mut contents: Vec<_> = known.fulfillments.iter().map(|fulfillment| stated(fulfillment, quantities, remarks)).collect();
    for (fulfillment, parts) in known.fulfillments.iter().zip(&mut contents) {
        if fulfillment.contents != Contents::Rest {
            continue;
        }
        if known.order.state == OrderState::PartlySent {
            remarks.push(Remark::ContentsUnknown { fulfillment: fulfillment.id.clone() });
        } else {
            parts.extend(quantities.send_rest().into_iter().map(part));
            if parts.is_empty() {
                remarks.push(Remark::ContentsNotDivided { fulfillment: fulfillment.id.clone() });
            }
        }
    }
    let mut shipments = Vec::new();
    for (fulfillment, parts) in known.fulfillments.iter().zip(contents) {
        shipments.extend(parcels(fulfillment, parts, remarks));
    }
    if known.order.state == OrderState::Sent && !known.is_deleted {
        shipments.extend(sent_otherwise(quantities, remarks));
    }
    make_ids_unique(&mut shipments);
    shipments
}

/// Numbers shipments of one id. Plugins of WooCommerce choose their ids independently of each other.
fn make_ids_unique(shipments: &mut [NewShipment]) {
    let mut seen = BTreeSet::new();
    for shipment in shipments {
        let id = shipment.id.take().unwrap_or_default();
        let mut numbered = std::iter::once(id.clone()).chain((2_u32..).map(|number| format!("{id}.{number}")));
        shipment.id = numbered.find(|id| seen.insert(id.clone()));
    }
}

/// Returns the contents that a fulfilment states.
fn stated(fulfillment: &ShopFulfillment, quantities: &mut Quantities, remarks: &mut Vec<Remark>) -> Vec<NewPart> {
    let Contents::Parts(parts) = &fulfillment.contents else {
        return Vec::new();
    };
    let mut taken: Vec<NewPart> = Vec::new();
    for part in parts {
        if quantities.is_digital(&part.line_id) {
            continue;
        }
        let quantity = quantities.send(&part.line_id, part.quantity);
        if quantity != Some(part.quantity) {
            remarks.push(Remark::ContentsExceedOrder { fulfillment: fulfillment.id.clone(), line: part.line_id.clone() });
        }
        let Some(quantity) = quantity.filter(|quantity| *quantity > 0) else {
            continue;
        };
        match taken.iter_mut().find(|known| known.line_id == part.line_id) {
            Some(known) => known.quantity += quantity,
            None => taken.push(self::part((part.line_id.clone(), quantity))),
        }
    }
    taken
}

/// Returns the shipments of one fulfilment. A fulfilment without a number and without contents is none: it delivers files or
/// services only.
fn parcels(fulfillment: &ShopFulfillment, parts: Vec<NewPart>, remarks: &mut Vec<Remark>) -> Vec<NewShipment> {
    let id = fulfillment.id.clone();
    let Some((first, others)) = fulfillment.parcels.split_first() else {
        if parts.is_empty() {
            return Vec::new();
        }
        remarks.push(Remark::NoTrackingNumber { fulfillment: id });
        let untracked = shipment(fulfillment, 0, None, parts, remarks);
        return vec![NewShipment { tracking_level: Some(TrackingLevel::None), ..untracked }];
    };
    if others.is_empty() {
        return vec![shipment(fulfillment, 0, Some(first), parts, remarks)];
    }
    let one_each = match &parts[..] {
        [only] if usize::try_from(only.quantity) == Ok(fulfillment.parcels.len()) => Some(only.line_id.clone()),
        _ => None,
    };
    if one_each.is_none() && !parts.is_empty() {
        remarks.push(Remark::ContentsNotDivided { fulfillment: id });
    }
    let mut parts = Some(parts);
    let parcels = fulfillment.parcels.iter().enumerate();
    let shipments = parcels.map(|(index, parcel)| {
        let contents = match &one_each {
            Some(line_id) => vec![part((line_id.clone(), 1))],
            None => parts.take().unwrap_or_default(),
        };
        shipment(fulfillment, index, Some(parcel), contents, remarks)
    });
    shipments.collect()
}

fn shipment(
    fulfillment: &ShopFulfillment,
    index: usize,
    parcel: Option<&Parcel>,
    lines: Vec<NewPart>,
    remarks: &mut Vec<Remark>,
) -> NewShipment {
    let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
    let carrier = match &fulfillment.carrier {
        Some(name) => {
            let (carrier, is_known) = carrier(name);
            if !is_known {
                remarks.push(Remark::UnknownCarrier { name: name.clone() });
            }
            Some(carrier)
        }
        None => {
            remarks.push(Remark::NoCarrier { fulfillment: fulfillment.id.clone() });
            None
        }
    };
    NewShipment {
        id: Some(format!("f{}{suffix}", fulfillment.id)),
        direction: None,
        of: None,
        carrier,
        tracking_number: parcel.map(|parcel| parcel.number.clone()),
        tracking_url: parcel.and_then(|parcel| parcel.url.clone()),
        tracking_level: None,
        lines,
        pieces: None,
        promise: None,
        usual_gap_h: None,
    }
}

/// Returns a shipment with everything that a completed order has left: it was sent without a known parcel.
fn sent_otherwise(quantities: &mut Quantities, remarks: &mut Vec<Remark>) -> Option<NewShipment> {
    let parts: Vec<NewPart> = quantities.send_rest().into_iter().map(part).collect();
    let rest = ShopFulfillment { id: "rest".to_owned(), ..ShopFulfillment::default() };
    parcels(&rest, parts, remarks).pop()
}

/// Returns the shipment of an order that was cancelled before anything was sent, with everything that was ordered.
pub(super) fn cancelled(lines: &[(String, u32)]) -> NewShipment {
    NewShipment {
        id: Some(CANCELLED.to_owned()),
        direction: None,
        of: None,
        carrier: None,
        tracking_number: None,
        tracking_url: None,
        tracking_level: Some(TrackingLevel::None),
        lines: lines.iter().cloned().map(part).collect(),
        pieces: None,
        promise: None,
        usual_gap_h: None,
    }
}

/// Returns the events of shipments that no carrier reports on: they were handed over, or cancelled.
pub(super) fn events(known: &Known<'_>, shipments: &[NewShipment]) -> Vec<ComposedEvent> {
    let untracked = shipments.iter().filter(|shipment| shipment.tracking_number.is_none());
    let event = |shipment: &NewShipment| {
        let shipment_id = shipment.id.clone()?;
        if shipment_id == CANCELLED {
            return Some(ComposedEvent { shipment_id, stage: Stage::Cancelled, at: known.changed_at });
        }
        let of = known.fulfillments.iter().find(|fulfillment| shipment_id == format!("f{}", fulfillment.id));
        let at = of.and_then(|fulfillment| fulfillment.created_at).map_or(known.changed_at, |at| at.utc());
        Some(ComposedEvent { shipment_id, stage: Stage::HandedOver, at })
    };
    untracked.filter_map(event).collect()
}

/// Id of the shipment of a cancelled order.
const CANCELLED: &str = "cancelled";

fn part((line_id, quantity): (String, u32)) -> NewPart {
    NewPart { line_id, quantity }
}
