//! Description of a provider for the common tests, and requests that are signed as the provider signs. The descriptions are in
//! the folders of the providers, in `case.rs`.

use chrono::{DateTime, Utc};
use doorstep_contract::Shipment;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::delivery::Delivery;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::secrets::Secrets;
use crate::testing::{now, shipment_after};
use crate::verify_and_parse;

/// Secret with which the requests of the tests are signed.
pub(crate) const SECRET: &str = "front-door";
/// Older secret, which is valid together with [`SECRET`].
pub(crate) const FORMER_SECRET: &str = "of-last-year";
/// Secret that is not configured.
pub(crate) const UNKNOWN_SECRET: &str = "back-door";

/// Headers of a request that are not part of its authentication, such as the topic.
pub(crate) type ContentHeaders = &'static [(&'static str, &'static str)];

/// Properties of a provider that the common tests depend on.
pub(crate) struct ProviderCase {
    /// Name in the URL of the webhook, one of [`crate::NAMES`].
    pub(crate) name: &'static str,
    /// Returns the settings under which exactly these secrets are valid.
    pub(crate) secrets: fn(Vec<String>) -> Secrets,
    /// Ways in which the provider proves that it sent a request. A test that needs only one signer uses the first.
    pub(crate) signers: &'static [Signer],
    /// Returns wrong credentials for a body, in the format of this provider.
    pub(crate) forgeries: fn(body: &[u8]) -> Vec<Credentials>,
    /// Refusal of a request that is signed with a secret or key that is not configured.
    pub(crate) unknown_secret: Refusal,
    /// Content headers that the provider sends with tracking updates; one empty list if it sends none. The first entry is sent
    /// with the bodies that the functions below return.
    pub(crate) content_headers: &'static [ContentHeaders],
    /// Payloads of the provider, each with at least one tracking update.
    pub(crate) samples: &'static [Sample],
    /// Authentic payloads that do not concern tracking.
    pub(crate) unrelated: &'static [Sample],
    /// JSON documents that lack a field that every update needs.
    pub(crate) incomplete: &'static [&'static str],
    /// Names of fields, and codes, for random JSON.
    pub(crate) field_names: &'static [&'static str],
    /// Returns a complete body with random JSON for the shipment, possibly not an object, and with random scans.
    pub(crate) filled: fn(fields: Value, scans: Vec<Value>) -> Value,
    /// Number of random requests per property. Smaller where a signature is slow.
    pub(crate) random_requests: u32,
    /// Returns a body about a delivered shipment whose delivered scan has this text.
    pub(crate) delivered: fn(text: &str) -> Value,
    /// Returns a body with this text in every text field that the provider sends.
    pub(crate) with_texts: fn(text: &str) -> Value,
    /// Returns a body with this estimate, or without the field if it is None. The shipment is late or on time.
    pub(crate) with_estimate: fn(estimate: Option<&Value>, is_late: bool) -> Value,
    /// True if an empty estimate withdraws the earlier one even if the shipment is on time.
    pub(crate) empty_estimate_always_withdraws: bool,
}

/// One payload.
pub(crate) struct Sample {
    pub(crate) headers: ContentHeaders,
    pub(crate) body: &'static str,
}

/// One way in which a provider proves that it sent a request.
pub(crate) struct Signer {
    pub(crate) sign: fn(&ToSign<'_>) -> Credentials,
    /// True if the credentials are valid for this body only.
    pub(crate) covers_body: bool,
    /// True if the credentials are valid for a limited time only.
    pub(crate) covers_time: bool,
}

/// Input of a signature.
pub(crate) struct ToSign<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) secret: &'a str,
    pub(crate) at: DateTime<Utc>,
}

/// The part of a request that proves its origin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials {
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) query: Option<String>,
}

impl Sample {
    /// Creates a payload without content headers.
    pub(crate) const fn plain(body: &'static str) -> Self {
        Self { headers: &[], body }
    }
}

impl Credentials {
    /// Creates credentials of one header.
    pub(crate) fn header(name: &'static str, value: impl Into<String>) -> Self {
        Self { headers: vec![(name, value.into())], query: None }
    }
}

impl ProviderCase {
    /// Returns settings with [`FORMER_SECRET`] and [`SECRET`].
    pub(crate) fn configured(&self) -> Secrets {
        (self.secrets)(vec![FORMER_SECRET.to_owned(), SECRET.to_owned()])
    }

    /// Sends a request with these credentials and content headers.
    pub(crate) fn send(
        &self,
        credentials: &Credentials,
        content: ContentHeaders,
        body: &[u8],
        secrets: &Secrets,
    ) -> Result<Vec<Delivery>, Refusal> {
        let own = credentials.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers: HeaderMap = own
            .chain(content.iter().copied())
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")))
            .collect();
        let path = format!("/v1/webhooks/{}", self.name);
        let query = credentials.query.as_deref();
        verify_and_parse(self.name, &Request { headers: &headers, path: &path, query, body, now: now() }, secrets)
    }

    /// Signs a body with [`SECRET`] and the first signer, and sends it with these content headers.
    pub(crate) fn deliver_with(&self, content: ContentHeaders, body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
        let signer = self.signers.first().expect("a signer");
        let credentials = (signer.sign)(&ToSign { body, secret: SECRET, at: now() });
        self.send(&credentials, content, body, &self.configured())
    }

    /// Signs and sends a body with the first content headers of the provider.
    pub(crate) fn deliver(&self, body: &[u8]) -> Result<Vec<Delivery>, Refusal> {
        self.deliver_with(self.content_headers.first().expect("content headers"), body)
    }

    /// Signs and sends a body, and returns its only update.
    pub(crate) fn delivery(&self, body: &str) -> Delivery {
        let mut deliveries = self.deliver(body.as_bytes()).expect("accepted");
        assert_eq!(deliveries.len(), 1, "{}", self.name);
        deliveries.pop().expect("a delivery")
    }

    /// Returns the shipment after the only update of a body.
    pub(crate) fn shipment_after(&self, body: &str) -> Shipment {
        shipment_after(&[self.delivery(body)])
    }

    /// Returns every update of a payload.
    pub(crate) fn deliveries(&self, sample: &Sample) -> Vec<Delivery> {
        let deliveries = self.deliver_with(sample.headers, sample.body.as_bytes()).expect("accepted");
        assert!(!deliveries.is_empty(), "{}: {}", self.name, sample.body);
        deliveries
    }
}
