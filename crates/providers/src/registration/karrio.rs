//! Karrio: `POST /v1/trackers` with `Authorization: Token …`. The carrier is required, and must be connected to the account. A
//! repeated number returns the existing tracker. Source: docs.karrio.io, "Trackers" and "Error codes", and the names of the
//! connectors in github.com/karrioapi/karrio.

use serde_json::json;

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response, has_field};

/// Returns the request that registers a number.
pub(super) fn request(number: &NewNumber, carrier: &str, key: &str) -> ApiRequest {
    ApiRequest {
        path: "/v1/trackers".to_owned(),
        key_header: ("authorization", format!("Token {key}")),
        body: Some(json!({ "tracking_number": number.sent_number(), "carrier_name": carrier }).to_string()),
    }
}

/// Returns the outcome that a response means.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    match response.status {
        // The API has no other resource in this request than the connection to the carrier. An answer without JSON comes from
        // another server.
        404 if has_field(&response.json(), "errors") => Outcome::Failed(Obstacle::CarrierNotConnected),
        // A request to the carrier failed.
        424 => Outcome::Failed(Obstacle::Unavailable),
        _ if response.is_content_refused() => {
            let answer = response.json();
            Outcome::Failed(if has_field(&answer, "carrier_name") {
                Obstacle::UnknownCarrier
            } else if has_field(&answer, "tracking_number") {
                Obstacle::InvalidNumber
            } else {
                Obstacle::RequestRefused
            })
        }
        _ => response.by_status(),
    }
}

/// Returns Karrio's name of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("australiapost"),
        KnownCarrier::AustrianPost => Some("postat"),
        KnownCarrier::CanadaPost => Some("canadapost"),
        // Karrio follows all companies of DHL through DHL's common API.
        KnownCarrier::Dhl | KnownCarrier::DhlEcommerce => Some("dhl_universal"),
        KnownCarrier::DhlExpress => Some("dhl_express"),
        KnownCarrier::DhlGermany => Some("dhl_parcel_de"),
        KnownCarrier::Dpd => Some("dpd"),
        KnownCarrier::FedEx => Some("fedex"),
        KnownCarrier::Gls => Some("gls"),
        KnownCarrier::RoyalMail => Some("royalmail"),
        KnownCarrier::Ups => Some("ups"),
        KnownCarrier::Usps => Some("usps"),
        KnownCarrier::ChinaPost
        | KnownCarrier::DeutschePost
        | KnownCarrier::DpdGermany
        | KnownCarrier::DpdUk
        | KnownCarrier::Evri
        | KnownCarrier::PostNl => None,
    }
}
