//! What goes back: begins with a request, and goes on with the label and the scans.

use chrono::{DateTime, Utc};
use doorstep_core::wire::{CaseNext, CaseState, CaseStep, NextStep, Party, Return, ReturnState, Timestamp};

use super::calendar::{days_after, zone};
use super::case::{change, enter, entry, worth};
use super::policy::Rules;
use super::policy::rules::Decision;
use super::record::Record;

/// Begins the return that a case asked for: allowed at once, or by a person.
pub(crate) fn begin(record: &mut Record, rules: &Rules, case_id: &str, now: DateTime<Utc>) {
    let Some(case) = record.order.cases.iter().find(|case| case.id == case_id) else { return };
    let Some(private) = record.private.cases.get(case_id) else { return };
    // What was never sent does not come back.
    let travels = |line: &&doorstep_core::wire::RequestLine| line.shipment_id.is_some();
    let back = private.request.lines.iter().filter(travels).count();
    if back == 0 {
        return;
    }
    let at_once = rules.returns.decision == Decision::Grant || case.acknowledged;
    let method = rules.returns.methods.iter().find(|method| Some(&method.id) == private.request.method_id.as_ref());
    let drop_off_by: Timestamp = days_after(now, rules.returns.drop_off_days, zone(&record.order)).into();
    let id = format!("r{}", record.order.returns.len() + 1);
    let begun = Return {
        id: id.clone(),
        case_id: Some(case_id.to_owned()),
        state: if at_once { ReturnState::Approved } else { ReturnState::Requested },
        lines: case.lines.clone(),
        outcome: case.outcome.clone(),
        method: method.map(|method| method.kind.clone()),
        estimate: worth(&record.order, &case.lines),
        label: None,
        drop_off_by: at_once.then_some(drop_off_by),
        shipment_id: None,
        refund_id: None,
    };
    record.order.returns.push(begun);
    change(record, case_id, |case, private| {
        case.return_id = Some(id);
        if at_once {
            enter(case, private, rules, CaseState::WaitingForShopper, now);
            case.timeline.push(entry(now, Party::Retailer, CaseStep::ReturnApproved, None));
            case.next = Some(CaseNext { what: NextStep::SendBack, who: Party::Shopper, by: Some(drop_off_by) });
        }
    });
}
