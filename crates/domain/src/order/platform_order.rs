//! Completes the body that a shop platform's order was composed to, before it replaces the stored order: a platform does not know
//! everything that the retailer's systems have told about the order by the admin API.

use std::collections::BTreeSet;

use doorstep_contract::{Direction, Order, Shipment, Support, TrackingLevel};

use super::order_body::{NewCarrier, NewOrder, NewPart, NewShipment, NewSupport};
use crate::tracking::is_same_number;

/// Adds to a composed body the facts of the stored order that a platform does not state: contact channels, expected dispatches,
/// tracking levels, and replacements and returns with a tracking number. A parcel keeps its id if it is stored with the same tracking
/// number under another id, so that its events and cases stay with it.
pub fn complete(with: &mut NewOrder, existing: &Order) {
    if with.support.is_empty() {
        with.support = existing.support.iter().map(support).collect();
    }
    for part in with.unshipped.iter_mut().filter(|part| part.expected_dispatch.is_none()) {
        let known = existing.unshipped.iter().find(|known| known.line_id == part.line_id);
        part.expected_dispatch = known.and_then(|known| known.expected_dispatch);
    }
    keep_ids(&mut with.shipments, existing);
    for shipment in &mut with.shipments {
        let Some(known) = existing.shipments.iter().find(|known| Some(known.id.as_str()) == shipment.id.as_deref()) else {
            continue;
        };
        if shipment.tracking_level.is_none() && known.tracking_level != TrackingLevel::Full {
            shipment.tracking_level = Some(known.tracking_level.clone());
        }
        shipment.usual_gap_h = shipment.usual_gap_h.or(known.usual_gap_h);
    }
    let ids: BTreeSet<String> = with.shipments.iter().filter_map(|shipment| shipment.id.clone()).collect();
    let is_of_retailer = |known: &&Shipment| known.direction != Direction::Outbound && known.tracking_number.is_some();
    let kept =
        existing.shipments.iter().filter(is_of_retailer).filter(|known| !ids.contains(known.id.as_str())).filter(|known| {
            let original = known.of.as_ref();
            original.is_none_or(|of| ids.contains(of.as_str()) || existing.shipments.iter().any(|other| other.id == *of))
        });
    with.shipments.extend(kept.map(|known| shipment(known, &ids)));
}

/// Gives each shipment the id under which its tracking number is stored. A shipment whose id is taken by another one gets a free id.
fn keep_ids(shipments: &mut [NewShipment], existing: &Order) {
    let mut taken = BTreeSet::new();
    let stored = |shipment: &NewShipment| {
        let number = shipment.tracking_number.as_deref().filter(|number| !number.is_empty())?;
        let same = |known: &&Shipment| is_same_number(known.tracking_number.as_deref(), Some(number));
        let mut known = existing.shipments.iter().filter(same).map(|known| known.id.to_string());
        let first = known.next()?;
        // The composed id comes first if several shipments have the number.
        Some(shipment.id.clone().filter(|id| *id == first || known.any(|other| other == *id)).unwrap_or(first))
    };
    let found: Vec<Option<String>> =
        shipments.iter().map(|shipment| stored(shipment).filter(|id| taken.insert(id.clone()))).collect();
    for (shipment, found) in shipments.iter_mut().zip(found) {
        if found.is_some() {
            shipment.id = found;
            continue;
        }
        let wanted = shipment.id.take().unwrap_or_default();
        let mut free = std::iter::once(wanted.clone()).chain((2_u32..).map(|number| format!("{wanted}.{number}")));
        shipment.id = free.find(|id| taken.insert(id.clone()));
    }
}

fn shipment(known: &Shipment, ids: &BTreeSet<String>) -> NewShipment {
    NewShipment {
        id: Some(known.id.to_string()),
        direction: Some(known.direction.clone()),
        of: known.of.as_ref().map(ToString::to_string).filter(|of| ids.contains(of)),
        carrier: known.carrier.as_ref().map(|carrier| NewCarrier {
            code: carrier.code.clone(),
            name: carrier.name.clone(),
            phone: carrier.phone.clone(),
            url: carrier.url.clone(),
        }),
        tracking_number: known.tracking_number.clone(),
        tracking_url: known.tracking_url.clone(),
        tracking_level: Some(known.tracking_level.clone()),
        lines: known.lines.iter().map(|part| NewPart { line_id: part.line_id.clone(), quantity: part.quantity }).collect(),
        pieces: known.pieces,
        promise: None,
        usual_gap_h: known.usual_gap_h,
    }
}

fn support(known: &Support) -> NewSupport {
    NewSupport { kind: known.kind.clone(), label: known.label.clone(), url: known.url.clone(), hours: known.hours.clone() }
}
