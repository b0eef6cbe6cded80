//! Applies the retailer's decision to a case.

use chrono::{DateTime, Utc};
use doorstep_contract::bounds::MESSAGE;
use doorstep_contract::invalid::{Findings, Invalid};
use doorstep_contract::{CaseId, CaseNext, CaseState, CaseStep, NextStep, Outcome, Party, ReturnState, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grant::grant;
use super::machine::may_follow;
use super::steps::{change, enter, entry};
use crate::order::{Note, OrderAggregate};
use crate::policy::Rules;

/// Change of a case by the retailer. Fields that are left out stay unchanged.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CaseUpdate {
    /// New state of the case.
    pub state: Option<CaseState>,
    /// Granted outcome: `refund`, `store_credit` or `replacement`. The refund or the shipment is added to the order.
    pub outcome: Option<Outcome>,
    /// Message to the shopper.
    pub message: Option<String>,
    /// Next step of the case.
    pub next: Option<NewNext>,
    /// Step at the carrier: `carrier_asked` or `carrier_answered`.
    pub step: Option<CaseStep>,
}

/// Next step of a case.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNext {
    /// The step.
    pub what: NextStep,
    /// Party that takes the step.
    pub who: Party,
    /// Time by which the step is due.
    pub by: Option<Timestamp>,
}

/// Applies the retailer's decision to a case. On an error returns all findings, and nothing has changed.
pub fn update(
    record: &mut OrderAggregate,
    rules: &Rules,
    id: &CaseId,
    update: &CaseUpdate,
    now: DateTime<Utc>,
) -> Result<(), Invalid> {
    check(record, id, update)?;
    change(record, id, |case, private| {
        if let Some(step) = &update.step {
            let who = if *step == CaseStep::CarrierAnswered { Party::Carrier } else { Party::Retailer };
            case.timeline.push(entry(now, who, step.clone(), None));
        }
        if let Some(text) = &update.message {
            case.timeline.push(entry(now, Party::Retailer, CaseStep::Message, Some(text.clone())));
            private.notes.push(Note { at: now.into(), who: Party::Retailer, text: text.clone(), evidence: Vec::new() });
        }
    });
    if let Some(outcome) = &update.outcome {
        grant(record, rules, id, outcome, now);
        change(record, id, |case, _| case.outcome = Some(outcome.clone()));
    }
    change(record, id, |case, private| {
        if let Some(state) = &update.state {
            match state {
                CaseState::Resolved => case.timeline.push(entry(now, Party::Retailer, CaseStep::Resolved, None)),
                CaseState::Declined => case.timeline.push(entry(now, Party::Retailer, CaseStep::Declined, None)),
                CaseState::Received
                | CaseState::InProgress
                | CaseState::WaitingForShopper
                | CaseState::WaitingForCarrier
                | CaseState::Unknown(_) => {}
            }
            enter(case, private, rules, state.clone(), now);
        }
        if let Some(next) = update.next.clone().filter(|_| case.state.is_open()) {
            case.next = Some(CaseNext { what: next.what, who: next.who, by: next.by });
        }
    });
    Ok(())
}

fn check(record: &OrderAggregate, id: &CaseId, update: &CaseUpdate) -> Result<(), Invalid> {
    let mut findings = Findings::default();
    let Some(case) = record.order.cases.iter().find(|case| case.id == *id) else { return Ok(()) };
    if let Some(state) = &update.state {
        findings.word(state.as_str(), CaseState::VALUES, "/state");
        let possible = *state == case.state || may_follow(&case.state, state);
        findings.refuse_if(!possible, "/state", "not-possible-from-here");
    }
    // While a case has an open return, the decision about the return also decides the case. Two separate decisions could pay
    // twice.
    let back = record.order.returns.iter().find(|back| Some(&back.id) == case.return_id.as_ref());
    let open =
        back.is_some_and(|back| !matches!(back.state, ReturnState::Completed | ReturnState::Rejected | ReturnState::Expired));
    findings.refuse_if(open && update.state.as_ref().is_some_and(|state| !state.is_open()), "/state", "return-is-open");
    findings.refuse_if(back.is_some() && update.outcome.is_some(), "/outcome", "decided-by-the-return");
    let over = !case.state.is_open();
    findings.refuse_if(over && (update.outcome.is_some() || update.next.is_some() || update.step.is_some()), "", "case-is-over");
    if let Some(outcome) = &update.outcome {
        let can = matches!(outcome, Outcome::Refund | Outcome::StoreCredit | Outcome::Replacement);
        findings.refuse_if(!can, "/outcome", "unknown-value");
        let granted = record.private.cases.get(id).is_some_and(|private| private.granted.is_some());
        findings.refuse_if(granted, "/outcome", "granted-already");
        let refused = update.state == Some(CaseState::Declined);
        findings.refuse_if(refused, "/outcome", "not-for-a-declined-case");
        findings.refuse_if(*outcome == Outcome::Replacement && !case.kind.is_report(), "/outcome", "nothing-to-replace");
    }
    if let Some(step) = &update.step {
        findings.refuse_if(!matches!(step, CaseStep::CarrierAsked | CaseStep::CarrierAnswered), "/step", "unknown-value");
    }
    if let Some(text) = &update.message {
        findings.text(text, "/message");
        findings.refuse_if(text.chars().count() > MESSAGE, "/message", "too-long");
    }
    if let Some(next) = &update.next {
        findings.word(next.what.as_str(), NextStep::VALUES, "/next/what");
        findings.word(next.who.as_str(), Party::VALUES, "/next/who");
    }
    findings.into_result()
}
