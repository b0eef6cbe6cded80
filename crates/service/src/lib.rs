//! Commands, queries and background work of the backend on its SQLite store. Contains no HTTP: the backend reads requests and writes
//! responses, the rules are in the domain.
//!
//! A command runs in these steps: [`Service::execute`] (`commands/execute.rs`) begins a unit of work and looks for the answer to
//! the idempotency key. The function of the command (`commands/…`) loads the order, applies a rule of the domain and saves the
//! order (`unit_of_work/orders.rs`). Then the answer is stored. The commit announces the change (`unit_of_work/unit.rs`).

pub mod changes;
pub mod clock;
mod commands;
mod contact_cipher;
mod context;
mod documents;
mod error;
mod failed_orders;
mod idempotency_key;
mod keyed_hashes;
pub mod outbox;
pub mod photo;
mod queries;
mod random;
mod recompute;
mod refs;
mod running_keys;
mod service;
mod settings;
pub mod store;
mod stored_order;
mod task;
#[cfg(test)]
mod tests;
pub mod token;
mod unit_of_work;
pub mod workers;

pub use commands::{Answer, Command, ErasedBy, PhotoQuota, PhotoUpload, RecordTally, SelfServiceRequest, Subscription, Tally};
pub use contact_cipher::CONTACT_KEY_BYTES;
pub use documents::{CaseDocument, Document, Minted, OpenedOrder};
pub use error::Error;
pub use idempotency_key::IdempotencyKey;
pub use queries::{CaseDetails, Declaration, Label, MailOrder, OrderSearch, Proof, proof_of};
pub use refs::{CaseRef, RefundRef, ReturnRef, ShipmentRef};
pub use service::Service;
pub use settings::{MIN_SECRET_BYTES, MailSettings, Settings};
