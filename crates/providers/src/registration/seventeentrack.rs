//! 17TRACK: `POST /track/v2.4/register` with the key in `17token` and a list as the body. The status is 200, and the body tells which
//! numbers were accepted. A repeated number is rejected with the code -18019901. If the carrier is left out, 17TRACK detects it.
//! Source: api.17track.net/en/doc, "Register" and "Error codes", and the list of carriers of 17TRACK (`apicarrier.all.json`).

use serde_json::{Value, json};

use super::api_request::ApiRequest;
use super::carriers::KnownCarrier;
use super::new_number::NewNumber;
use super::obstacle::Obstacle;
use super::outcome::{Outcome, Response};

/// Returns the request that registers a number. Returns `Obstacle::UnknownCarrier` if the carrier's code is no number.
pub(super) fn request(number: &NewNumber, carrier: Option<&str>, key: &str) -> Result<ApiRequest, Obstacle> {
    let mut item = json!({ "number": number.sent_number() });
    if let (Some(carrier), Some(fields)) = (carrier, item.as_object_mut()) {
        let carrier: u32 = carrier.parse().map_err(|_| Obstacle::UnknownCarrier)?;
        fields.insert("carrier".to_owned(), carrier.into());
    }
    Ok(ApiRequest {
        path: "/track/v2.4/register".to_owned(),
        key_header: ("17token", key.to_owned()),
        body: Some(json!([item]).to_string()),
    })
}

/// Returns the outcome that a response means.
pub(super) fn outcome(response: &Response<'_>) -> Outcome {
    let by_status = response.by_status();
    if by_status != Outcome::Registered && !response.is_content_refused() {
        return by_status;
    }
    let answer = response.json();
    let has_accepted = answer.pointer("/data/accepted").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if has_accepted {
        return Outcome::Registered;
    }
    // The number has an error of its own, or the whole request has one.
    let places = ["/data/rejected/0/error/code", "/data/errors/0/code", "/code"];
    let code = places.iter().find_map(|place| answer.pointer(place).and_then(Value::as_i64)).filter(|code| *code != 0);
    match code {
        Some(-18_019_901) => Outcome::AlreadyRegistered,
        Some(-18_019_903) => Outcome::Failed(Obstacle::UnknownCarrier),
        // The format of a field, and the data as a whole.
        Some(-18_010_013..=-18_010_012) => Outcome::Failed(Obstacle::InvalidNumber),
        // The quota of a day, and the quota of the account.
        Some(-18_019_908..=-18_019_907) => Outcome::Failed(Obstacle::PlanLimit),
        // The address of this machine, the key, or the account is not allowed.
        Some(-18_010_005..=-18_010_001) => Outcome::Failed(Obstacle::KeyRefused),
        Some(_) => Outcome::Failed(Obstacle::RequestRefused),
        None if response.is_content_refused() => by_status,
        None => Outcome::Failed(Obstacle::Unavailable),
    }
}

/// Returns 17TRACK's key of a carrier.
pub(super) fn carrier_code(carrier: KnownCarrier) -> Option<&'static str> {
    match carrier {
        KnownCarrier::AustraliaPost => Some("1151"),
        KnownCarrier::AustrianPost => Some("1161"),
        KnownCarrier::CanadaPost => Some("3041"),
        KnownCarrier::ChinaPost => Some("3011"),
        KnownCarrier::DeutschePost => Some("7044"),
        KnownCarrier::DhlEcommerce => Some("7047"),
        KnownCarrier::DhlExpress => Some("100001"),
        KnownCarrier::DhlGermany => Some("7041"),
        KnownCarrier::DpdGermany => Some("100007"),
        KnownCarrier::DpdUk => Some("100010"),
        KnownCarrier::Evri => Some("100331"),
        KnownCarrier::FedEx => Some("100003"),
        KnownCarrier::Gls => Some("100005"),
        KnownCarrier::PostNl => Some("14041"),
        KnownCarrier::RoyalMail => Some("11031"),
        KnownCarrier::Ups => Some("100002"),
        KnownCarrier::Usps => Some("21051"),
        KnownCarrier::Dhl | KnownCarrier::Dpd => None,
    }
}
