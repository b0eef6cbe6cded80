//! How much one visitor may ask for: who a visitor is (network), how often (rate), how many at a time (streams, uploads, connections), how
//! many bytes (bodies).

pub mod bodies;
pub mod connections;
pub mod network;
mod places;
pub mod rate;
pub mod streams;
pub mod uploads;
