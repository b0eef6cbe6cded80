//! Returns, from the request to the refund. Pure.
//!
//! A return begins with a case (`begin`), follows its shipment and its deadline (`follow`), and is decided by the retailer's
//! staff (`decide`). Its shipment is like any other: tracking updates enter through `order::tracking_updates::apply`, and their
//! result is read here.

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
pub(crate) use follow::follow;
pub use machine::may_follow;
pub use quote::quote;
