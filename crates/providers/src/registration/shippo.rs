//! Shippo: `POST /tracks/` with `Authorization: ShippoToken …`. The carrier is required. A repeated number is accepted again, and
//! Shippo may then report each event twice. Source: docs.goshippo.com, "Tracking", "Tracking Carriers" and "HTTP response status
//! codes". The bodies of errors are not documented; their fields have the names of the fields of the request.

use serde_json::json;

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response, has_field};

/// Returns the request that registers a number.
pub(super) fn request(number: &NewNumber, carrier: &str, key: &str) -> ApiRequest {
    ApiRequest {
        path: "/tracks/".to_owned(),
        key_header: ("authorization", format!("ShippoToken {key}")),
        body: Some(json!({ "carrier": carrier, "tracking_number": number.sent_number() }).to_string()),
    }
}

/// Returns the outcome that a response means.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    if !response.is_content_refused() {
        return response.by_status();
    }
    let answer = response.json();
    Outcome::Failed(if has_field(&answer, "carrier") {
        Obstacle::UnknownCarrier
    } else if has_field(&answer, "tracking_number") {
        Obstacle::InvalidNumber
    } else {
        Obstacle::RequestRefused
    })
}

/// Returns Shippo's token of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("australia_post"),
        KnownCarrier::CanadaPost => Some("canada_post"),
        KnownCarrier::DeutschePost => Some("deutsche_post"),
        KnownCarrier::DhlEcommerce => Some("dhl_ecommerce"),
        KnownCarrier::DhlExpress => Some("dhl_express"),
        KnownCarrier::DhlGermany => Some("dhl_germany"),
        KnownCarrier::DpdGermany => Some("dpd_de"),
        KnownCarrier::DpdUk => Some("dpd_uk"),
        KnownCarrier::Evri => Some("hermes_uk"),
        KnownCarrier::FedEx => Some("fedex"),
        KnownCarrier::RoyalMail => Some("royal_mail"),
        KnownCarrier::Ups => Some("ups"),
        KnownCarrier::Usps => Some("usps"),
        KnownCarrier::AustrianPost
        | KnownCarrier::ChinaPost
        | KnownCarrier::Dhl
        | KnownCarrier::Dpd
        | KnownCarrier::Gls
        | KnownCarrier::PostNl => None,
    }
}
