//! Checks an order sent by the retailer's systems and converts it to the shopper's order document.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_contract::{
    Access, Carrier, Condition, Destination, Direction, Line, LineQuantity, Money, Order, OrderId, Promise, PromiseSource,
    Shipment, ShipmentId, Stage, Support, Timestamp, TrackingLevel, Unshipped, Verdict,
};

use super::new_order_checks::check;
use crate::tracking::{ShipmentFacts, is_same_number, promise};

pub use super::order_body::{
    NewCarrier, NewDestination, NewLine, NewMoney, NewOrder, NewPart, NewPromise, NewShipment, NewSupport, NewUnshipped,
};
pub use doorstep_contract::invalid::Invalid;

impl NewOrder {
    /// Returns the amount paid for the delivery.
    pub fn delivery_cost(&self) -> Option<Money> {
        let cost = self.delivery_cost.as_ref()?;
        Some(Money { minor: cost.minor, currency: cost.currency.clone() })
    }

    /// Converts the body into version 1 of an order. Returns all findings if the body is not valid. The order does not contain
    /// the e-mail address and the postcode, so the caller has to take them from the body first.
    pub fn into_order(mut self, id: OrderId, now: DateTime<Utc>) -> Result<Order, Invalid> {
        assign_missing_ids(&mut self);
        check(&self)?;
        Ok(Order {
            id,
            number: self.number,
            placed_at: Some(self.placed_at),
            version: 1,
            as_of: Some(Timestamp::from(now)),
            time_zone: Some(self.time_zone),
            access: Access::Full,
            destination: self.destination.map(|to| Destination { lines: to.lines, country: to.country }),
            lines: self.lines.into_iter().map(line).collect(),
            unshipped: self.unshipped.into_iter().map(unshipped).collect(),
            shipments: self.shipments.into_iter().map(shipment).collect(),
            actions: Vec::new(),
            cases: Vec::new(),
            returns: Vec::new(),
            refunds: Vec::new(),
            support: self.support.into_iter().map(support).collect(),
            limits: None,
            summary: None,
            stream: true,
            poll_after_s: Some(60),
        })
    }
}

/// Replaces the retailer's part of an order. Keeps events, cases, returns, refunds and the first delivery promise. A shipment
/// whose tracking number changed is another parcel, so its events are dropped. Returns all findings if the body is not valid.
pub fn replace(existing: &Order, mut with: NewOrder, now: DateTime<Utc>) -> Result<Order, Invalid> {
    for part in with.unshipped.iter_mut().filter(|part| part.promised_dispatch.is_none()) {
        let known = existing.unshipped.iter().find(|known| known.line_id == part.line_id);
        part.promised_dispatch = known.and_then(|known| known.promised_dispatch);
    }
    for shipment in with.shipments.iter_mut().filter(|shipment| shipment.id.is_none()) {
        let number = shipment.tracking_number.as_deref().filter(|number| !number.is_empty());
        let same = |known: &&Shipment| number.is_some() && is_same_number(known.tracking_number.as_deref(), number);
        shipment.id = existing.shipments.iter().find(same).map(|known| known.id.to_string());
    }
    let mut order = with.into_order(existing.id.clone(), now)?;
    order.version = existing.version + 1;
    for shipment in &mut order.shipments {
        if let Some(known) = existing.shipments.iter().find(|known| known.id == shipment.id) {
            keep_history(shipment, known, now);
        }
    }
    // The backend created the return shipments and the replacements that have no tracking number yet. They stay, even if the
    // retailer's body does not contain them.
    let is_created_by_backend = |known: &&Shipment| {
        let promised = known.direction == Direction::Replacement && known.tracking_number.is_none();
        promised
            || (known.direction == Direction::Return
                && existing.returns.iter().any(|back| back.shipment_id.as_ref() == Some(&known.id)))
    };
    for known in existing.shipments.iter().filter(is_created_by_backend) {
        if order.shipments.iter().all(|shipment| shipment.id != known.id) {
            order.shipments.push(known.clone());
        }
    }
    order.access = existing.access.clone();
    order.actions.clone_from(&existing.actions);
    order.cases.clone_from(&existing.cases);
    order.returns.clone_from(&existing.returns);
    order.refunds.clone_from(&existing.refunds);
    order.limits.clone_from(&existing.limits);
    Ok(order)
}

fn keep_history(new: &mut Shipment, known: &Shipment, now: DateTime<Utc>) {
    let reported_promise = std::mem::replace(&mut new.promise, known.promise.clone());
    if let Some(reported_promise) = reported_promise {
        let facts = ShipmentFacts {
            promise_expected: reported_promise.expected,
            promise_source: Some(reported_promise.source),
            promise_confidence: Some(reported_promise.confidence),
            ..ShipmentFacts::default()
        };
        promise::revise(&mut new.promise, &facts, now.into());
    }
    if !is_same_number(new.tracking_number.as_deref(), known.tracking_number.as_deref()) {
        return;
    }
    *new = Shipment {
        direction: new.direction.clone(),
        of: new.of.clone(),
        carrier: new.carrier.clone(),
        tracking_number: new.tracking_number.clone(),
        tracking_url: new.tracking_url.clone(),
        tracking_level: new.tracking_level.clone(),
        lines: new.lines.clone(),
        pieces: new.pieces,
        promise: new.promise.take(),
        usual_gap_h: new.usual_gap_h,
        ..known.clone()
    };
}

/// Returns the ids of the lines that were sold without a right to return. Assigns missing line and shipment ids first.
pub fn final_sale(order: &mut NewOrder) -> std::collections::BTreeSet<String> {
    assign_missing_ids(order);
    order.lines.iter().filter(|line| line.final_sale).filter_map(|line| line.id.clone()).collect()
}

/// Assigns an id to each line and shipment that has none.
fn assign_missing_ids(order: &mut NewOrder) {
    fn name<'a>(prefix: &str, ids: impl Iterator<Item = &'a mut Option<String>>) {
        let mut ids: Vec<_> = ids.collect();
        let taken: BTreeMap<String, ()> = ids.iter().filter_map(|id| Some(((**id).clone()?, ()))).collect();
        let mut free = (1_u32..).map(|number| format!("{prefix}{number}")).filter(|id| !taken.contains_key(id));
        for id in ids.iter_mut().filter(|id| id.is_none()) {
            **id = free.next();
        }
    }
    name("l", order.lines.iter_mut().map(|line| &mut line.id));
    name("s", order.shipments.iter_mut().map(|shipment| &mut shipment.id));
}

fn line(new: NewLine) -> Line {
    Line {
        id: new.id.unwrap_or_default(),
        title: new.title,
        variant: new.variant,
        quantity: new.quantity,
        unit_price: new.unit_price.map(money),
        total: new.total.map(money),
        image_url: new.image_url,
        url: new.url,
    }
}

fn money(new: NewMoney) -> Money {
    Money { minor: new.minor, currency: new.currency }
}

fn unshipped(new: NewUnshipped) -> Unshipped {
    Unshipped {
        line_id: new.line_id,
        quantity: new.quantity,
        expected_dispatch: new.expected_dispatch,
        promised_dispatch: new.promised_dispatch.or(new.expected_dispatch),
    }
}

fn support(new: NewSupport) -> Support {
    Support { kind: new.kind, label: new.label, url: new.url, hours: new.hours }
}

fn shipment(new: NewShipment) -> Shipment {
    let carrier =
        new.carrier.map(|carrier| Carrier { code: carrier.code, name: carrier.name, phone: carrier.phone, url: carrier.url });
    Shipment {
        id: new.id.unwrap_or_default().into(),
        direction: new.direction.unwrap_or(Direction::Outbound),
        of: new.of.map(ShipmentId::from),
        carrier,
        last_mile_carrier: None,
        last_mile_tracking_number: None,
        tracking_number: new.tracking_number,
        tracking_url: new.tracking_url,
        tracking_level: new.tracking_level.unwrap_or(TrackingLevel::Full),
        lines: new.lines.into_iter().map(|part| LineQuantity { line_id: part.line_id, quantity: part.quantity }).collect(),
        pieces: new.pieces,
        stage: Stage::LabelCreated,
        condition: Condition::default(),
        action_required: None,
        promise: new.promise.map(ledger),
        delivered: None,
        pickup: None,
        attempts: 0,
        position: None,
        last_carrier_update: None,
        usual_gap_h: new.usual_gap_h,
        reroute_url: None,
        events: Vec::new(),
    }
}

fn ledger(new: NewPromise) -> Promise {
    Promise {
        expected: new.expected.or(Some(new.promised)),
        source: new.source.unwrap_or(PromiseSource::Retailer),
        confidence: new.confidence.unwrap_or_default(),
        verdict: if new.expected.is_none_or(|expected| expected == new.promised) { Verdict::OnTime } else { Verdict::default() },
        guaranteed: new.guaranteed,
        ..promise::first(Some(new.promised))
    }
}
