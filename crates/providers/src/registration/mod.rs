//! Registration of tracking numbers at providers that report only numbers they were given. Makes the request for a number, and
//! reads the response into an outcome. Pure: the outbox of the service repeats requests, and `doorstep-outbound` sends them.
//!
//! Each provider has a file with its request, the codes that it uses for carriers, and its error codes. `carriers` has the
//! carriers that the project knows, `routes` the choice of a provider, `obstacle` the reasons for which a number is not
//! registered, and `outcome` what a status alone tells. `provider` has the names of the providers.

mod aftership;
#[cfg(test)]
mod answer_tests;
mod api_request;
mod carriers;
mod easypost;
mod karrio;
mod new_number;
mod obstacle;
mod outcome;
mod provider;
#[cfg(test)]
mod request_tests;
mod routes;
mod seventeentrack;
mod shipengine;
mod shippo;

pub use api_request::ApiRequest;
pub use carriers::{CarrierCodes, normal_code};
pub use new_number::NewNumber;
pub use obstacle::{Consequence, Obstacle};
pub use outcome::{Outcome, Response};
pub use provider::RegistrationProvider;
pub use routes::Routes;

use carriers::KnownCarrier;

impl RegistrationProvider {
    /// Returns the request that registers a number with this key. `codes` are the operator's own codes of carriers. Returns
    /// `Obstacle::UnknownCarrier` if the provider needs a code and none is known.
    pub fn request(self, number: &NewNumber, key: &str, codes: &CarrierCodes) -> Result<ApiRequest, Obstacle> {
        let known = KnownCarrier::find(number.carrier_code.as_deref(), number.carrier_name.as_deref());
        let code = codes.of(number.carrier_code.as_deref()).or_else(|| self.carrier_code(known?));
        match self {
            Self::Aftership => Ok(aftership::request(number, code, key)),
            Self::Easypost => Ok(easypost::request(number, code, key)),
            Self::Karrio => code.map(|code| karrio::request(number, code, key)).ok_or(Obstacle::UnknownCarrier),
            Self::Seventeentrack => seventeentrack::request(number, code, key),
            Self::Shipengine => code.map(|code| shipengine::request(number, code, key)).ok_or(Obstacle::UnknownCarrier),
            Self::Shippo => code.map(|code| shippo::request(number, code, key)).ok_or(Obstacle::UnknownCarrier),
        }
    }

    /// Returns the outcome that a response means.
    pub fn outcome(self, response: &Response<'_>) -> Outcome {
        match self {
            Self::Aftership => aftership::outcome(response),
            Self::Easypost => easypost::outcome(response),
            Self::Karrio => karrio::outcome(response),
            Self::Seventeentrack => seventeentrack::outcome(response),
            Self::Shipengine => shipengine::outcome(response),
            Self::Shippo => shippo::outcome(response),
        }
    }

    /// Returns the provider's code of a carrier, or None if the provider does not know the carrier by one code.
    fn carrier_code(self, carrier: KnownCarrier) -> Option<&'static str> {
        match self {
            Self::Aftership => aftership::carrier_code(carrier),
            Self::Easypost => easypost::carrier_code(carrier),
            Self::Karrio => karrio::carrier_code(carrier),
            Self::Seventeentrack => seventeentrack::carrier_code(carrier),
            Self::Shipengine => shipengine::carrier_code(carrier),
            Self::Shippo => shippo::carrier_code(carrier),
        }
    }
}
