//! Messages of the outbox for the retailer's staff.

use crate::error::Error;
use crate::service::Service;
use crate::store::{Channel, Message, MessageState};

/// Maximum number of messages in one answer.
const MAX_MESSAGES: u32 = 100;

impl Service {
    /// Returns the newest 100 messages in this state, the newest first. Without `channel`, returns messages of every channel.
    pub async fn messages(&self, channel: Option<Channel>, state: MessageState) -> Result<Vec<Message>, Error> {
        Ok(self.0.store.messages(channel, state, MAX_MESSAGES).await?)
    }

    /// Returns the next due message of a channel, if there is one.
    pub async fn due_message(&self, channel: Channel) -> Result<Option<Message>, Error> {
        Ok(self.0.store.due_message(channel, self.0.now_s()).await?)
    }
}
