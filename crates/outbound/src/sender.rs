//! Sends the messages of one channel over HTTP, signed if a secret is configured, and with the headers that receivers expect.

use doorstep_domain::signature;
use doorstep_service::outbox::{Failure, Reason, Transport};
use doorstep_service::store::{Channel, Message};
use doorstep_service::{Error, Service};
use http::HeaderValue;
use tokio_util::sync::CancellationToken;

use super::connection::{Body, Connection};

/// Function that converts the stored payload of a message to the body that is sent.
pub type Writer = Box<dyn Fn(&str) -> Result<Vec<u8>, serde_json::Error> + Send + Sync>;

/// Configured receiver of the messages of one channel.
pub struct Target<'a> {
    /// Channel of the messages.
    pub channel: Channel,
    /// URL of the receiver.
    pub url: &'a str,
    /// True if the URL may use a private IP address and plain HTTP.
    pub allow_private: bool,
    /// Secret for signing messages. None if the messages are sent without a signature.
    pub secret: Option<&'a str>,
    /// Value of the `Authorization` header. None if the messages are sent without this header.
    pub authorization: Option<&'a str>,
}

/// Sends the messages of one channel.
pub struct Sender {
    channel: Channel,
    connection: Connection,
    secret: Option<String>,
    authorization: Option<HeaderValue>,
    writer: Writer,
}

impl Sender {
    /// Creates a sender for this target. Returns an error text if the configuration cannot be used.
    pub fn new(target: &Target<'_>, writer: Writer) -> Result<Self, String> {
        let authorization = target.authorization.map(|value| {
            let refused = |_| format!("the authorization for the {} is no header value", target.channel.as_str());
            let mut value = HeaderValue::from_str(value).map_err(refused)?;
            value.set_sensitive(true);
            Ok::<_, String>(value)
        });
        Ok(Self {
            channel: target.channel,
            connection: Connection::new(target.channel, target.url, target.allow_private)?,
            secret: target.secret.map(str::to_owned),
            authorization: authorization.transpose()?,
            writer,
        })
    }

    /// Sends messages when they are due, until the shutdown.
    pub async fn run(self, service: Service, shutdown: CancellationToken) {
        service.run_outbox(&self, &shutdown).await;
    }

    /// Tries to send the next message that is due. Returns false if no message is due.
    pub async fn send_next(&self, service: &Service) -> Result<bool, Error> {
        service.send_next_message(self).await
    }

    fn request(&self, message: &Message, now: i64) -> Result<http::Request<Body>, Failure> {
        let body = (self.writer)(&message.payload).map_err(|error| {
            // The error may quote the payload, so it must not be logged.
            Failure::Permanent(Reason {
                sender: "the message cannot be written".to_owned(),
                receiver: error.to_string(),
                code: None,
            })
        })?;
        let mut request = http::Request::post(self.connection.uri())
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("user-agent", concat!("doorstep/", env!("CARGO_PKG_VERSION")))
            .header("idempotency-key", &message.id)
            .header("doorstep-id", &message.id)
            .header("doorstep-event", &message.event);
        if let Some(secret) = &self.secret {
            request = request.header(signature::HEADER, signature::sign(secret.as_bytes(), now, &body));
        }
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        request.body(body.into()).map_err(|error| Failure::Permanent(error.to_string().into()))
    }
}

impl Transport for Sender {
    fn channel(&self) -> Channel {
        self.channel
    }

    async fn deliver(&self, message: &Message, now: i64) -> Result<(), Failure> {
        self.connection.send(self.request(message, now)?).await
    }
}
