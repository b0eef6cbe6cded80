//! Sending a dead letter of the outbox again, on command of the retailer.

use super::command::Answer;
use crate::error::Error;
use crate::store::Channel;
use crate::unit_of_work::UnitOfWork;

/// Sets a dead letter back to waiting, so that it is sent again. With `channel`, only a dead letter of this channel is found.
/// Returns `Error::UnknownMessage` if there is no such dead letter.
pub(super) async fn resend(unit: &mut UnitOfWork, id: String, channel: Option<Channel>) -> Result<Answer, Error> {
    if !unit.write.requeue_message(&id, channel, unit.context.now_s()).await? {
        return Err(Error::UnknownMessage);
    }
    unit.wake_senders();
    Ok(Answer::Resent { id })
}
