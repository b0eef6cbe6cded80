//! One unit of work: a write transaction that loads each order once, saves it with everything that follows from it, and announces
//! the changes after its commit. Every command and every worker that changes an order uses one.
//!
//! ```text
//! UnitOfWork::begin ─▶ load ─▶ LoadedOrder (aggregate, and the order before) ─▶ rules of the domain
//!                                                                                    │
//! commit ◀─ save: recompute, row and indexes, samples, order webhook, registrations, notes, mails ┘
//!    └─▶ announcements: streams, senders
//! ```
//!
//! `unit` has the transaction and its announcements, `orders` loading and saving, `loaded_order` the aggregate that is being
//! changed, `contact_change` the fields about mails, `unmatched` the updates that came before their order, `order_webhook`,
//! `registration`, `case_note` and `mail` the messages, `answers` the answers to idempotency keys.

mod answers;
mod case_note;
mod contact_change;
mod loaded_order;
mod mail;
mod order_webhook;
mod orders;
mod registration;
mod unit;
mod unmatched;

pub(crate) use answers::repeated;
pub(crate) use case_note::CaseNote;
pub(crate) use contact_change::ContactChange;
pub(crate) use loaded_order::LoadedOrder;
pub(crate) use unit::UnitOfWork;
