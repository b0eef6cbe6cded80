//! What a return is worth: what was paid for the goods, less restocking and the way back, plus a bonus and the delivery where they are
//! due. Whole minor units; what is taken off is rounded down and what is added too, so nobody loses by rounding but by a penny.

use doorstep_core::wire::{ActionKind, LineQuantity, Money, Order, Outcome, QuotePart, QuotePartKind, RequestLine};

use crate::domain::case::worth;
use crate::domain::policy::Rules;
use crate::domain::policy::rules::Method;
use crate::domain::record::Record;

/// The parts of a refund before the way back is paid, and their sum; without parts where prices are unknown or nothing is paid back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Worth {
    pub(super) parts: Vec<QuotePart>,
    pub(super) amount: Option<Money>,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) kind: &'a ActionKind,
    pub(super) lines: &'a [RequestLine],
    pub(super) outcome: Option<&'a Outcome>,
}

pub(super) fn quantities(lines: &[RequestLine]) -> Vec<LineQuantity> {
    lines.iter().map(|line| LineQuantity { line_id: line.line_id.clone(), quantity: line.quantity }).collect()
}

/// What comes back for the lines.
pub(super) fn worth_of(record: &Record, rules: &Rules, asked: Asked<'_>) -> Worth {
    // Something else is sent instead of money.
    if asked.outcome == Some(&Outcome::Exchange) {
        return Worth::default();
    }
    let Some(goods) = worth(&record.order, &quantities(asked.lines)) else {
        return Worth::default();
    };
    let of = |minor: i64| Money { minor, currency: goods.currency.clone() };
    let mut parts = vec![(QuotePartKind::Goods, goods.minor)];
    let restocking = asked.lines.iter().map(|line| restocking(&record.order, rules, line)).fold(0, i64::saturating_add);
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
    Worth { parts, amount }
}

fn sum(parts: &[(QuotePartKind, i64)]) -> i64 {
    parts.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add)
}

fn share(minor: i64, percent: u32) -> i64 {
    minor.saturating_mul(percent.into()) / 100
}

fn restocking(order: &Order, rules: &Rules, line: &RequestLine) -> i64 {
    let reason = rules.returns.reasons.iter().find(|reason| Some(&reason.code) == line.reason.as_ref());
    let price = order.lines.iter().find(|known| known.id == line.line_id).and_then(|known| known.unit_price.as_ref());
    let (Some(reason), Some(price)) = (reason, price) else { return 0 };
    share(price.minor.saturating_mul(line.quantity.into()), reason.restocking_percent)
}

/// What was paid for the delivery comes back once, with the last of the goods that the contract is withdrawn for.
fn delivery(record: &Record, rules: &Rules, asked: Asked<'_>, currency: &str) -> Option<i64> {
    let cost = record.private.delivery_cost.as_ref().filter(|cost| cost.currency == currency && cost.minor > 0)?;
    let due = asked.kind == &ActionKind::Withdraw && rules.returns.refund_delivery_on_withdrawal;
    let all = record.order.lines.iter().all(|line| {
        let withdrawn: u32 = asked.lines.iter().filter(|asked| asked.line_id == line.id).map(|asked| asked.quantity).sum();
        withdrawn >= line.quantity
    });
    (due && all && !record.private.delivery_refunded).then_some(cost.minor)
}

/// What the way back costs the shopper: nothing where the reason is the shop's, and never more than what comes back.
pub(super) fn fee(rules: &Rules, method: &Method, asked: Asked<'_>, amount: Option<&Money>) -> Option<Money> {
    let fee = method.fee.as_ref()?;
    let pays = |line: &RequestLine| {
        let reason = rules.returns.reasons.iter().find(|reason| Some(&reason.code) == line.reason.as_ref());
        // A withdrawal needs no reason, and the way back is the shopper's.
        reason.map_or(asked.kind == &ActionKind::Withdraw, |reason| reason.shopper_pays)
    };
    if !asked.lines.iter().all(pays) {
        return None;
    }
    let minor = match amount {
        Some(amount) if amount.currency == fee.currency => fee.minor.min(amount.minor),
        // Nothing can be taken off money of another kind.
        Some(_) => return None,
        None => fee.minor,
    };
    (minor > 0).then(|| Money { minor, currency: fee.currency.clone() })
}

/// What is left of it.
pub(super) fn less(amount: Option<&Money>, fee: Option<&Money>) -> Option<Money> {
    let amount = amount?;
    let minor = fee.map_or(amount.minor, |fee| amount.minor.saturating_sub(fee.minor).max(0));
    Some(Money { minor, currency: amount.currency.clone() })
}
