//! Calculates the refund of a return: the price paid for the goods, less restocking fee and return fee, plus store credit bonus
//! and delivery cost if they are due. Amounts are integers in the minor unit. Percentages are rounded down.

use doorstep_contract::{ActionKind, LineQuantity, Money, Outcome, QuotePart, QuotePartKind, RequestLine, ReturnState};

use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::policy::rules::Method;
use crate::self_service::refund_allocation;

/// Parts of a refund before the return fee, and their sum. Empty if a price is unknown or no money is refunded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RefundBeforeFee {
    pub(super) parts: Vec<QuotePart>,
    /// Amount paid for each of the requested lines.
    pub(super) goods: Vec<Money>,
    pub(super) amount: Option<Money>,
}

/// The part of a return request that the amount depends on.
#[derive(Clone, Copy)]
pub(super) struct ReturnRequest<'a> {
    pub(super) kind: &'a ActionKind,
    pub(super) lines: &'a [RequestLine],
    pub(super) outcome: Option<&'a Outcome>,
}

pub(super) fn quantities(lines: &[RequestLine]) -> Vec<LineQuantity> {
    lines.iter().map(|line| LineQuantity { line_id: line.line_id.clone(), quantity: line.quantity }).collect()
}

/// Returns the refund for the lines, before the return fee.
pub(super) fn refund_before_fee(record: &OrderAggregate, rules: &Rules, asked: ReturnRequest<'_>) -> RefundBeforeFee {
    // An exchange sends other goods instead of money.
    if asked.outcome == Some(&Outcome::Exchange) {
        return RefundBeforeFee::default();
    }
    let shares = refund_allocation::shares(record, None, asked.lines).unwrap_or_default();
    let Some(goods) = refund_allocation::sum(&shares) else {
        return RefundBeforeFee::default();
    };
    let of = |minor: i64| Money { minor, currency: goods.currency.clone() };
    let mut parts = vec![(QuotePartKind::Goods, goods.minor)];
    let fees = asked.lines.iter().zip(&shares).map(|(line, paid)| restocking(rules, line, paid));
    let restocking = fees.fold(0, i64::saturating_add);
    if asked.kind == &ActionKind::StartReturn && restocking > 0 {
        parts.push((QuotePartKind::Restocking, -restocking.min(goods.minor)));
    }
    if let Some(delivery) = delivery(record, rules, asked, &goods.currency) {
        parts.push((QuotePartKind::Delivery, delivery));
    }
    let before_bonus = sum(&parts);
    let percent = rules.returns.store_credit_bonus_percent;
    if asked.outcome == Some(&Outcome::StoreCredit) && percent > 0 {
        parts.push((QuotePartKind::Bonus, share(before_bonus, percent)));
    }
    let amount = Some(of(sum(&parts)));
    let parts = parts.into_iter().map(|(kind, minor)| QuotePart { kind, amount: Some(of(minor)) }).collect();
    RefundBeforeFee { parts, goods: shares, amount }
}

fn sum(parts: &[(QuotePartKind, i64)]) -> i64 {
    parts.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add)
}

fn share(minor: i64, percent: u32) -> i64 {
    minor.saturating_mul(percent.into()) / 100
}

fn restocking(rules: &Rules, line: &RequestLine, paid: &Money) -> i64 {
    let reason = rules.returns.reasons.iter().find(|reason| Some(&reason.code) == line.reason.as_ref());
    reason.map_or(0, |reason| share(paid.minor, reason.restocking_percent))
}

/// Returns the refund of the delivery cost in the minor unit, or None if this refund is not due. The refund is due once, for a
/// withdrawal that covers the full quantity of every order line, and only if the policy offers it.
fn delivery(record: &OrderAggregate, rules: &Rules, asked: ReturnRequest<'_>, currency: &str) -> Option<i64> {
    let cost = record.private.delivery_cost.as_ref().filter(|cost| cost.currency == currency && cost.minor > 0)?;
    let due = asked.kind == &ActionKind::Withdraw && rules.returns.refund_delivery_on_withdrawal;
    let all = record.order.lines.iter().all(|line| {
        let withdrawn: u32 = asked.lines.iter().filter(|asked| asked.line_id == line.id).map(|asked| asked.quantity).sum();
        withdrawn >= line.quantity
    });
    (due && all && !record.private.delivery_refunded).then_some(cost.minor)
}

/// Returns the fee for the return method. The fee is never higher than the refund. Returns None if there is no fee, or if the
/// shop pays for the return because of the reason of a line.
pub(super) fn fee(rules: &Rules, method: &Method, asked: ReturnRequest<'_>, amount: Option<&Money>) -> Option<Money> {
    let fee = method.fee.as_ref()?;
    let pays = |line: &RequestLine| {
        let reason = rules.returns.reasons.iter().find(|reason| Some(&reason.code) == line.reason.as_ref());
        // Without a reason, the shopper pays for a return after a withdrawal, and the shop pays for every other return.
        reason.map_or(asked.kind == &ActionKind::Withdraw, |reason| reason.shopper_pays)
    };
    if !asked.lines.iter().all(pays) {
        return None;
    }
    let minor = match amount {
        Some(amount) if amount.currency == fee.currency => fee.minor.min(amount.minor),
        // A fee cannot be deducted from an amount in another currency.
        Some(_) => return None,
        None => fee.minor,
    };
    (minor > 0).then(|| Money { minor, currency: fee.currency.clone() })
}

/// Recalculates the amount of an expired return that continues. Deducts amounts that were promised in the meantime for other
/// pieces of its lines, so that no amount is promised twice. Does nothing for other returns.
pub(super) fn restore_allocation(record: &mut OrderAggregate, id: &str) {
    let rma = record.order.returns.iter().find(|rma| rma.id == id && rma.state == ReturnState::Expired);
    let Some(case_id) = rma.and_then(|rma| rma.case_id.clone()) else { return };
    let Some(parts) = record.private.cases.get(&case_id).map(|case| case.request.lines.clone()) else { return };
    let before = record.private.refund_allocations.iter().filter(|known| known.case_id == case_id).map(|known| known.minor);
    let before = before.fold(0, i64::saturating_add);
    let Some(shares) = refund_allocation::shares(record, Some(&case_id), &parts) else { return };
    let less = before.saturating_sub(refund_allocation::sum(&shares).map_or(0, |now| now.minor));
    if less <= 0 {
        return;
    }
    refund_allocation::allocate(record, &case_id, &parts, &shares);
    if let Some(amount) = record.private.returns.get_mut(id).and_then(|rma| rma.amount.as_mut()) {
        amount.minor = amount.minor.saturating_sub(less).max(0);
    }
}

/// Returns the amount less the fee, at least zero. Returns None if the amount is unknown.
pub(super) fn after_fee(amount: Option<&Money>, fee: Option<&Money>) -> Option<Money> {
    let amount = amount?;
    let minor = fee.map_or(amount.minor, |fee| amount.minor.saturating_sub(fee.minor).max(0));
    Some(Money { minor, currency: amount.currency.clone() })
}
