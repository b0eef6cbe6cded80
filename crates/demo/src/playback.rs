//! Turns a scenario into an order: its relative times into absolute ones, its steps into updates. Orders, updates and requests go
//! through the same functions as in production. Called by the demo's clock.

use std::str::FromStr as _;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use doorstep_contract::{ActionRequired, Delivered, OrderId, Pickup, Position, ShipmentId, Source};
use doorstep_domain::order::new_order::{
    NewDestination, NewOrder, NewPromise, NewShipment, NewSupport, NewUnshipped, final_sale,
};
use doorstep_domain::order::tracking_updates::apply;
use doorstep_domain::order::{InternalState, OrderAggregate};
use doorstep_domain::recompute::recompute;
use doorstep_domain::self_service::case::Occasion;
use doorstep_domain::self_service::case::retailer::update as decide;
use doorstep_domain::self_service::request::carry_out;
use doorstep_domain::tracking::new_event::{NewEvent, NewPlace};
use doorstep_domain::tracking::{ShipmentFacts, TrackingUpdate, event_id};
use serde_json::Value;

use super::moment::DemoClock;
use super::scenario::{Delivered as Payload, Facts, Parcel, Person, Scenario, ScenarioCatalog, Step, Undispatched};
use doorstep_providers as providers;

/// A scenario at one current time.
pub(super) struct Playback<'a> {
    catalog: &'a ScenarioCatalog,
    scenario: &'a Scenario,
    person: &'a Person,
    clock: DemoClock,
}

impl<'a> Playback<'a> {
    /// Prepares a scenario with this current time. Returns an error if its person or time zone is unknown.
    pub(super) fn new(catalog: &'a ScenarioCatalog, scenario: &'a Scenario, now: DateTime<Utc>) -> Result<Self, String> {
        let person =
            catalog.people.get(&scenario.to).ok_or_else(|| format!("demo: {}: nobody is called {}", scenario.id, scenario.to))?;
        let zone = Tz::from_str(&person.time_zone).map_err(|error| format!("demo: {}: {error}", scenario.to))?;
        Ok(Self { catalog, scenario, person, clock: DemoClock { now, zone } })
    }

    /// Returns the order as the retailer's systems would send it.
    pub(super) fn body(&self) -> Result<NewOrder, String> {
        Ok(NewOrder {
            id: Some(self.order_id().into()),
            number: self.scenario.number.clone(),
            placed_at: self.time(&self.scenario.placed, DemoClock::instant)?,
            time_zone: self.person.time_zone.clone(),
            destination: Some(NewDestination { lines: self.person.lines.clone(), country: Some(self.person.country.clone()) }),
            email: Some(self.person.email.clone()),
            notify: Some(true),
            lang: Some(if self.person.country == "DE" { "de" } else { "en" }.to_owned()),
            postcode: Some(self.person.postcode.clone()),
            lines: self.scenario.lines.clone(),
            delivery_cost: None,
            shipments: self.scenario.shipments.iter().map(|parcel| self.shipment(parcel)).collect::<Result<_, _>>()?,
            unshipped: self.scenario.unshipped.iter().map(|later| self.unshipped(later)).collect::<Result<_, _>>()?,
            support: support(),
        })
    }

    /// Returns the order after its whole history, with every step applied at its own time.
    pub(super) fn record(&self) -> Result<OrderAggregate, String> {
        let placed = self.time(&self.scenario.placed, DemoClock::instant)?;
        let refused = |step: &str, invalid| format!("demo: {}: {step}: {invalid:?}", self.scenario.id);
        let mut body = self.body()?;
        let private =
            InternalState { final_sale: final_sale(&mut body), delivery_cost: body.delivery_cost(), ..InternalState::default() };
        let order = body.into_order(self.order_id(), placed.utc()).map_err(|invalid| refused("order", invalid))?;
        let mut record = OrderAggregate { order, private };
        for (index, step) in self.scenario.history.iter().enumerate() {
            let at = self.time_in(&step.at, self.zone_of(step)?, DemoClock::instant)?.utc().min(self.clock.now);
            recompute(&mut record, &self.catalog.policy, at);
            if step.asks.is_some() || step.decides.is_some() {
                self.ask_or_decide(&mut record, step, at, index)?;
                continue;
            }
            for (shipment, update) in self.updates(step)? {
                apply(&mut record, &shipment, &update, at);
            }
        }
        recompute(&mut record, &self.catalog.policy, self.clock.now);
        Ok(record)
    }

    /// Applies a shopper's self-service request or a decision of the retailer, through the functions that the API uses.
    fn ask_or_decide(&self, record: &mut OrderAggregate, step: &Step, at: DateTime<Utc>, index: usize) -> Result<(), String> {
        let rules = self.catalog.policy.for_country(Some(&self.person.country));
        if let Some(request) = &step.asks {
            // The seed depends on scenario and step only, so that the reference is equal in every run.
            let name = event_id(&[&self.scenario.id, &index.to_string()]);
            let seed = name.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(1_099_511_628_211) ^ u64::from(byte));
            let occasion = Occasion { now: at, seed, by: "demo".to_owned() };
            let done = carry_out(record, rules, request.clone(), &[], &occasion);
            done.map_err(|refusal| format!("demo: {}: {refusal:?}", self.scenario.id))?;
        }
        if let Some(decided) = &step.decides {
            let done = decide(record, rules, &decided.case, &decided.update, at);
            done.map_err(|invalid| format!("demo: {}: {invalid:?}", self.scenario.id))?;
        }
        record.order.version += 1;
        Ok(())
    }

    /// Returns the updates of a step, each with the id of its shipment.
    pub(super) fn updates(&self, step: &Step) -> Result<Vec<(ShipmentId, TrackingUpdate)>, String> {
        match &step.delivers {
            Some(delivered) => self.delivered(step, delivered),
            None => Ok(vec![self.update(step)?]),
        }
    }

    /// Returns the updates in a provider's payload, read as in the provider's webhook but without a signature.
    fn delivered(&self, step: &Step, delivered: &Payload) -> Result<Vec<(ShipmentId, TrackingUpdate)>, String> {
        let mut body = delivered.body.clone();
        let clock = DemoClock { zone: self.zone_of(step)?, ..self.clock };
        replace_times(&mut body, clock).map_err(|notation| format!("demo: {}: no moment: {notation}", self.scenario.id))?;
        let read = providers::parse_unverified(&delivered.provider, body.to_string().as_bytes(), self.clock.now);
        let deliveries = read.map_err(|refusal| format!("demo: {}: {refusal:?}", self.scenario.id))?;
        Ok(deliveries.into_iter().map(|delivery| (step.shipment.clone(), delivery.update)).collect())
    }

    /// Returns the update that a step describes by its own fields, with the id of its shipment.
    fn update(&self, step: &Step) -> Result<(ShipmentId, TrackingUpdate), String> {
        let facts = self.facts(&step.facts)?;
        let Some(stage) = step.stage.clone() else {
            return Ok((step.shipment.clone(), TrackingUpdate { facts, ..TrackingUpdate::default() }));
        };
        let place = step.place.is_some().then(|| NewPlace {
            name: step.place.clone(),
            country: Some(step.country.clone().unwrap_or_else(|| self.person.country.clone())),
            lat: None,
            lon: None,
        });
        let event = NewEvent {
            shipment_id: step.shipment.clone(),
            id: None,
            at: self.time_in(&step.at, self.zone_of(step)?, DemoClock::event_time)?,
            stage,
            condition: step.condition.clone(),
            reason: step.reason.clone(),
            place,
            text: step.text.clone(),
            source: Some(step.source.clone().unwrap_or(Source::Carrier)),
            facts: Some(Box::new(facts)),
        };
        let update = event.into_update(self.clock.now).map_err(|invalid| format!("demo: {}: {invalid:?}", self.scenario.id));
        let (shipment, mut update) = update?;
        for event in &mut update.events {
            event.raw.clone_from(&step.raw);
        }
        Ok((shipment, update))
    }

    /// Returns the id of the order, which is equal in every run.
    pub(super) fn order_id(&self) -> OrderId {
        OrderId::from(format!("ord_demo_{}", self.scenario.id))
    }

    fn time<T>(&self, notation: &str, read: impl Fn(DemoClock, &str) -> Option<T>) -> Result<T, String> {
        self.time_in(notation, self.clock.zone, read)
    }

    fn time_in<T>(&self, notation: &str, zone: Tz, read: impl Fn(DemoClock, &str) -> Option<T>) -> Result<T, String> {
        read(DemoClock { zone, ..self.clock }, notation)
            .ok_or_else(|| format!("demo: {}: no moment: {notation}", self.scenario.id))
    }

    fn optional_time<T>(
        &self,
        notation: Option<&String>,
        read: impl Fn(DemoClock, &str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        notation.map(|notation| self.time(notation, read)).transpose()
    }

    fn zone_of(&self, step: &Step) -> Result<Tz, String> {
        let zone = step.zone.as_deref().map(Tz::from_str).transpose();
        Ok(zone.map_err(|error| format!("demo: {}: {error}", self.scenario.id))?.unwrap_or(self.clock.zone))
    }

    fn shipment(&self, parcel: &Parcel) -> Result<NewShipment, String> {
        let carrier = self.catalog.carriers.get(&parcel.carrier);
        let promise = self.optional_time(parcel.promised.as_ref(), DemoClock::window)?.map(|promised| NewPromise {
            promised,
            expected: None,
            source: None,
            confidence: Some(doorstep_contract::Confidence::Medium),
            guaranteed: false,
        });
        Ok(NewShipment {
            id: None,
            direction: parcel.direction.clone(),
            of: parcel.of.clone(),
            carrier: Some(carrier.cloned().ok_or_else(|| format!("demo: {}: no carrier {}", self.scenario.id, parcel.carrier))?),
            tracking_number: Some(parcel.tracking_number.clone()),
            tracking_url: None,
            tracking_level: parcel.tracking_level.clone(),
            lines: parcel.lines.clone(),
            pieces: parcel.pieces,
            promise,
            usual_gap_h: parcel.usual_gap_h,
        })
    }

    fn unshipped(&self, later: &Undispatched) -> Result<NewUnshipped, String> {
        Ok(NewUnshipped {
            line_id: later.line_id.clone(),
            quantity: later.quantity,
            expected_dispatch: self.optional_time(later.dispatch.as_ref(), DemoClock::window)?,
            promised_dispatch: self.optional_time(later.promised.as_ref(), DemoClock::window)?,
        })
    }

    fn facts(&self, facts: &Facts) -> Result<ShipmentFacts, String> {
        let pickup = facts.pickup.as_ref().map(|point| {
            Ok::<_, String>(Pickup {
                name: point.name.clone(),
                lines: point.lines.clone(),
                country: Some(self.person.country.clone()),
                hours: point.hours.clone(),
                collect_by: Some(self.time(&point.collect_by, DemoClock::date)?),
                code: point.code.clone(),
                location: point.location.clone(),
            })
        });
        let action = facts.action.as_ref().map(|action| {
            let by = self.optional_time(action.by.as_ref(), DemoClock::instant)?;
            Ok::<_, String>(ActionRequired { who: action.who.clone(), what: Some(action.what.clone()), by })
        });
        let delivered = facts.delivered.as_ref().map(|left| Delivered {
            at: None,
            to: left.to.clone(),
            detail: left.detail.clone(),
            signed_by: left.signed_by.clone(),
            photo_url: left.photo.clone(),
        });
        Ok(ShipmentFacts {
            condition: facts.condition.clone(),
            action_required: action.transpose()?,
            promise_expected: self.optional_time(facts.expected.as_ref(), DemoClock::window)?,
            promise_source: facts.source.clone(),
            promise_confidence: facts.confidence.clone(),
            promise_reason: facts.why.clone(),
            delivered,
            pickup: pickup.transpose()?,
            position: facts.stops_away.map(|stops| Position { stops_away: Some(stops), at: Some(self.clock.now.into()) }),
            reroute_url: facts.reroute.clone(),
            ..ShipmentFacts::default()
        })
    }
}

/// Replaces the texts that begin with `@` by the times that they name. If a time cannot be read, returns its text as the error.
fn replace_times(body: &mut Value, clock: DemoClock) -> Result<(), String> {
    match body {
        Value::String(text) => {
            if let Some(notation) = text.strip_prefix('@') {
                *text = clock.formatted(notation).ok_or_else(|| notation.to_owned())?;
            }
            Ok(())
        }
        Value::Array(values) => values.iter_mut().try_for_each(|value| replace_times(value, clock)),
        Value::Object(fields) => fields.values_mut().try_for_each(|value| replace_times(value, clock)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn support() -> Vec<NewSupport> {
    let channel = |kind: &str, label: &str, url: &str, hours: &str| NewSupport {
        kind: kind.to_owned(),
        label: label.to_owned(),
        url: url.to_owned(),
        hours: Some(hours.to_owned()),
    };
    vec![
        channel("email", "Write to Fieldhouse", "mailto:help@fieldhouse.example", "An answer within one working day"),
        channel("phone", "Call Fieldhouse", "tel:+441539000000", "Mon–Fri 9:00–17:30"),
    ]
}
