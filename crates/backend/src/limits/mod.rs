//! Limits by visitor, by token, by order and in total. `network` identifies the visitor. `rate` and `budget` limit the frequency
//! of attempts, `lookup` failed look-ups. `slots` counts simultaneous uses for `streams`, `uploads`, `connections` and `bodies`.

pub mod bodies;
mod budget;
pub mod connections;
pub mod lookup;
pub mod network;
pub mod rate;
mod slots;
pub mod streams;
pub mod uploads;
