//! EasyPost: `POST /v2/trackers`. The API key is the user name of Basic authentication. A repeated number returns the existing
//! tracker. If the carrier is left out, EasyPost detects it. Source: docs.easypost.com, "Trackers", "Tracking Guide" and "Errors".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response};
use crate::fields::text;

/// Returns the request that registers a number.
pub(super) fn request(number: &NewNumber, carrier: Option<&str>, key: &str) -> ApiRequest {
    let mut tracker = json!({ "tracking_code": number.sent_number() });
    if let (Some(carrier), Some(fields)) = (carrier, tracker.as_object_mut()) {
        fields.insert("carrier".to_owned(), carrier.into());
    }
    ApiRequest {
        path: "/v2/trackers".to_owned(),
        key_header: ("authorization", format!("Basic {}", STANDARD.encode(format!("{key}:")))),
        body: Some(json!({ "tracker": tracker }).to_string()),
    }
}

/// Returns the outcome that a response means.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    if !response.is_content_refused() {
        return response.by_status();
    }
    let answer = response.json();
    let code = answer.get("error").and_then(|error| text(error, "code")).unwrap_or_default();
    Outcome::Failed(match code {
        "TRACKER.UNSUPPORTED_CARRIER" | "TRACKER.NO_CARRIER_FOR_CODE" | "TRACKER.MULTIPLE_CARRIERS_FOR_CODE" => {
            Obstacle::UnknownCarrier
        }
        "TRACKER.NO_CARRIER_ACCOUNT" => Obstacle::CarrierNotConnected,
        "TRACKER.CARRIER_CODE_MISMATCH" | "TRACKER.INVALID_PARAMS" => Obstacle::InvalidNumber,
        _ => Obstacle::RequestRefused,
    })
}

/// Returns EasyPost's code of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("AustraliaPost"),
        KnownCarrier::CanadaPost => Some("CanadaPost"),
        KnownCarrier::DhlEcommerce => Some("DhlEcs"),
        KnownCarrier::DhlExpress => Some("DHLExpress"),
        KnownCarrier::DpdUk => Some("DPDUK"),
        KnownCarrier::FedEx => Some("FedEx"),
        KnownCarrier::RoyalMail => Some("RoyalMail"),
        KnownCarrier::Ups => Some("UPS"),
        KnownCarrier::Usps => Some("USPS"),
        KnownCarrier::AustrianPost
        | KnownCarrier::ChinaPost
        | KnownCarrier::DeutschePost
        | KnownCarrier::Dhl
        | KnownCarrier::DhlGermany
        | KnownCarrier::Dpd
        | KnownCarrier::DpdGermany
        | KnownCarrier::Evri
        | KnownCarrier::Gls
        | KnownCarrier::PostNl => None,
    }
}
