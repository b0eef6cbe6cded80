//! Outbox of all channels: creates messages, hands them to the senders, lists them and sends dead letters again.

use tokio::sync::Notify;

use super::{Answer, IdempotencyKey, Service};
use crate::error::Error;
use crate::store::{Attempt, Channel, Message, Write};

/// Wakes the senders; one notification for each channel.
#[derive(Default)]
pub(super) struct Posted {
    helpdesk: Notify,
    webhook: Notify,
}

impl Posted {
    /// Wakes the senders of all channels.
    pub(super) fn wake(&self) {
        Channel::ALL.into_iter().for_each(|channel| self.of(channel).notify_one());
    }

    fn of(&self, channel: Channel) -> &Notify {
        match channel {
            Channel::Helpdesk => &self.helpdesk,
            Channel::Webhook => &self.webhook,
        }
    }
}

impl Service {
    /// Returns an empty message about this order and case with a new identity, due now.
    pub(super) fn message_of(&self, channel: Channel, (order_id, case_id): (&str, &str), event: &str) -> Result<Message, Error> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| Error::Internal(format!("random: {error}")))?;
        let prefix = match channel {
            Channel::Helpdesk => "hd_",
            Channel::Webhook => "wh_",
        };
        let now = self.now().timestamp();
        Ok(Message {
            id: random.iter().fold(prefix.to_owned(), |id, byte| format!("{id}{byte:02x}")),
            channel,
            order_id: order_id.to_owned(),
            case_id: case_id.to_owned(),
            event: event.to_owned(),
            payload: String::new(),
            state: "waiting".to_owned(),
            attempts: 0,
            next_at: now,
            last_error: None,
            made_at: now,
        })
    }

    /// Waits until a message is sent again. A new message is noticed by the change of its order.
    pub async fn message_posted(&self, channel: Channel) {
        self.0.posted.of(channel).notified().await;
    }

    /// Returns the next due message of the channel, if there is one.
    pub async fn due_message(&self, channel: Channel) -> Result<Option<Message>, Error> {
        Ok(self.0.store.due_message(channel, self.now().timestamp()).await?)
    }

    /// Returns the number of seconds until the next message may be tried; None if none waits.
    pub async fn seconds_to_next_message(&self, channel: Channel) -> Result<Option<u64>, Error> {
        let at = self.0.store.next_message_at(channel).await?;
        Ok(at.map(|at| at.saturating_sub(self.now().timestamp()).max(0).unsigned_abs()))
    }

    /// Stores the outcome of an attempt.
    pub async fn attempted(&self, id: &str, attempt: Attempt) -> Result<(), Error> {
        let mut write = self.0.store.begin().await?;
        write.attempted(id, &attempt, self.now().timestamp()).await?;
        Ok(write.commit().await?)
    }

    /// Returns the newest 100 messages in this state, of one channel or of all, the newest first.
    pub async fn messages(&self, channel: Option<Channel>, state: &str) -> Result<Vec<Message>, Error> {
        Ok(self.0.store.messages(channel, state, 100).await?)
    }

    /// Makes a dead letter wait again; an error if there is no such dead letter.
    pub(super) async fn resend(&self, write: &mut Write, id: &str, channel: Option<Channel>) -> Result<Answer, Error> {
        match write.resend(id, channel, self.now().timestamp()).await? {
            true => Ok(Answer::Resent { id: id.to_owned() }),
            false => Err(Error::UnknownMessage),
        }
    }

    /// Sends a dead letter again on command of the retailer, once for its idempotency key.
    pub async fn resend_message(
        &self,
        idempotency: IdempotencyKey,
        id: String,
        channel: Option<Channel>,
    ) -> Result<Answer, Error> {
        let answer = self.execute(idempotency, super::Command::Resend { id, channel }).await?;
        self.0.posted.wake();
        Ok(answer)
    }
}
