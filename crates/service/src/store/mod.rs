//! SQLite: the tables of the service and their rows. Contains no business rules. Called by the service only.
//!
//! `database` opens the file and has the connections (`Store`, for reading), `transaction` is one write transaction (`Write`).
//! Each other file adds the reads and writes of one subject: `orders` with their indexes in `index`, `lookup`, `search`,
//! `tracked` (shipments by number), `unmatched`, `transit_samples`, `cases` with their audit entries, `slots`, `photos`,
//! `outbox`, `registered_numbers`, `contacts` (addresses for mails), `shop_orders`, `imports`, `answers`, `erasure`, `export`. `open` checks and migrates a file, `kind` identifies the purpose of a database, and
//! `schema` the format of its orders.

mod answers;
mod cases;
mod contacts;
mod database;
mod erasure;
mod export;
mod imports;
mod index;
mod kind;
mod lookup;
#[cfg(test)]
mod number_tests;
mod open;
mod orders;
mod outbox;
mod photos;
mod registered_numbers;
mod schema;
mod search;
mod shop_orders;
mod slots;
mod tracked;
mod transaction;
mod transit_samples;
mod unmatched;

pub(crate) use answers::{NewAnswer, StoredAnswer};
pub use cases::{AuditRow, CaseRow};
pub(crate) use contacts::WaitingMail;
pub use database::Store;
pub(crate) use erasure::Erasure;
pub use imports::{ImportId, ImportState};
pub use kind::{CannotOpen, Kind};
pub(crate) use lookup::{Candidate, LookupHashes};
pub(crate) use orders::{RecomputedOrder, StoredOrder};
pub(crate) use outbox::Attempt;
pub use outbox::{Channel, Message, MessageState};
pub(crate) use photos::{NewPhoto, PhotoUsage};
pub(crate) use registered_numbers::RegisteredNumber;
pub(crate) use schema::SCHEMA;
pub(crate) use search::OrderFilter;
pub use search::OrderRow;
pub(crate) use shop_orders::{ComposedState, DueShopOrder, PrivacyRequestRow, ShopContact, ShopOrderRef};
pub use shop_orders::{ShopOrderRow, ShopOrderState};
pub(crate) use tracked::TrackedShipment;
pub(crate) use transaction::Write;
