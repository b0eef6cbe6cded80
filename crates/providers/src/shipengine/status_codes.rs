//! Mapping of ShipEngine's status codes. A status gives the rough state, its detail refines it.
//!
//! Sources: the description of ShipEngine's API with its texts for shoppers, as found in several generated clients, and the package
//! `@shipengine/connect-carrier-api`.

use doorstep_contract::{ConditionState, DeliveredTo, Reason, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a status and its detail. The detail takes precedence; without an entry for either, the stage is unknown.
pub(super) fn meaning(status: &str, detail: &str) -> Meaning {
    // A delivered return has arrived at its sender.
    if (status, detail) == ("DE", "RETURN_TO_SENDER") {
        return Meaning::stage(Stage::Returned);
    }
    let refined = by_detail(detail).filter(|meaning| status != "DE" || is_final(meaning));
    refined.or_else(|| by_status(status)).unwrap_or_else(|| Meaning::stage(Stage::default()))
}

/// Returns true if both codes are in the table. An empty code counts as known.
pub(super) fn is_known(status: &str, detail: &str) -> bool {
    by_status(status).is_some() && (detail.is_empty() || is_uninformative(detail) || by_detail(detail).is_some())
}

fn by_status(status: &str) -> Option<Meaning> {
    Some(match status {
        // ShipEngine has no code for some ordinary scans, or sends `UN`.
        "" | "UN" => Meaning::default(),
        "NY" => Meaning::stage(Stage::LabelCreated),
        "AC" => Meaning::stage(Stage::HandedOver),
        "IT" => Meaning::stage(Stage::InTransit),
        "AT" => Meaning::stage_condition(Stage::OutForDelivery, ConditionState::AttemptFailed),
        "SP" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        "DE" => Meaning::stage(Stage::Delivered),
        // Carriers also send this status for parcels that arrive in time, so the condition is unknown.
        "EX" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

fn is_uninformative(detail: &str) -> bool {
    matches!(
        detail,
        "INFORMATION"
            | "PARCEL_UPDATE_NOTIFICATION"
            | "PARCEL_UPDATE_NOTIFICATION_VIA_EMAIL"
            | "PARCEL_UPDATE_NOTIFICATION_VIA_SMS"
            | "COD_AMOUNT_PAID"
            | "POST_TRANSIT_STATUS"
            | "CARRIER_STATUS_NOT_MAPPED"
    )
}

fn by_detail(detail: &str) -> Option<Meaning> {
    progress(detail).or_else(|| exception(detail)).or_else(|| delivery_attempt(detail)).or_else(|| final_state(detail))
}

fn progress(detail: &str) -> Option<Meaning> {
    Some(Meaning::stage(match detail {
        "AWAITING_DESPATCH"
        | "AWAITING_ELECTRONIC_ADVICE"
        | "AWAITING_PICKUP_DROP_OFF"
        | "COLLECTION_REQUESTED"
        | "ELEC_ADVICE_RECD_BY_CARRIER"
        | "NOT_YET_RECEIVED_BY_CARRIER"
        | "SHIPMENT_CREATED" => Stage::LabelCreated,
        "COLLECTION_FAILED" => return Some(Meaning::stage_condition(Stage::LabelCreated, ConditionState::default())),
        "COLLECTION_MADE"
        | "DESPATCHED"
        | "DROPPED_OFF"
        | "PICKED_UP"
        | "RECD_BY_CARRIER_NO_ELEC_ADVICE"
        | "RECEIVED_BY_CARRIER" => Stage::HandedOver,
        "IN_TRANSIT"
        | "HUB_PROCESSING"
        | "HUB_SCAN_IN"
        | "HUB_SCAN_OUT"
        | "PARCEL_OVER_LABELLED"
        | "PARCEL_REDIRECTED"
        | "PARCEL_REPACKED"
        | "SUB_CONTRACTOR_EVENT"
        | "SUB_CONTRACTOR_RECEIVED" => Stage::InTransit,
        // A different day is not necessarily later than the promised one.
        "DELIVERY_ARRANGED_WITH_RECIPIENT" | "DELIVERY_SCHEDULED" | "DELIVERY_RESCHEDULED" => Stage::InTransit,
        // Customs clearance is complete, so no documents or duties are due any more.
        "CUSTOMS_CLEARED" => return Some(Meaning::stage_condition(Stage::Customs, ConditionState::Ok)),
        "CUSTOMS_PROCESSING" => Stage::Customs,
        "RECEIVED_LOCAL_DELIVERY_DEPOT" => Stage::AtLocalDepot,
        "OUT_FOR_DELIVERY" => Stage::OutForDelivery,
        _ => return None,
    }))
}

fn exception(detail: &str) -> Option<Meaning> {
    use ConditionState::{AddressProblem, Damaged, Held, Late, Misrouted, Refused};
    Some(match detail {
        "CARRIER_DELAYS" | "DELAYED_NOT_CARRIER" => Meaning::stage_condition(Stage::InTransit, Late),
        "HELD_BY_CARRIER" => Meaning::stage_condition(Stage::InTransit, Held),
        "HELD_BY_CARRIER_FOR_CLEARANCE_PRE_PROCESSING" => Meaning::stage_condition(Stage::Customs, Held),
        "HELD_BY_CUSTOMS" | "HELD_BY_EXPORT_CUSTOMS" | "HELD_BY_IMPORT_CUSTOMS" => {
            Meaning::stage_condition_reason(Stage::Customs, Held, Reason::CustomsDelay)
        }
        "MISSORTED" | "ROUTING_ERROR" => {
            Meaning::stage_condition_reason(Stage::InTransit, Misrouted, Reason::CarrierSortingError)
        }
        "INCORRECT_DECLARATION" => Meaning::stage_condition_reason(Stage::InTransit, Held, Reason::RetailerIncorrectDimensions),
        "HAZARDOUS_PROHIBITED" => Meaning::stage_condition_reason(Stage::InTransit, Held, Reason::RegulatoryHold),
        "ADDRESS_QUERY" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress)
            .awaiting_shopper(),
        "CUSTOMER_MOVED" => Meaning::stage_condition_reason(Stage::InTransit, AddressProblem, Reason::ConsigneeIncorrectAddress),
        "REFUSED_BY_CUSTOMER" => Meaning::stage_condition_reason(Stage::InTransit, Refused, Reason::ConsigneeRefused),
        "PARCEL_DAMAGED" => Meaning::stage_condition_reason(Stage::InTransit, Damaged, Reason::CarrierDamagedParcel),
        "NOT_COLLECTED_FROM_PICKUP_POINT" => Meaning::condition(ConditionState::NotCollected),
        // The parcel was not delivered; a later scan gives the consequence.
        "NOT_DELIVERED" | "NOT_DELIVERED_ADDRESSEE_DECEASED" | "PARCEL_OUTSIDE_OF_SERVICE_CAPABILITY" => {
            Meaning::condition(ConditionState::default())
        }
        _ => return None,
    })
}

fn delivery_attempt(detail: &str) -> Option<Meaning> {
    use ConditionState::{AttemptFailed, PaymentDue};
    let failed = |reason| Meaning::stage_condition_reason(Stage::OutForDelivery, AttemptFailed, reason);
    Some(match detail {
        "ATTEMPTED_DELIVERY" | "ATTEMPTED_DELIVERY_2ND" | "ATTEMPTED_DELIVERY_3RD" | "ATTEMPTED_DELIVERY_FINAL" => {
            Meaning::stage_condition(Stage::OutForDelivery, AttemptFailed)
        }
        "CUSTOMER_CARDED" => failed(Reason::ConsigneeNotHome),
        "CUSTOMER_IDENTIFICATION_FAILED" => failed(Reason::ConsigneeVerificationFailed),
        "NO_ACCESS_TO_RECIPIENTS_ADDRESS" => failed(Reason::ConsigneeAccessRestricted),
        "COD_AMOUNT_NOT_PAID" | "INVALID_METHOD_OF_PAYMENT" => {
            Meaning::stage_condition(Stage::OutForDelivery, PaymentDue).awaiting_shopper()
        }
        // For the carrier, a parcel in the locker is delivered. For the shopper, it is ready for pickup.
        "AWAITING_COLLECTION_FROM_PICKUP_POINT"
        | "COLLECT_AT_LOCAL_PO"
        | "CUSTOMER_TO_COLLECT_FROM_CARRIER"
        | "DELIVERED_TO_LOCKER_COLLECTION_POINT" => Meaning::stage(Stage::ReadyForPickup).awaiting_shopper(),
        _ => return None,
    })
}

fn final_state(detail: &str) -> Option<Meaning> {
    Some(match detail {
        "DELIVERED"
        | "DELIVERED_IN_PART"
        | "DELIVERED_SPECIFIED_SAFE_PLACE"
        | "DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION"
        | "DELIVERED_TO_NEIGHBOUR"
        | "DELIVERED_TO_PO_BOX"
        | "PARCEL_COLLECTED_FROM_PICKUP_POINT"
        | "PROOF_OF_DELIVERY" => Meaning::stage(Stage::Delivered),
        "DELIVERED_DAMAGED" => {
            Meaning::stage_condition_reason(Stage::Delivered, ConditionState::Damaged, Reason::CarrierDamagedParcel)
        }
        "RETURN_TO_SENDER" => Meaning::stage(Stage::Returning),
        "CANCELLED" | "CANCELLED_BEFORE_DESPATCH" => Meaning::stage(Stage::Cancelled),
        "PARCEL_DISPOSED" => Meaning::stage(Stage::Destroyed),
        "PARCEL_LOST" => Meaning::stage_reason(Stage::Lost, Reason::CarrierParcelLost),
        _ => return None,
    })
}

/// Returns true if a detail fits a delivered shipment. Other details are outdated and must not put it back in transit.
fn is_final(meaning: &Meaning) -> bool {
    matches!(meaning.stage, Some(Stage::Delivered | Stage::ReadyForPickup))
}

/// Returns the drop-off place of a delivered parcel. The place is unknown if the detail does not give it.
pub(super) fn delivered_to(detail: &str) -> DeliveredTo {
    match detail {
        "DELIVERED_IN_PART" => DeliveredTo::InPart,
        "DELIVERED_SPECIFIED_SAFE_PLACE" => DeliveredTo::SafePlace,
        "DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION" => DeliveredTo::OtherAddress,
        "DELIVERED_TO_NEIGHBOUR" => DeliveredTo::Neighbour,
        "PARCEL_COLLECTED_FROM_PICKUP_POINT" => DeliveredTo::PickupPoint,
        _ => DeliveredTo::default(),
    }
}

/// Returns the number of the failed delivery attempt, or None if the detail does not give it.
pub(super) fn attempts(detail: &str) -> Option<u32> {
    match detail {
        "ATTEMPTED_DELIVERY_2ND" => Some(2),
        "ATTEMPTED_DELIVERY_3RD" => Some(3),
        _ => None,
    }
}

#[cfg(test)]
#[path = "status_codes_tests.rs"]
mod tests;
