//! Pure functions that compute the messages of the page from an order document, one file per part of the page.

pub mod actions;
pub mod freshness;
pub mod headline;
pub mod milestones;
pub mod next_step;
pub mod parcel;
pub mod promise;
pub mod proof_of_delivery;
mod siblings;
pub mod status;
pub mod timeline;
