//! Promises the refund of a return. A return has at most one refund. The amount of the refund can be corrected until the refund
//! is sent. The policy sets the time by which the refund is due.

use chrono::{DateTime, Utc};
use doorstep_contract::{CaseId, CaseNext, CaseStep, Money, NextStep, Party, Refund, RefundState, RefundTo, Return, Timestamp};

use super::steps::{is_withdrawal, known, update_case};
use crate::calendar::{days_after, zone};
use crate::order::{OrderAggregate, PrivateReturn};
use crate::policy::Rules;
use crate::self_service::case::{change, entry};

/// Promises the refund of a return. If the refund was already promised, only corrects its amount, and only until it is sent. Does
/// nothing if the shopper gets other goods instead of a refund.
pub(super) fn promise_refund(record: &mut OrderAggregate, rules: &Rules, id: &str, amount: Option<Money>, now: DateTime<Utc>) {
    let Some((rma, private)) = known(record, id).map(|(rma, private)| (rma.clone(), private)) else { return };
    let (Some(case_id), Some(to)) = (rma.case_id.clone(), private.to.clone()) else { return };
    if let Some(refund) = record.order.refunds.iter_mut().find(|refund| Some(&refund.id) == rma.refund_id.as_ref()) {
        if refund.state == RefundState::Promised {
            refund.amount = amount;
        }
        return;
    }
    let by = due_by(record, rules, &rma, &private, now);
    let refund_id = add_refund(record, &case_id, Some(id), amount, to, by);
    if let Some(rma) = record.order.returns.iter_mut().find(|rma| rma.id == id) {
        rma.refund_id = Some(refund_id.clone());
    }
    change(record, &case_id, |case, _| case.refund_id = Some(refund_id));
    let entries = vec![entry(now, Party::Retailer, CaseStep::RefundPromised, None)];
    let next = CaseNext { what: NextStep::Refund, who: Party::Retailer, by: Some(by) };
    update_case(record, rules, id, entries, Some(next), now);
}

/// Adds a promised refund to the order and returns its id. Called at most once for each return.
pub(super) fn add_refund(
    record: &mut OrderAggregate,
    case_id: &CaseId,
    return_id: Option<&str>,
    amount: Option<Money>,
    to: RefundTo,
    due_by: Timestamp,
) -> String {
    let id = format!("f{}", record.order.refunds.len() + 1);
    record.order.refunds.push(Refund {
        id: id.clone(),
        amount,
        state: RefundState::Promised,
        to,
        due_by: Some(due_by),
        sent_at: None,
        reference: None,
        return_id: return_id.map(str::to_owned),
        case_id: Some(case_id.to_owned()),
    });
    id
}

/// Returns the time by which the refund of a return is due. The period begins with the arrival of the return. For a withdrawal it
/// begins with the declaration. If the shopper sends the goods so late that this period is already over, the refund of a
/// withdrawal is due at the end of the current day.
pub(super) fn due_by(
    record: &OrderAggregate,
    rules: &Rules,
    rma: &Return,
    private: &PrivateReturn,
    now: DateTime<Utc>,
) -> Timestamp {
    let zone = zone(&record.order);
    if is_withdrawal(&record.order, rma) {
        let declared = days_after(private.asked_at.map_or(now, Timestamp::utc), rules.withdraw.refund_days, zone);
        return declared.max(days_after(now, 0, zone)).into();
    }
    days_after(private.received_at.map_or(now, Timestamp::utc), rules.returns.refund_days, zone).into()
}
