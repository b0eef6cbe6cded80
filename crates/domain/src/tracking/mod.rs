//! Computes a shipment from its complete tracking log.
//!
//! Carriers and providers report out of order, repeatedly, late, and sometimes about another parcel. An update therefore never
//! changes a shipment directly. The update is added to the shipment's [`TrackingLog`], and the shipment is computed again from
//! the complete log. The result does not depend on the sequence or the repetition of updates. Called by
//! `order::tracking_updates`.
//!
//! - `update`: one tracking update · `log`: all scans and shipment reports with the time at which each was reported
//! - `number`: normal form of tracking numbers · `attribution`: the scans of this parcel, without duplicates, in the order in
//!   which they happened
//! - `duplicates`: scans that were reported twice · `places`: the sender's and the shopper's end of the route
//! - `fold`: stage and condition, computed scan by scan; the rules are in `stage` and `condition`
//! - `project`: the shipment from its log · `reconcile`: logs of known shipments, and shipments that the shop sends again
//! - `delivery`: place and proof of the delivery · `promise`: promise ledger · `delay_detection`: late, at risk, stalled ·
//!   `transit`: usual times of a carrier · `new_event`: one event as the shop sends it

mod attribution;
pub(crate) mod condition;
mod context;
mod delay_detection;
mod delivered_scan;
mod delivery;
mod duplicates;
mod event_id;
mod fold;
mod log;
pub mod new_event;
mod number;
mod places;
mod project;
pub(crate) mod promise;
mod reconcile;
mod resolved_scan;
pub mod stage;
mod transit;
mod update;

#[cfg(test)]
mod commuting_tests;
#[cfg(test)]
mod delay_detection_tests;
#[cfg(test)]
mod duplicates_tests;
#[cfg(test)]
mod ending_tests;
#[cfg(test)]
mod quirk_tests;
#[cfg(test)]
mod returned_tests;
#[cfg(test)]
mod sequence_tests;
#[cfg(test)]
mod steady_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod withdrawn_tests;

pub(crate) use context::Context;
pub(crate) use delay_detection::detect_delay;
pub(crate) use delivery::arrived_at;
pub use event_id::event_id;
pub use log::TrackingLog;
pub(crate) use number::is_same_number;
pub use number::{plain_key, tracking_key};
pub(crate) use project::project;
pub use transit::{TransitSample, TransitStatistics, compute_transit_statistics, transit_sample};
pub use update::{ShipmentFacts, TrackingUpdate};
