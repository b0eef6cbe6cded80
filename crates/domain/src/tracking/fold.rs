//! Computes the stage and the condition of a parcel. Applies scans and shipment reports one by one, in the order in which they
//! happened. Called by `project`; the rules are in `stage` and `condition`.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use doorstep_contract::{ActionRequired, Condition, ConditionState, Direction, Event, Source, Stage, StagePhase};

use super::attribution::Attribution;
use super::condition;
use super::context::Context;
use super::log::{ShipmentReport, TrackingEvent, TrackingLog};
use super::places::{End, Ends};
use super::resolved_scan::{ReportedMoment, ResolvedScan};
use super::stage::{
    Moment, begins_a_new_leg, follows, has_ended, instant, is_early, is_ending, is_moving, is_unknown, may_claim, rank,
};

/// A delivered parcel is on its way again after this number of scans on later days. A single scan may have a wrong date, so it
/// counts only if a shipment report confirms it.
const SCANS_OF_A_NEW_LEG: usize = 2;

/// State of the parcel after the scans and reports so far.
#[derive(Clone, Debug)]
pub(super) struct TrackingFold {
    pub(super) stage: Stage,
    pub(super) condition: Condition,
    pub(super) action: Option<ActionRequired>,
    /// True if some pieces were delivered and others not.
    pub(super) in_part: bool,
    /// Start of the current leg, if the parcel was put on its way again after a delivery or a return.
    pub(super) leg_began: Option<DateTime<Utc>>,
    /// Time at which the label was last voided. Delivery estimates that providers made until then no longer count.
    pub(super) voided: Option<DateTime<Utc>>,
    /// Time at which the parcel began to go back to the sender.
    pub(super) returning_since: Option<DateTime<Utc>>,
    /// Ids of scans that state `delivered` and are deliveries to the sender.
    pub(super) returned_scan_ids: BTreeSet<String>,
    /// True until the first scan was applied.
    only_retailer_reported: bool,
    /// True if a provider requested the required action.
    asked_by_provider: bool,
    /// False for a return shipment.
    to_the_shopper: bool,
    ends: Ends,
    /// True if a scan reported a problem that can make the parcel go back, or the parcel waited at a pickup point.
    has_failed: bool,
    /// True if a scan or a report states the stage `returned`.
    is_reported_returned: bool,
    /// The last delivery in the current leg.
    delivered: Option<ReportedMoment>,
    /// Number of scans on later days that show the delivered parcel on its way.
    scans_since: usize,
    /// Pieces with scans of their own that are not delivered yet.
    pieces_left: BTreeSet<String>,
    /// Number of reported pieces without scans of their own.
    pieces_unseen: usize,
}

/// Returns the state of the parcel after all scans and reports.
pub(super) fn fold(
    log: &TrackingLog,
    direction: &Direction,
    attribution: &Attribution<'_>,
    reports: &[&ShipmentReport],
    context: Context<'_>,
) -> TrackingFold {
    let zone = context.zone;
    let named: BTreeSet<String> = attribution.scans.iter().filter_map(|scan| scan.piece.clone()).collect();
    let pieces = reports.iter().rev().find_map(|report| report.facts.pieces).unwrap_or_default();
    let mut fold = TrackingFold {
        stage: log.opening_stage().clone(),
        condition: Condition::default(),
        action: None,
        in_part: false,
        leg_began: None,
        voided: None,
        returning_since: None,
        returned_scan_ids: BTreeSet::new(),
        only_retailer_reported: true,
        asked_by_provider: false,
        to_the_shopper: *direction != Direction::Return,
        ends: Ends::of(context.address),
        has_failed: false,
        is_reported_returned: false,
        delivered: None,
        scans_since: 0,
        pieces_unseen: usize::try_from(pieces).unwrap_or_default().saturating_sub(named.len()),
        pieces_left: named,
    };
    let mut reports = reports.iter().peekable();
    for scan in &attribution.scans {
        let at = instant(&scan.event, zone);
        while let Some(report) = reports.next_if(|report| report.at.utc() < at) {
            fold.apply_report(report, zone);
        }
        fold.apply_event(scan, at, zone);
    }
    reports.for_each(|report| fold.apply_report(report, zone));
    // A shipment of which some pieces were delivered is shown as delivered, with `in_part` set.
    if fold.in_part && !is_ending(&fold.stage) {
        fold.stage = Stage::Delivered;
    }
    fold
}

impl TrackingFold {
    /// Applies one scan.
    fn apply_event(&mut self, scan: &TrackingEvent, at: DateTime<Utc>, zone: Tz) {
        let event = &scan.event;
        if event.stage == Stage::Cancelled && event.source == Source::Carrier && self.is_voidable() {
            self.only_retailer_reported = false;
            return self.void(at);
        }
        self.is_reported_returned |= event.stage == Stage::Returned;
        let end = self.to_the_shopper.then(|| self.ends.end(event.place.as_ref())).flatten();
        let reported = ReportedMoment { moment: Moment::of(event, zone), reported_at: scan.first_report().utc() };
        let resolved = ResolvedScan { event, stage: self.stage_of(event, end), end, reported, at };
        if resolved.stage == Stage::Returned && event.stage == Stage::Delivered {
            self.returned_scan_ids.insert(event.id.clone());
        }
        if matches!(resolved.stage, Stage::Delivered | Stage::Returned) && self.leaves_pieces(scan) {
            self.in_part |= resolved.stage == Stage::Delivered;
            return;
        }
        let was_at = self.stage.clone();
        if !self.apply_stage(&resolved, zone) {
            return;
        }
        if self.to_the_shopper && self.returning_since.is_none() {
            self.ends.observe(event);
        }
        self.apply_condition(&resolved, &was_at);
    }

    /// Returns the stage that a scan means. A delivered scan means `returned` if it is at the sender's end after a delivery or a
    /// problem, or if the parcel is on its way back and the scan is not at the shopper's end.
    fn stage_of(&self, event: &Event, end: Option<End>) -> Stage {
        let comes_back = match (&self.stage, end) {
            (_, Some(End::Shopper)) => false,
            (Stage::Returning | Stage::Returned, _) | (Stage::Delivered, Some(End::Sender)) => true,
            (_, Some(End::Sender)) => self.has_failed,
            (_, None) => false,
        };
        match self.to_the_shopper && event.stage == Stage::Delivered && comes_back {
            true => Stage::Returned,
            false => event.stage.clone(),
        }
    }

    /// Moves the parcel to the stage of a scan, if that stage can follow. Returns true if the scan may also change the condition.
    fn apply_stage(&mut self, resolved: &ResolvedScan<'_>, zone: Tz) -> bool {
        let (stage, event) = (&resolved.stage, resolved.event);
        let begins = self.only_retailer_reported && is_early(&self.stage);
        self.only_retailer_reported = false;
        if self.is_refused_afterwards(resolved) {
            self.begin_leg(if is_moving(stage) { stage.clone() } else { Stage::InTransit }, resolved.at);
        } else if self.turns_to_the_shopper(resolved, zone) {
            self.begin_leg(stage.clone(), resolved.at);
        } else if self.stage == Stage::Delivered && is_moving(stage) {
            let begins_anew = self.delivered.is_some_and(|delivered| begins_a_new_leg(event, delivered.moment, zone));
            self.scans_since += usize::from(begins_anew);
            if !begins_anew || self.scans_since < SCANS_OF_A_NEW_LEG {
                return false;
            }
            self.begin_leg(stage.clone(), resolved.at);
        } else if begins || follows(&self.stage, stage) || self.is_brought_again(stage) {
            self.enter_stage(stage.clone(), resolved.reported, resolved.at);
        } else {
            // A scan whose stage cannot follow does not change the condition. A scan with an unknown stage may change it, unless
            // the condition of the scan is administrative.
            return is_unknown(stage) && !is_administrative(&self.stage, event.condition.as_ref());
        }
        true
    }

    fn apply_condition(&mut self, resolved: &ResolvedScan<'_>, was_at: &Stage) {
        let has_cleared = *was_at == Stage::Customs && resolved.stage == Stage::InTransit && resolved.event.condition.is_none();
        let before = std::mem::take(&mut self.condition);
        let was = before.state.clone();
        // Customs releases a parcel only after it has received the documents or the payment that it requested.
        let is_answered = has_cleared && matches!(before.state, ConditionState::DocumentsDue | ConditionState::PaymentDue);
        let after = || condition::after_event(before, resolved.event, &resolved.stage, resolved.at);
        self.condition = if is_answered { Condition::default() } else { after() };
        self.has_failed |= condition::keeps_from_delivery(&self.condition.state) || resolved.stage == Stage::ReadyForPickup;
        // The required action belonged to the earlier problem. After the condition `not_collected` the shopper can no longer
        // collect the parcel.
        let is_other = self.condition.state != was;
        let is_over = was != ConditionState::Ok && (self.asked_by_provider || self.condition.state == ConditionState::Ok);
        if is_other && (is_over || self.condition.state == ConditionState::NotCollected) {
            self.action = None;
        }
    }

    /// Returns true if a scan after the delivery reports that the shopper refused the parcel.
    fn is_refused_afterwards(&self, resolved: &ResolvedScan<'_>) -> bool {
        let is_later =
            self.delivered.is_some_and(|delivered| resolved.reported.moment.since(delivered.moment) > TimeDelta::zero());
        let is_refused = resolved.event.condition == Some(ConditionState::Refused) && !is_ending(&resolved.stage);
        self.stage == Stage::Delivered && is_refused && is_later
    }

    /// Returns true if a parcel that was reported as going back is out for delivery or ready for pickup at the shopper's end. The
    /// report of the return was then a mistake.
    fn turns_to_the_shopper(&self, resolved: &ResolvedScan<'_>, zone: Tz) -> bool {
        let is_later = self.returning_since.is_some_and(|since| resolved.reported.moment.is_well_after(Moment::at(since, zone)));
        let is_near =
            matches!(resolved.stage, Stage::OutForDelivery | Stage::ReadyForPickup) && resolved.end == Some(End::Shopper);
        self.stage == Stage::Returning && is_near && is_later
    }

    /// Applies one shipment report.
    fn apply_report(&mut self, report: &ShipmentReport, zone: Tz) {
        let facts = &report.facts;
        if let Some(claim) = &facts.stage {
            self.apply_claimed_stage(claim, report, zone);
        }
        let is_over = report.answered || self.ends_action(report);
        let is_provider = report.is_from_provider();
        let after_the_end = |state| is_provider && is_administrative(&self.stage, Some(state));
        if let Some(reported) = facts.condition.as_ref().filter(|reported| !after_the_end(&reported.state)) {
            let before = std::mem::take(&mut self.condition);
            self.condition = condition::as_reported(&before, reported, report.reported_at.utc());
        }
        if is_over {
            self.action = None;
        }
        // A provider's request for an action is ignored once the parcel has arrived.
        let has_arrived = matches!(self.stage, Stage::Delivered | Stage::Returned) && !self.in_part;
        if let Some(action) = facts.action_required.as_ref().filter(|_| !is_provider || !has_arrived) {
            self.action = Some(action.clone());
            self.asked_by_provider = is_provider;
        }
    }

    /// Returns true if a report ends the required action. The condition `ok` ends it if the parcel had a problem, or if the
    /// report comes from the side (provider or shop) that requested the action. If a provider requested the action, a provider's
    /// report that the parcel moves on ends it too.
    fn ends_action(&self, report: &ShipmentReport) -> bool {
        let facts = &report.facts;
        let state = facts.condition.as_ref().map(|condition| &condition.state);
        let is_ok = state == Some(&ConditionState::Ok);
        let moves_on = state.is_none() && report.is_from_provider() && facts.stage.as_ref().is_some_and(is_moving);
        let is_requester = self.asked_by_provider == report.is_from_provider();
        (is_ok && (is_requester || self.condition.state != ConditionState::Ok)) || (moves_on && self.asked_by_provider)
    }

    /// Applies the stage of a shipment report. A report summarises the shipment without an exact time, so it does not undo a
    /// scan.
    fn apply_claimed_stage(&mut self, claim: &Stage, report: &ShipmentReport, zone: Tz) {
        let (at, reported_at) = (report.at.utc(), report.reported_at.utc());
        let reported = ReportedMoment { moment: Moment::at(at, zone), reported_at };
        if *claim == Stage::Cancelled && report.is_from_provider() && self.is_voidable() {
            return self.void(at);
        }
        let returns = self.to_the_shopper && self.stage == Stage::Returning && *claim == Stage::Delivered;
        if returns {
            // A report of `delivered` without scans only repeats the delivery, if the parcel was delivered before it went back.
            let repeats = self.delivered.is_some() && !report.beside_scans;
            if !repeats {
                self.enter_stage(Stage::Returned, reported, at);
            }
            return;
        }
        // While only some pieces are delivered, a report of `delivered` is about one of them.
        if *claim == Stage::Delivered && self.in_part {
            return;
        }
        // Only a report that was made after the report of the delivery can put the parcel on its way again.
        let is_after_delivery = self.delivered.is_none_or(|delivered| reported_at >= delivered.reported_at);
        if self.stage == Stage::Delivered && is_moving(claim) && self.scans_since > 0 && is_after_delivery {
            return self.begin_leg(claim.clone(), at);
        }
        let adds = !report.beside_scans || rank(claim) > rank(&self.stage);
        let is_accepted = match is_ending(claim) {
            true => may_claim(&self.stage, claim),
            false => !is_ending(&self.stage) && follows(&self.stage, claim) && adds,
        };
        if is_accepted {
            self.is_reported_returned |= *claim == Stage::Returned;
            self.enter_stage(claim.clone(), reported, at);
        }
    }

    /// Returns true if a cancellation by the carrier only voids the label. This is so for a parcel to the shopper that the
    /// carrier never had, because the parcel is still with the shop. A cancelled return stays cancelled.
    fn is_voidable(&self) -> bool {
        self.to_the_shopper && is_early(&self.stage)
    }

    fn void(&mut self, at: DateTime<Utc>) {
        self.voided = Some(at);
        self.stage = Stage::Packed;
        self.condition = Condition::default();
        self.action = None;
    }

    fn enter_stage(&mut self, stage: Stage, reported: ReportedMoment, at: DateTime<Utc>) {
        let is_collected_no_more = self.stage == Stage::ReadyForPickup && self.asked_by_provider;
        if (is_ending(&stage) || is_collected_no_more) && stage != self.stage {
            self.action = None;
        }
        if stage == Stage::Delivered {
            (self.delivered, self.scans_since, self.returning_since) = (Some(reported), 0, None);
            (self.in_part, self.is_reported_returned) = (false, false);
            self.returned_scan_ids.clear();
        }
        if stage.phase() == StagePhase::BackToSender {
            self.returning_since = self.returning_since.or(Some(at));
        }
        self.stage = stage;
    }

    /// Starts a new leg of a parcel that had been delivered or was going back.
    fn begin_leg(&mut self, stage: Stage, at: DateTime<Utc>) {
        self.leg_began = Some(at);
        (self.delivered, self.scans_since, self.returning_since, self.is_reported_returned) = (None, 0, None, false);
        self.condition = Condition::default();
        self.stage = stage;
    }

    /// Returns true if a delivery follows an earlier delivery, or follows a return that was only inferred and never stated. The
    /// new delivery then replaces the earlier one.
    fn is_brought_again(&self, stage: &Stage) -> bool {
        let only_seemed_back = self.stage == Stage::Returned && !self.is_reported_returned;
        *stage == Stage::Delivered && (self.stage == Stage::Delivered || only_seemed_back)
    }

    /// Marks the piece of the scan as delivered. Returns true if other pieces are still to be delivered, and false if the scan
    /// names no piece.
    fn leaves_pieces(&mut self, scan: &TrackingEvent) -> bool {
        let Some(piece) = &scan.piece else { return false };
        self.pieces_left.remove(piece);
        !self.pieces_left.is_empty() || self.pieces_unseen > 0
    }
}

/// Returns true for an administrative condition: a condition that is reported after the journey of the parcel has ended, such as
/// a claim, a bill or a closed file. Administrative conditions are ignored. `damaged` and `ok` are never administrative, because
/// damage can be found after the delivery.
fn is_administrative(stage: &Stage, condition: Option<&ConditionState>) -> bool {
    let is_found_later = matches!(condition, Some(ConditionState::Damaged | ConditionState::Ok));
    has_ended(stage) && condition.is_some() && !is_found_later
}
