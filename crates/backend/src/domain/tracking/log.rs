//! The log of a shipment: every scan and every statement, by what they say and when they were said. It only grows, up to its limits,
//! and what is in it does not depend on the order in which it came.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_core::wire::{Condition, Event, Promise, Shipment, Stage, Timestamp, TrackingLevel};
use serde::{Deserialize, Serialize};

use super::{Context, ShipmentFacts, Update, is_same_number, stage, tell};
use crate::domain::calendar::whole_seconds;

/// Scans that are kept; the oldest go first.
const MOST_SCANS: usize = 1_000;
/// Statements that are kept; the oldest go first, but never the first expectation.
const MOST_STATEMENTS: usize = 500;
/// Bytes of one scan or one statement; a longer one is none, and would be written again with every change of the order.
const LONGEST: usize = 16 * 1_024;
/// Names that providers have for one shipment; one that is longer than this many bytes is none.
const MOST_REFERENCES: usize = 10;
const LONGEST_REFERENCE: usize = 100;
/// How far ahead a clock can be: readings without a zone are taken for the destination's. One that is further ahead is wrong.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(1);

/// What was ever said about a shipment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Log {
    /// The carrier's number that it was said about.
    number: Option<String>,
    opening: Opening,
    scans: BTreeMap<String, Scan>,
    statements: Vec<Statement>,
    /// What providers call it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    references: BTreeSet<String>,
}

/// What is known before anything is said: what the retailer's systems sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Opening {
    stage: Stage,
    promise: Option<Promise>,
    tracking_level: TrackingLevel,
    tracking_url: Option<String>,
    pieces: Option<u32>,
    usual_gap_h: Option<u32>,
    last_carrier_update: Option<Timestamp>,
    /// The oldest scan that was shown before there was a log: it stays, whatever the date of the order.
    shown_from: Option<Timestamp>,
}

/// A scan, and when it was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Scan {
    pub(super) event: Event,
    pub(super) told_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) piece: Option<String>,
    /// When it was told for the first time, where it was told again since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first_told_at: Option<Timestamp>,
}

/// What was said about the shipment as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Statement {
    /// Where it stands among the scans: after the newest one that came with it, else where it was told.
    pub(super) at: Timestamp,
    /// When it was told.
    pub(super) told_at: Timestamp,
    /// Its place among those that came without a time, which are taken in the order in which they come.
    #[serde(default)]
    pub(super) turn: u32,
    /// Whether scans came with it, which say more than a summary.
    #[serde(default)]
    pub(super) beside_scans: bool,
    /// Whether the shopper has done what was asked for.
    #[serde(default)]
    pub(super) answered: bool,
    pub(super) facts: ShipmentFacts,
}

impl Scan {
    /// Whether it stands in place of what is known under the same identity: the later word counts, and of two of the same moment always
    /// the same one.
    fn corrects(&self, known: &Self) -> bool {
        let known = &Self { first_told_at: None, ..known.clone() };
        self != known && self.told_at.cmp(&known.told_at).then_with(|| by_text(self, known)).is_gt()
    }

    /// Returns when it was told for the first time: providers repeat the whole history with every delivery.
    pub(super) fn first_told(&self) -> Timestamp {
        self.first_told_at.unwrap_or(self.told_at)
    }

    /// Notes when the same scan was told, too.
    pub(super) fn also_told_at(&mut self, told_at: Timestamp) {
        let first = self.first_told().min(told_at);
        self.first_told_at = (first < self.told_at).then_some(first);
    }
}

impl Statement {
    /// Whether a provider has said it: those say when, the shop's own systems say it now.
    pub(super) fn is_a_providers(&self) -> bool {
        self.turn == 0
    }
}

impl Log {
    /// The log of a shipment that has none yet: what is known of it becomes what was said of it first.
    pub(in crate::domain) fn of(shipment: &Shipment, context: Context<'_>) -> Self {
        let has_scans = !shipment.events.is_empty();
        let instants = || shipment.events.iter().map(|event| stage::instant(event, context.zone));
        let opening = Opening {
            stage: if has_scans { Stage::LabelCreated } else { shipment.stage.clone() },
            promise: shipment.promise.clone(),
            tracking_level: shipment.tracking_level.clone(),
            tracking_url: shipment.tracking_url.clone(),
            pieces: shipment.pieces,
            usual_gap_h: shipment.usual_gap_h,
            last_carrier_update: shipment.last_carrier_update,
            shown_from: instants().min().map(Timestamp::from),
        };
        let mut log = Self { number: shipment.tracking_number.clone(), opening, ..Self::default() };
        let began =
            instants().max().or(shipment.last_carrier_update.map(|at| at.utc())).or(context.placed_at).unwrap_or(context.now);
        let scans = Update { told_at: Some(began.into()), events: shipment.events.clone(), ..Update::default() };
        log.take(&scans, context);
        let alone = tell(shipment, &log, context);
        let differs = alone.stage != shipment.stage;
        // Since when it goes so is told anew: what is late by its promise has to stay free to be on time again.
        let goes = |shipment: &Shipment| (shipment.condition.state.clone(), shipment.condition.reason.clone());
        let goes_otherwise = goes(&alone) != goes(shipment) && (has_scans || shipment.condition != Condition::default());
        let facts = ShipmentFacts {
            stage: differs.then(|| shipment.stage.clone()),
            condition: goes_otherwise.then(|| shipment.condition.clone()),
            action_required: shipment.action_required.clone(),
            delivered: shipment.delivered.clone(),
            pickup: shipment.pickup.clone(),
            attempts: (shipment.attempts > alone.attempts).then_some(shipment.attempts),
            position: shipment.position.clone(),
            last_mile_carrier: shipment.last_mile_carrier.clone(),
            last_mile_tracking_number: shipment.last_mile_tracking_number.clone(),
            reroute_url: shipment.reroute_url.clone(),
            ..ShipmentFacts::default()
        };
        log.take(&Update { told_at: Some(began.into()), facts, ..Update::default() }, context);
        log
    }

    /// Takes in what was said. What is known already changes nothing.
    pub(in crate::domain) fn take(&mut self, update: &Update, context: Context<'_>) {
        let told_at = whole_seconds(update.told_at.map_or(context.now, Timestamp::utc));
        for event in &update.events {
            let scan = Scan {
                event: event.clone(),
                told_at: told_at.into(),
                piece: update.pieces.get(&event.id).cloned(),
                first_told_at: None,
            };
            if text(&scan).len() > LONGEST {
                continue;
            }
            match self.scans.get_mut(&event.id) {
                Some(known) => {
                    let (before, told) = (known.first_told(), scan.told_at);
                    if scan.corrects(known) {
                        *known = scan;
                    }
                    known.also_told_at(before.min(told));
                }
                None => {
                    self.scans.insert(event.id.clone(), scan);
                }
            }
        }
        if update.facts != ShipmentFacts::default() || update.answered {
            let told_at = if update.answered { self.after_all(told_at, context) } else { told_at };
            // A summary sums up the scans beside it, and those that follow come after it, whenever it was sent.
            let newest = update.events.iter().map(|event| stage::instant(event, context.zone)).max().unwrap_or(told_at);
            self.say(Statement {
                at: newest.into(),
                told_at: told_at.into(),
                turn: if update.told_at.is_none() { self.next_turn() } else { 0 },
                beside_scans: !update.events.is_empty(),
                answered: update.answered,
                facts: update.facts.clone(),
            });
        }
        self.references.extend(update.reference.clone().filter(|reference| reference.len() <= LONGEST_REFERENCE));
        self.trim(context);
    }

    /// What providers call the shipment where they do not say its number.
    pub(crate) fn references(&self) -> impl Iterator<Item = &String> {
        self.references.iter()
    }

    /// The shopper answers what is known by now, which a clock that is ahead may have dated later than now.
    fn after_all(&self, now: DateTime<Utc>, context: Context<'_>) -> DateTime<Utc> {
        let latest = now.checked_add_signed(AHEAD).unwrap_or(now);
        let scans = self.scans.values().map(|scan| stage::instant(&scan.event, context.zone));
        let told = self.statements.iter().map(|statement| statement.at.max(statement.told_at).utc());
        scans.chain(told).filter(|at| *at <= latest).fold(now, DateTime::max)
    }

    fn next_turn(&self) -> u32 {
        self.statements.iter().map(|statement| statement.turn).max().unwrap_or_default().saturating_add(1)
    }

    fn say(&mut self, statement: Statement) {
        if self.statements.contains(&statement) || text(&statement).len() > LONGEST {
            return;
        }
        self.statements.push(statement);
        let key = |statement: &Statement| (statement.at, statement.told_at, statement.turn);
        self.statements.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| by_text(one, other)));
    }

    /// Keeps the newest of each, and the first expectation: which ones that are does not depend on the order in which they came.
    fn trim(&mut self, context: Context<'_>) {
        let excess = self.scans.len().saturating_sub(MOST_SCANS);
        if excess > 0 {
            let dated = self.scans.iter().map(|(id, scan)| (stage::instant(&scan.event, context.zone), id.clone()));
            let mut by_age: Vec<(DateTime<Utc>, String)> = dated.collect();
            by_age.sort_unstable();
            for (_, id) in by_age.iter().take(excess) {
                self.scans.remove(id);
            }
        }
        while self.statements.len() > MOST_STATEMENTS {
            let first = self.statements.iter().position(|statement| statement.facts.promise_expected.is_some());
            self.statements.remove(usize::from(first == Some(0)));
        }
        while self.references.len() > MOST_REFERENCES {
            self.references.pop_first();
        }
    }

    /// Follows what the retailer's systems have replaced: a shipment with another number begins anew.
    pub(in crate::domain) fn follow(&mut self, shipment: &Shipment, context: Context<'_>) -> bool {
        if self.number.is_some() && !is_same_number(self.number.as_deref(), shipment.tracking_number.as_deref()) {
            return false;
        }
        self.number.clone_from(&shipment.tracking_number);
        self.opening.tracking_url.clone_from(&shipment.tracking_url);
        self.opening.tracking_level.clone_from(&shipment.tracking_level);
        self.opening.pieces = shipment.pieces;
        self.opening.usual_gap_h = shipment.usual_gap_h;
        let known = tell(shipment, self, context).promise;
        let said = |promise: &Option<Promise>| promise.as_ref().and_then(|promise| promise.expected);
        match (&known, &shipment.promise) {
            (None, Some(_)) => self.opening.promise.clone_from(&shipment.promise),
            (Some(_), Some(promise)) if said(&known) != said(&shipment.promise) => {
                let facts = ShipmentFacts {
                    promise_expected: promise.expected,
                    promise_source: Some(promise.source.clone()),
                    promise_confidence: Some(promise.confidence.clone()),
                    ..ShipmentFacts::default()
                };
                let mut with_it = self.clone();
                with_it.take(&Update { facts, ..Update::default() }, context);
                // A body that is sent again and again leaves no trace.
                if tell(shipment, &with_it, context).promise != known {
                    *self = with_it;
                }
            }
            (_, _) => {}
        }
        true
    }

    /// Puts a shipment back to what was known before anything was said.
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

    pub(super) fn scans(&self) -> impl Iterator<Item = &Scan> {
        self.scans.values()
    }

    pub(super) fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

/// An order among those that were told at the same time: by all that they say. Writing it down costs more than the rest of the
/// telling, so nobody asks before it has come to that.
fn by_text<T: Serialize>(one: &T, other: &T) -> Ordering {
    text(one).cmp(&text(other))
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
