//! Mapping of Shippo's status codes. A status gives the rough stage, the code of its substatus refines it.
//!
//! Sources: Shippo's documentation of tracking, and the lists in its generated client libraries.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a status and its substatus. The substatus takes precedence; without an entry for either, the stage is unknown.
pub(super) fn meaning(status: &str, substatus: &str) -> Meaning {
    by_both(status, substatus).or_else(|| by_status(status)).unwrap_or_else(|| Meaning::stage(Stage::default()))
}

/// Returns true if both codes are in the table. An empty code counts as known.
pub(super) fn is_known(status: &str, substatus: &str) -> bool {
    by_status(status).is_some() && (substatus.is_empty() || by_both(status, substatus).is_some())
}

fn by_status(status: &str) -> Option<Meaning> {
    Some(match status {
        // Shippo cannot interpret the carrier's code, or has none yet.
        "" | "UNKNOWN" => Meaning::default(),
        "PRE_TRANSIT" => Meaning::stage(Stage::LabelCreated),
        "TRANSIT" => Meaning::stage(Stage::InTransit),
        "DELIVERED" => Meaning::stage(Stage::Delivered),
        // The parcel is being returned or has been returned; the status does not distinguish these.
        "RETURNED" => Meaning::stage(Stage::Returning),
        "FAILURE" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

fn by_both(status: &str, substatus: &str) -> Option<Meaning> {
    match (status, substatus) {
        ("UNKNOWN", "other")
        | ("PRE_TRANSIT", "information_received")
        | ("DELIVERED", "delivered")
        | ("RETURNED", "return_to_sender" | "package_unclaimed")
        | ("FAILURE", "package_undeliverable") => by_status(status),
        // A delivered return has arrived at its sender.
        ("DELIVERED", "return_to_sender") => Some(Meaning::stage(Stage::Returned)),
        ("FAILURE", "package_disposed") => Some(Meaning::stage(Stage::Destroyed)),
        ("FAILURE", "package_lost") => Some(Meaning::stage_reason(Stage::Lost, Reason::CarrierParcelLost)),
        ("TRANSIT", substatus) => progress(substatus),
        _ => None,
    }
}

fn progress(substatus: &str) -> Option<Meaning> {
    use ConditionState::{AddressProblem, AttemptFailed, Damaged, Held, Late};
    Some(match substatus {
        "package_accepted" => Meaning::stage(Stage::HandedOver),
        // A different day is not necessarily later than the promised one.
        "package_arrived"
        | "package_departed"
        | "package_processed"
        | "package_processing"
        | "package_forwarded"
        | "delivery_scheduled"
        | "delivery_rescheduled" => Meaning::stage(Stage::InTransit),
        "out_for_delivery" => Meaning::stage(Stage::OutForDelivery),
        "delayed" => Meaning::stage_condition(Stage::InTransit, Late),
        "package_held" => Meaning::stage_condition(Stage::InTransit, Held).awaiting_shopper(),
        // The parcel waits until the shopper agrees on a day with the carrier.
        "reschedule_delivery" => Meaning::stage_condition(Stage::InTransit, Held).awaiting_shopper(),
        "contact_carrier" => Meaning::stage_condition(Stage::InTransit, ConditionState::default()).awaiting_shopper(),
        "address_issue" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress)
            .awaiting_shopper(),
        "delivery_attempted" | "notice_left" => Meaning::stage_condition(Stage::OutForDelivery, AttemptFailed).awaiting_shopper(),
        "location_inaccessible" => {
            Meaning::stage_condition_reason(Stage::OutForDelivery, AttemptFailed, Reason::ConsigneeAccessRestricted)
                .awaiting_shopper()
        }
        "package_damaged" => Meaning::stage_condition_reason(Stage::InTransit, Damaged, Reason::CarrierDamagedParcel),
        "pickup_available" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every documented status and substatus, with stage, condition, reason, and `shopper` if the carrier waits for the shopper.
    const CODES: &[(&str, &str, &str)] = &[
        ("", "", "- - -"),
        ("UNKNOWN", "", "- - -"),
        ("PRE_TRANSIT", "", "label_created - -"),
        ("TRANSIT", "", "in_transit - -"),
        ("DELIVERED", "", "delivered - -"),
        ("RETURNED", "", "returning - -"),
        ("FAILURE", "", "- unknown -"),
        ("PRE_TRANSIT", "information_received", "label_created - -"),
        ("TRANSIT", "address_issue", "in_transit address_problem consignee_incorrect_address shopper"),
        ("TRANSIT", "contact_carrier", "in_transit unknown - shopper"),
        ("TRANSIT", "delayed", "in_transit late -"),
        ("TRANSIT", "delivery_attempted", "out_for_delivery attempt_failed - shopper"),
        ("TRANSIT", "delivery_rescheduled", "in_transit - -"),
        ("TRANSIT", "delivery_scheduled", "in_transit - -"),
        ("TRANSIT", "location_inaccessible", "out_for_delivery attempt_failed consignee_access_restricted shopper"),
        ("TRANSIT", "notice_left", "out_for_delivery attempt_failed - shopper"),
        ("TRANSIT", "out_for_delivery", "out_for_delivery - -"),
        ("TRANSIT", "package_accepted", "handed_over - -"),
        ("TRANSIT", "package_arrived", "in_transit - -"),
        ("TRANSIT", "package_departed", "in_transit - -"),
        ("TRANSIT", "package_processed", "in_transit - -"),
        ("TRANSIT", "package_processing", "in_transit - -"),
        ("TRANSIT", "package_forwarded", "in_transit - -"),
        ("TRANSIT", "package_damaged", "in_transit damaged carrier_damaged_parcel"),
        ("TRANSIT", "package_held", "in_transit held - shopper"),
        ("TRANSIT", "pickup_available", "ready_for_pickup - - shopper"),
        ("TRANSIT", "reschedule_delivery", "in_transit held - shopper"),
        ("DELIVERED", "delivered", "delivered - -"),
        ("DELIVERED", "return_to_sender", "returned - -"),
        ("RETURNED", "return_to_sender", "returning - -"),
        ("RETURNED", "package_unclaimed", "returning - -"),
        ("FAILURE", "package_undeliverable", "- unknown -"),
        ("FAILURE", "package_disposed", "destroyed - -"),
        ("FAILURE", "package_lost", "lost - carrier_parcel_lost"),
        ("UNKNOWN", "other", "- - -"),
    ];

    #[test]
    fn every_status_and_every_substatus_means_something() {
        for (status, substatus, expected) in CODES {
            assert_eq!(describe(meaning(status, substatus)), *expected, "{status}/{substatus}");
            assert!(is_known(status, substatus), "{status}/{substatus}");
        }
    }

    #[test]
    fn a_word_of_tomorrow_leaves_what_the_status_says() {
        for (status, substatus, expected) in [
            ("TRANSIT", "package_teleported", "in_transit - -"),
            // A substatus that does not belong to the status is ignored.
            ("DELIVERED", "delayed", "delivered - -"),
            ("TELEPORTED", "package_arrived", "unknown - -"),
            ("TELEPORTED", "", "unknown - -"),
        ] {
            assert_eq!(describe(meaning(status, substatus)), expected, "{status}/{substatus}");
            assert!(!is_known(status, substatus), "{status}/{substatus}");
        }
    }
}
