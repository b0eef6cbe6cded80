//! A new message of the outbox.

use doorstep_contract::{CaseId, OrderId};

use crate::error::Error;
use crate::random;
use crate::store::{Channel, Message, MessageState};

/// Subject of a message.
pub(crate) struct MessageSubject<'a> {
    /// Id of the order.
    pub(crate) order_id: &'a OrderId,
    /// Id of the case; None if the message is about the whole order.
    pub(crate) case_id: Option<&'a CaseId>,
    /// Event that the message reports.
    pub(crate) event: &'a str,
}

/// Creates a message with a new id and without a payload, due at once. `now` is in seconds.
pub(crate) fn new_message(channel: Channel, subject: MessageSubject<'_>, now: i64) -> Result<Message, Error> {
    let prefix = match channel {
        Channel::Helpdesk => "hd_",
        Channel::Webhook => "wh_",
        Channel::Registration => "rg_",
        Channel::Mail => "ml_",
    };
    Ok(Message {
        id: random::id::<12>(prefix)?,
        channel,
        order_id: subject.order_id.to_owned(),
        case_id: subject.case_id.cloned(),
        event: subject.event.to_owned(),
        payload: String::new(),
        state: MessageState::Waiting,
        attempts: 0,
        next_at: now,
        last_error: None,
        reason: None,
        made_at: now,
    })
}
