//! Pure functions that turn an order document into phrases for the page, one file per part of the page.

pub mod actions;
pub mod freshness;
pub mod headline;
pub mod milestones;
pub mod next_step;
pub mod parcel;
pub mod promise;
pub mod proof;
mod siblings;
pub mod status;
pub mod timeline;
