//! Computes the state of every self-service action of an order: available, not yet, expired or unavailable. Pure. Called by
//! [`crate::recompute`] on every write, and again at the time at which time alone changes an action.
//!
//! Actions that make no sense for the order in its present state are left out.

mod compute;
mod context;
mod delivery_changes;
mod refunds;
mod reports;
mod returning;

pub use compute::actions;
pub(crate) use context::{available, unavailable};
pub(crate) use delivery_changes::waits_for_agreement;
pub(crate) use reports::will_not_arrive;
