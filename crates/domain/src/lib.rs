//! Rules for orders and for every change to an order. The crate is pure: no store, no HTTP, no clock.
//!
//! An order enters as an [`order::new_order::NewOrder`]. Later changes of a shipment enter as a [`tracking::TrackingUpdate`],
//! whether a tracking provider, the retailer, the shopper or the demo reports them. A shopper's requests enter through
//! [`self_service::request`].
//!
//! In the list `calendar` ← `policy` ← `tracking` ← `order` ← `self_service` ← `recompute`, each module imports only modules to
//! its left. Documents for other readers (labels, helpdesk tickets, webhooks) are in the crate `doorstep-documents`, photos in
//! `doorstep-media`.

pub mod calendar;
pub mod order;
pub mod policy;
pub mod recompute;
pub mod self_service;
pub mod signature;
pub mod tracking;
