//! Mapping of Karrio's twelve statuses. Karrio's reasons are the same words as in Doorstep's contract. Some reasons are more
//! precise than the status and refine it.
//!
//! Sources: karrio's data models (`modules/sdk/karrio/core`) and the mappings of its connectors.

use doorstep_contract::{ConditionState, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a status and its reason. An empty status gives no stage; a status without an entry gives an unknown stage.
pub(super) fn meaning(status: &str, reason: &str) -> Meaning {
    let unknown = || if status.is_empty() { Meaning::default() } else { Meaning::stage(Stage::default()) };
    let meaning = by_status(status).unwrap_or_else(unknown);
    match known_reason(reason) {
        Some(reason) => refined(meaning, reason),
        None => meaning,
    }
}

/// Returns true if both codes are documented. An empty code counts as known.
pub(super) fn is_known(status: &str, reason: &str) -> bool {
    let reason_known = ["", "unknown"].contains(&reason) || known_reason(reason).is_some();
    reason_known && (status.is_empty() || by_status(status).is_some())
}

fn known_reason(reason: &str) -> Option<Reason> {
    Some(Reason::from(reason)).filter(|reason| !matches!(reason, Reason::Unknown(_)))
}

fn by_status(status: &str) -> Option<Meaning> {
    Some(match status {
        "pending" => Meaning::stage(Stage::LabelCreated),
        "picked_up" => Meaning::stage(Stage::HandedOver),
        "in_transit" => Meaning::stage(Stage::InTransit),
        "out_for_delivery" => Meaning::stage(Stage::OutForDelivery),
        "ready_for_pickup" => Meaning::stage(Stage::ReadyForPickup),
        "delivered" => Meaning::stage(Stage::Delivered),
        "return_to_sender" => Meaning::stage(Stage::Returning),
        "cancelled" => Meaning::stage(Stage::Cancelled),
        "on_hold" => Meaning::stage_condition(Stage::InTransit, ConditionState::Held),
        "delivery_delayed" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        "delivery_failed" => Meaning::stage_condition(Stage::OutForDelivery, ConditionState::AttemptFailed),
        "unknown" => Meaning::default(),
        _ => return None,
    })
}

/// Refines a status by its reason. If the status is delivered, returning or cancelled, it keeps its stage and condition, and only
/// the reason is added.
fn refined(meaning: Meaning, reason: Reason) -> Meaning {
    let is_over = matches!(meaning.stage, Some(Stage::Delivered | Stage::Returning | Stage::Cancelled));
    if is_over {
        return Meaning { reason: Some(reason), ..meaning };
    }
    if reason == Reason::CarrierParcelLost {
        return Meaning::stage_reason(Stage::Lost, reason);
    }
    // A reason without a stage is an exception. If neither the reason nor the status gives its condition, the condition is
    // unknown.
    let condition = by_reason(&reason).or(meaning.condition).or_else(|| meaning.stage.is_none().then(ConditionState::default));
    let stage = if is_customs(&reason) { Some(Stage::Customs) } else { meaning.stage };
    Meaning { stage, condition, reason: Some(reason), awaits_shopper: false }
}

fn is_customs(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::CustomsDelay
            | Reason::CustomsDocumentation
            | Reason::CustomsDutiesUnpaid
            | Reason::CustomsProhibited
            | Reason::CustomsInspection
    )
}

/// Returns the condition that the reason alone implies, or None.
fn by_reason(reason: &Reason) -> Option<ConditionState> {
    match reason {
        Reason::CarrierDamagedParcel => Some(ConditionState::Damaged),
        Reason::CarrierSortingError => Some(ConditionState::Misrouted),
        Reason::CarrierAddressNotFound | Reason::ConsigneeIncorrectAddress => Some(ConditionState::AddressProblem),
        Reason::ConsigneeRefused => Some(ConditionState::Refused),
        Reason::CustomsDocumentation => Some(ConditionState::DocumentsDue),
        Reason::CustomsDutiesUnpaid => Some(ConditionState::PaymentDue),
        Reason::CustomsDelay | Reason::CustomsProhibited | Reason::CustomsInspection | Reason::RegulatoryHold => {
            Some(ConditionState::Held)
        }
        Reason::CarrierParcelLost
        | Reason::CarrierNotEnoughTime
        | Reason::CarrierVehicleIssue
        | Reason::CarrierCapacityExceeded
        | Reason::CarrierMechanicalDelay
        | Reason::RetailerCancelled
        | Reason::RetailerIncorrectData
        | Reason::RetailerNotReady
        | Reason::RetailerIncorrectParcel
        | Reason::RetailerIncorrectDimensions
        | Reason::RetailerPackagingIssue
        | Reason::ConsigneeBusinessClosed
        | Reason::ConsigneeNotAvailable
        | Reason::ConsigneeNotHome
        | Reason::ConsigneeCancelled
        | Reason::ConsigneeVerificationFailed
        | Reason::ConsigneeAccessRestricted
        | Reason::ConsigneeSafePlaceUnavailable
        | Reason::WeatherDelay
        | Reason::NaturalDisaster
        | Reason::ForceMajeure
        | Reason::ParcelBeingResearched
        | Reason::SecurityIssue
        | Reason::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every status of Karrio, with stage, condition and reason.
    const STATUSES: &[(&str, &str)] = &[
        ("pending", "label_created - -"),
        ("picked_up", "handed_over - -"),
        ("on_hold", "in_transit held -"),
        ("cancelled", "cancelled - -"),
        ("delivered", "delivered - -"),
        ("in_transit", "in_transit - -"),
        ("delivery_failed", "out_for_delivery attempt_failed -"),
        ("delivery_delayed", "in_transit late -"),
        ("out_for_delivery", "out_for_delivery - -"),
        ("ready_for_pickup", "ready_for_pickup - -"),
        ("return_to_sender", "returning - -"),
        ("unknown", "- - -"),
    ];

    /// Every reason of Karrio, with the stage and condition that result for a failed delivery and for a shipment on hold.
    const REASONS: &[(&str, &str, &str)] = &[
        ("carrier_damaged_parcel", "out_for_delivery damaged", "in_transit damaged"),
        ("carrier_sorting_error", "out_for_delivery misrouted", "in_transit misrouted"),
        ("carrier_address_not_found", "out_for_delivery address_problem", "in_transit address_problem"),
        ("carrier_parcel_lost", "lost -", "lost -"),
        ("carrier_not_enough_time", "out_for_delivery attempt_failed", "in_transit held"),
        ("carrier_vehicle_issue", "out_for_delivery attempt_failed", "in_transit held"),
        ("carrier_capacity_exceeded", "out_for_delivery attempt_failed", "in_transit held"),
        ("carrier_mechanical_delay", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_cancelled", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_incorrect_data", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_not_ready", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_incorrect_parcel", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_incorrect_dimensions", "out_for_delivery attempt_failed", "in_transit held"),
        ("retailer_packaging_issue", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_refused", "out_for_delivery refused", "in_transit refused"),
        ("consignee_business_closed", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_not_available", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_not_home", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_cancelled", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_verification_failed", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_incorrect_address", "out_for_delivery address_problem", "in_transit address_problem"),
        ("consignee_access_restricted", "out_for_delivery attempt_failed", "in_transit held"),
        ("consignee_safe_place_unavailable", "out_for_delivery attempt_failed", "in_transit held"),
        ("customs_delay", "customs held", "customs held"),
        ("customs_documentation", "customs documents_due", "customs documents_due"),
        ("customs_duties_unpaid", "customs payment_due", "customs payment_due"),
        ("customs_prohibited", "customs held", "customs held"),
        ("customs_inspection", "customs held", "customs held"),
        ("weather_delay", "out_for_delivery attempt_failed", "in_transit held"),
        ("natural_disaster", "out_for_delivery attempt_failed", "in_transit held"),
        ("force_majeure", "out_for_delivery attempt_failed", "in_transit held"),
        ("parcel_being_researched", "out_for_delivery attempt_failed", "in_transit held"),
        ("security_issue", "out_for_delivery attempt_failed", "in_transit held"),
        ("regulatory_hold", "out_for_delivery held", "in_transit held"),
    ];

    #[test]
    fn every_status_means_something() {
        for (status, row) in STATUSES {
            assert_eq!((describe(meaning(status, "")), is_known(status, "")), ((*row).to_owned(), true), "{status}");
        }
    }

    #[test]
    fn every_reason_refines_a_failure_and_a_hold() {
        for (reason, failed, held) in REASONS {
            assert_eq!(describe(meaning("delivery_failed", reason)), format!("{failed} {reason}"), "{reason}");
            assert_eq!(describe(meaning("on_hold", reason)), format!("{held} {reason}"), "{reason}");
            assert!(is_known("on_hold", reason), "{reason}");
        }
        assert_eq!(describe(meaning("delivery_failed", "unknown")), "out_for_delivery attempt_failed -");
        assert!(is_known("delivery_failed", "unknown"));
    }

    #[test]
    fn a_reason_does_not_undo_an_ending_and_invents_no_delay() {
        for (status, reason, row) in [
            ("delivered", "carrier_damaged_parcel", "delivered - carrier_damaged_parcel"),
            ("return_to_sender", "consignee_refused", "returning - consignee_refused"),
            ("cancelled", "retailer_cancelled", "cancelled - retailer_cancelled"),
            ("in_transit", "weather_delay", "in_transit - weather_delay"),
            ("delivery_delayed", "weather_delay", "in_transit late weather_delay"),
            ("unknown", "weather_delay", "- unknown weather_delay"),
            ("", "carrier_sorting_error", "- misrouted carrier_sorting_error"),
        ] {
            assert_eq!(describe(meaning(status, reason)), row, "{status}/{reason}");
        }
    }

    #[test]
    fn words_of_tomorrow_are_unknown() {
        assert_eq!((describe(meaning("teleported", "")), is_known("teleported", "")), ("unknown - -".to_owned(), false));
        assert_eq!((describe(meaning("on_hold", "moon")), is_known("on_hold", "moon")), ("in_transit held -".to_owned(), false));
    }
}
