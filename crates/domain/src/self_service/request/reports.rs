//! Opens cases for reports of parcels that did not arrive and of damaged, wrong or missing items. The policy decides if the
//! outcome is granted at once, the carrier investigates, or a person decides.

use doorstep_contract::{ActionKind, Outcome, ShopperRequest};

use super::outcome::{RequestOutcome, open};
use crate::order::OrderAggregate;
use crate::policy::Rules;
use crate::policy::rules::Decision;
use crate::self_service::actions::will_not_arrive;
use crate::self_service::case::time::investigate;
use crate::self_service::case::{Occasion, grant};

pub(super) fn report(
    record: &mut OrderAggregate,
    rules: &Rules,
    request: &ShopperRequest,
    occasion: &Occasion,
) -> RequestOutcome {
    let done = open(record, rules, request, occasion);
    let decision = match request.kind {
        ActionKind::ReportDamaged => rules.damaged.decision,
        ActionKind::ReportWrongItem => rules.wrong_item.decision,
        ActionKind::ReportMissingItem => rules.missing_item.decision,
        ActionKind::ReportNonReceipt
        | ActionKind::Reschedule
        | ActionKind::ChangeAddress
        | ActionKind::DeliveryInstructions
        | ActionKind::LeaveWithNeighbour
        | ActionKind::LeaveInSafePlace
        | ActionKind::RedirectToPickup
        | ActionKind::Cancel
        | ActionKind::AcceptDelay
        | ActionKind::StartReturn
        | ActionKind::Withdraw
        | ActionKind::RefundStatus
        | ActionKind::Contact
        | ActionKind::Unknown(_) => {
            let shipment = record.order.shipments.iter().find(|shipment| Some(&shipment.id) == request.shipment_id.as_ref());
            // The carrier is not asked to search for a parcel that it has reported as going back, returned, lost or destroyed.
            let known = shipment.is_some_and(|shipment| will_not_arrive(&shipment.stage));
            if known { rules.non_receipt.after_investigation } else { rules.non_receipt.decision }
        }
    };
    // The carrier cannot search for a part of a parcel.
    let part = request.answers.get("extent").is_some_and(|extent| extent == "part");
    match (decision, &request.outcome) {
        (Decision::Investigate, _) if part => {}
        (Decision::Investigate, _) | (Decision::Grant, Some(Outcome::Investigate)) => {
            investigate(record, rules, &done.case_id, occasion.now);
        }
        (Decision::Grant, Some(outcome)) => grant(record, rules, &done.case_id, outcome, occasion.now),
        (Decision::Grant, None) | (Decision::Review, _) => {}
    }
    done
}
