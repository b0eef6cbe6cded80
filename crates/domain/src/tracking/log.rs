//! The tracking log of a shipment: every scan and every shipment report, with the time at which it was reported. The log only
//! grows, until it reaches its limits. Its content does not depend on the order in which updates arrive.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{Event, Promise, Shipment, Stage, Timestamp, TrackingLevel};
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::stage;
use super::update::{ShipmentFacts, TrackingUpdate};
use crate::calendar::whole_seconds;

/// Maximum number of scans. The oldest scans are removed first.
const MAX_SCANS: usize = 1_000;
/// Maximum number of shipment reports. The oldest reports are removed first, but never the first report if it has a delivery
/// estimate.
const MAX_REPORTS: usize = 500;
/// Maximum size of a scan or a report as JSON in bytes. A larger one is ignored, because every change of the order writes the
/// complete log again.
const MAX_ENTRY_BYTES: usize = 16 * 1_024;
/// Maximum number of names that providers use for one shipment. A name longer than `MAX_REFERENCE_BYTES` bytes is ignored.
const MAX_REFERENCES: usize = 10;
const MAX_REFERENCE_BYTES: usize = 100;
/// A scan can be dated ahead by up to this time, because a local time without a zone is assumed to be in the destination's zone.
/// A scan that is further ahead has a wrong date.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(1);

/// Everything that was reported about a shipment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackingLog {
    /// Tracking number that the log is about.
    pub(super) number: Option<String>,
    pub(super) opening: Opening,
    scans: BTreeMap<String, TrackingEvent>,
    /// Shipment reports. Stored as `statements`, the name in the first release.
    #[serde(rename = "statements")]
    reports: Vec<ShipmentReport>,
    /// Names that providers use for the shipment instead of its tracking number.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    references: BTreeSet<String>,
}

/// State of the shipment before the first report, as the retailer's systems sent it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Opening {
    pub(super) stage: Stage,
    pub(super) promise: Option<Promise>,
    pub(super) tracking_level: TrackingLevel,
    pub(super) tracking_url: Option<String>,
    pub(super) pieces: Option<u32>,
    pub(super) usual_gap_h: Option<u32>,
    pub(super) last_carrier_update: Option<Timestamp>,
    /// Time of the oldest scan that was shown before the log existed. Scans from this time on belong to the parcel, even if they
    /// are older than the order.
    pub(super) shown_from: Option<Timestamp>,
}

/// A scan with the time at which it was reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct TrackingEvent {
    pub(super) event: Event,
    #[serde(rename = "told_at")]
    pub(super) reported_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) piece: Option<String>,
    /// Time of the first report of the scan, if the scan was reported more than once.
    #[serde(rename = "first_told_at", default, skip_serializing_if = "Option::is_none")]
    pub(super) first_reported_at: Option<Timestamp>,
}

/// A shipment report: the facts of a tracking update, as opposed to its scans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ShipmentReport {
    /// Time by which the report is sorted among the scans: the time of the newest scan in the same update, or the report time if
    /// the update has no scans.
    pub(super) at: Timestamp,
    /// Report time: the time at which the sender made the report, by its own clock.
    #[serde(rename = "told_at")]
    pub(super) reported_at: Timestamp,
    /// Sequence number of a report that came without a report time. Such reports count in the order of arrival. 0 for reports
    /// with a report time.
    #[serde(default, rename = "turn")]
    pub(super) arrival_number: u32,
    /// True if the update of the report also has scans, which are more precise than the report.
    #[serde(default)]
    pub(super) beside_scans: bool,
    /// True if the shopper has taken the required action.
    #[serde(default)]
    pub(super) answered: bool,
    pub(super) facts: ShipmentFacts,
}

impl TrackingEvent {
    /// Returns true if this scan replaces the known scan with the same id. The scan with the later report time counts. For equal
    /// report times the content decides, so the choice does not depend on the order of arrival.
    fn corrects(&self, known: &Self) -> bool {
        let known = &Self { first_reported_at: None, ..known.clone() };
        self != known && self.reported_at.cmp(&known.reported_at).then_with(|| by_text(self, known)).is_gt()
    }

    /// Returns the time of the first report of the scan. Providers repeat all scans with every tracking update.
    pub(super) fn first_report(&self) -> Timestamp {
        self.first_reported_at.unwrap_or(self.reported_at)
    }

    /// Records the time of another report of the same scan.
    pub(super) fn merge_report_time(&mut self, reported_at: Timestamp) {
        let first = self.first_report().min(reported_at);
        self.first_reported_at = (first < self.reported_at).then_some(first);
    }
}

impl ShipmentReport {
    /// Returns true if a provider made the report. Providers state a report time; the shop's systems do not.
    pub(super) fn is_from_provider(&self) -> bool {
        self.arrival_number == 0
    }
}

impl TrackingLog {
    /// Creates a log without scans and reports.
    pub(super) fn new(number: Option<String>, opening: Opening) -> Self {
        Self { number, opening, ..Self::default() }
    }

    /// Adds a tracking update to the log. Repeated scans and reports change nothing.
    pub(crate) fn record(&mut self, update: &TrackingUpdate, context: Context<'_>) {
        let reported_at = whole_seconds(update.reported_at.map_or(context.now, Timestamp::utc));
        for event in &update.events {
            let scan = TrackingEvent {
                event: event.clone(),
                reported_at: reported_at.into(),
                piece: update.pieces.get(&event.id).cloned(),
                first_reported_at: None,
            };
            if text(&scan).len() > MAX_ENTRY_BYTES {
                continue;
            }
            match self.scans.get_mut(&event.id) {
                Some(known) => {
                    let (before, reported) = (known.first_report(), scan.reported_at);
                    if scan.corrects(known) {
                        *known = scan;
                    }
                    known.merge_report_time(before.min(reported));
                }
                None => {
                    self.scans.insert(event.id.clone(), scan);
                }
            }
        }
        if update.facts != ShipmentFacts::default() || update.answered {
            let reported_at = if update.answered { self.after_all(reported_at, context) } else { reported_at };
            // A report applies after the scans of the same update and before later scans, whenever it was sent.
            let newest = update.events.iter().map(|event| stage::instant(event, context.zone)).max().unwrap_or(reported_at);
            self.push_report(ShipmentReport {
                at: newest.into(),
                reported_at: reported_at.into(),
                arrival_number: if update.reported_at.is_none() { self.next_sequence_number() } else { 0 },
                beside_scans: !update.events.is_empty(),
                answered: update.answered,
                facts: update.facts.clone(),
            });
        }
        self.references.extend(update.reference.clone().filter(|reference| reference.len() <= MAX_REFERENCE_BYTES));
        self.trim(context);
    }

    /// Returns the names that providers use for the shipment instead of its tracking number.
    pub(crate) fn references(&self) -> impl Iterator<Item = &String> {
        self.references.iter()
    }

    /// Returns the time to record for an action that the shopper has taken: now, or the time of the latest scan or report if a
    /// clock that is ahead has dated it later. The shopper's action therefore follows every known entry. Entries that are dated
    /// more than a day ahead are ignored.
    fn after_all(&self, now: DateTime<Utc>, context: Context<'_>) -> DateTime<Utc> {
        let latest = now.checked_add_signed(AHEAD).unwrap_or(now);
        let scans = self.scans.values().map(|scan| stage::instant(&scan.event, context.zone));
        let reported = self.reports.iter().map(|report| report.at.max(report.reported_at).utc());
        scans.chain(reported).filter(|at| *at <= latest).fold(now, DateTime::max)
    }

    fn next_sequence_number(&self) -> u32 {
        self.reports.iter().map(|report| report.arrival_number).max().unwrap_or_default().saturating_add(1)
    }

    fn push_report(&mut self, report: ShipmentReport) {
        if self.reports.contains(&report) || text(&report).len() > MAX_ENTRY_BYTES {
            return;
        }
        self.reports.push(report);
        let key = |report: &ShipmentReport| (report.at, report.reported_at, report.arrival_number);
        self.reports.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| by_text(one, other)));
    }

    /// Removes the oldest scans and reports, and surplus names, beyond the limits. A first report with a delivery estimate stays.
    /// The choice does not depend on the order of arrival.
    fn trim(&mut self, context: Context<'_>) {
        let excess = self.scans.len().saturating_sub(MAX_SCANS);
        if excess > 0 {
            let dated = self.scans.iter().map(|(id, scan)| (stage::instant(&scan.event, context.zone), id.clone()));
            let mut by_age: Vec<(DateTime<Utc>, String)> = dated.collect();
            by_age.sort_unstable();
            for (_, id) in by_age.iter().take(excess) {
                self.scans.remove(id);
            }
        }
        while self.reports.len() > MAX_REPORTS {
            let first = self.reports.iter().position(|report| report.facts.promise_expected.is_some());
            self.reports.remove(usize::from(first == Some(0)));
        }
        while self.references.len() > MAX_REFERENCES {
            self.references.pop_first();
        }
    }

    /// Resets the fields that reports fill in one after another, such as promise, pickup point and attempts, to their state
    /// before the first report.
    pub(super) fn reset(&self, shipment: &mut Shipment) {
        let opening = &self.opening;
        shipment.promise.clone_from(&opening.promise);
        shipment.tracking_level.clone_from(&opening.tracking_level);
        shipment.tracking_url.clone_from(&opening.tracking_url);
        shipment.pieces = opening.pieces;
        shipment.usual_gap_h = opening.usual_gap_h;
        shipment.attempts = 0;
        (shipment.pickup, shipment.position, shipment.reroute_url) = (None, None, None);
        (shipment.last_mile_carrier, shipment.last_mile_tracking_number) = (None, None);
    }

    pub(super) fn opening_stage(&self) -> &Stage {
        &self.opening.stage
    }

    pub(super) fn shown_from(&self) -> Option<DateTime<Utc>> {
        self.opening.shown_from.map(|at| at.utc())
    }

    pub(super) fn last_carrier_update(&self) -> Option<Timestamp> {
        self.opening.last_carrier_update
    }

    pub(super) fn scans(&self) -> impl Iterator<Item = &TrackingEvent> {
        self.scans.values()
    }

    pub(super) fn reports(&self) -> &[ShipmentReport] {
        &self.reports
    }
}

/// Compares the JSON of two entries that were reported at the same time. Serialization is expensive, so call this only if the
/// times are equal.
fn by_text<T: Serialize>(one: &T, other: &T) -> Ordering {
    text(one).cmp(&text(other))
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
