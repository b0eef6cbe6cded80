//! How much one visitor may ask for: who a visitor is (network), how often (rate), how many at a time (streams).

pub mod network;
pub mod rate;
pub mod streams;
