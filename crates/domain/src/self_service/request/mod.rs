//! Checks the shopper's requests against the actions that are available now and carries them out. Pure; the service loads the
//! order and stores the result.

mod carry_out;
mod delivery_changes;
mod orders;
mod outcome;
mod reports;
mod returning;
mod schema;
mod slots;

pub use carry_out::carry_out;
pub use outcome::{Refusal, RequestOutcome};
pub use slots::{Pool, free_slots, pool, slots};
