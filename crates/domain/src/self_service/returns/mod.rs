//! Returns, from the request to the refund. Pure.
//!
//! `begin` creates a return from a case, `follow` advances it by its shipment and its deadline, and `decide` applies the
//! decisions of the retailer's staff. Tracking updates of a return shipment enter through `order::tracking_updates::apply`, like
//! those of every other shipment; this module reads the resulting stage.

mod amounts;
mod begin;
mod decide;
mod follow;
mod machine;
#[cfg(test)]
mod model_tests;
pub mod qr_code;
mod quote;
mod refund;
mod steps;
#[cfg(test)]
mod tests;

pub(crate) use begin::begin;
pub use decide::{ReturnDecision, ReturnStep, ReturnUpdate, decide};
pub(crate) use follow::advance_returns;
pub use machine::may_follow;
pub use quote::quote;
