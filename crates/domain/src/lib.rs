//! Rules for orders and for every change to an order. All of it is pure: no store, no HTTP, no clock.
//!
//! An order enters as a [`order::new_order::NewOrder`]. Every later change of a shipment enters as a
//! [`tracking::TrackingUpdate`], from a tracking provider, the retailer or the demo alike, and every request of a shopper through
//! [`self_service::request`].
//!
//! Imports go in one direction: `calendar` ← `policy` ← `tracking` ← `order` ← `self_service` ← `recompute`. Documents for other
//! readers (labels, helpdesk tickets, webhooks) are in the crate `doorstep-documents`, photos in `doorstep-media`.

pub mod calendar;
pub mod order;
pub mod policy;
pub mod recompute;
pub mod self_service;
pub mod signature;
pub mod tracking;
