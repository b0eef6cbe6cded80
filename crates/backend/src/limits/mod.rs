//! How much one visitor may ask for: who a visitor is (network), how often (rate, budget), which look-ups fail (lookup), how many at a time
//! (streams, uploads, connections), how many bytes (bodies).

pub mod bodies;
mod budget;
pub mod connections;
pub mod lookup;
pub mod network;
mod places;
pub mod rate;
pub mod streams;
pub mod uploads;
