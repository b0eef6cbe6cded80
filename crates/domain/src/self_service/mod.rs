//! Requests of shoppers and their consequences. Pure.
//!
//! - `actions`: state of every self-service action · `request`: checks a request and carries it out
//! - `case`: cases and their state machine · `returns`: returns from the request to the refund
//! - `shopper_message`, `case_rating`, `refund_update`: checks and effects of one command each · `if_match`: the condition on the
//!   version of an order
//! - `pickup_points`: pickup points to which a shipment can be redirected · `refund_allocation`: amounts promised for pieces of
//!   an order line
//!
//! Uses `order`, `tracking` and `policy`. Called by `recompute` and by the service.

pub mod actions;
pub mod case;
pub mod case_rating;
pub mod if_match;
pub mod pickup_points;
mod refund_allocation;
pub mod refund_update;
pub mod request;
pub mod returns;
pub mod shopper_message;

#[cfg(test)]
mod action_tests;
#[cfg(test)]
mod life_cycle_properties;
