//! Brings messages to the helpdesk: one at a time, again after a while where it did not take them, put aside where it never will. What
//! is sent is the domain's (`handoff`), what waits is the store's (`outbox`). Started by the binary.

mod connection;
pub mod schedule;

use std::time::Duration;

use http::HeaderValue;
use tokio_util::sync::CancellationToken;

use self::connection::{Connection, Failure};
use crate::config::Config;
use crate::domain::handoff::{Format, Handoff, body, signature};
use crate::service::Service;
use crate::store::{Attempt, Message};

/// How long the sender sleeps when nothing wakes it: messages are also found that an earlier process has left.
const NAP: Duration = Duration::from_secs(30);

/// The helpdesk as it is configured.
pub struct Helpdesk {
    connection: Connection,
    format: Format,
    secret: Option<String>,
    authorization: Option<HeaderValue>,
}

impl Helpdesk {
    /// The helpdesk; `None` where there is none, an error where it cannot be used as configured.
    pub fn new(config: &Config) -> Result<Option<Self>, String> {
        let Some(url) = &config.helpdesk_url else {
            return Ok(None);
        };
        let authorization = config.helpdesk_authorization.as_deref().map(|value| {
            let mut value =
                HeaderValue::from_str(value).map_err(|_| "the helpdesk's authorization is no header value".to_owned())?;
            value.set_sensitive(true);
            Ok::<_, String>(value)
        });
        Ok(Some(Self {
            connection: Connection::new(url, config.helpdesk_allow_private)?,
            format: config.helpdesk_format,
            secret: config.helpdesk_secret.clone(),
            authorization: authorization.transpose()?,
        }))
    }

    /// Sends what is due until the shutdown.
    pub async fn run(self, service: Service, shutdown: CancellationToken) {
        let mut changes = service.listen();
        loop {
            while !shutdown.is_cancelled() {
                match self.send_next(&service).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::error!(?error, "the outbox cannot be read");
                        break;
                    }
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = changes.anything() => {}
                () = service.message_posted() => {}
                () = tokio::time::sleep(self.nap(&service).await) => {}
            }
        }
    }

    async fn nap(&self, service: &Service) -> Duration {
        let wait = service.seconds_to_next_message().await.unwrap_or_default();
        wait.map_or(NAP, |seconds| Duration::from_secs(seconds.max(1)).min(NAP))
    }

    /// Tries the message that is due; `false` where none is.
    pub async fn send_next(&self, service: &Service) -> Result<bool, crate::problem::Problem> {
        let Some(message) = service.due_message().await? else {
            return Ok(false);
        };
        let outcome = self.attempt(&message, service.now().timestamp()).await;
        let (attempt, label) = match outcome {
            Ok(()) => (Attempt::Sent, "sent"),
            Err(failure) => {
                let next = schedule::next(&message, &failure, service.now().timestamp());
                let label = if matches!(next, Attempt::Dead(_)) { "dead" } else { "failed" };
                tracing::warn!(id = message.id, attempts = message.attempts + 1, error = %failure, label, "the helpdesk was not reached");
                (next, label)
            }
        };
        metrics::counter!("doorstep_helpdesk_messages_total", "outcome" => label).increment(1);
        service.attempted(&message.id, attempt).await?;
        Ok(true)
    }

    async fn attempt(&self, message: &Message, now: i64) -> Result<(), Failure> {
        let handoff: Handoff = serde_json::from_str(&message.payload).map_err(|error| Failure::Never(error.to_string()))?;
        let body = body(&handoff, self.format).to_string().into_bytes();
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
        let request = request.body(body.into()).map_err(|error| Failure::Never(error.to_string()))?;
        self.connection.send(request).await
    }
}
