//! Sends the waiting messages of one channel, one at a time. A message that was not accepted is sent again later. It becomes a
//! dead letter when no further attempt is planned.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::outbox::{Transport, next_attempt};
use crate::service::Service;
use crate::store::{Attempt, MessageState};

/// Maximum sleep of a sender. Another process that writes messages does not wake the sender, so the sender finds these messages
/// only after the sleep.
const MAX_SLEEP: Duration = Duration::from_secs(30);

impl Service {
    /// Sends due messages of the transport's channel until the shutdown. Takes a reference to the transport, so that a sender
    /// that panics can be started again.
    pub async fn run_outbox(&self, transport: &impl Transport, shutdown: &CancellationToken) {
        let channel = transport.channel();
        let mut changes = self.listen();
        loop {
            while !shutdown.is_cancelled() {
                match self.send_next_message(transport).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::error!(?error, channel = channel.as_str(), "the outbox cannot be read");
                        break;
                    }
                }
            }
            let sleep = self.sleep_before_next_message(transport).await;
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = changes.any() => {}
                () = self.0.outbox_signals.woken(channel) => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// Tries to send the next due message of the transport's channel. Returns false if no message is due.
    pub async fn send_next_message(&self, transport: &impl Transport) -> Result<bool, Error> {
        let channel = transport.channel();
        let Some(message) = self.due_message(channel).await? else {
            return Ok(false);
        };
        let (attempt, reason, label) = match transport.deliver(&message, self.0.now_s()).await {
            Ok(()) => (Attempt::Sent, None, MessageState::Sent.as_str()),
            Err(failure) => {
                let next = next_attempt(&message, &failure, self.0.now_s());
                let label = if matches!(next, Attempt::Dead(_)) { MessageState::Dead.as_str() } else { "failed" };
                // A pause concerns all messages of a receiver. Its sender logs it once.
                if !matches!(next, Attempt::Paused(..)) {
                    let attempts = message.attempts + 1;
                    tracing::warn!(id = message.id, channel = channel.as_str(), attempts, error = %failure, label, "not taken");
                }
                (next, failure.code(), label)
            }
        };
        metrics::counter!("doorstep_messages_total", "channel" => channel.as_str(), "outcome" => label).increment(1);
        let mut write = self.0.store.begin().await?;
        write.set_attempt(&message.id, &attempt, reason, self.0.now_s()).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn sleep_before_next_message(&self, transport: &impl Transport) -> Duration {
        let next_at = self.0.store.next_message_at(transport.channel()).await.unwrap_or_default();
        let wait_s = next_at.map(|at| at.saturating_sub(self.0.now_s()).max(1).unsigned_abs());
        wait_s.map_or(MAX_SLEEP, |seconds| Duration::from_secs(seconds).min(MAX_SLEEP))
    }
}
