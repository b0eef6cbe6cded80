//! Limits for each visitor: identification of the visitor (network), frequency (rate, budget), failed look-ups (lookup),
//! simultaneous uses (streams, uploads, connections) and bytes (bodies).

pub mod bodies;
mod budget;
pub mod connections;
pub mod lookup;
pub mod network;
mod places;
pub mod rate;
pub mod streams;
pub mod uploads;
