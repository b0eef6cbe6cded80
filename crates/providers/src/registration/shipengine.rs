//! ShipEngine (ShipStation API): `POST /v1/tracking/start` with the number in the query and the key in `API-Key`. The carrier is
//! required, and must be connected to the account. A repeated number is accepted again. Source: docs.shipstation.com, "Start
//! Tracking Updates" and "Usage & Rate Limits", and the schema github.com/ShipEngine/shipengine-openapi.

use serde_json::Value;

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response};
use crate::fields::text;

/// Returns the request that registers a number.
pub(super) fn request(number: &NewNumber, carrier: &str, key: &str) -> ApiRequest {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("carrier_code", carrier).append_pair("tracking_number", &number.sent_number());
    ApiRequest { path: format!("/v1/tracking/start?{}", query.finish()), key_header: ("api-key", key.to_owned()), body: None }
}

/// Returns the outcome that a response means. The error code tells more than the status.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    if !response.is_content_refused() {
        return response.by_status();
    }
    let answer = response.json();
    let Some(error) = answer.pointer("/errors/0") else { return response.by_status() };
    Outcome::Failed(match text(error, "error_code").unwrap_or_default() {
        "carrier_not_supported" | "tracking_not_supported" => Obstacle::UnknownCarrier,
        "carrier_not_connected" | "carrier_disconnected" => Obstacle::CarrierNotConnected,
        "field_value_required" | "invalid_field_value" | "invalid_identifier" | "invalid_string_length" => of_field(error),
        "insufficient_funds" | "invalid_billing_plan" | "subscription_inactive" | "trial_expired" => Obstacle::PlanLimit,
        "forbidden" | "unauthorized" => Obstacle::KeyRefused,
        "rate_limit_exceeded" => Obstacle::RateLimited,
        _ => Obstacle::RequestRefused,
    })
}

/// Returns the obstacle that an invalid field means.
fn of_field(error: &Value) -> Obstacle {
    match text(error, "field_name") {
        Some("tracking_number") => Obstacle::InvalidNumber,
        Some("carrier_code") => Obstacle::UnknownCarrier,
        Some(_) | None => Obstacle::RequestRefused,
    }
}

/// Returns ShipEngine's code of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("australia_post"),
        KnownCarrier::CanadaPost => Some("canada_post"),
        KnownCarrier::DhlEcommerce => Some("dhl_ecommerce"),
        KnownCarrier::DhlExpress => Some("dhl_express"),
        KnownCarrier::FedEx => Some("fedex"),
        KnownCarrier::RoyalMail => Some("royal_mail"),
        KnownCarrier::Ups => Some("ups"),
        // ShipEngine connects USPS through Stamps.com.
        KnownCarrier::Usps => Some("stamps_com"),
        KnownCarrier::AustrianPost
        | KnownCarrier::ChinaPost
        | KnownCarrier::DeutschePost
        | KnownCarrier::Dhl
        | KnownCarrier::DhlGermany
        | KnownCarrier::Dpd
        | KnownCarrier::DpdGermany
        | KnownCarrier::DpdUk
        | KnownCarrier::Evri
        | KnownCarrier::Gls
        | KnownCarrier::PostNl => None,
    }
}
