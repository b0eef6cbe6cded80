//! An order as the retailer's systems send it: read strictly, checked as a whole, turned into the document that the shopper gets.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_core::wire::{
    Access, Carrier, Condition, Destination, Direction, Line, LineQuantity, Money, Order, Promise, PromiseSource, Shipment,
    Stage, Support, Timestamp, TrackingLevel, Unshipped, Verdict, Window,
};
use serde::Deserialize;
use utoipa::ToSchema;

pub use super::invalid::Invalid;
use super::new_order_checks::check;
use super::promise;

/// What the retailer owns of an order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Identity; made by the backend unless given.
    pub id: Option<String>,
    /// The number on the receipt.
    pub number: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The IANA zone of the delivery address, such as `Europe/London`.
    pub time_zone: String,
    /// Where it goes, as far as the shopper may be shown it.
    pub destination: Option<NewDestination>,
    /// For the look-up; stored hashed.
    pub email: Option<String>,
    /// For the look-up; stored hashed.
    pub postcode: Option<String>,
    /// What was bought.
    pub lines: Vec<NewLine>,
    /// What was sent.
    #[serde(default)]
    pub shipments: Vec<NewShipment>,
    /// What was not sent yet.
    #[serde(default)]
    pub unshipped: Vec<NewUnshipped>,
    /// How to reach a person.
    #[serde(default)]
    pub support: Vec<NewSupport>,
}

/// A delivery address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDestination {
    /// The address, line by line.
    pub lines: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// A price.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMoney {
    /// In the currency's smallest unit, such as pence.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// A line of the order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// Identity within the order; `l1`, `l2` … unless given.
    pub id: Option<String>,
    /// What was bought.
    pub title: String,
    /// Which variant of it.
    pub variant: Option<String>,
    /// How many, at least one.
    pub quantity: u32,
    /// The price of one.
    pub unit_price: Option<NewMoney>,
    /// A picture, `https:` only.
    pub image_url: Option<String>,
    /// The shop's page of it.
    pub url: Option<String>,
}

/// How many of an order line.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPart {
    /// The order line.
    pub line_id: String,
    /// How many of it, at least one.
    pub quantity: u32,
}

/// Who carries a shipment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCarrier {
    /// A stable code, such as `ups`.
    pub code: String,
    /// The name to show.
    pub name: String,
    /// A telephone number.
    pub phone: Option<String>,
    /// The carrier's own site.
    pub url: Option<String>,
}

/// What the shopper was promised.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPromise {
    /// What the shopper was told.
    pub promised: Window,
    /// What is expected now, where it differs.
    pub expected: Option<Window>,
    /// Who says so; the retailer unless given.
    pub source: Option<PromiseSource>,
    /// How sure it is.
    pub confidence: Option<doorstep_core::wire::Confidence>,
    /// Whether the retailer stands by it with money.
    #[serde(default)]
    pub guaranteed: bool,
}

/// A shipment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShipment {
    /// Identity within the order; `s1`, `s2` … unless given.
    pub id: Option<String>,
    /// Which way it goes; outbound unless given.
    pub direction: Option<Direction>,
    /// The shipment that it replaces or returns.
    pub of: Option<String>,
    /// Who carries it.
    pub carrier: NewCarrier,
    /// The carrier's number.
    pub tracking_number: String,
    /// The carrier's page for it.
    pub tracking_url: Option<String>,
    /// How much the service reports; everything unless given.
    pub tracking_level: Option<TrackingLevel>,
    /// What is in it.
    pub lines: Vec<NewPart>,
    /// How many pieces it has.
    pub pieces: Option<u32>,
    /// What was promised.
    pub promise: Option<NewPromise>,
    /// Hours that usually pass between two scans of this service.
    pub usual_gap_h: Option<u32>,
}

/// What was not sent yet.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnshipped {
    /// The order line.
    pub line_id: String,
    /// How many of it, at least one.
    pub quantity: u32,
    /// When they are expected to leave.
    pub expected_dispatch: Option<Window>,
}

/// A way to reach a person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSupport {
    /// The channel, such as `chat`, `email` or `phone`.
    pub kind: String,
    /// The words on the link.
    pub label: String,
    /// Where it leads: `https:`, `mailto:` or `tel:`.
    pub url: String,
    /// When somebody answers.
    pub hours: Option<String>,
}

impl NewOrder {
    /// Turns the body into version 1 of an order, or says everything that is wrong with it. E-mail and postcode are no part of the
    /// document; whoever stores the order takes them from the body first.
    pub fn into_order(mut self, id: String, now: DateTime<Utc>) -> Result<Order, Invalid> {
        name_the_nameless(&mut self);
        check(&self)?;
        Ok(Order {
            id,
            number: self.number,
            placed_at: Some(self.placed_at),
            version: 1,
            as_of: Some(Timestamp::from(now)),
            time_zone: Some(self.time_zone),
            access: Access::Full,
            destination: self.destination.map(|to| Destination {
                lines: to.lines,
                country: to.country,
            }),
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

/// Replaces what the retailer owns and keeps what has happened since: events, cases, returns, refunds and the first promise. A shipment
/// keeps its history as long as it keeps its tracking number; another number is another parcel.
pub fn replace(existing: &Order, mut with: NewOrder, now: DateTime<Utc>) -> Result<Order, Invalid> {
    for shipment in with.shipments.iter_mut().filter(|shipment| shipment.id.is_none()) {
        let same = |known: &&Shipment| known.tracking_number.as_deref() == Some(shipment.tracking_number.as_str());
        shipment.id = existing.shipments.iter().find(same).map(|known| known.id.clone());
    }
    let mut order = with.into_order(existing.id.clone(), now)?;
    order.version = existing.version + 1;
    for shipment in &mut order.shipments {
        if let Some(known) = existing.shipments.iter().find(|known| known.id == shipment.id) {
            keep_history(shipment, known, now);
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
    let told = std::mem::replace(&mut new.promise, known.promise.clone());
    if let Some(told) = told {
        let news = promise::Expectation {
            expected: told.expected,
            earliest: None,
            source: Some(&told.source),
            confidence: Some(&told.confidence),
            reason: None,
        };
        // The same body sent again says nothing new about a parcel that has moved on.
        if known.promise.as_ref().is_none_or(|promise| promise.promised != told.expected) {
            promise::revise(&mut new.promise, &news, now);
        }
    }
    if new.tracking_number != known.tracking_number {
        return;
    }
    *new = Shipment {
        direction: new.direction.clone(),
        of: new.of.clone(),
        carrier: new.carrier.clone(),
        tracking_url: new.tracking_url.clone().or_else(|| known.tracking_url.clone()),
        lines: new.lines.clone(),
        pieces: new.pieces.or(known.pieces),
        promise: new.promise.take(),
        usual_gap_h: new.usual_gap_h.or(known.usual_gap_h),
        ..known.clone()
    };
}

/// Gives lines and shipments the identities that they came without.
fn name_the_nameless(order: &mut NewOrder) {
    fn name<'a>(prefix: &str, ids: impl Iterator<Item = &'a mut Option<String>>) {
        let mut ids: Vec<_> = ids.collect();
        let taken: BTreeMap<String, ()> = ids.iter().filter_map(|id| Some(((**id).clone()?, ()))).collect();
        let mut free = (1_u32..)
            .map(|number| format!("{prefix}{number}"))
            .filter(|id| !taken.contains_key(id));
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
        unit_price: new.unit_price.map(|price| Money {
            minor: price.minor,
            currency: price.currency,
        }),
        image_url: new.image_url,
        url: new.url,
    }
}

fn unshipped(new: NewUnshipped) -> Unshipped {
    Unshipped {
        line_id: new.line_id,
        quantity: new.quantity,
        expected_dispatch: new.expected_dispatch,
    }
}

fn support(new: NewSupport) -> Support {
    Support {
        kind: new.kind,
        label: new.label,
        url: new.url,
        hours: new.hours,
    }
}

fn shipment(new: NewShipment) -> Shipment {
    let carrier = new.carrier;
    Shipment {
        id: new.id.unwrap_or_default(),
        direction: new.direction.unwrap_or(Direction::Outbound),
        of: new.of,
        carrier: Some(Carrier {
            code: carrier.code,
            name: carrier.name,
            phone: carrier.phone,
            url: carrier.url,
        }),
        last_mile_carrier: None,
        tracking_number: Some(new.tracking_number),
        tracking_url: new.tracking_url,
        tracking_level: new.tracking_level.unwrap_or(TrackingLevel::Full),
        lines: new
            .lines
            .into_iter()
            .map(|part| LineQuantity {
                line_id: part.line_id,
                quantity: part.quantity,
            })
            .collect(),
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
        verdict: if new.expected.is_none_or(|expected| expected == new.promised) {
            Verdict::OnTime
        } else {
            Verdict::default()
        },
        guaranteed: new.guaranteed,
        ..promise::first(Some(new.promised))
    }
}
