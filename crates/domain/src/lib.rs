//! Rules for orders and for every change to an order. All of it is pure: no store, no HTTP, no clock.
//!
//! An order enters as a [`new_order::NewOrder`]. Every later change enters as an [`update::TrackingUpdate`], from a tracking provider, the retailer
//! or the demo alike.

pub mod actions;
mod allotment;
pub mod bounds;
pub mod calendar;
pub mod case;
pub mod case_rating;
mod container;
pub mod evidence;
pub mod finished;
pub mod helpdesk_ticket;
pub mod identity;
pub mod if_match;
pub mod invalid;
pub mod label;
pub mod limited;
pub mod lookup;
pub mod new_event;
pub mod new_order;
mod new_order_checks;
mod order_body;
pub mod order_id;
pub mod order_webhook;
pub mod parcel_delivery;
pub mod pickup_points;
pub mod plain_text;
pub mod policy;
pub mod recompute;
pub mod record;
pub mod refund_update;
pub mod request;
pub mod returns;
pub mod shopper_message;
pub mod signature;
pub mod strict;
pub mod tracking;
pub mod update;

#[cfg(test)]
mod action_tests;
#[cfg(test)]
mod evidence_tests;
#[cfg(test)]
mod life_cycle_properties;
#[cfg(test)]
mod limited_tests;
#[cfg(test)]
mod new_order_tests;
#[cfg(test)]
mod order_webhook_tests;
#[cfg(test)]
mod update_properties;
#[cfg(test)]
mod update_tests;
