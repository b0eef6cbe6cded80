//! Sends messages to their receivers, one at a time. A refused message is tried again later and becomes a dead letter when
//! further attempts are pointless. The store holds the waiting messages (`outbox`). Each channel has its own [`Sender`], which
//! the binary runs.

pub(crate) mod connection;
mod schedule;

use std::time::Duration;

use http::HeaderValue;
use tokio_util::sync::CancellationToken;

use self::connection::{Connection, Failure, Reason};
use crate::problem::Problem;
use doorstep_domain::signature;
use doorstep_service::Service;
use doorstep_service::store::{Attempt, Channel, Message};

/// Maximum sleep of a sender that nothing wakes. It then also finds messages that an earlier process left.
const NAP: Duration = Duration::from_secs(30);

/// Writes the body that is sent from the stored payload.
pub type Writer = Box<dyn Fn(&str) -> Result<Vec<u8>, serde_json::Error> + Send + Sync>;

/// Configured target of the messages of one channel.
pub struct Target<'a> {
    /// Channel of the messages.
    pub channel: Channel,
    /// Address of the receiver.
    pub url: &'a str,
    /// True if the address may be inside our own network and without TLS.
    pub allow_private: bool,
    /// Secret that messages are signed with.
    pub secret: Option<&'a str>,
    /// Value of the `Authorization` header.
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
    /// Returns a sender to this target; an error says why the configuration cannot be used.
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

    /// Returns the channel of this sender.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// Sends due messages until the shutdown.
    pub async fn run(self, service: Service, shutdown: CancellationToken) {
        self.keep_sending(&service, &shutdown).await;
    }

    /// Sends due messages until the shutdown. Takes a reference, so that a sender that panics can be started again.
    pub async fn keep_sending(&self, service: &Service, shutdown: &CancellationToken) {
        let mut changes = service.listen();
        loop {
            while !shutdown.is_cancelled() {
                match self.send_next(service).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::error!(?error, channel = self.channel.as_str(), "the outbox cannot be read");
                        break;
                    }
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = changes.anything() => {}
                () = service.message_posted(self.channel) => {}
                () = tokio::time::sleep(self.nap(service).await) => {}
            }
        }
    }

    async fn nap(&self, service: &Service) -> Duration {
        let wait = service.seconds_to_next_message(self.channel).await.unwrap_or_default();
        wait.map_or(NAP, |seconds| Duration::from_secs(seconds.max(1)).min(NAP))
    }

    /// Tries to send the next due message; returns false if none is due.
    pub async fn send_next(&self, service: &Service) -> Result<bool, Problem> {
        let Some(message) = service.due_message(self.channel).await? else {
            return Ok(false);
        };
        let channel = self.channel.as_str();
        let outcome = self.attempt(&message, service.now().timestamp()).await;
        let (attempt, label) = match outcome {
            Ok(()) => (Attempt::Sent, "sent"),
            Err(failure) => {
                let next = schedule::next(&message, &failure, service.now().timestamp());
                let label = if matches!(next, Attempt::Dead(_)) { "dead" } else { "failed" };
                tracing::warn!(id = message.id, channel, attempts = message.attempts + 1, error = %failure, label, "not taken");
                (next, label)
            }
        };
        metrics::counter!("doorstep_messages_total", "channel" => channel, "outcome" => label).increment(1);
        service.attempted(&message.id, attempt).await?;
        Ok(true)
    }

    async fn attempt(&self, message: &Message, now: i64) -> Result<(), Failure> {
        let body = (self.writer)(&message.payload).map_err(|error| {
            // The error may quote the payload, so it must not be logged.
            Failure::Never(Reason { ours: "the message cannot be written".to_owned(), theirs: error.to_string() })
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
        let request = request.body(body.into()).map_err(|error| Failure::Never(error.to_string().into()))?;
        self.connection.send(request).await
    }
}
