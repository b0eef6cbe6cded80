//! The acknowledgement of receipt of a request, as text that the shopper can keep.

use doorstep_contract::{ActionKind, CaseId};

use crate::calendar::zone;
use crate::order::OrderAggregate;

/// Returns the acknowledgement of receipt: reference, order, declaration, time and content of the request. Returns `None` if the
/// case does not exist or its opening time is unknown.
pub fn acknowledgement(record: &OrderAggregate, case_id: &CaseId) -> Option<String> {
    let case = record.order.cases.iter().find(|case| case.id == *case_id)?;
    let private = record.private.cases.get(case_id)?;
    let zone = zone(&record.order);
    let opened = case.opened_at?.utc().with_timezone(&zone);
    let mut text = format!("Acknowledgement of receipt\n\nReference: {}\nOrder: {}\n", case.reference, record.order.number);
    let mut line = |name: &str, value: &str| text.push_str(&format!("{name}: {}\n", value.replace(['\n', '\r'], " ")));
    line("Declaration", declaration(&case.kind));
    line("Received", &opened.format("%Y-%m-%d %H:%M:%S %:z").to_string());
    line("Time zone", zone.name());
    if let Some(name) = private.request.answers.get("name") {
        line("Name", name);
    }
    if let Some(contact) = &private.request.contact {
        line("Answer to", contact);
    }
    if let Some(outcome) = &private.request.outcome {
        line("Asked for", outcome.as_str());
    }
    for part in &case.lines {
        let title =
            record.order.lines.iter().find(|known| known.id == part.line_id).map_or(&*part.line_id, |known| &*known.title);
        line("Item", &format!("{} × {title}", part.quantity));
    }
    if let Some(note) = &private.request.note {
        line("In your words", note);
    }
    Some(text)
}

fn declaration(kind: &ActionKind) -> &'static str {
    match kind {
        ActionKind::ReportNonReceipt => "I have not received this parcel.",
        ActionKind::ReportDamaged => "It arrived damaged.",
        ActionKind::ReportWrongItem => "I received something that I did not order.",
        ActionKind::ReportMissingItem => "Something is missing.",
        ActionKind::Reschedule => "Please deliver on another day.",
        ActionKind::ChangeAddress => "Please deliver to a corrected address.",
        ActionKind::DeliveryInstructions => "Please tell the driver.",
        ActionKind::LeaveWithNeighbour => "Please leave it with a neighbour.",
        ActionKind::LeaveInSafePlace => "Please leave it in a safe place.",
        ActionKind::RedirectToPickup => "Please deliver to a pickup point.",
        ActionKind::Cancel => "I cancel what was not sent.",
        ActionKind::AcceptDelay => "I agree to the later date.",
        ActionKind::StartReturn => "I send something back.",
        ActionKind::Withdraw => "I withdraw from the contract.",
        ActionKind::RefundStatus => "I ask where my refund is.",
        ActionKind::Contact => "I ask to be contacted.",
        ActionKind::Unknown(_) => "",
    }
}
