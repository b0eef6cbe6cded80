//! Signs webhooks as their providers do, for every webhook endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use doorstep_domain::signature;
use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest as _, Sha256};

use crate::support::{Answer, Backend, request};

/// Secret of all webhook endpoints.
pub(crate) const SECRET: &str = "the-front-door-of-the-shop";
/// Path of ShipEngine's public keys; one of them verifies signatures by `KEY`.
pub(crate) const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../providers/src/shipengine/fixtures/keys.json");
const KEY: &[u8] = include_bytes!("../../../providers/src/shipengine/fixtures/key_of_the_tests.der");

/// Headers by name.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// A sender of webhooks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Provider {
    EasyPost,
    AfterShip,
    Shippo,
    ShipEngine,
    SeventeenTrack,
    Karrio,
    Shopify,
    Carrier,
}

impl Provider {
    pub(crate) const ALL: [Self; 8] = [
        Self::EasyPost,
        Self::AfterShip,
        Self::Shippo,
        Self::ShipEngine,
        Self::SeventeenTrack,
        Self::Karrio,
        Self::Shopify,
        Self::Carrier,
    ];

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::EasyPost => "/v1/webhooks/easypost",
            Self::AfterShip => "/v1/webhooks/aftership",
            Self::Shippo => "/v1/webhooks/shippo",
            Self::ShipEngine => "/v1/webhooks/shipengine",
            Self::SeventeenTrack => "/v1/webhooks/seventeentrack",
            Self::Karrio => "/v1/webhooks/karrio",
            Self::Shopify => "/v1/webhooks/shopify",
            Self::Carrier => "/v1/webhooks/carrier",
        }
    }

    /// Returns the headers that prove the origin of the body, signed at this time in Unix seconds. ShipEngine signs with a key
    /// instead of a secret. If `secret` is wrong, the headers of ShipEngine contain the signature of another body.
    pub(crate) fn proof(self, body: &str, at: i64, secret: &str) -> Headers {
        match self {
            Self::EasyPost => vec![("x-hmac-signature", format!("hmac-sha256-hex={}", hex(&hmac(secret, body))))],
            Self::AfterShip => vec![("aftership-hmac-sha256", STANDARD.encode(hmac(secret, body)))],
            Self::Shippo => {
                let signature = hex(&hmac(secret, &format!("{at}.{body}")));
                vec![("shippo-auth-signature", format!("t={at},v1={signature}"))]
            }
            Self::ShipEngine => {
                let time = DateTime::from_timestamp(at, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string();
                let signed = if secret == SECRET { format!("{time}.{body}") } else { secret.to_owned() };
                vec![
                    ("x-shipengine-timestamp", time),
                    ("x-shipengine-rsa-sha256-key-id", "doorstep-tests-1".to_owned()),
                    ("x-shipengine-rsa-sha256-signature", rsa(&signed)),
                ]
            }
            Self::SeventeenTrack => vec![("sign", hex(&Sha256::digest(format!("{body}/{secret}"))))],
            Self::Karrio => vec![("x-event-id", secret.to_owned())],
            Self::Shopify => vec![("x-shopify-hmac-sha256", STANDARD.encode(hmac(secret, body)))],
            Self::Carrier => vec![("doorstep-signature", signature::sign(secret.as_bytes(), at, body.as_bytes()))],
        }
    }
}

/// Returns the flags of a backend whose webhook endpoints all use [`SECRET`].
pub(crate) fn flags() -> Vec<&'static str> {
    let secrets = ["--easypost-secret", "--aftership-secret", "--shippo-secret", "--seventeentrack-key", "--karrio-secret"];
    let others = ["--shopify-secret", "--carrier-secret"];
    let secrets = secrets.into_iter().chain(others).flat_map(|flag| [flag, SECRET]);
    secrets.chain(["--shipengine-jwks", KEYS]).collect()
}

/// Sends a body to the provider's endpoint, with these headers and its content type.
pub(crate) async fn post(backend: &Backend, provider: Provider, body: &str, headers: &Headers) -> Answer {
    let headers = headers.iter().map(|(name, value)| (*name, value.as_str()));
    let headers: Vec<(&str, &str)> = headers.chain([("content-type", "application/json")]).collect();
    backend.send(request("POST", provider.path(), &headers, body)).await
}

fn hmac(secret: &str, body: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns a signature with ShipEngine's key, in base64.
pub(crate) fn rsa(signed: &str) -> String {
    let key = RsaKeyPair::from_pkcs8(KEY).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    STANDARD.encode(signature)
}
