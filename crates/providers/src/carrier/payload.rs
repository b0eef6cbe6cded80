//! The documented format for carriers. Wrong field names, terms and times are refused, because whoever sends the payload can
//! correct them. Codes, texts and links come from the carrier and are read leniently.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionRequired, Carrier, ConditionState, Delivered, DeliveredTo, Party, Pickup, Place, Reason, Stage, Timestamp,
    TrackingLevel, Window,
};
use serde::Deserialize;
use serde_json::error::Category;

use super::status_codes::ReportedStatus;
use crate::place::place_of;
use crate::signature::REPLAY_WINDOW;
use crate::time::parse_time;

/// Maximum number of events. A payload with more is refused; a real shipment has dozens.
const MAX_EVENTS: usize = 2_000;

/// Report about one shipment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Payload {
    pub(super) tracking_number: String,
    pub(super) carrier: String,
    pub(super) told_at: Timestamp,
    pub(super) pieces: Option<u32>,
    pub(super) tracking_level: Option<TrackingLevel>,
    pub(super) status: Option<Status>,
    #[serde(default)]
    pub(super) events: Vec<Scan>,
    /// Estimated delivery. `null` withdraws the estimate; a missing field leaves it as it is.
    #[serde(default, deserialize_with = "present_or_null")]
    pub(super) expected: Option<Option<Window>>,
    pub(super) first_expected: Option<Window>,
    pub(super) delivered: Option<Delivered>,
    pub(super) pickup: Option<Pickup>,
    pub(super) attempts: Option<u32>,
    pub(super) last_mile: Option<LastMile>,
    pub(super) action_required: Option<ActionRequired>,
    pub(super) tracking_url: Option<String>,
    pub(super) reroute_url: Option<String>,
}

/// Reads a field that is present: `null` gives `Some(None)`.
fn present_or_null<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<Option<Window>>, D::Error> {
    Option::deserialize(source).map(Some)
}

/// Current status of the shipment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Status {
    pub(super) code: Option<String>,
    pub(super) group: Option<String>,
    pub(super) stage: Option<Stage>,
    pub(super) condition: Option<ConditionState>,
    pub(super) reason: Option<Reason>,
    pub(super) text: Option<String>,
}

/// One scan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scan {
    pub(super) id: Option<String>,
    pub(super) at: String,
    pub(super) code: Option<String>,
    pub(super) group: Option<String>,
    pub(super) stage: Option<Stage>,
    pub(super) condition: Option<ConditionState>,
    pub(super) reason: Option<Reason>,
    pub(super) text: Option<String>,
    pub(super) place: Option<ScanPlace>,
    pub(super) piece: Option<String>,
}

/// Place of a scan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScanPlace {
    pub(super) name: Option<String>,
    pub(super) region: Option<String>,
    pub(super) country: Option<String>,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
}

/// Carrier and tracking number of the last mile.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LastMile {
    pub(super) carrier: Option<Carrier>,
    pub(super) tracking_number: Option<String>,
}

impl Payload {
    /// Reads and checks a body. The error describes the fault and is safe to log.
    pub(super) fn parse(body: &[u8], now: DateTime<Utc>) -> Result<Self, String> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let payload: Self = serde_path_to_error::deserialize(&mut json).map_err(|error| match error.inner().classify() {
            // The value of the field must not appear in a log; its path may.
            Category::Data => format!("{} does not fit the format", error.path()),
            Category::Io | Category::Syntax | Category::Eof => error.inner().to_string(),
        })?;
        json.end().map_err(|error| error.to_string())?;
        payload.check(now)?;
        Ok(payload)
    }

    fn check(&self, now: DateTime<Utc>) -> Result<(), String> {
        refuse_if(is_empty(&self.tracking_number), "tracking_number is empty")?;
        refuse_if(is_empty(&self.carrier), "carrier is empty")?;
        // A report dated in the future would override every report until that time.
        refuse_if(self.told_at.utc().signed_duration_since(now) > REPLAY_WINDOW, "told_at is in the future")?;
        refuse_if(self.pieces == Some(0), "pieces is zero")?;
        refuse_if(self.events.len() > MAX_EVENTS, "too many events")?;
        let party = self.action_required.as_ref().map(|action| action.who.as_str());
        let to = self.delivered.as_ref().map(|delivered| delivered.to.as_str());
        known(self.tracking_level.as_ref().map(TrackingLevel::as_str), TrackingLevel::VALUES, "tracking_level")?;
        known(party, Party::VALUES, "action_required.who")?;
        known(to, DeliveredTo::VALUES, "delivered.to")?;
        let status = self.status.as_ref().map(Status::reported);
        status.iter().try_for_each(ReportedStatus::check)?;
        let mut events = self.events.iter().enumerate();
        events.try_for_each(|(index, scan)| scan.check().map_err(|why| format!("events[{index}]: {why}")))
    }
}

impl Status {
    pub(super) fn reported(&self) -> ReportedStatus<'_> {
        ReportedStatus {
            code: self.code.as_deref(),
            group: self.group.as_deref(),
            stage: self.stage.as_ref(),
            condition: self.condition.as_ref(),
            reason: self.reason.as_ref(),
        }
    }
}

impl Scan {
    pub(super) fn reported(&self) -> ReportedStatus<'_> {
        ReportedStatus {
            code: self.code.as_deref(),
            group: self.group.as_deref(),
            stage: self.stage.as_ref(),
            condition: self.condition.as_ref(),
            reason: self.reason.as_ref(),
        }
    }

    fn check(&self) -> Result<(), String> {
        refuse_if(parse_time(&self.at).is_none(), "at cannot be read")?;
        refuse_if(self.id.as_deref().is_some_and(is_empty), "id is empty")?;
        let has_content = self.code.is_some() || self.stage.is_some() || self.condition.is_some() || self.text.is_some();
        refuse_if(!has_content, "it has no code, no stage, no condition and no text")?;
        self.reported().check()
    }
}

impl ReportedStatus<'_> {
    fn check(&self) -> Result<(), String> {
        known(self.stage.map(Stage::as_str), Stage::VALUES, "stage")?;
        known(self.condition.map(ConditionState::as_str), ConditionState::VALUES, "condition")?;
        known(self.reason.map(Reason::as_str), Reason::VALUES, "reason")
    }
}

impl ScanPlace {
    /// Returns the place as the shopper sees it. Returns None if there are no name, no country and no coordinates.
    pub(super) fn place(&self) -> Option<Place> {
        let named = place_of(self.name.as_deref(), self.region.as_deref(), self.country.as_deref());
        let within = |degrees: Option<f64>, most: f64| degrees.filter(|degrees| degrees.abs() <= most);
        match (within(self.lat, 90.0), within(self.lon, 180.0), named) {
            (Some(lat), Some(lon), named) => {
                let place = named.unwrap_or(Place { name: None, country: None, lat: None, lon: None });
                Some(Place { lat: Some(lat), lon: Some(lon), ..place })
            }
            (_, _, named) => named,
        }
    }
}

impl LastMile {
    /// Returns carrier and tracking number, each None if it is missing or empty. A carrier without a name is named by its code.
    pub(super) fn parts(self) -> (Option<Carrier>, Option<String>) {
        let carrier = self.carrier.map(|carrier| match carrier.name.is_empty() {
            true => Carrier { name: carrier.code.clone(), ..carrier },
            false => carrier,
        });
        let number = self.tracking_number.map(|number| number.trim().to_owned());
        (carrier.filter(|carrier| !carrier.name.is_empty()), number.filter(|number| !number.is_empty()))
    }
}

fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}

fn refuse_if(wrong: bool, why: &str) -> Result<(), String> {
    if wrong { Err(why.to_owned()) } else { Ok(()) }
}

/// Refuses a term that is not in the contract's vocabulary. The term is most likely a typing error, and the shopper would see an
/// unknown status.
fn known(word: Option<&str>, words: &[&str], field: &str) -> Result<(), String> {
    match word {
        Some(word) if word != "unknown" && !words.contains(&word) => Err(format!("{field} is no word of the contract")),
        Some(_) | None => Ok(()),
    }
}
