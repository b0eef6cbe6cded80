//! Tests the texts that mean a return, and that every provider's delivery to the sender becomes a return.

use doorstep_contract::{Shipment, Stage};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::parse_unverified;
use super::super::testing::{now, shipment_after};
use super::{says_brought_back, says_delivered_to_sender};

#[test]
fn words_of_carriers_say_that_it_was_delivered_to_the_sender() {
    for said in [
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
        assert!(says_delivered_to_sender(said), "{said}");
    }
    for said in [
        "Returned to Sender",
        "Return to sender",
        "Objeto devolvido ao remetente",
        "Devuelto al remitente",
        "Zwrócona do nadawcy",
    ] {
        assert!(says_brought_back(said), "{said}");
    }
}

#[test]
fn other_deliveries_stay_deliveries() {
    for said in [
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
        assert!(!says_delivered_to_sender(said) && !says_brought_back(said), "{said}");
    }
}

/// Returns the payload of every provider for a delivered shipment with this text.
fn delivered(said: &str) -> Vec<(&'static str, Value)> {
    let at = "2026-11-19T10:00:00Z";
    vec![
        (
            "easypost",
            json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "delivered", "signed_by": "A. Okafor",
                "tracking_details": [{"message": said, "status": "delivered", "datetime": at}]}}),
        ),
        (
            "aftership",
            json!({"event": "tracking_update", "msg": {"tracking_number": "1", "tag": "Delivered", "subtag": "Delivered_001",
                "signed_by": "A. Okafor", "checkpoints": [{"checkpoint_time": at, "tag": "Delivered", "message": said}]}}),
        ),
        (
            "shippo",
            json!({"event": "track_updated", "data": {"tracking_number": "1",
                "tracking_status": {"status": "DELIVERED", "status_details": said, "status_date": at}}}),
        ),
        (
            "shipengine",
            json!({"resource_type": "API_TRACK", "data": {"tracking_number": "1", "status_code": "DE",
                "events": [{"occurred_at": at, "status_code": "DE", "description": said, "signer": "A. Okafor"}]}}),
        ),
        (
            "seventeentrack",
            json!({"event": "TRACKING_UPDATED", "data": {"number": "1", "carrier": 3, "track_info": {
                "latest_status": {"status": "Delivered", "sub_status": "Delivered_Other"},
                "tracking": {"providers": [{"provider": {"key": 3, "name": "USPS"}, "events": [
                    {"time_iso": at, "description": said, "stage": "Delivered", "sub_status": "Delivered_Other"}]}]}}}}),
        ),
        (
            "karrio",
            json!({"event": "tracker_updated", "data": {"tracking_number": "1", "status": "delivered",
                "events": [{"date": "2026-11-19", "time": "10:00", "status": "delivered", "description": said}]}}),
        ),
        (
            "carrier",
            json!({"tracking_number": "1", "carrier": "usps", "told_at": "2026-11-19T12:00:00Z", "status": {"code": "01", "text": said},
                "events": [{"at": "2026-11-19T10:00", "code": "01", "text": said}]}),
        ),
    ]
}

fn after(provider: &str, body: &Value) -> Shipment {
    shipment_after(&parse_unverified(provider, body.to_string().as_bytes(), now()).expect("read"))
}

#[test]
fn a_parcel_delivered_to_its_sender_is_returned_whichever_provider_says_so() {
    for (provider, body) in delivered("Delivered, To Original Sender") {
        let shipment = after(provider, &body);
        assert_eq!((&shipment.stage, &shipment.delivered), (&Stage::Returned, &None), "{provider}");
        assert_eq!(shipment.events.first().map(|event| &event.stage), Some(&Stage::Returned), "{provider}");
    }
    for (provider, body) in delivered("Delivered, Front Door/Porch") {
        assert_eq!(after(provider, &body).stage, Stage::Delivered, "{provider}");
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
    let deliveries = parse_unverified("easypost", body.to_string().as_bytes(), now()).expect("read");
    assert_eq!(deliveries.first().and_then(|delivery| delivery.update.facts.stage.clone()), Some(Stage::Delivered));
}

#[test]
fn a_provider_that_says_returning_is_outdone_by_a_delivery_to_the_sender() {
    let body = json!({"description": "tracker.updated", "result": {"tracking_code": "1", "status": "return_to_sender", "tracking_details": [
        {"message": "Return to Sender Processed", "status": "return_to_sender", "datetime": "2026-11-17T10:00:00Z"},
        {"message": "Delivered, To Original Sender", "status": "return_to_sender", "datetime": "2026-11-19T10:00:00Z"}]}});
    assert_eq!(after("easypost", &body).stage, Stage::Returned);
}

proptest! {
    #[test]
    fn no_words_make_it_panic(said in ".{0,60}", before in "[a-z ]{0,10}") {
        let _ = says_delivered_to_sender(&said);
        let denied = format!("{before} not delivered to sender");
        prop_assert!(!says_delivered_to_sender(&denied));
    }
}
