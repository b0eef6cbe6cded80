//! Returns, from the request to the refund. Pure.
//!
//! `begin` creates a return from a case, `follow` advances it by its shipment, its deadline and its refund, and `decide` applies
//! the decisions of the retailer's staff. A return shipment gets its tracking updates through `order::tracking_updates::apply`,
//! as every shipment does. This module reads the resulting stage.

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
