//! Registers tracking numbers at tracking providers over their APIs. `doorstep_providers::registration` makes the requests and reads
//! the answers.

use std::collections::BTreeMap;
use std::sync::Mutex;

use doorstep_providers::registration::{
    ApiRequest, CarrierCodes, Consequence, NewNumber, Obstacle, Outcome, RegistrationProvider, Response,
};
use doorstep_service::outbox::{Failure, Reason, Transport};
use doorstep_service::store::{Channel, Message};
use doorstep_service::{Error, Service};
use http::HeaderValue;

use super::connection::{Answer, Body, Connection};

/// Account at a provider.
pub struct ProviderAccount {
    /// Provider of the account.
    pub provider: RegistrationProvider,
    /// Address of the provider's API.
    pub url: String,
    /// Key of the API.
    pub key: String,
}

/// Registers numbers at all configured providers.
pub struct RegistrationSender {
    providers: BTreeMap<RegistrationProvider, Endpoint>,
    codes: CarrierCodes,
    pauses: Mutex<BTreeMap<RegistrationProvider, Pause>>,
}

/// API of one provider.
struct Endpoint {
    connection: Connection,
    /// Address without a slash at its end.
    url: String,
    key: String,
}

/// Time until which a provider is not asked, in seconds, and the reason.
#[derive(Clone, Copy)]
struct Pause {
    until: i64,
    obstacle: Obstacle,
}

/// A failed attempt: the obstacle, the receiver's part of the reason, and the wait that the provider asks for in seconds.
struct Failed {
    obstacle: Obstacle,
    receiver: String,
    retry_after_s: Option<i64>,
}

impl RegistrationSender {
    /// Creates a sender for these accounts. `codes` are the operator's own codes of carriers. If `allow_private` is true, addresses
    /// may be private and without TLS. Returns an error text if an address or a key cannot be used.
    pub fn new(accounts: Vec<ProviderAccount>, codes: CarrierCodes, allow_private: bool) -> Result<Self, String> {
        let mut providers = BTreeMap::new();
        for ProviderAccount { provider, url, key } in accounts {
            let connection = Connection::to(Channel::Registration.as_str(), &url, allow_private)?;
            if connection.uri().query().is_some() {
                return Err(format!("`{url}`: the address of an API has no query"));
            }
            let is_sendable = !key.is_empty() && HeaderValue::from_str(&key).is_ok();
            if !is_sendable {
                return Err(format!("the API key for {} is no header value", provider.as_str()));
            }
            let url = url.trim_end_matches('/').to_owned();
            providers.insert(provider, Endpoint { connection, url, key });
        }
        Ok(Self { providers, codes, pauses: Mutex::default() })
    }

    /// Tries to send the next registration that is due. Returns false if none is due.
    pub async fn send_next(&self, service: &Service) -> Result<bool, Error> {
        service.send_next_message(self).await
    }

    /// Registers a number. Returns true if the provider had it already.
    async fn register(&self, number: &NewNumber) -> Result<bool, Failed> {
        let failed = |obstacle| Failed { obstacle, receiver: String::new(), retry_after_s: None };
        let endpoint = self.providers.get(&number.provider).ok_or_else(|| failed(Obstacle::NotConfigured))?;
        let request = number.provider.request(number, &endpoint.key, &self.codes);
        let request = request.map_err(|obstacle| Failed {
            receiver: format!("carrier {}", number.carrier_code.as_deref().unwrap_or("not stated")),
            ..failed(obstacle)
        })?;
        let request = endpoint.http_request(&request);
        let request = request.map_err(|error| Failed { receiver: error, ..failed(Obstacle::RequestRefused) })?;
        let answer = endpoint.connection.ask(request).await;
        let answer = answer.map_err(|error| Failed { receiver: error, ..failed(Obstacle::Unavailable) })?;
        match number.provider.outcome(&Response { status: answer.status.as_u16(), body: &answer.body }) {
            Outcome::Registered => Ok(false),
            Outcome::AlreadyRegistered => Ok(true),
            Outcome::Failed(obstacle) => {
                let Answer { status, retry_after_s, .. } = answer;
                Err(Failed { obstacle, receiver: format!("{status}: {}", answer.excerpt()), retry_after_s })
            }
        }
    }

    /// Returns the failure of an attempt in the terms of the outbox. If the provider takes no number at present, it is not asked
    /// again until the pause is over; `now` in seconds.
    fn failure(&self, provider: RegistrationProvider, failed: Failed, now: i64) -> Failure {
        let Failed { obstacle, receiver, retry_after_s } = failed;
        let reason = reason(provider, obstacle, receiver);
        match obstacle.consequence() {
            Consequence::Refused => Failure::Permanent(reason),
            Consequence::Repeated => Failure::Retryable { reason, retry_after_s },
            Consequence::Paused(usual_s) => {
                let wait_s = retry_after_s.unwrap_or(usual_s).clamp(1, 86_400);
                tracing::warn!(provider = provider.as_str(), reason = obstacle.as_str(), wait_s, "takes no tracking numbers");
                if let Ok(mut pauses) = self.pauses.lock() {
                    pauses.insert(provider, Pause { until: now.saturating_add(wait_s), obstacle });
                }
                Failure::Paused { reason, wait_s }
            }
        }
    }

    /// Returns the failure of a number that is not sent because its provider takes none at present. `now` is in seconds.
    fn paused(&self, provider: RegistrationProvider, now: i64) -> Option<Failure> {
        let pause = *self.pauses.lock().ok()?.get(&provider)?;
        let wait_s = pause.until.saturating_sub(now);
        (wait_s > 0).then(|| Failure::Paused { reason: reason(provider, pause.obstacle, String::new()), wait_s })
    }
}

impl Transport for RegistrationSender {
    fn channel(&self) -> Channel {
        Channel::Registration
    }

    async fn deliver(&self, message: &Message, now: i64) -> Result<(), Failure> {
        let number: NewNumber = serde_json::from_str(&message.payload).map_err(|error| {
            // The error may quote the payload, so it must not be logged.
            Failure::Permanent(Reason {
                sender: "the registration cannot be read".to_owned(),
                receiver: error.to_string(),
                code: Some(Obstacle::RequestRefused.as_str()),
            })
        })?;
        if let Some(failure) = self.paused(number.provider, now) {
            return Err(failure);
        }
        let result = self.register(&number).await;
        let outcome = match &result {
            Ok(false) => "registered",
            Ok(true) => "already_registered",
            Err(failed) => failed.obstacle.as_str(),
        };
        metrics::counter!("doorstep_registrations_total", "provider" => number.provider.as_str(), "outcome" => outcome.replace('-', "_"))
            .increment(1);
        result.map(|_| ()).map_err(|failed| self.failure(number.provider, failed, now))
    }
}

impl Endpoint {
    /// Returns the request to this API. Returns an error text if the number cannot be part of an address.
    fn http_request(&self, request: &ApiRequest) -> Result<http::Request<Body>, String> {
        let (name, value) = &request.key_header;
        let mut value = HeaderValue::from_str(value).map_err(|_| "the key is no header value".to_owned())?;
        value.set_sensitive(true);
        let mut builder = http::Request::post(format!("{}{}", self.url, request.path))
            .header("accept", "application/json")
            .header("user-agent", concat!("doorstep/", env!("CARGO_PKG_VERSION")))
            .header(*name, value);
        if request.body.is_some() {
            builder = builder.header("content-type", "application/json");
        }
        let body = request.body.clone().unwrap_or_default();
        builder.body(body.into()).map_err(|_| "the number cannot be part of an address".to_owned())
    }
}

fn reason(provider: RegistrationProvider, obstacle: Obstacle, receiver: String) -> Reason {
    Reason { sender: format!("{}: {}", provider.as_str(), obstacle.as_str()), receiver, code: Some(obstacle.as_str()) }
}
