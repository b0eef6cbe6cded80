//! Applies the decisions of the retailer's staff about a return: approval, arrival, and the result of the inspection.

use chrono::{DateTime, Utc};
use doorstep_contract::bounds::MESSAGE;
use doorstep_contract::invalid::{Findings, Invalid};
use doorstep_contract::{CaseState, CaseStep, Money, Party, RefundState, ReturnState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::begin::approve;
use super::follow::{is_still_available, receive};
use super::machine::may_follow;
use super::refund::promise_refund;
use super::steps::{grant_replacement, is_withdrawal, known, refund_of, step, update_case};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::self_service::case::{change, enter, entry};

/// Step of a return that the retailer's staff take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnStep {
    /// The return is approved.
    Approve,
    /// The return is refused.
    Refuse,
    /// The return has arrived. Used if no carrier reports the arrival.
    Receive,
    /// The return was inspected.
    Inspect,
}

/// Result of the inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnDecision {
    /// Accepted in full.
    Accepted,
    /// Accepted with a deduction.
    Partially,
    /// Rejected; nothing is refunded.
    Rejected,
}

/// One decision of the retailer's staff about a return.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnUpdate {
    /// Step to take.
    pub step: ReturnStep,
    /// Result of the inspection. Required for `inspect` and not allowed otherwise.
    pub result: Option<ReturnDecision>,
    /// Amount deducted from the refund. Required for `partially` and not allowed otherwise.
    #[serde(default, deserialize_with = "doorstep_contract::strict::optional")]
    pub deduction: Option<Money>,
    /// Reason, as text for the shopper. Required if the return is refused or rejected, or if an amount is deducted.
    pub text: Option<String>,
}

/// Applies the decision to the return with this id. On an error returns all findings, and nothing has changed.
pub fn decide(
    record: &mut OrderAggregate,
    rules: &Rules,
    id: &str,
    update: &ReturnUpdate,
    now: DateTime<Utc>,
) -> Result<(), Invalid> {
    check(record, id, update)?;
    let text = update.text.clone();
    match (update.step, update.result) {
        (ReturnStep::Approve, _) => approve(record, rules, id, now),
        (ReturnStep::Refuse, _) => reject(record, rules, id, text, now),
        (ReturnStep::Receive, _) => {
            receive(record, rules, id, now, now);
        }
        (ReturnStep::Inspect, Some(ReturnDecision::Rejected)) => {
            update_case(record, rules, id, vec![entry(now, Party::Retailer, CaseStep::ReturnInspected, text)], None, now);
            reject(record, rules, id, None, now);
        }
        (ReturnStep::Inspect, _) => accept(record, rules, id, update, now),
    }
    Ok(())
}

fn reject(record: &mut OrderAggregate, rules: &Rules, id: &str, text: Option<String>, now: DateTime<Utc>) {
    let Some(case_id) = known(record, id).and_then(|(rma, _)| rma.case_id.clone()) else { return };
    if step(record, id, ReturnState::Rejected) {
        change(record, &case_id, |case, private| {
            case.timeline.push(entry(now, Party::Retailer, CaseStep::Declined, text));
            enter(case, private, rules, CaseState::Declined, now);
        });
    }
}

fn accept(record: &mut OrderAggregate, rules: &Rules, id: &str, update: &ReturnUpdate, now: DateTime<Utc>) {
    let Some((_, private)) = known(record, id) else { return };
    if !step(record, id, ReturnState::Inspected) {
        return;
    }
    let inspected = entry(now, Party::Retailer, CaseStep::ReturnInspected, update.text.clone());
    update_case(record, rules, id, vec![inspected], None, now);
    if private.to.is_none() {
        return grant_replacement(record, rules, id, now);
    }
    let less = |amount: Money| {
        let minor = amount.minor.saturating_sub(update.deduction.as_ref().map_or(0, |less| less.minor)).max(0);
        Money { minor, ..amount }
    };
    promise_refund(record, rules, id, private.amount.map(less), now);
}

fn check(record: &OrderAggregate, id: &str, update: &ReturnUpdate) -> Result<(), Invalid> {
    let mut findings = Findings::default();
    let Some((rma, private)) = known(record, id) else { return Ok(()) };
    let is_inspection = update.step == ReturnStep::Inspect;
    let possible = match update.step {
        ReturnStep::Approve | ReturnStep::Refuse => rma.state == ReturnState::Requested,
        ReturnStep::Receive => may_follow(&rma.state, &ReturnState::Received),
        ReturnStep::Inspect => rma.state == ReturnState::Received,
    };
    findings.refuse_if(!possible, "/step", "not-possible-from-here");
    let elsewhere = rma.state == ReturnState::Expired && !is_still_available(&record.order, rma);
    findings.refuse_if(update.step == ReturnStep::Receive && elsewhere, "/step", "asked-for-again");
    findings.refuse_if(is_inspection && update.result.is_none(), "/result", "missing");
    findings.refuse_if(!is_inspection && update.result.is_some(), "/result", "not-for-this-step");
    let partially = update.result == Some(ReturnDecision::Partially);
    findings.refuse_if(partially && update.deduction.is_none(), "/deduction", "missing");
    findings.refuse_if(!partially && update.deduction.is_some(), "/deduction", "not-for-this-result");
    let needs_text = partially || update.step == ReturnStep::Refuse || update.result == Some(ReturnDecision::Rejected);
    findings.refuse_if(needs_text && update.text.as_deref().is_none_or(|text| text.trim().is_empty()), "/text", "missing");
    findings.refuse_if(update.text.as_ref().is_some_and(|text| text.chars().count() > MESSAGE), "/text", "too-long");
    let refused = update.result == Some(ReturnDecision::Rejected) && is_withdrawal(&record.order, rma);
    findings.refuse_if(refused, "/result", "not-for-a-withdrawal");
    let on_its_way = refund_of(&record.order, rma).is_some_and(|refund| refund.state != RefundState::Promised);
    findings.refuse_if(partially && on_its_way, "/deduction", "refund-is-on-its-way");
    if let Some(deduction) = &update.deduction {
        match &private.amount {
            Some(amount) => {
                findings.refuse_if(amount.currency != deduction.currency, "/deduction/currency", "differs");
                findings.refuse_if(!(1..=amount.minor).contains(&deduction.minor), "/deduction/minor", "out-of-range");
            }
            None => findings.refuse("/deduction", "amount-unknown"),
        }
    }
    findings.into_result()
}
