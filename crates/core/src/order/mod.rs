//! What an order document means: pure functions from the wire to phrases, one file per thing that a shopper would point at.

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
