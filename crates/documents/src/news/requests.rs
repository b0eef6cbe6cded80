//! Facts of cases, returns and refunds: the steps that the shop has taken. What the shopper has just done on the page is not news, except
//! for a withdrawal, of which the law requires an acknowledgement.

use chrono::{DateTime, Utc};
use doorstep_contract::{ActionKind, Case, CaseStep, Order, Party, Refund, RefundState, Return, ReturnState};

use super::fact::{News, NewsKind};

/// Returns the facts of all cases, returns and refunds.
pub(super) fn facts(order: &Order) -> Vec<News> {
    let cases = order.cases.iter().flat_map(of_case);
    let returns = order.returns.iter().filter_map(of_return);
    cases.chain(returns).chain(order.refunds.iter().filter_map(of_refund)).collect()
}

/// Returns the acknowledgement of a withdrawal, the messages of the shop, and the end of the case. A case that ended when it was opened
/// has been answered on the page.
fn of_case(case: &Case) -> Vec<News> {
    let opened_at: Option<DateTime<Utc>> = case.opened_at.map(|at| at.utc());
    let mut facts = Vec::new();
    if case.kind == ActionKind::Withdraw {
        facts.push(News::new(NewsKind::Withdrawal, &case.id, "", opened_at));
    }
    for entry in &case.timeline {
        let at = entry.at.utc();
        let is_end = matches!(entry.what, CaseStep::Resolved | CaseStep::Declined) && opened_at.is_none_or(|opened| opened < at);
        let is_message = entry.what == CaseStep::Message && entry.who == Party::Retailer;
        if is_end || is_message {
            facts.push(News::new(NewsKind::Case, &case.id, format!("{}-{}", entry.what.as_str(), at.timestamp()), Some(at)));
        }
    }
    facts
}

fn of_return(rma: &Return) -> Option<News> {
    match rma.state {
        ReturnState::Approved
        | ReturnState::LabelReady
        | ReturnState::Received
        | ReturnState::Rejected
        | ReturnState::Expired => Some(News::new(NewsKind::Return, &rma.id, rma.state.as_str(), None)),
        ReturnState::Requested
        | ReturnState::InTransit
        | ReturnState::Inspected
        | ReturnState::Completed
        | ReturnState::Unknown(_) => None,
    }
}

fn of_refund(refund: &Refund) -> Option<News> {
    let at = refund.sent_at.filter(|_| refund.state == RefundState::Sent).map(|at| at.utc());
    match refund.state {
        RefundState::Promised | RefundState::Sent | RefundState::Completed | RefundState::Failed => {
            Some(News::new(NewsKind::Refund, &refund.id, refund.state.as_str(), at))
        }
        RefundState::Unknown(_) => None,
    }
}
