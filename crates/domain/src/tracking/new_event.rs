//! Body of one event sent by the retailer's systems. Unknown fields are refused. The event is checked and converted to a
//! [`TrackingUpdate`].

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::bounds::{EVENT_TEXT, OFFSET_MIN};
use doorstep_contract::invalid::Findings;
use doorstep_contract::{
    Condition, ConditionState, Confidence, DeliveredTo, Event, EventTime, LocalTime, Party, Place, PromiseSource, Reason,
    Responsibility, ShipmentId, Source, Stage, TrackingLevel, Zone,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::event_id::event_id;
use super::update::{ShipmentFacts, TrackingUpdate};

pub use doorstep_contract::invalid::Invalid;

/// Maximum size of the facts of an event as JSON, in bytes.
const MAX_FACTS: usize = 8_000;
/// Maximum hours that an event may lie in the future. An event that is further ahead has a wrong date, because no error in its
/// time zone explains the difference.
const FUTURE_H: i64 = 24;

/// One event of one shipment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// Id of the shipment.
    #[schema(value_type = String)]
    pub shipment_id: ShipmentId,
    /// Id within the shipment; derived from the content if absent. An event with a known id replaces the earlier one.
    pub id: Option<String>,
    /// Time of the event.
    pub at: NewEventTime,
    /// Stage of the shipment after the event.
    pub stage: Stage,
    /// Condition of the shipment after the event.
    pub condition: Option<ConditionState>,
    /// Reason for the condition.
    pub reason: Option<Reason>,
    /// Place of the event.
    pub place: Option<NewPlace>,
    /// Text to show.
    pub text: Option<String>,
    /// Source of the event; the retailer if absent. A system that passes on a carrier's scans sets `carrier`.
    pub source: Option<Source>,
    /// Facts about the shipment, as opposed to this event.
    #[serde(default, deserialize_with = "doorstep_contract::strict::optional")]
    pub facts: Option<Box<ShipmentFacts>>,
}

/// Local time of an event at its place.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEventTime {
    /// Local date and time, or a date alone.
    pub local: LocalTime,
    /// Minutes east of UTC, if known.
    pub offset_min: Option<i32>,
    /// Certainty of the offset; explicit if an offset is given.
    pub zone: Option<Zone>,
}

/// Place of an event.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    /// Name to show.
    pub name: Option<String>,
    /// Country code of ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Latitude in degrees north.
    pub lat: Option<f64>,
    /// Longitude in degrees east.
    pub lon: Option<f64>,
}

impl NewEvent {
    /// Converts the body into the id of the shipment and a tracking update. Returns all findings if the body is not valid.
    pub fn into_update(self, now: DateTime<Utc>) -> Result<(ShipmentId, TrackingUpdate), Invalid> {
        let mut findings = Findings::default();
        self.check(now, &mut findings);
        if let Some(facts) = &self.facts {
            check_facts(facts, &mut findings);
        }
        findings.into_result()?;
        let place = self.place.map(|place| Place { name: place.name, country: place.country, lat: place.lat, lon: place.lon });
        let place_name = place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
        let parts = [&self.at.local.to_string(), self.stage.as_str(), self.text.as_deref().unwrap_or_default(), place_name];
        let zone = match (self.at.zone, self.at.offset_min) {
            (Some(zone), Some(_)) => zone,
            (None, Some(_)) => Zone::Explicit,
            (_, None) => Zone::default(),
        };
        let event = Event {
            id: self.id.unwrap_or_else(|| event_id(&parts)),
            at: EventTime { local: self.at.local, offset_min: self.at.offset_min, zone },
            stage: self.stage,
            condition: self.condition,
            reason: self.reason,
            place,
            text: self.text,
            source: self.source.unwrap_or(Source::Retailer),
            raw: None,
        };
        let facts = self.facts.map(|facts| *facts).unwrap_or_default();
        Ok((self.shipment_id, TrackingUpdate { facts, events: vec![event], ..TrackingUpdate::default() }))
    }

    fn check(&self, now: DateTime<Utc>, findings: &mut Findings) {
        findings.text(&self.shipment_id, "/shipment_id");
        if let Some(id) = &self.id {
            findings.text(id, "/id");
        }
        let is_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.chars().count() > EVENT_TEXT);
        findings.refuse_if(is_long(&self.id), "/id", "too-long");
        findings.refuse_if(is_long(&self.text), "/text", "too-long");
        findings.refuse_if(self.place.as_ref().is_some_and(|place| is_long(&place.name)), "/place/name", "too-long");
        let facts = serde_json::to_string(&self.facts).unwrap_or_default();
        findings.refuse_if(facts.len() > MAX_FACTS, "/facts", "too-long");
        findings.word(self.stage.as_str(), Stage::VALUES, "/stage");
        one_of(self.condition.as_ref().map(ConditionState::as_str), ConditionState::VALUES, "/condition", findings);
        one_of(self.reason.as_ref().map(Reason::as_str), Reason::VALUES, "/reason", findings);
        one_of(self.source.as_ref().map(Source::as_str), Source::VALUES, "/source", findings);
        one_of(self.at.zone.as_ref().map(Zone::as_str), Zone::VALUES, "/at/zone", findings);
        let offset = self.at.offset_min.unwrap_or_default();
        findings.refuse_if(!(-OFFSET_MIN..=OFFSET_MIN).contains(&offset), "/at/offset_min", "out-of-range");
        let claims_zone = self.at.zone.as_ref().is_some_and(|zone| !matches!(zone, Zone::Unknown(_)));
        findings.refuse_if(claims_zone && self.at.offset_min.is_none(), "/at/offset_min", "missing");
        let reading = self.at.local.date.and_time(self.at.local.time.unwrap_or_default()).and_utc();
        let latest = now.checked_add_signed(TimeDelta::hours(FUTURE_H)).unwrap_or(now);
        findings.refuse_if(reading > latest, "/at/local", "in-the-future");
        findings.country(self.place.as_ref().and_then(|place| place.country.as_ref()), "/place/country");
        let degrees = |value: Option<f64>, most: f64| value.is_some_and(|value| value.is_nan() || value.abs() > most);
        findings.refuse_if(degrees(self.place.as_ref().and_then(|place| place.lat), 90.0), "/place/lat", "out-of-range");
        findings.refuse_if(degrees(self.place.as_ref().and_then(|place| place.lon), 180.0), "/place/lon", "out-of-range");
    }
}

fn one_of(value: Option<&str>, known: &[&str], at: &str, findings: &mut Findings) {
    if let Some(value) = value {
        findings.word(value, known, at);
    }
}

fn check_facts(facts: &ShipmentFacts, findings: &mut Findings) {
    one_of(facts.stage.as_ref().map(Stage::as_str), Stage::VALUES, "/facts/stage", findings);
    if let Some(Condition { state, reason, responsibility, since: _ }) = &facts.condition {
        findings.word(state.as_str(), ConditionState::VALUES, "/facts/condition/state");
        one_of(reason.as_ref().map(Reason::as_str), Reason::VALUES, "/facts/condition/reason", findings);
        let who = responsibility.as_ref().map(Responsibility::as_str);
        one_of(who, Responsibility::VALUES, "/facts/condition/responsibility", findings);
    }
    one_of(
        facts.action_required.as_ref().map(|action| action.who.as_str()),
        Party::VALUES,
        "/facts/action_required/who",
        findings,
    );
    one_of(facts.promise_source.as_ref().map(PromiseSource::as_str), PromiseSource::VALUES, "/facts/promise_source", findings);
    one_of(facts.promise_confidence.as_ref().map(Confidence::as_str), Confidence::VALUES, "/facts/promise_confidence", findings);
    one_of(facts.promise_reason.as_ref().map(Reason::as_str), Reason::VALUES, "/facts/promise_reason", findings);
    one_of(facts.tracking_level.as_ref().map(TrackingLevel::as_str), TrackingLevel::VALUES, "/facts/tracking_level", findings);
    if let Some(delivered) = &facts.delivered {
        findings.word(delivered.to.as_str(), DeliveredTo::VALUES, "/facts/delivered/to");
        findings.picture(delivered.photo_url.as_ref(), "/facts/delivered/photo_url");
    }
    if let Some(pickup) = &facts.pickup {
        findings.country(pickup.country.as_ref(), "/facts/pickup/country");
        findings.link(pickup.location.as_ref(), "/facts/pickup/location");
    }
    if let Some(carrier) = &facts.last_mile_carrier {
        findings.text(&carrier.code, "/facts/last_mile_carrier/code");
        findings.text(&carrier.name, "/facts/last_mile_carrier/name");
        findings.link(carrier.url.as_ref(), "/facts/last_mile_carrier/url");
    }
    findings.link(facts.tracking_url.as_ref(), "/facts/tracking_url");
    findings.link(facts.reroute_url.as_ref(), "/facts/reroute_url");
    findings.refuse_if(facts.pieces == Some(0), "/facts/pieces", "zero");
}
