//! Mapping of AfterShip's status codes. A tag gives the rough state, its subtag refines it.
//!
//! Sources: AfterShip's pages about delivery statuses and sub-statuses, and its own client libraries. A new subtag is mapped only
//! if AfterShip's pages explain it. `Exception_014` and `_015` are not mapped, because public sources contradict each other about
//! them.

use doorstep_contract::{ConditionState, DeliveredTo, PromiseSource, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a tag and its subtag. The subtag takes precedence; without an entry for either, the stage is unknown.
pub(super) fn meaning(tag: &str, subtag: &str) -> Meaning {
    by_subtag(subtag).or_else(|| by_tag(tag)).unwrap_or_else(|| Meaning::stage(Stage::default()))
}

/// Returns true if both codes are in the table. An empty code counts as known.
pub(super) fn is_known(tag: &str, subtag: &str) -> bool {
    (tag.is_empty() || by_tag(tag).is_some()) && (subtag.is_empty() || by_subtag(subtag).is_some())
}

fn by_tag(tag: &str) -> Option<Meaning> {
    Some(match tag {
        // The carrier has no information yet, or none for a month, so the stage is not known.
        "Pending" => Meaning::default(),
        "Expired" => Meaning::condition(ConditionState::Stalled),
        "InfoReceived" => Meaning::stage(Stage::LabelCreated),
        "InTransit" => Meaning::stage(Stage::InTransit),
        "OutForDelivery" => Meaning::stage(Stage::OutForDelivery),
        "AttemptFail" => Meaning::stage_condition(Stage::OutForDelivery, ConditionState::AttemptFailed),
        "Delivered" => Meaning::stage(Stage::Delivered),
        "AvailableForPickup" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        // Carriers also send this status for parcels that arrive in time, so the condition is unknown.
        "Exception" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

fn by_subtag(subtag: &str) -> Option<Meaning> {
    use ConditionState::{AddressProblem, AttemptFailed, Damaged, DocumentsDue, Late, PaymentDue, Refused};
    Some(match subtag {
        "Pending_001" | "Pending_002" | "Pending_003" | "Pending_004" | "Pending_005" | "Pending_006" => by_tag("Pending")?,
        "Expired_001" => by_tag("Expired")?,
        "InfoReceived_001" => by_tag("InfoReceived")?,
        // Arrival in the destination country is not arrival at the local depot.
        "InTransit_001" | "InTransit_003" | "InTransit_004" | "InTransit_007" | "InTransit_009" => by_tag("InTransit")?,
        // "Problem resolved": the earlier exception is over.
        "InTransit_008" => Meaning::stage_condition(Stage::InTransit, ConditionState::Ok),
        "InTransit_002" => Meaning::stage(Stage::HandedOver),
        // Customs clearance is complete, so no documents or duties are due any more.
        "InTransit_005" => Meaning::stage_condition(Stage::Customs, ConditionState::Ok),
        "InTransit_006" => Meaning::stage(Stage::Customs),
        "OutForDelivery_001" => by_tag("OutForDelivery")?,
        "OutForDelivery_002" => by_tag("AvailableForPickup")?,
        // The carrier has called or agreed on a time. The parcel is near, but not on the vehicle.
        "OutForDelivery_003" | "OutForDelivery_004" => Meaning::stage(Stage::AtLocalDepot),
        "AttemptFail_001" => by_tag("AttemptFail")?,
        "AttemptFail_002" => Meaning::stage_condition_reason(Stage::OutForDelivery, AttemptFailed, Reason::ConsigneeNotAvailable),
        "AttemptFail_003" => {
            Meaning::stage_condition_reason(Stage::OutForDelivery, AttemptFailed, Reason::ConsigneeBusinessClosed)
        }
        "Delivered_001" | "Delivered_002" | "Delivered_003" | "Delivered_004" | "Delivered_005" => by_tag("Delivered")?,
        "AvailableForPickup_001" => by_tag("AvailableForPickup")?,
        "Exception_008" => Meaning::condition(ConditionState::NotCollected),
        // An operation failed, or the carrier rejects the parcel. Neither code gives the consequence.
        "Exception_001" | "Exception_009" => by_tag("Exception")?,
        "Exception_002" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress),
        "Exception_003" => Meaning::stage_condition_reason(Stage::InTransit, Refused, Reason::ConsigneeRefused),
        "Exception_004" => Meaning::stage_condition_reason(Stage::Customs, Late, Reason::CustomsDelay),
        "Exception_005" => Meaning::stage_condition_reason(Stage::InTransit, Late, Reason::ForceMajeure),
        "Exception_006" => Meaning::stage_condition(Stage::InTransit, PaymentDue).awaiting_shopper(),
        "Exception_007" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress)
            .awaiting_shopper(),
        "Exception_010" => Meaning::stage(Stage::Returning),
        "Exception_011" => Meaning::stage(Stage::Returned),
        "Exception_012" => Meaning::stage_condition_reason(Stage::InTransit, Damaged, Reason::CarrierDamagedParcel),
        "Exception_013" => Meaning::stage_reason(Stage::Lost, Reason::CarrierParcelLost),
        // The code covers vehicle faults, wrong sorting and wrong routing, so no single reason fits.
        "Exception_016" => Meaning::stage_condition(Stage::InTransit, Late),
        "Exception_017" => Meaning::stage_condition_reason(Stage::InTransit, Late, Reason::WeatherDelay),
        "Exception_018" => Meaning::stage_condition_reason(Stage::Customs, DocumentsDue, Reason::CustomsDocumentation),
        "Exception_019" => Meaning::stage_condition_reason(Stage::InTransit, Late, Reason::CarrierMechanicalDelay),
        "Exception_020" => Meaning::stage(Stage::Cancelled),
        "Exception_021" => Meaning::stage(Stage::Destroyed),
        _ => return None,
    })
}

/// Returns the drop-off place of a delivered parcel. The place is unknown if the subtag does not give it.
pub(super) fn delivered_to(subtag: &str) -> DeliveredTo {
    match subtag {
        "Delivered_002" => DeliveredTo::PickupPoint,
        "Delivered_003" => DeliveredTo::Recipient,
        "Delivered_005" => DeliveredTo::Neighbour,
        _ => DeliveredTo::default(),
    }
}

/// Returns the reason for a revised estimate, or None if the code is not in the table.
pub(super) fn revised_because(reason: &str) -> Option<Reason> {
    Some(match reason {
        "extreme_weather" | "heavy_rain" | "extreme_cold" | "strong_winds" | "severe_thunderstorms" => Reason::WeatherDelay,
        // The parcel stays with the carrier longer than usual, because more arrives than leaves.
        "carrier_processing" => Reason::CarrierCapacityExceeded,
        "customs_clearance" => Reason::CustomsDelay,
        _ => return None,
    })
}

/// Returns the source of an estimate, or None if the code is not in the table.
pub(super) fn expected_by(source: &str) -> Option<PromiseSource> {
    Some(match source {
        "Carrier EDD" => PromiseSource::Carrier,
        "AfterShip EDD" => PromiseSource::Model,
        "Custom EDD" | "Order EDD" => PromiseSource::Retailer,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every documented tag and subtag, with stage, condition, reason, and `shopper` if the carrier waits for the shopper.
    const CODES: &[(&str, &str, &str)] = &[
        ("Pending", "", "- - -"),
        ("InfoReceived", "", "label_created - -"),
        ("InTransit", "", "in_transit - -"),
        ("OutForDelivery", "", "out_for_delivery - -"),
        ("AttemptFail", "", "out_for_delivery attempt_failed -"),
        ("Delivered", "", "delivered - -"),
        ("AvailableForPickup", "", "ready_for_pickup - - shopper"),
        ("Exception", "", "- unknown -"),
        ("Expired", "", "- stalled -"),
        ("Pending", "Pending_001", "- - -"),
        ("Pending", "Pending_002", "- - -"),
        ("Pending", "Pending_003", "- - -"),
        ("Pending", "Pending_004", "- - -"),
        ("Pending", "Pending_005", "- - -"),
        ("Pending", "Pending_006", "- - -"),
        ("InfoReceived", "InfoReceived_001", "label_created - -"),
        ("Expired", "Expired_001", "- stalled -"),
        ("InTransit", "InTransit_001", "in_transit - -"),
        ("InTransit", "InTransit_002", "handed_over - -"),
        ("InTransit", "InTransit_003", "in_transit - -"),
        ("InTransit", "InTransit_004", "in_transit - -"),
        ("InTransit", "InTransit_005", "customs ok -"),
        ("InTransit", "InTransit_006", "customs - -"),
        ("InTransit", "InTransit_007", "in_transit - -"),
        ("InTransit", "InTransit_008", "in_transit ok -"),
        ("InTransit", "InTransit_009", "in_transit - -"),
        ("OutForDelivery", "OutForDelivery_001", "out_for_delivery - -"),
        ("OutForDelivery", "OutForDelivery_002", "ready_for_pickup - - shopper"),
        ("OutForDelivery", "OutForDelivery_003", "at_local_depot - -"),
        ("OutForDelivery", "OutForDelivery_004", "at_local_depot - -"),
        ("AttemptFail", "AttemptFail_001", "out_for_delivery attempt_failed -"),
        ("AttemptFail", "AttemptFail_002", "out_for_delivery attempt_failed consignee_not_available"),
        ("AttemptFail", "AttemptFail_003", "out_for_delivery attempt_failed consignee_business_closed"),
        ("Delivered", "Delivered_001", "delivered - -"),
        ("Delivered", "Delivered_002", "delivered - -"),
        ("Delivered", "Delivered_003", "delivered - -"),
        ("Delivered", "Delivered_004", "delivered - -"),
        ("Delivered", "Delivered_005", "delivered - -"),
        ("AvailableForPickup", "AvailableForPickup_001", "ready_for_pickup - - shopper"),
        ("Exception", "Exception_001", "- unknown -"),
        ("Exception", "Exception_002", "in_transit address_problem consignee_incorrect_address"),
        ("Exception", "Exception_003", "in_transit refused consignee_refused"),
        ("Exception", "Exception_004", "customs late customs_delay"),
        ("Exception", "Exception_005", "in_transit late force_majeure"),
        ("Exception", "Exception_006", "in_transit payment_due - shopper"),
        ("Exception", "Exception_007", "in_transit address_problem consignee_incorrect_address shopper"),
        ("Exception", "Exception_008", "- not_collected -"),
        ("Exception", "Exception_009", "- unknown -"),
        ("Exception", "Exception_010", "returning - -"),
        ("Exception", "Exception_011", "returned - -"),
        ("Exception", "Exception_012", "in_transit damaged carrier_damaged_parcel"),
        ("Exception", "Exception_013", "lost - carrier_parcel_lost"),
        ("Exception", "Exception_016", "in_transit late -"),
        ("Exception", "Exception_017", "in_transit late weather_delay"),
        ("Exception", "Exception_018", "customs documents_due customs_documentation"),
        ("Exception", "Exception_019", "in_transit late carrier_mechanical_delay"),
        ("Exception", "Exception_020", "cancelled - -"),
        ("Exception", "Exception_021", "destroyed - -"),
    ];

    #[test]
    fn every_tag_and_every_subtag_means_something() {
        for (tag, subtag, expected) in CODES {
            assert_eq!(describe(meaning(tag, subtag)), *expected, "{tag}/{subtag}");
            assert!(is_known(tag, subtag), "{tag}/{subtag}");
        }
    }

    #[test]
    fn a_word_of_tomorrow_leaves_what_the_tag_says() {
        for (tag, subtag, expected) in [
            ("InTransit", "InTransit_012", "in_transit - -"),
            ("Exception", "Exception_099", "- unknown -"),
            ("Teleported", "Teleported_001", "unknown - -"),
            ("Teleported", "", "unknown - -"),
        ] {
            assert_eq!(describe(meaning(tag, subtag)), expected, "{tag}/{subtag}");
            assert!(!is_known(tag, subtag), "{tag}/{subtag}");
        }
    }

    #[test]
    fn every_reason_to_revise_is_a_reason() {
        for (written, reason) in [
            ("extreme_weather", "weather_delay"),
            ("heavy_rain", "weather_delay"),
            ("extreme_cold", "weather_delay"),
            ("strong_winds", "weather_delay"),
            ("severe_thunderstorms", "weather_delay"),
            ("carrier_processing", "carrier_capacity_exceeded"),
            ("customs_clearance", "customs_delay"),
        ] {
            assert_eq!(revised_because(written).as_ref().map(Reason::as_str), Some(reason), "{written}");
        }
        assert_eq!(revised_because("meteorites"), None);
    }
}
