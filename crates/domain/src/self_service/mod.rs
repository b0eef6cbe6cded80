//! Requests of shoppers and what follows from them. Pure.
//!
//! - `actions`: state of every self-service action · `request`: checks a request and carries it out
//! - `case`: cases and their state machine · `returns`: returns from the request to the refund
//! - `refund_allocation`: amounts that are promised for parts of an order line
//!
//! Uses `order`, `tracking` and `policy`. Called by `recompute` and by the service.

pub mod actions;
pub mod case;
mod refund_allocation;
pub mod request;
pub mod returns;

#[cfg(test)]
mod action_tests;
#[cfg(test)]
mod life_cycle_properties;
