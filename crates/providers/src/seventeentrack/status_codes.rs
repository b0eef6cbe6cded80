//! Mapping of 17TRACK's status codes. A main status gives the rough stage, its sub-status (`Main_Detail`) refines it; an event without a
//! sub-status may have a key stage instead.
//!
//! Sources: 17TRACK's documentation of its API, version 2; the corresponding list in public clients in Go, Python and C#.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a code. A sub-status without an entry means what its main status means; a main status without an entry gives an
/// unknown stage. An empty code has no meaning.
pub(super) fn meaning(code: &str) -> Meaning {
    let main = code.split_once('_').map(|(main, _)| main);
    let unknown = || if code.is_empty() { Meaning::default() } else { Meaning::stage(Stage::default()) };
    table_entry(code).or_else(|| table_entry(main?)).unwrap_or_else(unknown)
}

/// Returns true if the code is documented. An empty code counts as known.
pub(super) fn is_known(code: &str) -> bool {
    code.is_empty() || table_entry(code).is_some()
}

fn table_entry(code: &str) -> Option<Meaning> {
    Some(match code {
        // The carrier gave no information about the number, or does not know it, so nothing is known about the parcel.
        "NotFound" | "NotFound_Other" | "NotFound_InvalidCode" => Meaning::default(),
        "InfoReceived" => Meaning::stage(Stage::LabelCreated),
        "PickedUp" | "InTransit_PickedUp" => Meaning::stage(Stage::HandedOver),
        // Departures and arrivals concern ports and countries, not the local depot. A cleared parcel is in transit again.
        "InTransit" | "InTransit_Other" | "InTransit_Departure" | "InTransit_Arrival" | "InTransit_CustomsReleased" => {
            Meaning::stage(Stage::InTransit)
        }
        // These codes are not documented, but are sent for parcels of China Post.
        "InTransit_TransportArrived" | "InTransit_TransportDeparted" => Meaning::stage(Stage::InTransit),
        "Departure" | "Arrival" => Meaning::stage(Stage::InTransit),
        "InTransit_CustomsProcessing" => Meaning::stage(Stage::Customs),
        "InTransit_CustomsRequiringInformation" => {
            Meaning::stage_condition_reason(Stage::Customs, ConditionState::DocumentsDue, Reason::CustomsDocumentation)
        }
        "AvailableForPickup" | "AvailableForPickup_Other" => Meaning::stage(Stage::ReadyForPickup),
        "OutForDelivery" | "OutForDelivery_Other" => Meaning::stage(Stage::OutForDelivery),
        "Delivered" | "Delivered_Other" => Meaning::stage(Stage::Delivered),
        "Returning" | "Exception_Returning" => Meaning::stage(Stage::Returning),
        "Returned" | "Exception_Returned" => Meaning::stage(Stage::Returned),
        "Exception_Lost" => Meaning::stage_reason(Stage::Lost, Reason::CarrierParcelLost),
        "Exception_Destroyed" => Meaning::stage(Stage::Destroyed),
        "Exception_Cancel" => Meaning::stage(Stage::Cancelled),
        // No news for too long. The stage stays as it was.
        "Expired" | "Expired_Other" => Meaning::condition(ConditionState::Stalled),
        _ => return failure(code).or_else(|| exception(code)),
    })
}

/// Returns the meaning of a failed delivery attempt.
fn failure(code: &str) -> Option<Meaning> {
    let at_delivery = |state, reason| Meaning::stage_condition_reason(Stage::OutForDelivery, state, reason);
    Some(match code {
        "DeliveryFailure" | "DeliveryFailure_Other" => {
            Meaning::stage_condition(Stage::OutForDelivery, ConditionState::AttemptFailed)
        }
        "DeliveryFailure_NoBody" => at_delivery(ConditionState::AttemptFailed, Reason::ConsigneeNotAvailable),
        "DeliveryFailure_Rejected" => at_delivery(ConditionState::Refused, Reason::ConsigneeRefused),
        "DeliveryFailure_InvalidAddress" => at_delivery(ConditionState::AddressProblem, Reason::ConsigneeIncorrectAddress),
        // The code covers safety, customs and fees without distinction.
        "DeliveryFailure_Security" => Meaning::stage_condition(Stage::InTransit, ConditionState::Held),
        _ => return None,
    })
}

/// Returns the meaning of an exception in transit.
fn exception(code: &str) -> Option<Meaning> {
    let in_transit = |state, reason| Meaning::stage_condition_reason(Stage::InTransit, state, reason);
    Some(match code {
        // The shipment has an exception without a stated cause.
        "Exception" | "Exception_Other" => Meaning::condition(ConditionState::default()),
        "Exception_NoBody" => in_transit(ConditionState::default(), Reason::ConsigneeNotAvailable),
        "Exception_Security" => Meaning::stage_condition(Stage::InTransit, ConditionState::Held),
        "Exception_Damage" => in_transit(ConditionState::Damaged, Reason::CarrierDamagedParcel),
        "Exception_Rejected" => in_transit(ConditionState::Refused, Reason::ConsigneeRefused),
        "Exception_Delayed" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every documented main status, sub-status and key stage of 17TRACK, with stage, condition and reason.
    const CODES: &[(&str, &str)] = &[
        ("NotFound", "- - -"),
        ("NotFound_Other", "- - -"),
        ("NotFound_InvalidCode", "- - -"),
        ("InfoReceived", "label_created - -"),
        ("InTransit", "in_transit - -"),
        ("InTransit_PickedUp", "handed_over - -"),
        ("InTransit_Other", "in_transit - -"),
        ("InTransit_Departure", "in_transit - -"),
        ("InTransit_Arrival", "in_transit - -"),
        ("InTransit_TransportArrived", "in_transit - -"),
        ("InTransit_TransportDeparted", "in_transit - -"),
        ("InTransit_CustomsProcessing", "customs - -"),
        ("InTransit_CustomsReleased", "in_transit - -"),
        ("InTransit_CustomsRequiringInformation", "customs documents_due customs_documentation"),
        ("Expired", "- stalled -"),
        ("Expired_Other", "- stalled -"),
        ("AvailableForPickup", "ready_for_pickup - -"),
        ("AvailableForPickup_Other", "ready_for_pickup - -"),
        ("OutForDelivery", "out_for_delivery - -"),
        ("OutForDelivery_Other", "out_for_delivery - -"),
        ("DeliveryFailure", "out_for_delivery attempt_failed -"),
        ("DeliveryFailure_Other", "out_for_delivery attempt_failed -"),
        ("DeliveryFailure_NoBody", "out_for_delivery attempt_failed consignee_not_available"),
        ("DeliveryFailure_Security", "in_transit held -"),
        ("DeliveryFailure_Rejected", "out_for_delivery refused consignee_refused"),
        ("DeliveryFailure_InvalidAddress", "out_for_delivery address_problem consignee_incorrect_address"),
        ("Delivered", "delivered - -"),
        ("Delivered_Other", "delivered - -"),
        ("Exception", "- unknown -"),
        ("Exception_Other", "- unknown -"),
        ("Exception_Returning", "returning - -"),
        ("Exception_Returned", "returned - -"),
        ("Exception_NoBody", "in_transit unknown consignee_not_available"),
        ("Exception_Security", "in_transit held -"),
        ("Exception_Damage", "in_transit damaged carrier_damaged_parcel"),
        ("Exception_Rejected", "in_transit refused consignee_refused"),
        ("Exception_Delayed", "in_transit late -"),
        ("Exception_Lost", "lost - carrier_parcel_lost"),
        ("Exception_Destroyed", "destroyed - -"),
        ("Exception_Cancel", "cancelled - -"),
        ("PickedUp", "handed_over - -"),
        ("Departure", "in_transit - -"),
        ("Arrival", "in_transit - -"),
        ("Returning", "returning - -"),
        ("Returned", "returned - -"),
    ];

    #[test]
    fn every_word_means_something() {
        for (code, row) in CODES {
            assert_eq!((describe(meaning(code)), is_known(code)), ((*row).to_owned(), true), "{code}");
        }
    }

    #[test]
    fn a_sub_status_of_tomorrow_says_what_its_main_status_says() {
        for (code, row) in [
            ("InTransit_Teleported", "in_transit - -"),
            ("Exception_Teleported", "- unknown -"),
            ("NotFound_Teleported", "- - -"),
            ("Teleported", "unknown - -"),
            ("Teleported_Delivered", "unknown - -"),
            ("delivered", "unknown - -"),
        ] {
            assert_eq!((describe(meaning(code)), is_known(code)), (row.to_owned(), false), "{code}");
        }
    }
}
