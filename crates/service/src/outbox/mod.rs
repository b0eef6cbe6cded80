//! Messages to the helpdesk, the retailer's systems, the tracking providers and shoppers: new messages, the signals that wake their senders, the schedule of
//! attempts, and the interface of the senders. The store keeps the messages (`store/outbox.rs`), `workers/outbox.rs` sends them.

mod new_message;
mod schedule;
mod signals;
mod transport;

pub(crate) use new_message::{MessageSubject, new_message};
pub(crate) use schedule::next_attempt;
pub(crate) use signals::OutboxSignals;
pub use transport::{Failure, Reason, Transport};
