//! Where a parcel is and how it goes, told scan by scan and statement by statement in the order in which they happened.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use doorstep_core::wire::{ActionRequired, Condition, ConditionState, Direction, Source, Stage};

use super::condition;
use super::log::{Log, Scan, Statement};
use super::own::Own;
use super::stage::{follows, instant, is_early, is_ending, is_moving, is_unknown, may_claim, rank};

/// Scans on later days that say that a delivered parcel is on its way again, where no summary does: one alone is a wrong clock.
const SCANS_OF_A_NEW_LEG: usize = 2;

/// Where it ends up.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) stage: Stage,
    pub(super) condition: Condition,
    pub(super) action: Option<ActionRequired>,
    /// Whether some of its pieces were delivered, and not all.
    pub(super) in_part: bool,
    /// When the leg began that it is on, where one was over before.
    pub(super) leg_began: Option<DateTime<Utc>>,
    /// When its label was voided, the last time: what was expected of that label is void with it.
    pub(super) voided: Option<DateTime<Utc>>,
    /// Whether only the retailer has said anything so far.
    untold: bool,
    /// Whether a provider has asked for what is to be done.
    asked_by_provider: bool,
    to_the_shopper: bool,
    delivered_on: Option<NaiveDate>,
    scans_since: usize,
    pieces_left: BTreeSet<String>,
    pieces_unseen: usize,
}

/// The whole story.
pub(super) fn told(log: &Log, direction: &Direction, own: &Own<'_>, statements: &[&Statement], zone: Tz) -> Story {
    let named: BTreeSet<String> = own.scans.iter().filter_map(|scan| scan.piece.clone()).collect();
    let pieces = statements.iter().rev().find_map(|statement| statement.facts.pieces).unwrap_or_default();
    let mut story = Story {
        stage: log.opening_stage().clone(),
        condition: Condition::default(),
        action: None,
        in_part: false,
        leg_began: None,
        voided: None,
        untold: true,
        asked_by_provider: false,
        to_the_shopper: *direction != Direction::Return,
        delivered_on: None,
        scans_since: 0,
        pieces_unseen: usize::try_from(pieces).unwrap_or_default().saturating_sub(named.len()),
        pieces_left: named,
    };
    let mut statements = statements.iter().peekable();
    for scan in &own.scans {
        let at = instant(&scan.event, zone);
        while let Some(statement) = statements.next_if(|statement| statement.at.utc() < at) {
            story.hear(statement, zone);
        }
        story.see(scan, at);
    }
    statements.for_each(|statement| story.hear(statement, zone));
    // What is left to come is worth less than what has come, but it is said.
    if story.in_part && !is_ending(&story.stage) {
        story.stage = Stage::Delivered;
    }
    story
}

impl Story {
    /// One more scan.
    fn see(&mut self, scan: &Scan, at: DateTime<Utc>) {
        let event = &scan.event;
        if event.stage == Stage::Cancelled && event.source == Source::Carrier && self.is_voidable() {
            self.untold = false;
            return self.void(at);
        }
        if event.stage == Stage::Delivered && self.leaves_pieces(scan) {
            self.in_part = true;
            return;
        }
        let begins = self.untold && is_early(&self.stage);
        let has_cleared = self.stage == Stage::Customs && event.stage == Stage::InTransit && event.condition.is_none();
        self.untold = false;
        if self.stage == Stage::Delivered && is_moving(&event.stage) {
            self.scans_since += usize::from(self.delivered_on.is_some_and(|on| event.at.local.date > on));
            if self.scans_since < SCANS_OF_A_NEW_LEG {
                return;
            }
            self.begin_again(event.stage.clone(), at);
        } else if begins || follows(&self.stage, &event.stage) || self.is_brought_again(&event.stage) {
            self.go_to(event.stage.clone(), event.at.local.date);
        } else if !is_unknown(&event.stage) {
            // A scan that cannot follow says nothing about how it goes, either.
            return;
        }
        let before = std::mem::take(&mut self.condition);
        let was = before.state.clone();
        // Customs lets go of nothing before it has what it asked for.
        let is_answered = has_cleared && matches!(before.state, ConditionState::DocumentsDue | ConditionState::PaymentDue);
        self.condition = if is_answered { Condition::default() } else { condition::after_event(before, event, at) };
        // What somebody had to do was about the trouble before.
        let is_other = self.condition.state != was;
        if was != ConditionState::Ok && is_other && (self.asked_by_provider || self.condition.state == ConditionState::Ok) {
            self.action = None;
        }
    }

    /// One more statement.
    fn hear(&mut self, statement: &Statement, zone: Tz) {
        let facts = &statement.facts;
        if let Some(claim) = &facts.stage {
            self.believe(claim, statement, zone);
        }
        let is_over = statement.answered || self.ends_action(statement);
        if let Some(told) = &facts.condition {
            let before = std::mem::take(&mut self.condition);
            self.condition = condition::as_told(&before, told, statement.told_at.utc());
        }
        if is_over {
            self.action = None;
        }
        if let Some(action) = &facts.action_required {
            self.action = Some(action.clone());
            self.asked_by_provider = statement.is_a_providers();
        }
    }

    /// Whether it says that what somebody had to do is over: the trouble is, or a provider that asked for something says that all is well
    /// or that the parcel moves on. What the shop asks for without trouble is the shop's to end.
    fn ends_action(&self, statement: &Statement) -> bool {
        let facts = &statement.facts;
        let state = facts.condition.as_ref().map(|condition| &condition.state);
        let is_well = state == Some(&ConditionState::Ok);
        let moves_on = state.is_none() && statement.is_a_providers() && facts.stage.as_ref().is_some_and(is_moving);
        let is_theirs = self.asked_by_provider == statement.is_a_providers();
        (is_well && (is_theirs || self.condition.state != ConditionState::Ok)) || (moves_on && self.asked_by_provider)
    }

    /// A summary has no date of its own and says roughly where it is: it takes nothing back that a scan has said.
    fn believe(&mut self, claim: &Stage, statement: &Statement, zone: Tz) {
        let date = statement.at.0.with_timezone(&zone).date_naive();
        if *claim == Stage::Cancelled && statement.is_a_providers() && self.is_voidable() {
            return self.void(statement.at.utc());
        }
        // Where pieces are counted, a summary speaks of one of them.
        if *claim == Stage::Delivered && self.in_part {
            return;
        }
        if self.stage == Stage::Delivered && is_moving(claim) && self.scans_since > 0 {
            return self.begin_again(claim.clone(), statement.at.utc());
        }
        let adds = !statement.beside_scans || rank(claim) > rank(&self.stage);
        let believed = match is_ending(claim) {
            true => may_claim(&self.stage, claim),
            false => !is_ending(&self.stage) && follows(&self.stage, claim) && adds,
        };
        if believed {
            self.go_to(claim.clone(), date);
        }
    }

    /// A carrier cancels labels, not orders: a parcel that it never had is still with the shop. A label that was to bring something back is
    /// of no use to anybody.
    fn is_voidable(&self) -> bool {
        self.to_the_shopper && is_early(&self.stage)
    }

    fn void(&mut self, at: DateTime<Utc>) {
        self.voided = Some(at);
        self.stage = Stage::Packed;
        self.condition = Condition::default();
        self.action = None;
    }

    fn go_to(&mut self, stage: Stage, date: NaiveDate) {
        let is_collected_no_more = self.stage == Stage::ReadyForPickup && self.asked_by_provider;
        if (is_ending(&stage) || is_collected_no_more) && stage != self.stage {
            self.action = None;
        }
        if stage == Stage::Delivered {
            (self.delivered_on, self.scans_since) = (Some(date), 0);
            self.in_part = false;
        }
        self.stage = stage;
    }

    /// It was brought, and is on its way once more.
    fn begin_again(&mut self, stage: Stage, at: DateTime<Utc>) {
        self.leg_began = Some(at);
        (self.delivered_on, self.scans_since) = (None, 0);
        self.condition = Condition::default();
        self.stage = stage;
    }

    /// Whether it was delivered once more: what was scanned in between had a wrong clock, or was the way to this delivery.
    fn is_brought_again(&self, stage: &Stage) -> bool {
        self.stage == Stage::Delivered && *stage == Stage::Delivered
    }

    /// Whether other pieces are still to come after this one was delivered.
    fn leaves_pieces(&mut self, scan: &Scan) -> bool {
        let Some(piece) = &scan.piece else { return false };
        self.pieces_left.remove(piece);
        !self.pieces_left.is_empty() || self.pieces_unseen > 0
    }
}
