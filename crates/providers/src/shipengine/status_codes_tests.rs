//! Tests the mapping of ShipEngine's status codes against a second, independent table.

use super::*;
use crate::testing::describe;

/// Every documented status and detail, with stage, condition, reason, and `shopper` if the carrier waits for the shopper.
const CODES: &[(&str, &str, &str)] = &[
    ("", "", "- - -"),
    ("UN", "", "- - -"),
    ("NY", "", "label_created - -"),
    ("AC", "", "handed_over - -"),
    ("IT", "", "in_transit - -"),
    ("DE", "", "delivered - -"),
    ("EX", "", "- unknown -"),
    ("AT", "", "out_for_delivery attempt_failed -"),
    ("SP", "", "ready_for_pickup - - shopper"),
    ("NY", "AWAITING_DESPATCH", "label_created - -"),
    ("NY", "COLLECTION_REQUESTED", "label_created - -"),
    ("NY", "COLLECTION_FAILED", "label_created unknown -"),
    ("AC", "COLLECTION_MADE", "handed_over - -"),
    ("AC", "DESPATCHED", "handed_over - -"),
    ("AC", "ELEC_ADVICE_RECD_BY_CARRIER", "label_created - -"),
    ("NY", "NOT_YET_RECEIVED_BY_CARRIER", "label_created - -"),
    ("AC", "RECD_BY_CARRIER_NO_ELEC_ADVICE", "handed_over - -"),
    ("NY", "AWAITING_ELECTRONIC_ADVICE", "label_created - -"),
    ("IT", "IN_TRANSIT", "in_transit - -"),
    ("IT", "HUB_SCAN_OUT", "in_transit - -"),
    ("IT", "RECEIVED_BY_CARRIER", "handed_over - -"),
    ("IT", "RECEIVED_LOCAL_DELIVERY_DEPOT", "at_local_depot - -"),
    ("IT", "SUB_CONTRACTOR_EVENT", "in_transit - -"),
    ("IT", "SUB_CONTRACTOR_RECEIVED", "in_transit - -"),
    ("IT", "PARCEL_OVER_LABELLED", "in_transit - -"),
    ("IT", "PARCEL_REPACKED", "in_transit - -"),
    ("IT", "PARCEL_UPDATE_NOTIFICATION_VIA_EMAIL", "in_transit - -"),
    ("IT", "PARCEL_UPDATE_NOTIFICATION_VIA_SMS", "in_transit - -"),
    ("IT", "INFORMATION", "in_transit - -"),
    ("IT", "DELIVERY_ARRANGED_WITH_RECIPIENT", "in_transit - -"),
    ("IT", "CUSTOMS_PROCESSING", "customs - -"),
    ("IT", "CUSTOMS_CLEARED", "customs ok -"),
    ("EX", "CARRIER_DELAYS", "in_transit late -"),
    ("EX", "DELAYED_NOT_CARRIER", "in_transit late -"),
    ("EX", "HELD_BY_CARRIER", "in_transit held -"),
    ("EX", "HELD_BY_CARRIER_FOR_CLEARANCE_PRE_PROCESSING", "customs held -"),
    ("EX", "HELD_BY_CUSTOMS", "customs held customs_delay"),
    ("EX", "HELD_BY_EXPORT_CUSTOMS", "customs held customs_delay"),
    ("EX", "HELD_BY_IMPORT_CUSTOMS", "customs held customs_delay"),
    ("EX", "MISSORTED", "in_transit misrouted carrier_sorting_error"),
    ("EX", "ROUTING_ERROR", "in_transit misrouted carrier_sorting_error"),
    ("EX", "INCORRECT_DECLARATION", "in_transit held retailer_incorrect_dimensions"),
    ("EX", "ADDRESS_QUERY", "in_transit address_problem consignee_incorrect_address shopper"),
    ("IT", "OUT_FOR_DELIVERY", "out_for_delivery - -"),
    ("AT", "ATTEMPTED_DELIVERY", "out_for_delivery attempt_failed -"),
    ("AT", "ATTEMPTED_DELIVERY_2ND", "out_for_delivery attempt_failed -"),
    ("AT", "ATTEMPTED_DELIVERY_3RD", "out_for_delivery attempt_failed -"),
    ("AT", "CUSTOMER_CARDED", "out_for_delivery attempt_failed consignee_not_home"),
    ("AT", "CUSTOMER_IDENTIFICATION_FAILED", "out_for_delivery attempt_failed consignee_verification_failed"),
    ("AT", "NO_ACCESS_TO_RECIPIENTS_ADDRESS", "out_for_delivery attempt_failed consignee_access_restricted"),
    ("AT", "INVALID_METHOD_OF_PAYMENT", "out_for_delivery payment_due - shopper"),
    ("AT", "COD_AMOUNT_NOT_PAID", "out_for_delivery payment_due - shopper"),
    ("DE", "COD_AMOUNT_PAID", "delivered - -"),
    ("SP", "AWAITING_COLLECTION_FROM_PICKUP_POINT", "ready_for_pickup - - shopper"),
    ("SP", "COLLECT_AT_LOCAL_PO", "ready_for_pickup - - shopper"),
    ("IT", "CUSTOMER_TO_COLLECT_FROM_CARRIER", "ready_for_pickup - - shopper"),
    ("DE", "DELIVERED_TO_LOCKER_COLLECTION_POINT", "ready_for_pickup - - shopper"),
    ("DE", "DELIVERED", "delivered - -"),
    ("DE", "DELIVERED_DAMAGED", "delivered damaged carrier_damaged_parcel"),
    ("DE", "DELIVERED_IN_PART", "delivered - -"),
    ("DE", "DELIVERED_SPECIFIED_SAFE_PLACE", "delivered - -"),
    ("DE", "DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION", "delivered - -"),
    ("DE", "DELIVERED_TO_NEIGHBOUR", "delivered - -"),
    ("DE", "DELIVERED_TO_PO_BOX", "delivered - -"),
    ("DE", "PARCEL_COLLECTED_FROM_PICKUP_POINT", "delivered - -"),
    ("DE", "PROOF_OF_DELIVERY", "delivered - -"),
    ("DE", "POST_TRANSIT_STATUS", "delivered - -"),
    ("EX", "NOT_DELIVERED", "- unknown -"),
    ("EX", "NOT_DELIVERED_ADDRESSEE_DECEASED", "- unknown -"),
    ("EX", "NOT_COLLECTED_FROM_PICKUP_POINT", "- not_collected -"),
    ("EX", "REFUSED_BY_CUSTOMER", "in_transit refused consignee_refused"),
    ("EX", "CUSTOMER_MOVED", "in_transit address_problem consignee_incorrect_address"),
    ("EX", "HAZARDOUS_PROHIBITED", "in_transit held regulatory_hold"),
    ("EX", "PARCEL_OUTSIDE_OF_SERVICE_CAPABILITY", "- unknown -"),
    ("EX", "PARCEL_DAMAGED", "in_transit damaged carrier_damaged_parcel"),
    ("EX", "PARCEL_DISPOSED", "destroyed - -"),
    ("EX", "PARCEL_LOST", "lost - carrier_parcel_lost"),
    ("EX", "RETURN_TO_SENDER", "returning - -"),
    ("DE", "RETURN_TO_SENDER", "returned - -"),
    ("EX", "CANCELLED", "cancelled - -"),
    ("EX", "CANCELLED_BEFORE_DESPATCH", "cancelled - -"),
    ("UN", "CARRIER_STATUS_NOT_MAPPED", "- - -"),
    ("NY", "SHIPMENT_CREATED", "label_created - -"),
    ("NY", "AWAITING_PICKUP_DROP_OFF", "label_created - -"),
    ("AC", "DROPPED_OFF", "handed_over - -"),
    ("AC", "PICKED_UP", "handed_over - -"),
    ("IT", "HUB_SCAN_IN", "in_transit - -"),
    ("IT", "HUB_PROCESSING", "in_transit - -"),
    ("IT", "PARCEL_REDIRECTED", "in_transit - -"),
    ("IT", "DELIVERY_SCHEDULED", "in_transit - -"),
    ("IT", "DELIVERY_RESCHEDULED", "in_transit - -"),
    ("AT", "ATTEMPTED_DELIVERY_FINAL", "out_for_delivery attempt_failed -"),
    ("IT", "PARCEL_UPDATE_NOTIFICATION", "in_transit - -"),
];

#[test]
fn every_status_and_every_detail_means_something() {
    for (status, detail, expected) in CODES {
        assert_eq!(describe(meaning(status, detail)), *expected, "{status}/{detail}");
        assert!(is_known(status, detail), "{status}/{detail}");
    }
}

#[test]
fn a_word_of_tomorrow_leaves_what_the_status_says() {
    for (status, detail, expected) in [
        ("IT", "PARCEL_TELEPORTED", "in_transit - -"),
        ("EX", "PARCEL_TELEPORTED", "- unknown -"),
        ("XX", "", "unknown - -"),
        ("XX", "PARCEL_TELEPORTED", "unknown - -"),
    ] {
        assert_eq!(describe(meaning(status, detail)), expected, "{status}/{detail}");
        assert!(!is_known(status, detail), "{status}/{detail}");
    }
}

#[test]
fn a_detail_that_lags_behind_does_not_undo_a_delivery() {
    for detail in ["IN_TRANSIT", "OUT_FOR_DELIVERY", "CARRIER_DELAYS", "PARCEL_LOST"] {
        assert_eq!(describe(meaning("DE", detail)), "delivered - -", "{detail}");
    }
}

#[test]
fn an_exception_without_a_detail_is_neither_late_nor_lost() {
    let found = meaning("EX", "");
    assert_eq!((found.stage, found.condition.as_ref().map(ConditionState::as_str)), (None, Some("unknown")));
}

#[test]
fn the_detail_says_where_it_was_left() {
    for (detail, to) in [
        ("DELIVERED_IN_PART", DeliveredTo::InPart),
        ("DELIVERED_SPECIFIED_SAFE_PLACE", DeliveredTo::SafePlace),
        ("DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION", DeliveredTo::OtherAddress),
        ("DELIVERED_TO_NEIGHBOUR", DeliveredTo::Neighbour),
        ("PARCEL_COLLECTED_FROM_PICKUP_POINT", DeliveredTo::PickupPoint),
        ("DELIVERED_TO_PO_BOX", DeliveredTo::default()),
        ("DELIVERED", DeliveredTo::default()),
    ] {
        assert_eq!(delivered_to(detail), to, "{detail}");
    }
}
