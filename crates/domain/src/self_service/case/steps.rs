//! Functions that change the state, the timeline and the next step of a case.

use chrono::{DateTime, Utc};
use doorstep_contract::{
    ActionKind, Case, CaseEntry, CaseId, CaseNext, CaseState, CaseStep, Feedback, NextStep, Party, Timestamp,
};

use super::machine::may_follow;
use crate::calendar::hours_after;
use crate::order::{OrderAggregate, PrivateCase};
use crate::policy::Rules;

/// Creates one entry of a case's timeline.
pub(crate) fn entry(at: DateTime<Utc>, who: Party, what: CaseStep, text: Option<String>) -> CaseEntry {
    CaseEntry { at: at.into(), who, what, text }
}

/// Returns the next step of a case that waits for the retailer's answer, due within the response hours of the policy.
pub fn answer_by(rules: &Rules, kind: &ActionKind, now: DateTime<Utc>) -> CaseNext {
    let hours = rules.cases.response_hours_of.get(kind.as_str()).copied().unwrap_or(rules.cases.response_hours);
    CaseNext { what: NextStep::Answer, who: Party::Retailer, by: Some(hours_after(now, hours).into()) }
}

/// Changes the case with this id. Does nothing if there is no such case.
pub fn change(record: &mut OrderAggregate, id: &CaseId, change: impl FnOnce(&mut Case, &mut PrivateCase)) {
    let Some(case) = record.order.cases.iter_mut().find(|case| case.id == *id) else { return };
    change(case, record.private.cases.entry(id.to_owned()).or_default());
}

/// Moves a case to another state. A closed case loses its next step, accepts no messages and, if the policy says so, asks for
/// feedback. Does nothing if the state machine does not allow the change.
pub fn enter(case: &mut Case, private: &mut PrivateCase, rules: &Rules, state: CaseState, now: DateTime<Utc>) {
    if case.state == state || !may_follow(&case.state, &state) {
        return;
    }
    private.since = Some(Timestamp::from(now));
    private.reminded = false;
    if !state.is_open() {
        case.next = None;
        case.can_reply = false;
        private.investigated_until = None;
        case.feedback = rules.cases.feedback.then_some(Feedback { asked: true, rating: None });
    }
    case.state = state;
}

/// Adds the step to the timeline of a case and resolves the case.
pub(crate) fn resolve(record: &mut OrderAggregate, rules: &Rules, id: &CaseId, who: Party, step: CaseStep, now: DateTime<Utc>) {
    change(record, id, |case, private| {
        case.timeline.push(entry(now, who.clone(), step.clone(), None));
        if step != CaseStep::Resolved {
            case.timeline.push(entry(now, who, CaseStep::Resolved, None));
        }
        enter(case, private, rules, CaseState::Resolved, now);
    });
}
