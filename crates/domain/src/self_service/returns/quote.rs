//! Estimates the refund of a return before the shopper requests it. Changes nothing.

use chrono::{DateTime, Utc};
use doorstep_contract::invalid::{Findings, Invalid};
use doorstep_contract::{
    Action, ActionFamily, ActionKind, ActionState, Quote, QuotePart, QuotePartKind, QuoteRequest, RequestLine, ReturnMethod,
};

use super::amounts::{ReturnRequest, after_fee, fee, refund_before_fee};
use crate::calendar::{days_after, zone};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::policy::rules::Method;

/// Returns the estimated refund with the return methods, or all findings about the request. The order must have been recomputed
/// at `now`.
pub fn quote(record: &OrderAggregate, rules: &Rules, request: &QuoteRequest, now: DateTime<Utc>) -> Result<Quote, Invalid> {
    let kind = if request.kind == Some(ActionKind::Withdraw) { ActionKind::Withdraw } else { ActionKind::StartReturn };
    let action = record.order.actions.iter().find(|action| action.kind == kind && action.state == ActionState::Available);
    let lines = checked(action, request, &kind)?;
    let asked = ReturnRequest { kind: &kind, lines: &lines, outcome: request.outcome.as_ref() };
    let before_fee = refund_before_fee(record, rules, asked);
    let country = record.order.destination.as_ref().and_then(|to| to.country.as_ref());
    let offered = rules.returns.methods.iter().filter(|method| is_offered(method, country));
    let methods: Vec<ReturnMethod> = offered
        .map(|method| {
            let fee = fee(rules, method, asked, before_fee.amount.as_ref());
            ReturnMethod {
                id: method.id.clone(),
                kind: method.kind.clone(),
                name: method.name.clone(),
                amount: after_fee(before_fee.amount.as_ref(), fee.as_ref()),
                fee,
                printer: method.printer,
            }
        })
        .collect();
    let mut parts = before_fee.parts;
    // If all return methods have the same fee, the fee is listed among the parts. The amount of the quote is still the refund
    // before the fee.
    if let Some(first) = methods.first().and_then(|method| method.fee.clone())
        && methods.iter().all(|method| method.fee.as_ref() == Some(&first))
    {
        let amount = doorstep_contract::Money { minor: -first.minor, ..first };
        parts.push(QuotePart { kind: QuotePartKind::ReturnFee, amount: Some(amount) });
    }
    let days = if kind == ActionKind::Withdraw { rules.withdraw.refund_days } else { rules.returns.refund_days };
    Ok(Quote {
        amount: before_fee.amount,
        parts,
        methods,
        drop_off_by: Some(days_after(now, rules.returns.drop_off_days, zone(&record.order)).into()),
        refund_days: Some(days),
    })
}

/// Returns true if a return method is offered in the country of the destination.
pub(super) fn is_offered(method: &Method, country: Option<&String>) -> bool {
    method.countries.is_empty() || country.is_some_and(|country| method.countries.contains(country))
}

/// Returns the requested lines with their shipment ids. Refuses quantities beyond the quantity that can still be returned.
fn checked(action: Option<&Action>, request: &QuoteRequest, kind: &ActionKind) -> Result<Vec<RequestLine>, Invalid> {
    let mut findings = Findings::default();
    let known_kind = request.kind.as_ref().is_none_or(|kind| kind.family() == ActionFamily::Return);
    findings.refuse_if(!known_kind, "/kind", "unknown-value");
    let Some(action) = action else {
        findings.refuse("/kind", "not-available");
        return findings.into_result().map(|()| Vec::new());
    };
    if let Some(outcome) = &request.outcome {
        findings.refuse_if(kind == &ActionKind::StartReturn && !action.outcomes.contains(outcome), "/outcome", "not-offered");
    }
    let whole = |line: &doorstep_contract::ActionLine| RequestLine {
        line_id: line.line_id.clone(),
        shipment_id: line.shipment_id.clone(),
        quantity: line.quantity,
        reason: None,
    };
    let mut lines = request.lines.clone();
    if lines.is_empty() && kind == &ActionKind::Withdraw {
        lines = action.lines.iter().filter(|line| line.eligible).map(whole).collect();
    }
    findings.refuse_if(lines.is_empty(), "/lines", "missing");
    let mut left: Vec<(&doorstep_contract::ActionLine, u32)> = action.lines.iter().map(|line| (line, line.quantity)).collect();
    for (index, line) in lines.iter_mut().enumerate() {
        let at = format!("/lines/{index}");
        findings.refuse_if(line.quantity == 0, format!("{at}/quantity"), "zero");
        let same = |(known, _): &&mut (&doorstep_contract::ActionLine, u32)| {
            known.line_id == line.line_id && (line.shipment_id.is_none() || known.shipment_id == line.shipment_id)
        };
        let Some((known, rest)) = left.iter_mut().find(same) else {
            findings.refuse(format!("{at}/line_id"), "unknown-line");
            continue;
        };
        line.shipment_id.clone_from(&known.shipment_id);
        findings.refuse_if(!known.eligible, format!("{at}/line_id"), "not-eligible");
        match rest.checked_sub(line.quantity) {
            Some(less) => *rest = less,
            None => findings.refuse(format!("{at}/quantity"), "more-than-left"),
        }
        let given = line.reason.as_ref();
        let unknown =
            given.is_some_and(|given| !action.reasons.is_empty() && action.reasons.iter().all(|reason| reason.code != *given));
        findings.refuse_if(unknown, format!("{at}/reason"), "unknown-value");
    }
    findings.into_result().map(|()| lines)
}
