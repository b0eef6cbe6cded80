//! AfterShip: `POST /tracking/2026-01/trackings` with the key in `as-api-key`. A repeated number is answered with the code 4003. If
//! the slug is left out, AfterShip detects the courier. Source: aftership.com/docs/tracking, "Quickstart" and "Request errors", and
//! the error list of github.com/AfterShip/tracking-sdk-nodejs.

use serde_json::json;

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response};
use crate::country;

/// Returns the request that registers a number. The country of the destination helps AfterShip to find the parcel.
pub(super) fn request(number: &NewNumber, slug: Option<&str>, key: &str) -> ApiRequest {
    let mut tracking = json!({ "tracking_number": number.sent_number() });
    let country = number.country.as_deref().and_then(country::three_letters);
    for (field, value) in [("slug", slug), ("destination_country_region", country)] {
        if let (Some(value), Some(fields)) = (value, tracking.as_object_mut()) {
            fields.insert(field.to_owned(), value.into());
        }
    }
    ApiRequest {
        path: "/tracking/2026-01/trackings".to_owned(),
        key_header: ("as-api-key", key.to_owned()),
        body: Some(tracking.to_string()),
    }
}

/// Returns the outcome that a response means. The code in `meta` tells more than the status.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    if !response.is_content_refused() {
        return response.by_status();
    }
    match response.json().pointer("/meta/code").and_then(serde_json::Value::as_u64) {
        Some(4003) => Outcome::AlreadyRegistered,
        Some(4005 | 4017) => Outcome::Failed(Obstacle::InvalidNumber),
        // 4010: the slug is invalid. 4012: the courier was not detected, or is not on the list of the account.
        Some(4010 | 4012) => Outcome::Failed(Obstacle::UnknownCarrier),
        Some(_) | None => Outcome::Failed(Obstacle::RequestRefused),
    }
}

/// Returns AfterShip's slug of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("australia-post"),
        KnownCarrier::CanadaPost => Some("canada-post"),
        KnownCarrier::ChinaPost => Some("china-post"),
        KnownCarrier::DeutschePost => Some("deutsch-post"),
        KnownCarrier::DhlEcommerce => Some("dhl-global-mail"),
        KnownCarrier::DhlExpress => Some("dhl"),
        KnownCarrier::DhlGermany => Some("dhl-germany"),
        KnownCarrier::DpdGermany => Some("dpd-de"),
        KnownCarrier::DpdUk => Some("dpd-uk"),
        KnownCarrier::FedEx => Some("fedex"),
        KnownCarrier::Gls => Some("gls"),
        KnownCarrier::RoyalMail => Some("royal-mail"),
        KnownCarrier::Ups => Some("ups"),
        KnownCarrier::Usps => Some("usps"),
        KnownCarrier::AustrianPost | KnownCarrier::Dhl | KnownCarrier::Dpd | KnownCarrier::Evri | KnownCarrier::PostNl => None,
    }
}
