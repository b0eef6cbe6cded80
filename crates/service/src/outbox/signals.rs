//! Signals that wake the senders of the outbox; one for each channel.

use tokio::sync::Notify;

use crate::store::Channel;

/// One signal for each channel.
#[derive(Default)]
pub(crate) struct OutboxSignals {
    helpdesk: Notify,
    webhook: Notify,
    registration: Notify,
    mail: Notify,
}

impl OutboxSignals {
    /// Wakes the senders of all channels.
    pub(crate) fn wake_all(&self) {
        Channel::ALL.into_iter().for_each(|channel| self.of(channel).notify_one());
    }

    /// Waits until the sender of this channel is woken.
    pub(crate) async fn woken(&self, channel: Channel) {
        self.of(channel).notified().await;
    }

    fn of(&self, channel: Channel) -> &Notify {
        match channel {
            Channel::Helpdesk => &self.helpdesk,
            Channel::Webhook => &self.webhook,
            Channel::Registration => &self.registration,
            Channel::Mail => &self.mail,
        }
    }
}
