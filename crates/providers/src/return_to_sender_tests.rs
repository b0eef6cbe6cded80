//! Tests the texts that mean a return, and summaries that disagree with the scans. `suite/text_tests.rs` tests deliveries to the
//! sender for every provider.

use doorstep_contract::Stage;
use proptest::prelude::*;
use serde_json::json;

use super::{says_brought_back, says_delivered_to_sender};
use crate::easypost::case::CASE;

#[test]
fn words_of_carriers_say_that_it_was_delivered_to_the_sender() {
    for text in [
        "Delivered, To Original Sender",
        "DELIVERED, TO ORIGINAL SENDER",
        "Delivered to sender",
        "Delivered back to the shipper.",
        "Delivered <b>to the original sender</b>",
        "Objeto entregue ao remetente",
        "Entregado al remitente",
        "Devuelto y entregado al remitente",
        "Spedizione riconsegnata al mittente",
        "Die Sendung wurde dem Absender zugestellt.",
        "Die Sendung wurde an den Absender zugestellt.",
        "Livré à l’expéditeur",
        "Doręczono do nadawcy",
    ] {
        assert!(says_delivered_to_sender(text), "{text}");
    }
    for text in [
        "Returned to Sender",
        "Return to sender",
        "Objeto devolvido ao remetente",
        "Devuelto al remitente",
        "Zwrócona do nadawcy",
    ] {
        assert!(says_brought_back(text), "{text}");
    }
}

#[test]
fn other_deliveries_stay_deliveries() {
    for text in [
        "",
        "Delivered",
        "Delivered, In/At Mailbox",
        "Delivered, Front Desk/Reception",
        "Delivered to agent for final delivery",
        "DELIVERED TO RETURNS AGENT OR COLLEGE/UNIVERSITY FOR FINAL DELIVERY",
        "Delivered to merchant",
        "Delivered to neighbour; the sender was told",
        "Delivered. Proof of delivery was sent to sender",
        "Could not be delivered to sender",
        "The parcel will be returned to sender unless it is collected",
        "Not returned to sender",
        "Entregue ao destinatário",
        "Entregado al destinatario",
        "Zugestellt",
        "Die Sendung wurde nicht an den Absender zugestellt",
    ] {
        assert!(!says_delivered_to_sender(text) && !says_brought_back(text), "{text}");
    }
}

#[test]
fn a_summary_that_says_delivered_follows_the_last_delivery() {
    // The parcel first went back to the sender, was sent again and was delivered: the last delivery decides.
    let scan = |message: &str, status: &str, at: &str| json!({"message": message, "status": status, "datetime": at});
    let scans = [
        scan("Delivered, To Original Sender", "delivered", "2026-11-15T10:00:00Z"),
        scan("Delivered, In/At Mailbox", "delivered", "2026-11-19T10:00:00Z"),
    ];
    let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "tracking_details": scans}});
    assert_eq!(CASE.delivery(&body.to_string()).update.facts.stage, Some(Stage::Delivered));
}

#[test]
fn a_provider_that_says_returning_is_outdone_by_a_delivery_to_the_sender() {
    let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "return_to_sender", "tracking_details": [
        {"message": "Return to Sender Processed", "status": "return_to_sender", "datetime": "2026-11-17T10:00:00Z"},
        {"message": "Delivered, To Original Sender", "status": "return_to_sender", "datetime": "2026-11-19T10:00:00Z"}]}});
    assert_eq!(CASE.shipment_after(&body.to_string()).stage, Stage::Returned);
}

proptest! {
    #[test]
    fn no_words_make_it_panic(text in ".{0,60}", before in "[a-z ]{0,10}") {
        let _ = says_delivered_to_sender(&text);
        let denied = format!("{before} not delivered to sender");
        prop_assert!(!says_delivered_to_sender(&denied));
    }
}
