//! Creates the contents of the label of a return.

use chrono::TimeDelta;
use doorstep_contract::{Return, ReturnState};
use doorstep_domain::calendar::zone;
use doorstep_domain::order::OrderAggregate;
use doorstep_domain::policy::Rules;

use super::contents::{Format, LabelContents};

/// Returns the contents of the label of a return. Returns None if the return has no label in this format, or if the label can no
/// longer be used.
pub fn label_contents(record: &OrderAggregate, rules: &Rules, id: &str, format: Format) -> Option<LabelContents> {
    let rma = record.order.returns.iter().find(|rma| rma.id == id)?;
    let method_id = record.private.returns.get(id).and_then(|rma| rma.method_id.as_ref());
    let label = rma.label.as_ref().filter(|label| label.formats.iter().any(|known| known == format.media_type()))?;
    let usable = matches!(rma.state, ReturnState::LabelReady | ReturnState::InTransit);
    let code = label.qr_text.clone().filter(|_| usable)?;
    let method = rules.returns.methods.iter().find(|method| Some(&method.id) == method_id);
    let destination = record.order.destination.as_ref();
    Some(LabelContents {
        rma_number: rma_number(record, rma),
        order_number: record.order.number.clone(),
        method: method.map(|method| method.name.clone()).unwrap_or_default(),
        tracking_number: Some(code.clone()),
        from: destination.map(|from| from.lines.iter().chain(&from.country).cloned().collect()).unwrap_or_default(),
        to: rules.returns.address.clone(),
        hand_over_by: rma.drop_off_by.map(|by| {
            let last = by.utc() - TimeDelta::seconds(1);
            last.with_timezone(&zone(&record.order)).format("%-d %B %Y").to_string()
        }),
        code,
    })
}

fn rma_number(record: &OrderAggregate, rma: &Return) -> String {
    let case = record.order.cases.iter().find(|case| Some(&case.id) == rma.case_id.as_ref());
    case.map_or_else(|| rma.id.clone(), |case| case.reference.clone())
}
