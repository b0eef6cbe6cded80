//! Mapping of EasyPost's status codes. A status gives the rough stage, its detail refines it. A code without an entry stays
//! unknown, and the shopper sees the carrier's text.
//!
//! Sources: EasyPost's documentation of trackers, and the corresponding lists in its client library for C# and in public TypeScript
//! clients.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a status and its detail. Without an entry for either, the stage is unknown.
pub(super) fn meaning(status: &str, detail: &str) -> Meaning {
    let (condition, reason) = condition(status, detail);
    Meaning { stage: Some(stage(status, detail)), condition, reason, awaits_shopper: awaits_shopper(detail) }
}

/// Returns the stage of a status, refined by its detail where the status is rough.
fn stage(status: &str, detail: &str) -> Stage {
    match status {
        "out_for_delivery" => Stage::OutForDelivery,
        // A delivered return has arrived at its sender.
        "delivered" if detail == "return" => Stage::Returned,
        "delivered" => Stage::Delivered,
        "available_for_pickup" => Stage::ReadyForPickup,
        "return_to_sender" => Stage::Returning,
        "cancelled" => Stage::Cancelled,
        // These statuses are rough, so the detail may refine them.
        "pre_transit" => refined(detail).unwrap_or(Stage::LabelCreated),
        "in_transit" => refined(detail).filter(|stage| *stage != Stage::LabelCreated).unwrap_or(Stage::InTransit),
        _ => refined(detail).unwrap_or_default(),
    }
}

/// Returns the stage that a detail gives by itself, or None.
fn refined(detail: &str) -> Option<Stage> {
    Some(match detail {
        "label_created" => Stage::LabelCreated,
        "received_at_origin_facility" => Stage::HandedOver,
        // The destination may be a whole country, so this is not the local depot.
        "arrived_at_destination" => Stage::InTransit,
        "arrived_at_facility"
        | "departed_facility"
        | "departed_origin_facility"
        | "in_transit"
        | "transferred_to_destination_carrier" => Stage::InTransit,
        "received_at_destination_facility" => Stage::AtLocalDepot,
        "out_for_delivery" => Stage::OutForDelivery,
        "arrived_at_pickup_location" => Stage::ReadyForPickup,
        "return" => Stage::Returning,
        "cancelled" => Stage::Cancelled,
        "lost" => Stage::Lost,
        _ => return None,
    })
}

/// Returns true if both codes are documented. An empty code counts as known.
pub(super) fn is_known(status: &str, detail: &str) -> bool {
    let is_rough = ["", "unknown", "error", "failure", "pre_transit", "in_transit"].contains(&status);
    let status_known = is_rough || stage(status, "") != Stage::default();
    let plain = ["", "awaiting_information", "expired", "failure", "label_created", "status_update", "unknown"];
    let (condition, _) = condition("in_transit", detail);
    status_known && (plain.contains(&detail) || refined(detail).is_some() || condition.is_some())
}

/// Returns the condition and the reason of a detail, or None for a part that the detail does not give.
fn condition(status: &str, detail: &str) -> (Option<ConditionState>, Option<Reason>) {
    match detail {
        "address_correction" => (Some(ConditionState::AddressProblem), Some(Reason::ConsigneeIncorrectAddress)),
        "damaged" => (Some(ConditionState::Damaged), Some(Reason::CarrierDamagedParcel)),
        "delayed" => (Some(ConditionState::Late), None),
        "delivery_exception" => (Some(ConditionState::AttemptFailed), None),
        "held" => (Some(ConditionState::Held), None),
        "lost" => (None, Some(Reason::CarrierParcelLost)),
        "missorted" => (Some(ConditionState::Misrouted), Some(Reason::CarrierSortingError)),
        "refused" => (Some(ConditionState::Refused), Some(Reason::ConsigneeRefused)),
        // Carriers also send this detail for parcels that arrive in time, so the parcel is only at risk.
        "transit_exception" => (Some(ConditionState::AtRisk), None),
        "weather_delay" => (Some(ConditionState::Late), Some(Reason::WeatherDelay)),
        // The shipment failed without a stated cause.
        _ if status == "failure" && refined(detail).is_none() => (Some(ConditionState::default()), None),
        _ => (None, None),
    }
}

/// Returns true if the carrier waits for the shopper.
fn awaits_shopper(detail: &str) -> bool {
    matches!(detail, "address_correction" | "arrived_at_pickup_location")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every documented status of EasyPost, with stage, condition and reason.
    const STATUSES: &[(&str, &str)] = &[
        ("unknown", "unknown - -"),
        ("pre_transit", "label_created - -"),
        ("in_transit", "in_transit - -"),
        ("out_for_delivery", "out_for_delivery - -"),
        ("delivered", "delivered - -"),
        ("available_for_pickup", "ready_for_pickup - -"),
        ("return_to_sender", "returning - -"),
        ("failure", "unknown unknown -"),
        ("cancelled", "cancelled - -"),
        ("error", "unknown - -"),
        ("a word of tomorrow", "unknown - -"),
    ];
    /// Every documented detail of EasyPost together with the status `in_transit`: stage, condition, reason, and `shopper` if the
    /// carrier waits for the shopper.
    const DETAILS: &[(&str, &str)] = &[
        ("address_correction", "in_transit address_problem consignee_incorrect_address shopper"),
        ("arrived_at_destination", "in_transit - -"),
        ("arrived_at_facility", "in_transit - -"),
        ("arrived_at_pickup_location", "ready_for_pickup - - shopper"),
        ("awaiting_information", "in_transit - -"),
        ("cancelled", "cancelled - -"),
        ("damaged", "in_transit damaged carrier_damaged_parcel"),
        ("delayed", "in_transit late -"),
        ("delivery_exception", "in_transit attempt_failed -"),
        ("departed_facility", "in_transit - -"),
        ("departed_origin_facility", "in_transit - -"),
        ("expired", "in_transit - -"),
        ("failure", "in_transit - -"),
        ("held", "in_transit held -"),
        ("in_transit", "in_transit - -"),
        ("label_created", "in_transit - -"),
        ("lost", "lost - carrier_parcel_lost"),
        ("missorted", "in_transit misrouted carrier_sorting_error"),
        ("out_for_delivery", "out_for_delivery - -"),
        ("received_at_destination_facility", "at_local_depot - -"),
        ("received_at_origin_facility", "handed_over - -"),
        ("refused", "in_transit refused consignee_refused"),
        ("return", "returning - -"),
        ("status_update", "in_transit - -"),
        ("transferred_to_destination_carrier", "in_transit - -"),
        ("transit_exception", "in_transit at_risk -"),
        ("unknown", "in_transit - -"),
        ("weather_delay", "in_transit late weather_delay"),
        ("a word of tomorrow", "in_transit - -"),
    ];

    #[test]
    fn every_status_means_something() {
        for (status, expected) in STATUSES {
            assert_eq!(describe(meaning(status, "")), *expected, "{status}");
            assert_eq!(is_known(status, ""), *status != "a word of tomorrow", "{status}");
        }
    }

    #[test]
    fn every_detail_refines_a_parcel_that_is_on_its_way() {
        for (detail, expected) in DETAILS {
            assert_eq!(describe(meaning("in_transit", detail)), *expected, "{detail}");
            assert_eq!(is_known("in_transit", detail), *detail != "a word of tomorrow", "{detail}");
        }
    }

    #[test]
    fn a_detail_does_not_undo_a_plain_status() {
        for (status, detail, stage) in [
            ("delivered", "arrived_at_destination", Stage::Delivered),
            ("return_to_sender", "in_transit", Stage::Returning),
            ("delivered", "return", Stage::Returned),
            ("out_for_delivery", "delivery_exception", Stage::OutForDelivery),
            ("pre_transit", "status_update", Stage::LabelCreated),
            ("failure", "lost", Stage::Lost),
            ("failure", "return", Stage::Returning),
        ] {
            assert_eq!(meaning(status, detail).stage, Some(stage), "{status}/{detail}");
        }
    }
}
