//! Mapping of Shopify's statuses of fulfilment events, which are also the shipment statuses of fulfilments. Webhooks write them in lower
//! case, GraphQL in capitals.
//!
//! Sources: Shopify's documentation of `FulfillmentEventStatus`, also of its unstable version, and of the REST resource.

use doorstep_contract::{ConditionState, Stage};

use crate::meaning::Meaning;

/// Returns the meaning of a status. An empty status has no meaning; a status without an entry gives an unknown stage.
pub(super) fn meaning(status: &str) -> Meaning {
    let unknown = || if status.is_empty() { Meaning::default() } else { Meaning::stage(Stage::default()) };
    table_entry(status).unwrap_or_else(unknown)
}

/// Returns true if the status is documented. An empty status counts as known.
pub(super) fn is_known(status: &str) -> bool {
    status.is_empty() || table_entry(status).is_some()
}

/// Returns true if the shopper has collected the parcel.
pub(super) fn is_collected(status: &str) -> bool {
    status.eq_ignore_ascii_case("picked_up")
}

fn table_entry(status: &str) -> Option<Meaning> {
    Some(match status.to_ascii_lowercase().as_str() {
        // Confirmed means that the carrier knows of the parcel, but does not have it yet.
        "label_purchased" | "label_printed" | "confirmed" => Meaning::stage(Stage::LabelCreated),
        "carrier_picked_up" => Meaning::stage(Stage::HandedOver),
        "in_transit" => Meaning::stage(Stage::InTransit),
        "out_for_delivery" => Meaning::stage(Stage::OutForDelivery),
        "attempted_delivery" => Meaning::stage_condition(Stage::OutForDelivery, ConditionState::AttemptFailed),
        "delayed" => Meaning::stage_condition(Stage::InTransit, ConditionState::Late),
        "ready_for_pickup" | "ready_for_recipient_pickup" => Meaning::stage(Stage::ReadyForPickup),
        "delivered" | "picked_up" => Meaning::stage(Stage::Delivered),
        "returning_to_sender" => Meaning::stage(Stage::Returning),
        "buyer_action_required" => Meaning { awaits_shopper: true, ..Meaning::default() },
        // The number is wrong, the shipment was cancelled, or Shopify could not reach the carrier; the status does not distinguish these.
        "failure" => Meaning::condition(ConditionState::default()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::describe;

    /// Every documented status of Shopify, with stage, condition and reason.
    const STATUSES: &[(&str, &str)] = &[
        ("LABEL_PURCHASED", "label_created - -"),
        ("LABEL_PRINTED", "label_created - -"),
        ("CONFIRMED", "label_created - -"),
        ("CARRIER_PICKED_UP", "handed_over - -"),
        ("IN_TRANSIT", "in_transit - -"),
        ("OUT_FOR_DELIVERY", "out_for_delivery - -"),
        ("ATTEMPTED_DELIVERY", "out_for_delivery attempt_failed -"),
        ("DELAYED", "in_transit late -"),
        ("READY_FOR_PICKUP", "ready_for_pickup - -"),
        ("READY_FOR_RECIPIENT_PICKUP", "ready_for_pickup - -"),
        ("PICKED_UP", "delivered - -"),
        ("DELIVERED", "delivered - -"),
        ("FAILURE", "- unknown -"),
        ("BUYER_ACTION_REQUIRED", "- - - shopper"),
        ("RETURNING_TO_SENDER", "returning - -"),
    ];

    #[test]
    fn every_status_means_the_same_in_either_case() {
        for (status, row) in STATUSES {
            for status in [(*status).to_owned(), status.to_lowercase()] {
                assert_eq!((describe(meaning(&status)), is_known(&status)), ((*row).to_owned(), true), "{status}");
            }
        }
    }

    #[test]
    fn a_status_of_tomorrow_is_unknown() {
        assert_eq!((describe(meaning("teleported")), is_known("teleported")), ("unknown - -".to_owned(), false));
        assert_eq!((describe(meaning("")), is_known("")), ("- - -".to_owned(), true));
    }
}
